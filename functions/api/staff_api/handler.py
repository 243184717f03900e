"""Lambda entry of `staff_api`: every request of somebody who signed in."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit_search import AuditSearch
from beeldrecht.adapters.breaches import Assessor, Breaches
from beeldrecht.adapters.certificates import Certificates
from beeldrecht.adapters.channel_renditions import Renderer
from beeldrecht.adapters.claims import Claims
from beeldrecht.adapters.collected import Collected
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.descriptions import Descriptions
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.enrolment import Enroller
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.export_files import ORDERED, ExportFiles
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.films import Films
from beeldrecht.adapters.forecasts import Forecasts
from beeldrecht.adapters.freezes import Freezes
from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.imports import Imports
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.masks import Masker
from beeldrecht.adapters.messages import Clearance, UploadQueue
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.packages import Packages, Packer
from beeldrecht.adapters.proposals import Proposals
from beeldrecht.adapters.publications import Publications
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.adapters.search_following import FollowedTrail
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.shares import Shares
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.traces import Places
from beeldrecht.adapters.typed_texts import TypedTexts
from beeldrecht.adapters.versions import Versions
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.adapters.workflows import Tasks, Workflow
from beeldrecht.domain.age import ages_from
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.standard_wording import standard
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings

from .app import build
from .services import Services


class StaffApiSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    keys_table: str
    people_key_arn: str
    audit_table: str
    originals_bucket: str
    renditions_bucket: str
    documents_bucket: str
    exports_bucket: str
    uploads_queue_url: str
    clear_asset_arn: str
    apply_retention_arn: str
    enrol_person_arn: str
    assess_breach_arn: str
    mask_asset_arn: str
    render_asset_arn: str
    pack_assets_arn: str
    site_url: str
    four_eyes: FourEyes
    public_body: bool
    controller: str
    controller_contact: str
    ages_of_consent: str


_SHIPPED = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands for when the standard wording was written, until it is put on record."""

_settings = StaffApiSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
# What staff do is found by the very next search.
_audit = FollowedTrail(_settings.audit_table, _region)
_consent = (_settings.consent_table, _region, _audit)
_library = (_settings.library_table, _region, _audit)
_sessions = Sessions(*_library)
_names = KeyRing(
    _settings.keys_table,
    _region,
    clients.kms(_region),
    _settings.people_key_arn,
    KeyPurpose.CONTACT,
)
_services = Services(
    library=Library(*_library),
    governance=Governance(*_library),
    breaches=Breaches(*_library),
    assessor=Assessor(clients.functions(_region), _settings.assess_breach_arn),
    register=ConsentRegister(*_consent),
    names=_names,
    appearances=Appearances(_settings.library_table, _region),
    links=Links(*_consent),
    contacts=Contacts(*_consent),
    wordings=Wordings(*_consent),
    standard_wording=standard(
        _settings.controller, _settings.controller_contact, "system", _SHIPPED
    ),
    controller=f"{_settings.controller}, {_settings.controller_contact}",
    sessions=_sessions,
    consent_requests=ConsentRequests(*_consent),
    signatures=Signatures(*_consent, sessions=_sessions),
    documents=Documents(_s3, _settings.documents_bucket),
    certificates=Certificates(_s3, _settings.documents_bucket),
    ages=ages_from(_settings.ages_of_consent),
    mails=Mails(*_consent),
    subject_requests=SubjectRequests(
        *_consent, seals=_names, retention=Retention(_settings.library_table, _region)
    ),
    exports=Exports(*_consent),
    erasures=Erasures(*_consent),
    typed=TypedTexts(
        clients.dynamodb(_region),
        Places(_settings.library_table, _settings.consent_table),
    ),
    tasks=Tasks(clients.step_functions(_region)),
    bases=LegalBases(*_library),
    forecasts=Forecasts(_settings.library_table, _region),
    films=Films(_settings.library_table, _region),
    freezes=Freezes(*_consent),
    public_body=_settings.public_body,
    enroller=Enroller(clients.functions(_region), _settings.enrol_person_arn),
    site_url=_settings.site_url,
    audit=_audit,
    audit_log=AuditSearch(_settings.audit_table, _region),
    collected=Collected(_settings.library_table, _region),
    collections=Collections(*_library),
    proposals=Proposals(*_library),
    claims=Claims(_settings.library_table, _region),
    imports=Imports(*_library),
    originals=Originals(_s3, _settings.originals_bucket),
    renditions=Renditions(_s3, _settings.renditions_bucket),
    masks=Masker(clients.functions(_region), _settings.mask_asset_arn),
    renders=Renderer(
        clients.functions(_region),
        _settings.render_asset_arn,
        _s3,
        _settings.renditions_bucket,
    ),
    disclosures=Disclosures(*_library),
    packages=Packages(*_library),
    packer=Packer(clients.functions(_region), _settings.pack_assets_arn),
    package_files=ExportFiles(_s3, _settings.exports_bucket, folder=ORDERED),
    descriptions=Descriptions(*_library),
    recalls=Recalls(_settings.library_table, *_consent),
    shares=Shares(_settings.library_table, *_consent),
    publications=Publications(*_library),
    uploads=UploadQueue(clients.sqs(_region), _settings.uploads_queue_url),
    versions=Versions(*_library),
    retention=Retention(*_library),
    retention_runs=RetentionRuns(*_library),
    apply_retention=Workflow(
        clients.step_functions(_region), _settings.apply_retention_arn
    ),
    clearance=Clearance(clients.step_functions(_region), _settings.clear_asset_arn),
    four_eyes=_settings.four_eyes,
    now=lambda: datetime.now(UTC),
    new_id=new_id,
)
_log = logger("staff_api", _settings.log_level)
_serving = serving_from(
    _settings.audit_table,
    _region,
    library=_settings.library_table,
    consent=_settings.consent_table,
)
_api = build(_services, _log, _serving.check)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return _api.answer(event, context)
