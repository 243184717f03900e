"""The consent register in memory: facts are added, never changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from beeldrecht.adapters.consent import ConsentFacts, OpensMany, PeoplePage, Seals
from beeldrecht.adapters.errors import UnwiredTrailError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Grant, Quitclaim, Restriction, Withdrawal
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person, PersonSummary
from beeldrecht.domain.time import Period
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects
from tests.fakes.mails import FakeMails


class FakeConsentRegister:
    """People, what they signed, what they took back, what is frozen."""

    def __init__(
        self,
        effects: Effects | None = None,
        trail: FakeAuditTrail | None = None,
        mails: FakeMails | None = None,
    ) -> None:
        self._effects = effects or Effects()
        self._trail = trail
        self._mails = mails or FakeMails()
        self._people: dict[str, tuple[bytes, datetime]] = {}
        self._quitclaims: dict[tuple[str, str], Quitclaim] = {}
        self._grants: dict[tuple[str, str], Grant] = {}
        self._withdrawals: dict[tuple[str, str], Withdrawal] = {}
        self._restrictions: dict[tuple[str, str], Restriction] = {}
        self._lifts: dict[tuple[str, str], datetime] = {}

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        people = set(person_ids)
        subjects = people if asset_id is None else {*people, asset_id}
        return ConsentFacts(
            tuple(v for k, v in sorted(self._grants.items()) if k[0] in people),
            tuple(v for k, v in sorted(self._withdrawals.items()) if k[0] in people),
            tuple(
                _as_lifted(v, self._lifts.get(k))
                for k, v in sorted(self._restrictions.items())
                if k[0] in subjects
            ),
        )

    def add_person(
        self, person: Person, seals: Seals, at: datetime, entry: NewEntry | None = None
    ) -> bool:
        sealed = seals.seal(person.person_id, person.name.encode())
        if entry is not None and self._trail is None:
            raise UnwiredTrailError(entry.tag)
        with self._effects.effect("consent.person"):
            if person.person_id in self._people:
                return False
            self._people[person.person_id] = (sealed, at)
            if entry is not None and self._trail is not None:
                self._trail.add(entry)
        return True

    def people(self, opens: OpensMany, after: str | None, limit: int) -> PeoplePage:
        listed = sorted(
            ((f"{_stamp(at)}#{p}", p) for p, (_, at) in self._people.items()),
            reverse=True,
        )
        rest = [each for each in listed if after is None or each[0] < after]
        shown = rest[:limit]
        names = opens.open_many({p: self._people[p][0] for _, p in shown})
        return PeoplePage(
            tuple(
                PersonSummary(
                    p, names[p].decode() if p in names else None, self._people[p][1]
                )
                for _, p in shown
            ),
            shown[-1][0] if len(rest) > limit else None,
        )

    def person(self, person_id: str, seals: Seals) -> Person | None:
        found = self._people.get(person_id)
        if found is None:
            return None
        return Person(person_id, seals.open(person_id, found[0]).decode())

    def knows(self, person_id: str) -> bool:
        return person_id in self._people

    def sign(self, quitclaim: Quitclaim, grants: Iterable[Grant]) -> None:
        for grant in grants:
            with self._effects.effect("consent.grant"):
                key = (quitclaim.person_id, grant.grant_id)
                self._grants.setdefault(key, grant)
        with self._effects.effect("consent.quitclaim"):
            key = (quitclaim.person_id, quitclaim.quitclaim_id)
            self._quitclaims.setdefault(key, quitclaim)

    def withdraw(self, withdrawal: Withdrawal) -> None:
        with self._effects.effect("consent.withdrawal"):
            key = (withdrawal.person_id, withdrawal.withdrawal_id)
            self._withdrawals.setdefault(key, withdrawal)

    def take_back(
        self,
        person_id: str,
        withdrawals: Iterable[Withdrawal],
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        if self._trail is None:
            raise UnwiredTrailError(entry.tag)
        new = {
            (person_id, each.withdrawal_id): each
            for each in withdrawals
            if each.person_id == person_id
            and (person_id, each.withdrawal_id) not in self._withdrawals
        }
        told = tuple(mails)

        def write() -> None:
            self._mails.put_new(m for m in told if m.mail_id not in self._mails.mails)
            self._withdrawals.update(new)

        if new:
            self._trail.record(entry, write)
        return bool(new)

    def restrict(self, restriction: Restriction) -> None:
        with self._effects.effect("consent.restriction"):
            key = (restriction.subject_id, restriction.restriction_id)
            self._restrictions.setdefault(key, restriction)

    # -- for the other fakes, within their transactions --------------------------------

    def holds(self, person_id: str, quitclaim_id: str) -> bool:
        """Whether that document is on record."""
        return (person_id, quitclaim_id) in self._quitclaims

    def put_signed(self, quitclaim: Quitclaim, grants: Iterable[Grant]) -> None:
        """A document and its grants, as part of somebody's act."""
        for grant in grants:
            self._grants[quitclaim.person_id, grant.grant_id] = grant
        self._quitclaims[quitclaim.person_id, quitclaim.quitclaim_id] = quitclaim

    def put_person(self, person: Person, sealed: bytes, at: datetime) -> None:
        """Somebody new, as part of somebody's act."""
        self._people[person.person_id] = (sealed, at)

    def put_restriction(self, restriction: Restriction) -> None:
        """A freeze, as part of somebody's act."""
        key = (restriction.subject_id, restriction.restriction_id)
        self._restrictions.setdefault(key, restriction)

    def put_lift(self, restriction: Restriction, at: datetime) -> None:
        """The end of a freeze, as part of somebody's act."""
        key = (restriction.subject_id, restriction.restriction_id)
        self._lifts.setdefault(key, at)

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        """What somebody signed, the first first."""
        own = [v for k, v in self._quitclaims.items() if k[0] == person_id]
        return tuple(sorted(own, key=lambda q: (q.signed_at, q.quitclaim_id)))

    def all_grants(self) -> tuple[Grant, ...]:
        """Everybody's grants."""
        return tuple(self._grants.values())


def _as_lifted(restriction: Restriction, at: datetime | None) -> Restriction:
    if at is None:
        return restriction
    period = restriction.period
    end = max(period.start, at if period.end is None else min(period.end, at))
    return replace(restriction, period=Period(period.start, end))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
