"""Which grants a milestone's mail is about, as things stand when it is sent."""

from collections.abc import Iterable

from beeldrecht.domain.consent import Grant, Withdrawal
from beeldrecht.domain.mails import Mail


def told_of(
    mail: Mail, grants: Iterable[Grant], withdrawals: Iterable[Withdrawal]
) -> tuple[Grant, ...]:
    """The grants of that document that end on that day and still matter.

    What was taken back, or was renewed beyond that day since the mail was recorded, is
    not told any more; of nothing left, no mail is sent.
    """
    known, taken = tuple(grants), tuple(withdrawals)
    day = mail.about["milestone"].rpartition(".")[2]
    return tuple(
        grant
        for grant in known
        if grant.quitclaim_id == mail.about["quitclaim_id"]
        and grant.period.end is not None
        and grant.period.end.date().isoformat() == day
        and not any(each.takes_back(grant) for each in taken)
        and not any(_covers(other, grant, taken) for other in known)
    )


def _covers(other: Grant, grant: Grant, taken: tuple[Withdrawal, ...]) -> bool:
    """Whether another grant says the same for longer, and was not taken back."""
    ends, longer = grant.period.end, other.period.end
    return (
        other.quitclaim_id != grant.quitclaim_id
        and other.kind is grant.kind
        and grant.channels <= other.channels
        and ends is not None
        and (longer is None or longer > ends)
        and other.period.start <= ends
        and not any(each.takes_back(other) for each in taken)
    )
