"""Taking consent back on behalf of somebody who says so: at the desk, by telephone.

As their own page does it: every version of a consent that says the same is taken back,
for each of them would let a picture out; and the person is told.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.errors import ActRefusedError, BusyError
from beeldrecht.domain.access import User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Grant, Quitclaim, Withdrawal, withdraw
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.own_page import said_alike
from beeldrecht.runtime.facts import Register as Facts

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


def take_back(
    services: Services, user: User, person_id: str, wanted: Iterable[Grant], at: datetime
) -> list[str]:
    """Take these grants back, and all that say the same; give the ids of them all.

    Safe to repeat: the first withdrawal of a grant stands. Raises NotWithdrawableError
    for a contract, before anything is taken back, and BusyError.
    """
    facts = services.register.facts([person_id])
    meant = said_alike(wanted, facts.grants, services.signatures.quitclaims(person_id))
    new = [withdraw(g, derived_id("withdrawal", g.grant_id), at) for g in meant]
    for start in range(0, len(new), _AT_ONCE):
        _record(services, user, person_id, new[start : start + _AT_ONCE], at)
    return sorted(each.grant_id for each in meant)


def _record(
    services: Services,
    user: User,
    person_id: str,
    wanted: list[Withdrawal],
    at: datetime,
) -> None:
    """Record those that are not on record; the person may be recording them too."""
    for _ in range(_TRIES):
        there = services.register.facts([person_id]).withdrawals
        known = {each.withdrawal_id for each in there}
        new = [each for each in wanted if each.withdrawal_id not in known]
        if not new:
            return
        entry, mail = _entry(user, person_id, new, at), _mail(person_id, new, at)
        try:
            services.register.take_back(person_id, new, entry, [mail])
        except ActRefusedError:
            continue
        return
    raise BusyError(person_id)


def _entry(user: User, person_id: str, new: list[Withdrawal], at: datetime) -> NewEntry:
    grants = sorted(each.grant_id for each in new)
    tag = "api:consent:withdraw"
    return NewEntry(
        subject=person_id,
        entry_id=f"{tag}:{derived_id(*grants)}",
        tag=tag,
        at=at,
        actor=user.user_id,
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
