"""Signs in as a person does: authorization code with PKCE, password, authenticator.

    token = token_for(cloud, "editor")              # an access token of the web app
    tokens = sign_in(cloud, account, client="Cli")  # all three, of another application

The pages of the local cloud are walked through over HTTP, form by form, as a browser
would; no call of an administrator shortens the way. So what tests and the demonstration
hold in hand is what a person would.
"""

import base64
import hashlib
import hmac
import json
import secrets
import struct
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from local.client import LocalCloud
from local.environments import LocalCloudError

SCOPES = "openid email"
_STEPS = 8
"""More pages than a sign-in has: first password, new authenticator, its code."""


class SignInError(LocalCloudError):
    """The pages did not let this account in; the sentence is theirs."""


@dataclass
class Account:
    """What a person knows and holds in order to sign in."""

    email: str
    password: str
    totp_secret: str = ""
    """The authenticator's key; the pages hand one out when it is empty."""
    new_password: str = ""
    """What to choose when the pages ask for another password."""


@dataclass(frozen=True)
class Application:
    """An application of the pool, as the sign-in pages know it."""

    client_id: str
    redirect_uri: str


@dataclass(frozen=True)
class Tokens:
    """What a sign-in gives."""

    access: str
    id: str
    refresh: str
    seconds: int


def token_for(cloud: LocalCloud, user: str) -> str:
    """Sign in as one of the demonstration's users; give an access token."""
    # Imported here: making the users signs each of them in once.
    from local.users import user_named  # noqa: PLC0415

    return sign_in(cloud, user_named(cloud, user).account).access


def sign_in(cloud: LocalCloud, account: Account, client: str = "Web") -> Tokens:
    """Sign in to an application; raises SignInError with what the pages said."""
    application = application_of(cloud, client)
    verifier = secrets.token_urlsafe(48)
    challenge = _base64url(hashlib.sha256(verifier.encode()).digest())
    state = secrets.token_urlsafe(16)
    asked = {
        "client_id": application.client_id,
        "redirect_uri": application.redirect_uri,
        "response_type": "code",
        "scope": SCOPES,
        "state": state,
        "nonce": secrets.token_urlsafe(16),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = f"{cloud.endpoint}/oauth2/authorize?{urlencode(asked)}"
    returned = _walk(address, account, application.redirect_uri)
    if returned.get("state") != [state] or "code" not in returned:
        raise SignInError(f"Signing in gave {returned} and no code.")
    return _exchange(
        cloud,
        grant_type="authorization_code",
        client_id=application.client_id,
        redirect_uri=application.redirect_uri,
        code=returned["code"][0],
        code_verifier=verifier,
    )


def refreshed(cloud: LocalCloud, tokens: Tokens, client: str = "Web") -> Tokens:
    """Give new tokens of the same session."""
    return _exchange(
        cloud,
        grant_type="refresh_token",
        client_id=application_of(cloud, client).client_id,
        refresh_token=tokens.refresh,
    )


def application_of(cloud: LocalCloud, client: str = "Web") -> Application:
    """Give the deployed application of that name, `Web` or `Cli`."""
    found = outputs_of(cloud)
    client_id = found[f"{client}ClientId"]
    described = cloud.client("cognito-idp").describe_user_pool_client(
        UserPoolId=found["UserPoolId"], ClientId=client_id
    )
    return Application(client_id, described["UserPoolClient"]["CallbackURLs"][0])


def outputs_of(cloud: LocalCloud) -> Mapping[str, str]:
    """Give the outputs of all stacks, among which people sign in."""
    found = {k: v for outputs in cloud.outputs().values() for k, v in outputs.items()}
    if "WebClientId" not in found:
        raise SignInError("Nothing that people sign in to is deployed: local deploy")
    return found


def totp(secret: str, at: float | None = None) -> str:
    """Give the code an authenticator shows at that instant (RFC 6238), or now."""
    key = base64.b32decode(secret)
    step = int((time.time() if at is None else at) // 30)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@dataclass
class _Page(HTMLParser):
    """The one form of a page, and what the page says besides."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    error: str = ""
    secret: str = ""
    _reading: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in the form, its fields, and where a message or a key stands."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given.get("action", "")
        elif tag == "input" and "name" in given:
            self.fields[given["name"]] = given.get("value", "")
        elif given.get("class") == "error":
            self._reading = "error"
        elif given.get("id") == "secret":
            self._reading = "secret"

    def handle_data(self, data: str) -> None:
        """Take in the message or the key."""
        if self._reading == "error":
            self.error += data
        elif self._reading == "secret":
            self.secret += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's own name
        """Stop reading at the end of what was read."""
        self._reading = ""


def _walk(address: str, account: Account, redirect_uri: str) -> Mapping[str, list[str]]:
    """Fill in form after form until the pages send us back; give what they send."""
    form: dict[str, str] | None = None
    for _ in range(_STEPS):
        status, headers, body = _fetch(address, form)
        if status == 302 and headers["Location"].startswith(redirect_uri):
            return parse_qs(urlsplit(headers["Location"]).query)
        page = _Page()
        page.feed(body)
        if status != 200 or not page.action:
            raise SignInError(f"The sign-in pages answered {status}: {body[:200]}")
        if page.error:
            raise SignInError(f"The sign-in pages say: {page.error}")
        address, form = urljoin(address, page.action), _filled(page, account)
    raise SignInError("The sign-in pages do not come to an end.")


def _filled(page: _Page, account: Account) -> dict[str, str]:
    if page.secret:
        account.totp_secret = page.secret
    known = {
        "username": account.email,
        "password": account.password,
        "new_password": account.new_password,
        "confirm_password": account.new_password,
    }
    filled = {name: known.get(name, value) for name, value in page.fields.items()}
    if "mfa_code" in filled:
        filled["mfa_code"] = totp(account.totp_secret)
    return filled


def _exchange(cloud: LocalCloud, **form: str) -> Tokens:
    status, _, body = _fetch(f"{cloud.endpoint}/oauth2/token", form)
    if status != 200:
        raise SignInError(f"The code was not exchanged: {status} {body}")
    given: dict[str, Any] = json.loads(body)
    return Tokens(
        access=given["access_token"],
        id=given["id_token"],
        refresh=given.get("refresh_token", form.get("refresh_token", "")),
        seconds=given["expires_in"],
    )


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the last one leads to the application."""

    def redirect_request(self, *_: Any) -> None:
        """Give up on every one, which raises the answer as an error."""


_opener = urllib.request.build_opener(_Stay)


def _fetch(
    address: str, form: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], str]:
    data = None if form is None else urlencode(form).encode()
    request = urllib.request.Request(address, data=data)  # noqa: S310  # loopback
    try:
        with _opener.open(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
