"""Lambda entry of `serve_site`: every request for the site's own files."""

from functools import partial
from pathlib import Path
from typing import Any

from beeldrecht.runtime.settings import Settings

from .step import KEY, PICTURE_KEY, Site, as_event


class ServeSiteSettings(Settings):
    """What this function is told."""

    site_dir: str
    issuer: str
    cli_client_id: str
    web_client_id: str
    sign_in_url: str
    pictures_url: str
    originals_bucket: str
    renditions_bucket: str
    exports_bucket: str
    public_key_arn: str
    public_picture_key_arn: str


_settings = ServeSiteSettings.read()


def _public_key(arn: str) -> bytes:
    """The one thing that it asks of anybody, and only when it is asked for it."""
    from beeldrecht.adapters.certificates import Signer  # noqa: PLC0415  # seldom
    from beeldrecht.runtime import clients  # noqa: PLC0415

    kms = clients.kms(_settings.aws_region)
    return Signer(kms, arn).public_key()


_KEYS = {
    KEY: partial(_public_key, _settings.public_key_arn),
    PICTURE_KEY: partial(_public_key, _settings.public_picture_key_arn),
}
_site = Site(Path(_settings.site_dir), _settings, _KEYS)


def handler(event: dict[str, Any], _: object) -> dict[str, object]:
    """Answer one request. It logs nothing that a request said."""
    headers = {k.lower(): v for k, v in (event.get("headers") or {}).items()}
    known, takes = headers.get("if-none-match"), headers.get("accept-encoding", "")
    return as_event(_site.answer(event["rawPath"], known, takes))
