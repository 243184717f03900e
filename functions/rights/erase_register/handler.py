"""Lambda entry of `erase_register`: a state of `erase_person`."""

from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.schedules import Schedules, to_drop
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.typed_texts import TypedTexts
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.adapters.workflows import Tasks
from beeldrecht.domain.milestones import days_from
from beeldrecht.runtime import clients
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Desk, erase_register


class EraseRegisterSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    exports_bucket: str
    documents_bucket: str
    milestones_group: str
    milestone_days: str


_settings = EraseRegisterSettings.read()
_region = _settings.aws_region
_dynamodb, _s3 = clients.dynamodb(_region), clients.s3(_region)
_places = Places.of(_settings.model_dump())
_trail = AuditTrail(_settings.audit_table, _region)
_desk = Desk(
    erasures=Erasures(_settings.consent_table, _region, _trail),
    traces=Traces(_dynamodb, _s3, _places),
    wiper=Wiper(_dynamodb, _s3, _places),
    typed=TypedTexts(_dynamodb, _places),
    index=SearchState(_settings.library_table, _region),
    retention=Retention(_settings.library_table, _region),
    tasks=Tasks(clients.step_functions(_region)),
    schedules=Schedules(clients.scheduler(_region), to_drop(_settings.milestones_group)),
    register=ConsentRegister(_settings.consent_table, _region),
    documents=Signatures(_settings.consent_table, _region, _trail),
    trail=_trail,
    days=days_from(_settings.milestone_days),
)
_log = logger("erase_register", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, remove, answer."""
    result = erase_register(ErasureEvent.model_validate(event), _desk)
    _log.info("register erased", count=result.removed)
    return result.model_dump(mode="json")
