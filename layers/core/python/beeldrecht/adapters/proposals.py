"""What waits for a second person, in the library table.

Every write is conditioned on what was read, so of two people who settle one proposal at
once, one gets StaleRevisionError and sees what the other did; and it stands in one
transaction with its entry in the audit trail. The table removes settled
ones a month later, and never on time: whoever reads asks the date, not the presence.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.access import Operation
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.four_eyes import Proposal, ProposalStatus, standing

from . import keys
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .library_items import LibraryItem
from .pages import Position, page_of, place
from .trail import Trail

KEPT = timedelta(days=30)
"""How long one that was settled, or that lapsed, can still be looked at."""
_WAITING = keys.work("proposal")
_REFUSED = "ConditionalCheckFailedException"


class ProposalItem(LibraryItem, discriminator="proposal"):
    """What one person wants done; the same wish is always the same item."""

    proposal_id = UnicodeAttribute()
    operation = UnicodeAttribute()
    what = JSONAttribute()
    proposed_by = UnicodeAttribute()
    proposed_at = UTCDateTimeAttribute()
    open_until = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    settled_by = UnicodeAttribute(null=True)
    settled_at = UTCDateTimeAttribute(null=True)
    done_at = UTCDateTimeAttribute(null=True)


class Proposals:
    """The repository of proposals."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def find(self, proposal_id: str, at: datetime) -> Proposal | None:
        """A proposal as it was recorded; None when there is none, or it is long over."""
        item = _item(proposal_id)
        if item is None or (item.expires_at or 0) <= at.timestamp():
            return None
        return _proposal_of(item)

    def open(self, proposal: Proposal, entry: NewEntry) -> Proposal:
        """Record a wish, unless the same one is open already; give the open one.

        Safe to repeat: whoever wished first stays the one who proposed. A wish that was
        settled or has lapsed makes room for the next.
        """
        room = (
            ProposalItem.pk.does_not_exist()
            | (ProposalItem.status != ProposalStatus.OPEN.value)
            | (ProposalItem.open_until <= proposal.proposed_at)
        )
        try:
            self._trail.record(entry, _put(proposal, room))
        except ActRefusedError as error:
            there = _item(proposal.proposal_id)
            if there is None:  # removed between the two calls: whoever asks, asks again
                raise StaleRevisionError(proposal.proposal_id) from error
            return _proposal_of(there)
        return proposal

    def settle(self, before: Proposal, after: Proposal, entry: NewEntry) -> None:
        """Record what became of it; raises StaleRevisionError when somebody was first."""
        try:
            self._trail.record(entry, _put(after, _as_seen(before)))
        except ActRefusedError as error:
            raise StaleRevisionError(after.proposal_id) from error

    def finish(self, before: Proposal, after: Proposal) -> None:
        """Record that it was carried out; the act itself has its entry in the trail."""
        try:
            _item_of(after).save(condition=_as_seen(before))
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise
            raise StaleRevisionError(after.proposal_id) from error

    def page(
        self, at: datetime, after: Position | None, limit: int
    ) -> tuple[list[Proposal], Position | None]:
        """Those that are open, the oldest first, and where the next page begins."""
        found, following = page_of(_WAITING, keys.proposal, after, limit)
        read = [self.find(item_id, at) for item_id in found]
        opened = [
            each
            for each in read
            if each is not None and standing(each, at) is ProposalStatus.OPEN
        ]
        return opened, following


def _as_seen(before: Proposal) -> Condition:
    """That the item is still the proposal that was read, in the state it was read in."""
    seen: Condition = (
        (ProposalItem.status == before.status.value)
        & (ProposalItem.proposed_by == before.proposed_by)
        & (ProposalItem.proposed_at == before.proposed_at)
        & ProposalItem.done_at.does_not_exist()
    )
    return seen


def _put(proposal: Proposal, condition: Condition) -> Callable[[TransactWrite], None]:
    return lambda act: act.save(_item_of(proposal), condition=condition)


def _item(proposal_id: str) -> ProposalItem | None:
    try:
        return ProposalItem.get(
            keys.proposal(proposal_id), keys.META, consistent_read=True
        )
    except DoesNotExist:
        return None


def _item_of(proposal: Proposal) -> ProposalItem:
    waits = proposal.status is ProposalStatus.OPEN
    over = proposal.settled_at or proposal.expires_at
    return ProposalItem(
        keys.proposal(proposal.proposal_id),
        keys.META,
        proposal_id=proposal.proposal_id,
        operation=proposal.operation.value,
        what=dict(proposal.what),
        proposed_by=proposal.proposed_by,
        proposed_at=proposal.proposed_at,
        open_until=proposal.expires_at,
        status=proposal.status.value,
        settled_by=proposal.settled_by,
        settled_at=proposal.settled_at,
        done_at=proposal.done_at,
        expires_at=int((over + KEPT).timestamp()),
        gsi2pk=_WAITING if waits else None,
        gsi2sk=place(proposal.proposed_at, proposal.proposal_id) if waits else None,
    )


def _proposal_of(item: ProposalItem) -> Proposal:
    return Proposal(
        proposal_id=item.proposal_id,
        operation=Operation(item.operation),
        what=item.what,
        proposed_by=item.proposed_by,
        proposed_at=item.proposed_at,
        expires_at=item.open_until,
        status=ProposalStatus(item.status),
        settled_by=item.settled_by,
        settled_at=item.settled_at,
        done_at=item.done_at,
    )
