"""Lambda entry of `subject_api`: every request of somebody who holds a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.buckets import Buckets
from beeldrecht.adapters.certificates import Certificates
from beeldrecht.adapters.channel_renditions import Renderer
from beeldrecht.adapters.collected import Collected
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.export_files import ExportFiles
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.masks import Masker
from beeldrecht.adapters.objects import Renditions
from beeldrecht.adapters.publications import Publications
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.shares import Shares
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.domain.age import ages_from
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
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
    renditions_bucket: str
    documents_bucket: str
    exports_bucket: str
    mask_asset_arn: str
    render_asset_arn: str
    site_url: str
    ages_of_consent: str


@dataclass(frozen=True, slots=True)
class Wired:
    """The services, over the tables of this deployment."""

    links: Links
    buckets: Buckets
    register: ConsentRegister
    names: KeyRing
    wordings: Wordings
    requests: ConsentRequests
    sessions: Sessions
    contacts: Contacts
    signatures: Signatures
    documents: Documents
    erasures: Erasures
    certificates: Certificates
    subject_requests: SubjectRequests
    exports: Exports
    export_files: ExportFiles
    appearances: Appearances
    library: Library
    renditions: Renditions
    audit: AuditTrail
    disclosures: Disclosures
    recalls: Recalls
    masks: Masker
    renders: Renderer
    bases: LegalBases
    collections: Collections
    collected: Collected
    shares: Shares
    publications: Publications
    site_url: str
    ages: Mapping[str, int]
    now: Callable[[], datetime]
    new_id: Callable[[], str]


_settings = SubjectApiSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_audit = AuditTrail(_settings.audit_table, _region)
_library, _consent = _settings.library_table, _settings.consent_table
_sessions = Sessions(_library, _region, _audit)
_names = KeyRing(
    _settings.keys_table,
    _region,
    clients.kms(_region),
    _settings.people_key_arn,
    KeyPurpose.CONTACT,
)
_log = logger("subject_api", _settings.log_level)
_serving = serving_from(
    _settings.audit_table, _region, library=_library, consent=_consent
)
_api = build(
    Wired(
        links=Links(_consent, _region, _audit),
        buckets=Buckets(_settings.limits_table, _region),
        register=ConsentRegister(_consent, _region, _audit),
        names=_names,
        wordings=Wordings(_consent, _region, _audit),
        requests=ConsentRequests(_consent, _region, _audit),
        sessions=_sessions,
        contacts=Contacts(_consent, _region, _audit),
        signatures=Signatures(_consent, _region, _audit, _sessions),
        documents=Documents(_s3, _settings.documents_bucket),
        erasures=Erasures(_consent, _region, _audit),
        certificates=Certificates(_s3, _settings.documents_bucket),
        subject_requests=SubjectRequests(_consent, _region, _audit, seals=_names),
        exports=Exports(_consent, _region, _audit),
        export_files=ExportFiles(_s3, _settings.exports_bucket),
        appearances=Appearances(_library, _region),
        library=Library(_library, _region),
        renditions=Renditions(_s3, _settings.renditions_bucket),
        audit=_audit,
        disclosures=Disclosures(_library, _region, _audit),
        recalls=Recalls(_library, _consent, _region, _audit),
        masks=Masker(clients.functions(_region), _settings.mask_asset_arn),
        renders=Renderer(
            clients.functions(_region),
            _settings.render_asset_arn,
            _s3,
            _settings.renditions_bucket,
        ),
        bases=LegalBases(_library, _region, _audit),
        collections=Collections(_library, _region, _audit),
        collected=Collected(_library, _region),
        shares=Shares(_library, _consent, _region, _audit),
        publications=Publications(_library, _region, _audit),
        site_url=_settings.site_url,
        ages=ages_from(_settings.ages_of_consent),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
    ),
    _log,
    _serving.check,
)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return _api.answer(event, context)
