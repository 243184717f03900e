"""Calling a copy back: whoever received what may no longer be used removes it (GDPR 19).

What a copy shows is what decides: somebody who is covered in it takes nothing back that
the recipient has. A recall is one recipient's and one picture's; it stays open until the
copy is removed, whatever becomes of the picture meanwhile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .channels import ALL_CHANNELS, Channel, Place, Verdict, strictest
from .decisions import Decision, Finding, FindingId
from .disclosures import Disclosure, DisclosureKind
from .ids import derived_id
from .mails import Mail, MailKind, mail_id
from .time import instant

REMIND_AFTER: Final = timedelta(days=7)
REMINDERS: Final = 4
"""After so many, somebody has to ask in another way."""
LOOK_AFTER: Final = timedelta(hours=1)
"""When it is looked at first: whether its mail could be sent at all."""


class RecallState(StrEnum):
    """How far a recall came."""

    OPEN = "recall_open"
    """The recipient was asked, or is about to be."""
    UNREACHABLE = "recall_unreachable"
    """No mail arrives, or none is answered: an officer asks in another way."""
    REMOVED = "recall_removed"
    """The copy is gone, as the recipient says."""
    LIFTED = "recall_lifted"
    """The copy may be used again as it was given: a freeze ended, a consent came."""


UNSETTLED: Final = frozenset({RecallState.OPEN, RecallState.UNREACHABLE})
"""What somebody still has to do something about."""


class RecallReason(StrEnum):
    """Why a copy is called back; for staff, the recipient is not told."""

    ERASURE = "recalled_for_erasure"
    WITHDRAWAL = "recalled_for_withdrawal"
    OBJECTION = "recalled_for_objection"
    RESTRICTION = "recalled_for_restriction"
    END = "recalled_for_end"
    """A consent came to the end of its period."""
    NOT_CLEARED = "recalled_not_cleared"
    """Somebody in it is not cleared for that use, or it is not known who it is."""


_REASONS: Final = {
    FindingId.GRANT_WITHDRAWN: RecallReason.WITHDRAWAL,
    FindingId.PERSON_OBJECTED: RecallReason.OBJECTION,
    FindingId.ASSET_OBJECTED: RecallReason.OBJECTION,
    FindingId.PERSON_RESTRICTED: RecallReason.RESTRICTION,
    FindingId.ASSET_RESTRICTED: RecallReason.RESTRICTION,
    FindingId.GRANT_ENDED: RecallReason.END,
}
_ORDER: Final = tuple(RecallReason)


@dataclass(frozen=True, slots=True)
class Recall:
    """One recipient who is asked to remove their copies of one picture."""

    recall_id: str
    asset_id: str
    recipient_id: str
    fact_id: str
    """What brought it: a withdrawal, a freeze, an end, an erasure."""
    channels: frozenset[Channel]
    """The uses that it is about; every one where a copy was given for none."""
    opened_at: datetime
    reason: RecallReason
    state: RecallState = RecallState.OPEN
    told_at: datetime | None = None
    """When a mail to the recipient was sent."""
    acknowledged_at: datetime | None = None
    """When it was said that the copies are gone."""
    acknowledged_by: str | None = None
    """The user who said so; None where the recipient did, by the link of their mail."""
    reminders: int = 0
    next_at: datetime | None = None
    """When it is looked at again by itself; None: never."""
    outside: bool = False
    """Whether it is somebody without an account, who has an address of their own."""

    def __post_init__(self) -> None:
        """Refuse an instant without zone: raises NaiveInstantError."""
        object.__setattr__(self, "opened_at", instant(self.opened_at))


def recall_id(fact_id: str, asset_id: str, recipient_id: str) -> str:
    """The id of the one recall that this fact brings for this picture and recipient."""
    return derived_id("recall", fact_id, asset_id, recipient_id)


def against(copy: Disclosure, decision: Decision | None) -> tuple[Finding, ...]:
    """What stands in the way of going on using a copy as it was given.

    Of the findings of a decision for the copy's own place those that are about its
    channel and about somebody who can be seen in it. A copy for no channel in particular
    has to be free for each. Nothing for no decision: then there is no picture to judge.
    """
    if decision is None:
        return ()
    return tuple(
        each
        for each in decision.findings
        if each.verdict is not Verdict.CLEAR
        # A newer file takes nothing back from who may use the older one.
        and each.id is not FindingId.VERSION_REPLACED
        and each.face_id not in copy.masked
        and (copy.channel is None or each.channel is None or each.channel is copy.channel)
    )


def holds(copy: Disclosure, decision: Decision | None) -> bool:
    """Whether a copy may go on being used as it was given; unknown means no."""
    if decision is None:
        return False
    found = against(copy, decision)
    return strictest(each.verdict for each in found) is Verdict.CLEAR


def can_be_called_back(copy: Disclosure) -> bool:
    """Whether somebody else has it: an export is its own subject's, others covered."""
    return copy.kind is not DisclosureKind.EXPORT


def gone(copy: Disclosure, recalls: Iterable[Recall]) -> bool:
    """Whether its recipient said, after they received it, that it is removed."""
    return any(each.state is RecallState.REMOVED for each in about(copy, recalls))


def about(copy: Disclosure, recalls: Iterable[Recall]) -> tuple[Recall, ...]:
    """The recalls that ask for this copy, the last one opened first."""
    channels = _channels(copy)
    found = [
        each
        for each in recalls
        if each.asset_id == copy.asset_id
        and each.recipient_id == copy.recipient_id
        and channels <= each.channels
        and copy.at <= (each.acknowledged_at or each.opened_at)
    ]
    return tuple(sorted(found, key=lambda each: each.opened_at, reverse=True))


def called_back(
    fact_id: str,
    copies: Iterable[Disclosure],
    decisions: Mapping[Place, Decision],
    recalls: Iterable[Recall],
    at: datetime,
) -> tuple[Recall, ...]:
    """The recalls that are due now for copies of one picture, one for each recipient.

    Nobody is asked anew for what they were asked to remove already, or have removed. The
    same fact gives the same recalls, however often it is followed.
    """
    known = tuple(recalls)
    dark = [
        copy
        for copy in copies
        if can_be_called_back(copy)
        and not holds(copy, decisions.get(copy.place))
        and not gone(copy, known)
        and not any(
            each.state in UNSETTLED and each.fact_id != fact_id
            for each in about(copy, known)
        )
    ]
    return _of_each(fact_id, dark, decisions, None, at)


def called_back_for_erasure(
    fact_id: str,
    copies: Iterable[Disclosure],
    faces: frozenset[str] | None,
    recalls: Iterable[Recall],
    at: datetime,
) -> tuple[Recall, ...]:
    """The recalls of an erasure: of every copy in which one of these faces can be seen.

    `faces` are those of the person who is erased; None: the picture itself is. Whoever
    was asked before for another reason is asked for this, too: a copy that could be kept
    unused has to go.
    """
    known = tuple(recalls)
    shown = [
        copy
        for copy in copies
        if can_be_called_back(copy)
        and (faces is None or copy.shows(faces))
        and not gone(copy, known)
    ]
    return _of_each(fact_id, shown, {}, RecallReason.ERASURE, at)


def lifted(
    recall: Recall, copies: Iterable[Disclosure], decisions: Mapping[Place, Decision]
) -> bool:
    """Whether all that a recall asks for may be used again as it was given.

    Never of an erasure, nor where it is not known any more what was given.
    """
    asked = [copy for copy in copies if recall in about(copy, [recall])]
    return (
        recall.reason is not RecallReason.ERASURE
        and bool(asked)
        and all(holds(copy, decisions.get(copy.place)) for copy in asked)
    )


def asking(recall: Recall, at: datetime) -> Mail:
    """The mail by which its recipient is asked, or reminded: the last one of it.

    Its id follows from the recall and how often it was reminded of.
    """
    again = recall.reminders > 0
    kind = MailKind.RECALL_REMINDER if again else MailKind.RECALL
    return Mail(
        mail_id(kind, recall.recipient_id, recall.recall_id, str(recall.reminders)),
        kind,
        to=recall.recipient_id,
        created_at=at,
        about={
            "recall_id": recall.recall_id,
            "asset_id": recall.asset_id,
            "channels": ",".join(sorted(recall.channels)),
        },
        to_staff=not recall.outside,
    )


def told(recall: Recall, sent_at: datetime) -> Recall:
    """The recall, once its mail was sent; the first time stands."""
    if recall.told_at is not None:
        return recall
    return replace(recall, told_at=sent_at, next_at=sent_at + REMIND_AFTER)


def reminded(recall: Recall, at: datetime) -> Recall:
    """The recall, once another mail to its recipient is on record."""
    return replace(recall, reminders=recall.reminders + 1, next_at=at + REMIND_AFTER)


def _of_each(
    fact_id: str,
    copies: Iterable[Disclosure],
    decisions: Mapping[Place, Decision],
    reason: RecallReason | None,
    at: datetime,
) -> tuple[Recall, ...]:
    theirs: dict[str, list[Disclosure]] = {}
    for copy in copies:
        theirs.setdefault(copy.recipient_id, []).append(copy)
    return tuple(
        Recall(
            recall_id=recall_id(fact_id, own[0].asset_id, recipient_id),
            asset_id=own[0].asset_id,
            recipient_id=recipient_id,
            fact_id=fact_id,
            channels=frozenset().union(*(_channels(copy) for copy in own)),
            opened_at=at,
            reason=reason or _reason(own, decisions),
            next_at=at + LOOK_AFTER,
            outside=any(copy.kind is DisclosureKind.SHARE for copy in own),
        )
        for recipient_id, own in sorted(theirs.items())
    )


def _channels(copy: Disclosure) -> frozenset[Channel]:
    return frozenset(ALL_CHANNELS if copy.channel is None else {copy.channel})


def _reason(
    copies: Iterable[Disclosure], decisions: Mapping[Place, Decision]
) -> RecallReason:
    """The weightiest of what stands in the way."""
    found = {
        _REASONS.get(each.id, RecallReason.NOT_CLEARED)
        for copy in copies
        for each in against(copy, decisions.get(copy.place))
    }
    return min(found, key=_ORDER.index, default=RecallReason.NOT_CLEARED)
