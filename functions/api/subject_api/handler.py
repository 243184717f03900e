"""Lambda entry of `subject_api`: every request of somebody who holds a link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.buckets import Buckets
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.links import Links
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .app import build


class SubjectApiSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    keys_table: str
    people_key_arn: str
    limits_table: str
    audit_table: str


@dataclass(frozen=True, slots=True)
class Wired:
    """The services, over the tables of this deployment."""

    links: Links
    buckets: Buckets
    register: ConsentRegister
    names: KeyRing
    appearances: Appearances
    audit: AuditTrail
    now: Callable[[], datetime]
    new_id: Callable[[], str]


_settings = SubjectApiSettings.read()
_region = _settings.aws_region
_audit = AuditTrail(_settings.audit_table, _region)
_log = logger("subject_api", _settings.log_level)
_api = build(
    Wired(
        links=Links(_settings.consent_table, _region, _audit),
        buckets=Buckets(_settings.limits_table, _region),
        register=ConsentRegister(_settings.consent_table, _region),
        names=KeyRing(
            _settings.keys_table,
            _region,
            clients.kms(_region),
            _settings.people_key_arn,
            KeyPurpose.CONTACT,
        ),
        appearances=Appearances(_settings.library_table, _region),
        audit=_audit,
        now=lambda: datetime.now(UTC),
        new_id=new_id,
    ),
    _log,
)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return _api.answer(event, context)
