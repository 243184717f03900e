"""Lambda entry of `follow_register`: the stream of the consent table."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.messages import MailQueue
from beeldrecht.adapters.workflows import Workflow
from beeldrecht.domain.recorded import RecordedFact
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.queues import Answer
from beeldrecht.runtime.register_stream import follow
from beeldrecht.runtime.settings import Settings

from .step import Workflows, follow_register


class FollowRegisterSettings(Settings):
    """What this function is told."""

    request_consent_arn: str
    renew_consent_arn: str
    withdraw_consent_arn: str
    export_person_arn: str
    erase_person_arn: str
    erase_asset_arn: str
    relook_arn: str
    mails_queue_url: str


_settings = FollowRegisterSettings.read()
_region = _settings.aws_region
_states = clients.step_functions(_region)
_workflows = Workflows(
    request_consent=Workflow(_states, _settings.request_consent_arn),
    renew_consent=Workflow(_states, _settings.renew_consent_arn),
    withdraw_consent=Workflow(_states, _settings.withdraw_consent_arn),
    export_person=Workflow(_states, _settings.export_person_arn),
    erase_person=Workflow(_states, _settings.erase_person_arn),
    erase_asset=Workflow(_states, _settings.erase_asset_arn),
    relook=Workflow(_states, _settings.relook_arn),
)
_mails = MailQueue(clients.sqs(_region), _settings.mails_queue_url)
_log = logger("follow_register", _settings.log_level)


def _handle(fact: RecordedFact) -> None:
    new = follow_register(fact, _workflows, _mails)
    _log.info("fact followed", outcome=fact.kind.value, count=int(new))


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """Each record by itself; from the first that fails on, they are delivered again."""
    return follow(event, context, _handle, _log)
