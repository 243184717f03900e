"""Lambda entry of `deliver_mail`: the queue `mails`."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.post import Post
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.users import Users
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.queues import Answer, drain
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings
from beeldrecht_mail.letters import Templates

from .compose import compose
from .desk import Desk
from .step import Event, deliver_mail


class DeliverMailSettings(Settings):
    """What this function is told."""

    consent_table: str
    keys_table: str
    audit_table: str
    people_key_arn: str
    documents_bucket: str
    user_pool_id: str
    site_url: str
    mail_from: str = ""
    mail_configuration_set: str
    mail_language: str = "nl"
    controller: str
    mails_dir: Path = Path("/opt/mails")


_settings = DeliverMailSettings.read()
_region = _settings.aws_region
_table = _settings.consent_table
_trail = AuditTrail(_settings.audit_table, _region)
_mails = Mails(_table, _region, _trail)
_seals = KeyRing(
    _settings.keys_table,
    _region,
    clients.kms(_region),
    _settings.people_key_arn,
    KeyPurpose.CONTACT,
)
_desk = Desk(
    register=ConsentRegister(_table, _region, _trail),
    contacts=Contacts(_table, _region, _trail),
    requests=ConsentRequests(_table, _region, _trail),
    wordings=Wordings(_table, _region, _trail),
    signatures=Signatures(_table, _region, _trail),
    documents=Documents(clients.s3(_region), _settings.documents_bucket),
    subject_requests=SubjectRequests(_table, _region, _trail, _seals),
    exports=Exports(_table, _region, _trail),
    links=Links(_table, _region, _trail),
    users=Users(clients.cognito(_region), _settings.user_pool_id),
    seals=_seals,
    templates=Templates(_settings.mails_dir),
    site_url=_settings.site_url,
    organisation=_settings.controller,
    staff_language=_settings.mail_language,
    new_id=new_id,
    new_token=new_token,
)
_post = Post(clients.ses(_region), _settings.mail_from, _settings.mail_configuration_set)
_serving = serving_from(_settings.audit_table, _region, consent=_table)
_log = logger("deliver_mail", _settings.log_level)


def _handle(body: str) -> None:
    # What was sent since a backup would be on record there as waiting, and go out again.
    _serving.check()
    result = deliver_mail(
        Event.model_validate_json(body),
        _mails,
        partial(compose, _desk),
        _post,
        lambda: datetime.now(UTC),
    )
    _log.info("mail taken up", outcome=result.outcome, reason=result.reason)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """Each message by itself; those that fail are delivered again."""
    return drain(event, context, _handle, _log)
