"""Lambda entry of `sweep_consents`: every hour by schedule."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.messages import MailQueue
from beeldrecht.adapters.register_facts import RegisterFacts
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.adapters.workflows import Workflow
from beeldrecht.domain.milestones import days_from
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import House, sweep_consents


class SweepConsentsSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    mails_queue_url: str
    request_consent_arn: str
    renew_consent_arn: str
    withdraw_consent_arn: str
    export_person_arn: str
    erase_person_arn: str
    erase_asset_arn: str
    relook_arn: str
    milestone_days: str


_settings = SweepConsentsSettings.read()
_region, _consent = _settings.aws_region, _settings.consent_table
_states = clients.step_functions(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_house = House(
    library=Library(_settings.library_table, _region),
    appearances=Appearances(_settings.library_table, _region),
    register=ConsentRegister(_consent, _region),
    bases=LegalBases(_settings.library_table, _region, NoTrail()),
    documents=Signatures(_consent, _region, NoTrail()),
    requests=ConsentRequests(_consent, _region, _trail),
    facts=RegisterFacts(_consent, _region),
    mails=Mails(_consent, _region, _trail),
    queue=MailQueue(clients.sqs(_region), _settings.mails_queue_url),
    request_consent=Workflow(_states, _settings.request_consent_arn),
    renew_consent=Workflow(_states, _settings.renew_consent_arn),
    withdraw_consent=Workflow(_states, _settings.withdraw_consent_arn),
    export_person=Workflow(_states, _settings.export_person_arn),
    erase_person=Workflow(_states, _settings.erase_person_arn),
    erase_asset=Workflow(_states, _settings.erase_asset_arn),
    relook=Workflow(_states, _settings.relook_arn),
    days=days_from(_settings.milestone_days),
)
_log = logger("sweep_consents", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Sweep; the counts are the answer."""
    result = sweep_consents(_house, datetime.now(UTC))
    _log.info("consents swept", count=sum(result.model_dump().values()))
    return result.model_dump(mode="json")
