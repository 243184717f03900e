"""The registry, whole: the items of the tables, and everything beside the tables."""

from .store_items import ITEMS
from .stores import DataCategory as C
from .stores import Erasing, Holding, Store, StoreEntry

OBJECTS: tuple[StoreEntry, ...] = (
    StoreEntry(
        Store.ORIGINALS,
        "originals/",
        Erasing.WITH_PICTURE,
        frozenset({C.PORTRAIT, C.DESCRIPTION}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(
        Store.RENDITIONS,
        "",
        Erasing.WITH_PICTURE,
        frozenset({C.PORTRAIT}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(
        Store.EXPORTS,
        "exports/",
        Erasing.DELETED,
        frozenset({C.IDENTITY, C.CONTACT, C.PORTRAIT, C.CONSENT, C.SIGNATURE, C.TRACE}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(
        Store.EXPORTS,
        "building/",
        Erasing.DELETED,
        frozenset({C.IDENTITY, C.CONTACT, C.PORTRAIT, C.CONSENT, C.SIGNATURE, C.TRACE}),
        holds=Holding.PERSONAL,
    ),
    # Pictures that somebody ordered in one file, for a day.
    StoreEntry(
        Store.EXPORTS,
        "packages/",
        Erasing.WITH_PICTURE,
        frozenset({C.PORTRAIT, C.DESCRIPTION}),
        holds=Holding.PERSONAL,
    ),
    # The index of the library: its files are written anew without what is erased.
    StoreEntry(
        Store.EXPORTS,
        "index/",
        Erasing.WITH_PICTURE,
        frozenset({C.DESCRIPTION, C.TRACE}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(
        Store.DOCUMENTS,
        "signed/",
        Erasing.PROOF,
        frozenset({C.SIGNATURE, C.IDENTITY}),
        holds=Holding.SEALED,
    ),
    StoreEntry(
        Store.DOCUMENTS,
        "paper/",
        Erasing.LAPSES,
        frozenset({C.SIGNATURE, C.IDENTITY}),
        holds=Holding.PERSONAL,
    ),
    # A certificate names nobody, and stays as proof that the right was honoured.
    StoreEntry(Store.DOCUMENTS, "certificates/", Erasing.NOBODYS),
    StoreEntry(Store.CHECKPOINTS, "checkpoints/", Erasing.NOBODYS),
    StoreEntry(Store.ACCESS_LOGS, "", Erasing.LAPSES, frozenset({C.TRACE})),
)
"""What lies in the buckets, by the beginning of its keys."""

PASSING: tuple[StoreEntry, ...] = (
    StoreEntry(Store.QUEUES, "messages", Erasing.LAPSES, frozenset({C.TRACE})),
    StoreEntry(
        Store.STREAMS,
        "records",
        Erasing.LAPSES,
        frozenset({C.TRACE, C.CONSENT, C.DESCRIPTION, C.FACE_POSITION}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(Store.WORKFLOWS, "histories", Erasing.LAPSES, frozenset({C.TRACE})),
    StoreEntry(Store.SCHEDULES, "milestones", Erasing.DELETED, frozenset({C.TRACE})),
    StoreEntry(Store.LOGS, "lines", Erasing.LAPSES, frozenset({C.TRACE})),
    StoreEntry(
        Store.BACKUPS,
        "points_in_time",
        Erasing.REPLAYED,
        frozenset({C.IDENTITY, C.CONTACT, C.CONSENT, C.DESCRIPTION, C.FACE_POSITION}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(
        Store.USERS,
        "accounts",
        Erasing.NOBODYS,
        frozenset({C.USER, C.CONTACT}),
        holds=Holding.PERSONAL,
    ),
    StoreEntry(
        Store.MAIL_SERVICE,
        "events",
        Erasing.LAPSES,
        frozenset({C.CONTACT}),
        holds=Holding.PERSONAL,
    ),
)
"""What passes through, or is kept by a service of AWS."""

STORES: tuple[StoreEntry, ...] = (*ITEMS, *OBJECTS, *PASSING)
"""Everything that can hold something of a person."""


def entries_of(store: Store) -> tuple[StoreEntry, ...]:
    """What stands in one store."""
    return tuple(each for each in STORES if each.store is store)
