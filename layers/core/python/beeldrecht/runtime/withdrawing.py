"""Taking consent back, in the same way on somebody's own page and at the staff's desk.

Every version of a consent that says the same is taken back, for each of them would let a
picture out; and the person is told.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.errors import ActRefusedError, BusyError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Grant, Quitclaim, Withdrawal, withdraw
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.own_page import own_grants, said_alike, withdrawable

from .facts import Register as Facts

_TRIES = 3
_AT_ONCE = 40
"""Withdrawals in one transaction, which takes a hundred items at most."""


class Register(Facts, Protocol):
    """What people agreed to, and took back."""

    def take_back(
        self,
        person_id: str,
        withdrawals: Iterable[Withdrawal],
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record withdrawals with what they cause; False when all were there."""
        ...


class Signatures(Protocol):
    """What was signed."""

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        """Everything that a person signed."""
        ...


class Services(Protocol):
    """What withdrawing needs."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def signatures(self) -> Signatures:
        """What was signed."""
        ...


def all_of(register: Facts, person_id: str, at: datetime) -> list[Grant]:
    """Everything of this person's that can be taken back."""
    facts = register.facts([person_id])
    own = own_grants(person_id, facts.grants, facts.withdrawals, at)
    return [each.grant for each in own if withdrawable(each)]


def these_of(
    register: Facts, person_id: str, grant_ids: Collection[str]
) -> list[Grant] | None:
    """The grants that are named; None when one of them is not this person's.

    Somebody else's looks as one that is not there.
    """
    by_id = {each.grant_id: each for each in register.facts([person_id]).grants}
    if not by_id.keys() >= set(grant_ids):
        return None
    return [by_id[each] for each in dict.fromkeys(grant_ids)]


@dataclass(frozen=True, slots=True)
class Act:
    """In whose name something goes on record, under which tag, and when."""

    tag: str
    actor: str
    """A user, or the link of who holds it."""
    at: datetime


def take_back(
    services: Services, person_id: str, wanted: Iterable[Grant], act: Act
) -> list[str]:
    """Take these grants back, and all that say the same; give the ids of them all.

    Safe to repeat: the first withdrawal of a grant stands. Raises NotWithdrawableError
    for a contract, before anything is taken back, and BusyError.
    """
    facts = services.register.facts([person_id])
    meant = said_alike(
        tuple(wanted), facts.grants, services.signatures.quitclaims(person_id)
    )
    new = [withdraw(g, derived_id("withdrawal", g.grant_id), act.at) for g in meant]
    for start in range(0, len(new), _AT_ONCE):
        _record(services.register, person_id, new[start : start + _AT_ONCE], act)
    return sorted(each.grant_id for each in meant)


def _record(
    register: Register, person_id: str, wanted: list[Withdrawal], act: Act
) -> None:
    """Record those that are not on record; somebody else may be recording them too."""
    for _ in range(_TRIES):
        there = register.facts([person_id]).withdrawals
        known = {each.withdrawal_id for each in there}
        new = [each for each in wanted if each.withdrawal_id not in known]
        if not new:
            return
        entry, mail = _entry(person_id, new, act), _mail(person_id, new, act.at)
        try:
            register.take_back(person_id, new, entry, [mail])
        except ActRefusedError:
            continue
        return
    raise BusyError(person_id)


def _entry(person_id: str, new: list[Withdrawal], act: Act) -> NewEntry:
    grants = sorted(each.grant_id for each in new)
    return NewEntry(
        subject=person_id,
        entry_id=f"{act.tag}:{derived_id(*grants)}",
        tag=act.tag,
        at=act.at,
        actor=act.actor,
        data={"grants": ",".join(grants)},
    )


def _mail(person_id: str, new: list[Withdrawal], at: datetime) -> Mail:
    kind, ids = MailKind.WITHDRAWN, sorted(each.withdrawal_id for each in new)
    return Mail(
        mail_id=mail_id(kind, person_id, *ids),
        kind=kind,
        to=person_id,
        created_at=at,
        about={"withdrawals": ",".join(ids)},
    )
