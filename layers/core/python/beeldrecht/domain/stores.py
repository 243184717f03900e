"""The registry of stores: every place that can hold something of a person, and its end.

One table that everything reads which has to be complete: what an erasure looks through,
what its certificate lists, what a breach could have reached, what the record of
processing says. A test compares it with every model, bucket, queue, log and workflow of
the deployment: what is written to a place that does not stand here fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Store(StrEnum):
    """A place where data lies."""

    LIBRARY = "store_library"
    CONSENT = "store_consent"
    BIOMETRICS = "store_biometrics"
    KEYS = "store_keys"
    LIMITS = "store_limits"
    AUDIT = "store_audit"
    ORIGINALS = "store_originals"
    RENDITIONS = "store_renditions"
    EXPORTS = "store_exports"
    DOCUMENTS = "store_documents"
    CHECKPOINTS = "store_checkpoints"
    ACCESS_LOGS = "store_access_logs"
    QUEUES = "store_queues"
    STREAMS = "store_streams"
    WORKFLOWS = "store_workflows"
    SCHEDULES = "store_schedules"
    LOGS = "store_logs"
    BACKUPS = "store_backups"
    USERS = "store_users"
    MAIL_SERVICE = "store_mail_service"


class Holding(StrEnum):
    """What can be read there of a person."""

    OPAQUE = "holding_opaque"
    """Identifiers, instants and words of our own lists alone."""
    SEALED = "holding_sealed"
    """Bytes that only the person's own key opens."""
    PERSONAL = "holding_personal"
    """What says something of a person by itself."""


class Erasing(StrEnum):
    """What becomes of it when a person is erased."""

    DELETED = "erasing_deleted"
    """It is deleted, and looked for again."""
    KEY_DESTROYED = "erasing_key_destroyed"
    """The key itself: destroyed first, so that no copy of what it sealed opens again."""
    WITH_PICTURE = "erasing_with_picture"
    """It goes with the picture, or is made anew from the masked one."""
    PROOF = "erasing_proof"
    """It stays sealed until the proof's term ends, or goes where the plan says so."""
    PSEUDONYM = "erasing_pseudonym"
    """It stays, under an identifier that points at nobody any more."""
    REPLAYED = "erasing_replayed"
    """It is cut out of every copy before that copy serves, and ends within its term."""
    LAPSES = "erasing_lapses"
    """It ends by itself within its term, of days."""
    NOBODYS = "erasing_nobodys"
    """It is about nobody who is portrayed."""


class DataCategory(StrEnum):
    """What kind of data it is, as the record of processing names it."""

    IDENTITY = "category_identity"
    CONTACT = "category_contact"
    PORTRAIT = "category_portrait"
    FACE_POSITION = "category_face_position"
    BIOMETRIC = "category_biometric"
    CONSENT = "category_consent"
    SIGNATURE = "category_signature"
    REQUEST = "category_request"
    CORRESPONDENCE = "category_correspondence"
    DESCRIPTION = "category_description"
    DISCLOSURE = "category_disclosure"
    USER = "category_user"
    """Of who works with the library, by the identifiers of their accounts."""
    TRACE = "category_trace"
    """Identifiers of what was done, to what, by whom and when."""


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """One kind of thing in one store."""

    store: Store
    what: str
    """Of a table the kind of its items; of a bucket a prefix; else what it is called."""
    erasing: Erasing
    categories: frozenset[DataCategory] = frozenset()
    fields: Mapping[str, Holding] = field(default_factory=dict)
    """Of an item: what each of its attributes holds, the keys left out."""
    about: str | None = None
    """The attribute that names the person it is about; None: it is found another way."""
    holds: Holding = Holding.OPAQUE
    """Of what is no item: what can be read there."""

    def __post_init__(self) -> None:
        """Freeze what the attributes hold."""
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    @property
    def holding(self) -> Holding:
        """The most telling thing that it holds."""
        order = tuple(Holding)
        return max((self.holds, *self.fields.values()), key=order.index)


ITEM_STORES = frozenset(
    {
        Store.LIBRARY,
        Store.CONSENT,
        Store.BIOMETRICS,
        Store.KEYS,
        Store.LIMITS,
        Store.AUDIT,
    }
)
"""The stores that hold items, kind by kind."""
