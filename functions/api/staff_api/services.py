"""What the staff API works with: the stores, the clock, and what makes identifiers.

A module of routes declares beside itself which of these it needs; this is the whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit import AuditTrail
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
from beeldrecht.adapters.export_files import ExportFiles
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.films import Films
from beeldrecht.adapters.forecasts import Forecasts
from beeldrecht.adapters.freezes import Freezes
from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.imports import Imports
from beeldrecht.adapters.key_ring import KeyRing
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
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.shares import Shares
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.typed_texts import TypedTexts
from beeldrecht.adapters.versions import Versions
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.adapters.workflows import Tasks, Workflow
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.wordings import Wording


@dataclass(frozen=True, slots=True)
class Services:
    """Everything, wired to the tables and buckets of this deployment."""

    library: Library
    governance: Governance
    breaches: Breaches
    assessor: Assessor
    register: ConsentRegister
    names: KeyRing
    appearances: Appearances
    links: Links
    contacts: Contacts
    wordings: Wordings
    standard_wording: Wording
    controller: str
    sessions: Sessions
    consent_requests: ConsentRequests
    signatures: Signatures
    documents: Documents
    certificates: Certificates
    ages: Mapping[str, int]
    mails: Mails
    subject_requests: SubjectRequests
    exports: Exports
    erasures: Erasures
    typed: TypedTexts
    tasks: Tasks
    bases: LegalBases
    forecasts: Forecasts
    films: Films
    freezes: Freezes
    public_body: bool
    enroller: Enroller
    site_url: str
    audit: AuditTrail
    audit_log: AuditSearch
    collected: Collected
    collections: Collections
    proposals: Proposals
    claims: Claims
    imports: Imports
    originals: Originals
    renditions: Renditions
    masks: Masker
    renders: Renderer
    disclosures: Disclosures
    packages: Packages
    packer: Packer
    package_files: ExportFiles
    descriptions: Descriptions
    recalls: Recalls
    shares: Shares
    publications: Publications
    uploads: UploadQueue
    versions: Versions
    clearance: Clearance
    retention: Retention
    retention_runs: RetentionRuns
    apply_retention: Workflow
    four_eyes: FourEyes
    now: Callable[[], datetime]
    new_id: Callable[[], str]
