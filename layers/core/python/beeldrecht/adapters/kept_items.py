"""What of an item a term hangs on: read off plain items, and nothing asked of a table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from beeldrecht.domain.expired import Expired
from beeldrecht.domain.retention import RetentionKind, seconds
from beeldrecht.domain.retention_runs import Kept
from beeldrecht.domain.subject_requests import FREEZING, SubjectRequestState

from . import keys
from .plain_items import Plain, Table, instant_of

_NAMED_BY_SORT_KEY = (keys.FACE, keys.DISCLOSURE, keys.TEMPLATE, keys.EXPORT)


@dataclass(frozen=True, slots=True)
class KeptItem:
    """One item, and what a policy has to know of it."""

    kept: Kept
    table: Table
    pk: str
    sk: str
    counts: bool = True
    """Whether it is the thing itself, and not what points at it."""
    subject_id: str | None = None
    """The person or picture that it is about; None: the picture whose items it is of."""
    closes: str | None = None
    """Of what closes and stays on record: its `ends_at` as it was read. Nothing takes it
    away at that date; whoever reads goes by it."""

    @property
    def expired(self) -> Expired:
        """How it is told of once it has ended; raises ValueError for what does not."""
        if self.kept.expires_at is None:
            raise ValueError("this has no date of removal")
        own = self.sk if self.sk.startswith(_NAMED_BY_SORT_KEY) else self.pk
        return Expired(
            self.kept.kind,
            self.subject_id or _last(self.pk),
            _last(own),
            self.kept.expires_at,
        )


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The things of a page of pictures or people, and where the next page begins."""

    items: tuple[KeptItem, ...]
    cursor: str | None


CLOSING = (
    *("settled_at", "decided_at", "lifts_from"),
    *("state", "request_kind", "expires_at"),
)
"""What says of a request when it was closed."""


def closed_at(request: Plain) -> datetime | None:
    """When a request was closed; None: it is open, or what it froze is frozen yet."""
    upheld = request.get("state") == SubjectRequestState.UPHELD.value
    if upheld and request.get("request_kind") in set(FREEZING):
        said = request.get("lifts_from")
    else:
        said = request.get("settled_at") or request.get("decided_at")
    return instant_of(said) if said else None


def contact_of(
    person_id: str,
    dossier: Iterable[Plain],
    requests: Iterable[KeptItem],
    ends: Mapping[str, datetime | None],
) -> Iterator[KeptItem]:
    """How somebody is reached: from when nothing is open and nothing holds any more."""
    for each in dossier:
        if each["sk"] != keys.CONTACT:
            continue
        since = [instant_of(each["put_at"]), *ends.values()]
        since += [request.kept.from_ for request in requests]
        known = [at for at in since if at is not None]
        yield KeptItem(
            Kept(
                RetentionKind.CONTACTS,
                max(known) if len(known) == len(since) else None,
                each.get("expires_at"),
            ),
            Table.CONSENT,
            keys.dossier(person_id),
            keys.CONTACT,
        )


def ends_of_documents(facts: Iterable[Plain]) -> dict[str, datetime | None]:
    """When the last thing agreed to with each document ends; None: no end is known."""
    facts = list(facts)
    taken_back = {
        each["grant_id"]: instant_of(each["effective_at"])
        for each in facts
        if each.get("kind") == "withdrawal"
    }
    ends: dict[str, list[datetime | None]] = {
        each["quitclaim_id"]: [] for each in facts if each.get("kind") == "quitclaim"
    }
    for each in facts:
        if each.get("kind") == "grant" and each["quitclaim_id"] in ends:
            own = instant_of(each["end"]) if "end" in each else None
            both = [at for at in (own, taken_back.get(each["grant_id"])) if at]
            ends[each["quitclaim_id"]].append(min(both, default=None))
    last: dict[str, datetime | None] = {}
    for quitclaim_id, each_end in ends.items():
        known = [at for at in each_end if at is not None]
        whole = known and len(known) == len(each_end)
        last[quitclaim_id] = max(known) if whole else None
    return last


def with_pointer(kept: Kept, pk: str, pointer: Plain) -> list[KeptItem]:
    """A thing of the dossier, and what in the dossier points at it."""
    points = replace(kept, expires_at=pointer.get("expires_at"))
    return [
        KeptItem(kept, Table.CONSENT, pk, keys.META),
        KeptItem(points, Table.CONSENT, pointer["pk"], pointer["sk"], counts=False),
    ]


def exports_of(dossier: Iterable[Plain]) -> Iterator[KeptItem]:
    """What somebody may fetch about themselves: the file closes, its record goes later.

    A file was promised until a day, and lies in its bucket until that day at the latest:
    it may only ever close sooner. That a copy was given is kept as long as the request
    that it answers. One that is being made has no term yet.
    """
    for each in dossier:
        if not each["sk"].startswith(keys.EXPORT) or "packed_at" not in each:
            continue
        made = instant_of(each["packed_at"])
        record = Kept(RetentionKind.REQUESTS, made, each.get("expires_at"))
        yield KeptItem(record, Table.CONSENT, each["pk"], each["sk"])
        # What leads to the record carries the same date since they were written as one.
        yield KeptItem(record, Table.CONSENT, each["sk"], keys.META, counts=False)
        ends = each.get("ends_at")
        if ends is not None:
            closing = seconds(instant_of(ends))
            file = Kept(RetentionKind.EXPORTS, made, closing, never_longer=True)
            yield KeptItem(file, Table.CONSENT, each["pk"], each["sk"], closes=ends)


def dated(table: Table, pk: str, item: Plain, kind: RetentionKind, at: str) -> KeptItem:
    """An item whose term began at the instant that one of its attributes says."""
    return KeptItem(
        Kept(kind, instant_of(item[at]), item.get("expires_at")), table, pk, item["sk"]
    )


def _last(key: str) -> str:
    """The id at the end of a key."""
    return key.rpartition("#")[2]
