"""The `consent` table: people, what they signed, what they took back, what is frozen.

Facts are appended and never changed; state is derived from them. Names are sealed with
the person's own key, so that destroying the key erases them from backups too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Protocol

from pynamodb.exceptions import PutError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Grant, Quitclaim, Restriction, Withdrawal
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person, PersonSummary

from . import keys
from .binding import bind
from .consent_items import (
    ConsentItem,
    GrantItem,
    LiftItem,
    PersonItem,
    RestrictionItem,
    WithdrawalItem,
    grant_item,
    grant_of,
    person_item,
    quitclaim_item,
    restriction_item,
    restriction_of,
    withdrawal_item,
    withdrawal_of,
)
from .errors import ActRefusedError, UnwiredTrailError
from .outbox import add_mails, not_on_record
from .trail import Trail

_TOGETHER = 80
"""Withdrawals in one transaction, which holds at most 100 writes; mails go with them."""


class Seals(Protocol):
    """Seals and opens what belongs to one person."""

    def seal(
        self, person_id: str, plain: bytes, expires_at: datetime | None = None
    ) -> bytes:
        """The sealed bytes; a key that is made for them ends then."""
        ...

    def open(self, person_id: str, sealed: bytes) -> bytes:
        """The plain bytes; raises KeyDestroyedError when the key is gone."""
        ...


class ProofSeals(Seals, Protocol):
    """Seals names with one key of a person, and what proves a consent with another."""

    @property
    def proof(self) -> Seals:
        """For what outlives the person's erasure until its statutory term."""
        ...


class OpensMany(Protocol):
    """Opens what belongs to several people at once."""

    def open_many(self, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
        """What opens, by person; somebody whose key is gone is left out."""
        ...


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What is on record about some people and one asset."""

    grants: tuple[Grant, ...]
    withdrawals: tuple[Withdrawal, ...]
    restrictions: tuple[Restriction, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of the people on record, the last added first."""

    people: tuple[PersonSummary, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


class ConsentRegister:
    """The repository over the consent table."""

    def __init__(self, table: str, region: str, trail: Trail | None = None) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """Grants, withdrawals and freezes of these people, and the asset's freezes."""
        grants: list[Grant] = []
        withdrawals: list[Withdrawal] = []
        people = sorted(set(person_ids))
        for person_id in people:
            for item in ConsentItem.query(keys.person(person_id), consistent_read=True):
                if isinstance(item, GrantItem):
                    grants.append(grant_of(item))
                elif isinstance(item, WithdrawalItem):
                    withdrawals.append(withdrawal_of(item))
        subjects = people if asset_id is None else [*people, asset_id]
        restrictions = [each for subject in subjects for each in _restrictions(subject)]
        return ConsentFacts(tuple(grants), tuple(withdrawals), tuple(restrictions))

    def add_person(
        self, person: Person, seals: Seals, at: datetime, entry: NewEntry | None = None
    ) -> bool:
        """Record a person, the name sealed with that person's key; safe to repeat.

        Says whether anything was recorded: the name that came first stands. The `entry`
        is written in one transaction with it. The key comes before: one without a name
        harms nobody.
        """
        sealed = seals.seal(person.person_id, person.name.encode())
        item = person_item(person.person_id, sealed, at)
        if entry is None:
            return _append(item)
        if self._trail is None:
            raise UnwiredTrailError(entry.tag)

        def write(act: TransactWrite) -> None:
            act.save(item, condition=ConsentItem.pk.does_not_exist())

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def people(self, opens: OpensMany, after: str | None, limit: int) -> PeoplePage:
        """A page of everybody, names opened; `after` as the page before gave it.

        The index holds ids alone, and follows within moments; names are read from the
        items themselves. Somebody whose key is gone is listed without a name.
        """
        beyond = ConsentItem.gsi1sk < after if after else None
        # One more than asked for tells whether there is another page.
        found = list(
            ConsentItem.by_lookup.query(
                keys.PEOPLE, beyond, scan_index_forward=False, limit=limit + 1
            )
        )
        shown = found[:limit]
        items = {
            item.pk: item
            for item in PersonItem.batch_get(
                [(each.pk, keys.META) for each in shown], consistent_read=True
            )
        }
        listed = [items[each.pk] for each in shown if each.pk in items]
        names = opens.open_many({i.person_id: i.sealed_name for i in listed})
        return PeoplePage(
            tuple(
                PersonSummary(
                    i.person_id,
                    names[i.person_id].decode() if i.person_id in names else None,
                    i.added_at,
                )
                for i in listed
            ),
            shown[-1].gsi1sk if len(found) > limit else None,
        )

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; None when there is no such person."""
        for item in PersonItem.query(
            keys.person(person_id), ConsentItem.sk == keys.META, consistent_read=True
        ):
            name = seals.open(person_id, item.sealed_name).decode()
            return Person(person_id, name)
        return None

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person, without opening anything."""
        found = ConsentItem.query(
            keys.person(person_id), ConsentItem.sk == keys.META, consistent_read=True
        )
        return any(True for _ in found)

    def sign(self, quitclaim: Quitclaim, grants: Iterable[Grant]) -> None:
        """Record a signed document, its grants first; safe to repeat.

        The grants land before the document, so that a document on record is whole.
        """
        for grant in grants:
            _append(grant_item(grant))
        _append(quitclaim_item(quitclaim))

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Record a withdrawal; safe to repeat. The grant stays as proof."""
        _append(withdrawal_item(withdrawal))

    def take_back(
        self,
        person_id: str,
        withdrawals: Iterable[Withdrawal],
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record withdrawals with their entry and mails; False when all were there.

        Safe to repeat: the first time stands, and what is missing is added. More than
        eighty take several transactions, each with the entry; the mails go with the
        first, less what was told before: no mail stands in the way of a withdrawal. A
        grant is not looked for: to take back what was never given harms nobody.
        """
        asked, told = tuple(withdrawals), tuple(mails)
        recorded = False
        while new := self._not_taken_back(person_id, asked):
            try:
                for batch in batched(new, _TOGETHER):
                    self._take_back(batch, entry, () if recorded else told)
                    recorded = True
            except ActRefusedError:
                if self._not_taken_back(person_id, asked) != new:
                    continue  # somebody took the same back meanwhile
                before, told = told, not_on_record(told)
                if told == before:
                    raise
        return recorded

    def restrict(self, restriction: Restriction) -> None:
        """Record a freeze; safe to repeat."""
        _append(restriction_item(restriction))

    def _take_back(
        self, batch: Iterable[Withdrawal], entry: NewEntry, mails: tuple[Mail, ...]
    ) -> None:
        if self._trail is None:
            raise UnwiredTrailError(entry.tag)

        def write(act: TransactWrite) -> None:
            for each in batch:
                act.save(withdrawal_item(each), condition=ConsentItem.pk.does_not_exist())
            add_mails(act, mails)

        self._trail.record(entry, write)

    @staticmethod
    def _not_taken_back(
        person_id: str, withdrawals: tuple[Withdrawal, ...]
    ) -> list[Withdrawal]:
        there = {
            item.withdrawal_id
            for item in WithdrawalItem.query(
                keys.person(person_id),
                ConsentItem.sk.startswith(keys.WITHDRAWAL),
                consistent_read=True,
            )
        }
        own = {w.withdrawal_id: w for w in withdrawals if w.person_id == person_id}
        return [each for name, each in own.items() if name not in there]


def _restrictions(subject_id: str) -> list[Restriction]:
    """What freezes a person or an asset, over where it was lifted."""
    found: list[RestrictionItem] = []
    lifts: dict[str, LiftItem] = {}
    for item in ConsentItem.query(keys.subject(subject_id), consistent_read=True):
        if isinstance(item, RestrictionItem):
            found.append(item)
        elif isinstance(item, LiftItem):
            lifts[item.restriction_id] = item
    return [restriction_of(item, lifts.get(item.restriction_id)) for item in found]


def _append(item: ConsentItem) -> bool:
    """Record a fact once: what is on record is never written over."""
    try:
        item.save(condition=ConsentItem.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True
