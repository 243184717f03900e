"""What the staff API works with: the stores, the clock, and what makes identifiers.

A module of routes declares beside itself which of these it needs; this is the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_search import AuditSearch
from beeldrecht.adapters.claims import Claims
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.enrolment import Enroller
from beeldrecht.adapters.key_ring import KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.messages import Clearance, UploadQueue
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.proposals import Proposals
from beeldrecht.domain.four_eyes import FourEyes


@dataclass(frozen=True, slots=True)
class Services:
    """Everything, wired to the tables and buckets of this deployment."""

    library: Library
    register: ConsentRegister
    names: KeyRing
    appearances: Appearances
    links: Links
    enroller: Enroller
    site_url: str
    audit: AuditTrail
    audit_log: AuditSearch
    collections: Collections
    proposals: Proposals
    claims: Claims
    originals: Originals
    renditions: Renditions
    uploads: UploadQueue
    clearance: Clearance
    four_eyes: FourEyes
    now: Callable[[], datetime]
    new_id: Callable[[], str]
