"""The `consent` table: people, what they signed, what they took back, what is frozen.

Facts are appended and never changed; state is derived from them. Names are sealed with
the person's own key, so that destroying the key erases them from backups too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import PutError
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Quitclaim,
    Restriction,
    RestrictionKind,
    Withdrawal,
)
from beeldrecht.domain.people import Person, PersonSummary
from beeldrecht.domain.time import Period

from . import keys
from .binding import bind
from .errors import ActRefusedError, UnwiredTrailError
from .library_items import IN_INDEX
from .trail import Trail


class Seals(Protocol):
    """Seals and opens what belongs to one person."""

    def seal(self, person_id: str, plain: bytes) -> bytes:
        """The sealed bytes."""
        ...

    def open(self, person_id: str, sealed: bytes) -> bytes:
        """The plain bytes; raises KeyDestroyedError when the key is gone."""
        ...


class OpensMany(Protocol):
    """Opens what belongs to several people at once."""

    def open_many(self, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
        """What opens, by person; somebody whose key is gone is left out."""
        ...


class ByLookup(GlobalSecondaryIndex["ConsentItem"]):
    """Everybody by the instant they were added; a person's links."""

    class Meta:
        """Where it is."""

        index_name = "by_lookup"
        projection = IncludeProjection(IN_INDEX)

    gsi1pk = UnicodeAttribute(hash_key=True)
    gsi1sk = UnicodeAttribute(range_key=True)


class ConsentItem(Model):
    """Any item of the table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    gsi1pk = UnicodeAttribute(null=True)
    gsi1sk = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_lookup = ByLookup()


class PersonItem(ConsentItem, discriminator="person"):
    """Somebody who can be portrayed."""

    person_id = UnicodeAttribute()
    sealed_name = BinaryAttribute(legacy_encoding=False)
    added_at = UTCDateTimeAttribute()


class QuitclaimItem(ConsentItem, discriminator="quitclaim"):
    """A signed document."""

    quitclaim_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    wording_version = UnicodeAttribute()
    wording_sha256 = UnicodeAttribute()
    language = UnicodeAttribute()
    signed_at = UTCDateTimeAttribute()
    signed_on = UnicodeAttribute()
    guardian = BooleanAttribute()


class GrantItem(ConsentItem, discriminator="grant"):
    """One thing agreed to."""

    grant_id = UnicodeAttribute()
    quitclaim_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    grant_kind = UnicodeAttribute()
    start = UTCDateTimeAttribute()
    end = UTCDateTimeAttribute(null=True)
    last_day = UnicodeAttribute(null=True)
    channels = UnicodeSetAttribute(null=True)
    places = UnicodeSetAttribute(null=True)


class WithdrawalItem(ConsentItem, discriminator="withdrawal"):
    """A grant taken back."""

    withdrawal_id = UnicodeAttribute()
    grant_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    effective_at = UTCDateTimeAttribute()


class RestrictionItem(ConsentItem, discriminator="restriction"):
    """A person or an asset frozen."""

    restriction_id = UnicodeAttribute()
    subject_id = UnicodeAttribute()
    restriction_kind = UnicodeAttribute()
    start = UTCDateTimeAttribute()
    end = UTCDateTimeAttribute(null=True)


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
                    grants.append(_grant_of(item))
                elif isinstance(item, WithdrawalItem):
                    withdrawals.append(_withdrawal_of(item))
        subjects = people if asset_id is None else [*people, asset_id]
        return ConsentFacts(
            tuple(grants),
            tuple(withdrawals),
            tuple(
                _restriction_of(item)
                for subject_id in subjects
                for item in ConsentItem.query(
                    keys.subject(subject_id), consistent_read=True
                )
                if isinstance(item, RestrictionItem)
            ),
        )

    def add_person(
        self, person: Person, seals: Seals, at: datetime, entry: NewEntry | None = None
    ) -> bool:
        """Record a person, the name sealed with that person's key; safe to repeat.

        Says whether anything was recorded: the name that came first stands. The `entry`
        is written in one transaction with it. The key comes before: one without a name
        harms nobody.
        """
        sealed = seals.seal(person.person_id, person.name.encode())
        item = PersonItem(
            keys.person(person.person_id),
            keys.META,
            person_id=person.person_id,
            sealed_name=sealed,
            added_at=at,
            gsi1pk=keys.PEOPLE,
            gsi1sk=f"{_stamp(at)}#{person.person_id}",
        )
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
        pk = keys.person(quitclaim.person_id)
        for grant in grants:
            _append(
                GrantItem(
                    pk,
                    keys.GRANT + grant.grant_id,
                    grant_id=grant.grant_id,
                    quitclaim_id=grant.quitclaim_id,
                    person_id=grant.person_id,
                    grant_kind=grant.kind.value,
                    start=grant.period.start,
                    end=grant.period.end,
                    last_day=grant.last_day.isoformat() if grant.last_day else None,
                    channels={c.value for c in grant.channels} or None,
                    places={p.value for p in grant.places} or None,
                )
            )
        _append(
            QuitclaimItem(
                pk,
                keys.QUITCLAIM + quitclaim.quitclaim_id,
                quitclaim_id=quitclaim.quitclaim_id,
                person_id=quitclaim.person_id,
                wording_version=quitclaim.wording_version,
                wording_sha256=quitclaim.wording_sha256,
                language=quitclaim.language,
                signed_at=quitclaim.signed_at,
                signed_on=quitclaim.signed_on,
                guardian=quitclaim.guardian,
            )
        )

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Record a withdrawal; safe to repeat. The grant stays as proof."""
        _append(
            WithdrawalItem(
                keys.person(withdrawal.person_id),
                keys.WITHDRAWAL + withdrawal.withdrawal_id,
                withdrawal_id=withdrawal.withdrawal_id,
                grant_id=withdrawal.grant_id,
                person_id=withdrawal.person_id,
                effective_at=withdrawal.effective_at,
            )
        )

    def restrict(self, restriction: Restriction) -> None:
        """Record a freeze; safe to repeat."""
        _append(
            RestrictionItem(
                keys.subject(restriction.subject_id),
                keys.RESTRICTION + restriction.restriction_id,
                restriction_id=restriction.restriction_id,
                subject_id=restriction.subject_id,
                restriction_kind=restriction.kind.value,
                start=restriction.period.start,
                end=restriction.period.end,
            )
        )


def _append(item: ConsentItem) -> bool:
    """Record a fact once: what is on record is never written over."""
    try:
        item.save(condition=ConsentItem.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _grant_of(item: GrantItem) -> Grant:
    return Grant(
        grant_id=item.grant_id,
        quitclaim_id=item.quitclaim_id,
        person_id=item.person_id,
        kind=GrantKind(item.grant_kind),
        period=Period(item.start, item.end),
        channels=frozenset(Channel(c) for c in item.channels or ()),
        places=frozenset(Place(p) for p in item.places or ()),
        last_day=date.fromisoformat(item.last_day) if item.last_day else None,
    )


def _withdrawal_of(item: WithdrawalItem) -> Withdrawal:
    return Withdrawal(
        item.withdrawal_id, item.grant_id, item.person_id, item.effective_at
    )


def _restriction_of(item: RestrictionItem) -> Restriction:
    return Restriction(
        item.restriction_id,
        item.subject_id,
        RestrictionKind(item.restriction_kind),
        Period(item.start, item.end),
    )
