"""What is kept with a term, wherever it lies: found piece by piece, and dated anew.

A date is written on the condition that nobody changed it meanwhile and that the item is
there: what has gone is never put back by it.
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pynamodb.constants import DATETIME_FORMAT

from beeldrecht.domain.assets import AssetStatus, FaceMark
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.retention_runs import Kept

from . import keys
from .kept_items import (
    CLOSING,
    KeptItem,
    KeptPage,
    closed_at,
    contact_of,
    dated,
    ends_of_documents,
    exports_of,
    with_pointer,
)
from .plain_items import (
    Plain,
    PlainItems,
    Table,
    Tables,
    Values,
    as_seen,
    instant_of,
    key_of,
    merged,
    set_date,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_STATUSES = tuple(each for each in AssetStatus if each is not AssetStatus.EXPECTED)
"""An announcement of which nothing came has a week of its own, and no policy."""
_RECALLS = 100
"""Recalls that are asked for at a time."""
_TERMS = frozenset({RetentionKind.ASSETS, RetentionKind.REJECTED, RetentionKind.VERSIONS})
_OF_PICTURES = _TERMS | {RetentionKind.UNLINKED_FACES, RetentionKind.DISCLOSURES}
"""The kinds that hang on a picture; all others hang on a person."""


class Retained:
    """The repository of what has a term."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._items = PlainItems(client, tables)

    def page(self, cursor: str | None, limit: int, kinds: Set[RetentionKind]) -> KeptPage:
        """What is kept of the next pictures, then of the next people, of these kinds.

        Pictures or people are left out where no kind is theirs. A walk meets everything
        that stays where it is; a picture whose status changes meanwhile may be met twice,
        or by the next walk. The cursor holds ids alone.
        """
        section, start = _place(cursor)
        people = len(_STATUSES)
        if section < people and not kinds & _OF_PICTURES:
            section, start = people, None
        if section == people and not kinds - _OF_PICTURES:
            return KeptPage((), None)
        if section < people:
            listed = ("gsi2pk", keys.work(_STATUSES[section]))
            ids, following = self._items.listed(
                Table.LIBRARY, "by_work", listed, start, limit
            )
            items = [each for asset_id in ids for each in self.of_picture(asset_id)]
        else:
            ids, following = self._items.listed(
                Table.CONSENT, "by_lookup", ("gsi1pk", keys.PEOPLE), start, limit
            )
            items = [each for person_id in ids for each in self.of_person(person_id)]
        if following is None:
            section += 1
        wanted = tuple(each for each in items if each.kept.kind in kinds)
        return KeptPage(
            wanted, _cursor(section, following) if section <= people else None
        )

    def of_picture(self, asset_id: str) -> list[KeptItem]:
        """A picture's own term, its unlinked faces, who received it, and its recalls."""
        pk = keys.asset(asset_id)
        found = self._items.query(
            Table.LIBRARY,
            pk,
            *("sk", "kind", "announced_at", "status", "mark", "found_at", "face_id"),
            *("ends_at", "expires_at", "replaced_at"),
        )
        meta = next((each for each in found if each["sk"] == keys.META), None)
        if meta is None or meta["status"] == AssetStatus.EXPECTED.value:
            return []
        announced = instant_of(meta["announced_at"])
        rejected = meta["status"] == AssetStatus.REJECTED.value
        replaced = meta.get("replaced_at")
        kept = Kept(
            RetentionKind.REJECTED if rejected else RetentionKind.ASSETS,
            announced,
            # Whoever reads goes by the picture; what has to go may have gone before it.
            meta.get("ends_at"),
        )
        if replaced is not None:
            # Never longer than the picture that it is a file of.
            since = instant_of(replaced)
            kept = replace(
                kept, kind=RetentionKind.VERSIONS, from_=since, never_longer=True
            )
        named = {
            each["face_id"]
            for each in found
            if each.get("kind") == "appearance"
            and each.get("status") == AppearanceStatus.CONFIRMED.value
        }
        return [
            KeptItem(kept, Table.LIBRARY, pk, keys.TERM),
            *(
                KeptItem(_face(each, named, announced), Table.LIBRARY, pk, each["sk"])
                for each in found
                if each.get("kind") == "face"
            ),
            *(
                KeptItem(_frames(each, announced), Table.LIBRARY, pk, each["sk"])
                for each in found
                if each.get("kind") == "film_frames"
            ),
            *self._disclosures(asset_id),
            *self._recalls(asset_id),
        ]

    def of_person(self, person_id: str) -> list[KeptItem]:
        """A person's contact, requests, exports, mails, proofs and templates."""
        dossier = self._items.query(
            Table.CONSENT,
            keys.dossier(person_id),
            *("sk", "put_at", "packed_at", "ends_at", "expires_at"),
        )
        facts = self._items.query(
            Table.CONSENT,
            keys.person(person_id),
            *("sk", "kind", "quitclaim_id", "grant_id", "end", "effective_at"),
        )
        requests, ends = self._requests(dossier), ends_of_documents(facts)
        found = [
            *requests,
            *self._mails(dossier),
            *self._proofs(ends),
            *contact_of(person_id, dossier, requests, ends),
            *exports_of(dossier),
            *self._templates(person_id),
        ]
        return [replace(each, subject_id=person_id) for each in found]

    def date(self, item: KeptItem, expires_at: int | None) -> bool:
        """Give an item its date of removal; False when it changed or went meanwhile.

        The term of a picture is an item of its own, which is made where there is none,
        and stands on the picture too, for whoever reads that.
        """
        seen = item.kept.expires_at
        if item.closes is not None:
            return self._close(item, item.closes, expires_at)
        if item.sk != keys.TERM:
            change = merged(set_date(expires_at), as_seen(seen))
            return self._items.update(item.table, item.pk, item.sk, change)
        on_picture = merged(set_date(expires_at, "ends_at"), as_seen(seen, "ends_at"))
        return self._items.write(
            item.table,
            {"Item": term_item(item.pk, expires_at)},
            {"Key": key_of(item.pk, keys.META), **on_picture},
        )

    def remove(self, item: KeptItem) -> bool:
        """Take away what time to live left; False when it changed or went meanwhile.

        A picture's term alone of what belongs to it: the rest is erased. What closes
        stays.
        """
        if item.closes is not None:
            return False
        seen = {} if item.sk == keys.TERM else as_seen(item.kept.expires_at)
        return self._items.delete(item.table, item.pk, item.sk, seen)

    # -- inside -----------------------------------------------------------------------

    def _disclosures(self, asset_id: str) -> list[KeptItem]:
        pk, at = keys.disclosed(asset_id), "disclosed_at"
        found = self._items.query(Table.LIBRARY, pk, "sk", at, "expires_at")
        return [
            dated(Table.LIBRARY, pk, e, RetentionKind.DISCLOSURES, at)
            for e in found
            if at in e
        ]

    def _recalls(self, asset_id: str) -> list[KeptItem]:
        """What was asked back of a picture: from when it was asked first."""
        items: list[KeptItem] = []
        following: Values | None = None
        while True:
            listed = ("gsi1pk", keys.disclosed(asset_id))
            ids, following = self._items.listed(
                Table.LIBRARY, "by_lookup", listed, following, _RECALLS
            )
            for recall_id in ids:
                pk, at = keys.recall(recall_id), "opened_at"
                meta = self._items.get(Table.LIBRARY, pk, "sk", at, "expires_at")
                if meta is not None:
                    kind = RetentionKind.DISCLOSURES
                    found = dated(Table.LIBRARY, pk, meta, kind, at)
                    items.append(replace(found, subject_id=asset_id))
            if following is None:
                return items

    def _close(self, item: KeptItem, seen: str, ends_at: int | None) -> bool:
        """Have something close at another date; False when it changed meanwhile."""
        if ends_at is None:
            return False  # nothing that closes is without an end
        until = datetime.fromtimestamp(ends_at, UTC).strftime(DATETIME_FORMAT)
        change: Values = {
            "UpdateExpression": "SET ends_at = :until",
            "ConditionExpression": "ends_at = :seen",
            "ExpressionAttributeValues": {":until": {"S": until}, ":seen": {"S": seen}},
        }
        return self._items.update(item.table, item.pk, item.sk, change)

    def _requests(self, dossier: Iterable[Plain]) -> list[KeptItem]:
        """What somebody was asked, and asked: from when it was closed."""
        items: list[KeptItem] = []
        for each in dossier:
            pk = each["sk"]
            if not pk.startswith((keys.REQUEST, keys.ASKED)):
                continue
            meta = self._items.get(Table.CONSENT, pk, *CLOSING)
            if meta is not None:
                closed, until = closed_at(meta), meta.get("expires_at")
                kept = Kept(RetentionKind.REQUESTS, closed, until)
                items += with_pointer(kept, pk, each)
        return items

    def _mails(self, dossier: Iterable[Plain]) -> list[KeptItem]:
        """What somebody was sent: from when it was put on record."""
        items: list[KeptItem] = []
        for each in dossier:
            if not each["sk"].startswith(keys.MAIL):
                continue
            names = ("created_at", "expires_at")
            meta = self._items.get(Table.CONSENT, each["sk"], *names)
            if meta is not None:
                since, until = instant_of(meta["created_at"]), meta.get("expires_at")
                kept = Kept(RetentionKind.MAILS, since, until)
                items += with_pointer(kept, each["sk"], each)
        return items

    def _proofs(self, ends: Mapping[str, datetime | None]) -> list[KeptItem]:
        """What proves a signature: from when all that was agreed to with it had ended."""
        return [
            KeptItem(
                Kept(RetentionKind.PROOF, ended, each.get("expires_at")),
                Table.CONSENT,
                keys.evidence(quitclaim_id),
                each["sk"],
                counts=each["sk"] == keys.META,
            )
            for quitclaim_id, ended in ends.items()
            for each in self._items.query(
                Table.CONSENT, keys.evidence(quitclaim_id), "sk", "expires_at"
            )
        ]

    def _templates(self, person_id: str) -> list[KeptItem]:
        """What recognises somebody, and the key that opens it: from the enrolment."""
        pk = keys.person(person_id)
        found = self._items.query(Table.BIOMETRICS, pk, "sk", "enrolled_at", "expires_at")
        enrolled = [instant_of(e["enrolled_at"]) for e in found if "enrolled_at" in e]
        since = max(enrolled, default=None)
        return [
            KeptItem(
                Kept(
                    RetentionKind.TEMPLATES,
                    since,
                    each.get("expires_at"),
                    never_longer=True,
                ),
                Table.BIOMETRICS,
                pk,
                each["sk"],
                counts=each["sk"].startswith(keys.TEMPLATE),
            )
            for each in found
        ]


def term_item(pk: str, expires_at: int | None) -> Values:
    """The item with which a picture's term ends; without a date it stays."""
    dated: Values = {} if expires_at is None else {"expires_at": {"N": str(expires_at)}}
    return {
        **key_of(pk, keys.TERM),
        "kind": {"S": "asset_term"},
        "asset_id": {"S": pk.removeprefix(keys.asset(""))},
        **dated,
    }


def _face(item: Plain, named: set[str], announced: datetime) -> Kept:
    """A face that somebody named or marked has no term of its own."""
    linked = item["face_id"] in named or item["mark"] != FaceMark.UNMARKED.value
    since = instant_of(item["found_at"]) if "found_at" in item else announced
    return Kept(
        RetentionKind.UNLINKED_FACES, None if linked else since, item.get("expires_at")
    )


def _frames(item: Plain, announced: datetime) -> Kept:
    """Where faces were seen in a film: nobody is named there."""
    since = instant_of(item["found_at"]) if "found_at" in item else announced
    return Kept(RetentionKind.UNLINKED_FACES, since, item.get("expires_at"))


def _cursor(section: int, following: Values | None) -> str:
    return json.dumps({"section": section, "after": following})


def _place(cursor: str | None) -> tuple[int, Values | None]:
    if cursor is None:
        return 0, None
    said = json.loads(cursor)
    return int(said["section"]), said["after"]
