"""What people ask for themselves, in the `consent` table.

An objection and the freeze that it brings are one act: there is no moment at which
somebody objected and their pictures could still go out. The reason of a decision says
something of a person, so it is sealed with their key, as a name is.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
)

from . import keys
from .binding import bind
from .consent import Seals
from .consent_items import ConsentItem, lift_item, restriction_item
from .consent_lists import listed
from .consent_pages import SubjectRequestPage
from .errors import ActRefusedError, KeyDestroyedError, UnwiredSealsError
from .outbox import add_mails
from .pages import place
from .trail import Trail


class SubjectRequestItem(ConsentItem, discriminator="subject_request"):
    """One thing asked; listed under its state."""

    request_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    request_kind = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    due_at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    decided_by = UnicodeAttribute(null=True)
    decided_at = UTCDateTimeAttribute(null=True)
    sealed_reason = BinaryAttribute(null=True, legacy_encoding=False)


class SubjectRequestOfItem(ConsentItem, discriminator="subject_request_of"):
    """That this person asked; listed among all, whatever came of it."""

    person_id = UnicodeAttribute()
    request_id = UnicodeAttribute()


class SubjectRequests:
    """The repository of subject requests; `seals` where reasons are given or read."""

    def __init__(
        self, table: str, region: str, trail: Trail, seals: Seals | None = None
    ) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail
        self._seals = seals

    def create(
        self,
        request: SubjectRequest,
        entry: NewEntry,
        restriction: Restriction | None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record what somebody asks, with the freeze it brings; False when it was there.

        A freeze that is on record already stays as it is.
        """
        told = tuple(mails)
        freeze = None if restriction is None else _new(restriction_item(restriction))

        def write(act: TransactWrite) -> None:
            act.save(_item_of(request), condition=ConsentItem.pk.does_not_exist())
            act.save(
                SubjectRequestOfItem(
                    keys.dossier(request.person_id),
                    keys.asked(request.request_id),
                    person_id=request.person_id,
                    request_id=request.request_id,
                    gsi1pk=keys.ASKED_OF_US,
                    gsi1sk=place(request.asked_at, request.request_id),
                )
            )
            if freeze is not None:
                act.save(freeze, condition=ConsentItem.pk.does_not_exist())
            add_mails(act, told)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            if _find(request.request_id) is None:
                raise
            return False
        return True

    def get(self, request_id: str) -> SubjectRequest | None:
        """A request, read consistently, with the reason of its decision.

        Without a reason where there are no seals to open it, or the person was erased.
        """
        item = _find(request_id)
        if item is None:
            return None
        request = _request_of(item)
        if item.sealed_reason is None or self._seals is None:
            return request
        with suppress(KeyDestroyedError):
            said = self._seals.open(item.person_id, item.sealed_reason).decode()
            return replace(request, reason=said)
        return request

    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]:
        """What somebody asked, the last first; reasons stay sealed."""
        found = SubjectRequestOfItem.query(
            keys.dossier(person_id),
            ConsentItem.sk.startswith(keys.ASKED),
            consistent_read=True,
        )
        asked = _several(item.request_id for item in found).values()
        return tuple(
            sorted(asked, key=lambda r: (r.asked_at, r.request_id), reverse=True)
        )

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage:
        """A page of requests in that state, or of all, the oldest first: it is due first.

        The index follows within moments, and the items themselves say their state.
        Reasons stay sealed: each would be opened by itself.
        """
        lookup = keys.ASKED_OF_US if state is None else keys.asked_in(state)
        found, following = listed(lookup, after, limit, newest_first=False)
        ids = [str(item.gsi1sk).rpartition("#")[2] for item in found]
        there = _several(ids)
        shown = [there[each] for each in ids if each in there]
        return SubjectRequestPage(
            tuple(each for each in shown if state is None or each.state is state),
            following,
        )

    def decide(
        self,
        request_id: str,
        state: SubjectRequestState,
        by: str,
        at: datetime,
        reason: str | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
    ) -> bool:
        """Record how a request was decided, once; False when it is not open.

        `lifts` is the freeze that is over with it: that it is over stands beside it. One
        that was lifted before stays so.
        """
        there, told = _find(request_id), tuple(mails)
        if there is None or there.state != SubjectRequestState.OPEN.value:
            return False
        asked_at = there.asked_at
        sealed = None if reason is None else self._sealed(there.person_id, reason, entry)
        lift = None if lifts is None else _new(lift_item(lifts, at))

        def write(act: TransactWrite) -> None:
            why = SubjectRequestItem.sealed_reason
            said = [] if sealed is None else [why.set(sealed)]
            act.update(
                SubjectRequestItem(keys.asked(request_id), keys.META),
                actions=[
                    SubjectRequestItem.state.set(state.value),
                    SubjectRequestItem.decided_by.set(by),
                    SubjectRequestItem.decided_at.set(at),
                    ConsentItem.gsi1pk.set(keys.asked_in(state)),
                    ConsentItem.gsi1sk.set(place(asked_at, request_id)),
                    *said,
                ],
                condition=SubjectRequestItem.state == SubjectRequestState.OPEN.value,
            )
            if lift is not None:
                act.save(lift, condition=ConsentItem.pk.does_not_exist())
            add_mails(act, told)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            after = _find(request_id)
            if after is not None and after.state == SubjectRequestState.OPEN.value:
                raise
            return False
        return True

    def _sealed(self, person_id: str, reason: str, entry: NewEntry) -> bytes:
        if self._seals is None:
            raise UnwiredSealsError(entry.tag)
        return self._seals.seal(person_id, reason.encode())


def _find(request_id: str) -> SubjectRequestItem | None:
    try:
        return SubjectRequestItem.get(
            keys.asked(request_id), keys.META, consistent_read=True
        )
    except DoesNotExist:
        return None


def _new[Item: ConsentItem](item: Item) -> Item | None:
    """The item, unless it is on record already."""
    there = ConsentItem.query(item.pk, ConsentItem.sk == item.sk, consistent_read=True)
    return None if any(True for _ in there) else item


def _several(request_ids: Iterable[str]) -> dict[str, SubjectRequest]:
    wanted = [(keys.asked(each), keys.META) for each in request_ids]
    found = SubjectRequestItem.batch_get(wanted, consistent_read=True)
    return {item.request_id: _request_of(item) for item in found}


def _item_of(request: SubjectRequest) -> SubjectRequestItem:
    return SubjectRequestItem(
        keys.asked(request.request_id),
        keys.META,
        request_id=request.request_id,
        person_id=request.person_id,
        request_kind=request.kind.value,
        asked_at=request.asked_at,
        due_at=request.due_at,
        state=request.state.value,
        decided_by=request.decided_by,
        decided_at=request.decided_at,
        gsi1pk=keys.asked_in(request.state),
        gsi1sk=place(request.asked_at, request.request_id),
    )


def _request_of(item: SubjectRequestItem) -> SubjectRequest:
    return SubjectRequest(
        request_id=item.request_id,
        person_id=item.person_id,
        kind=SubjectRequestKind(item.request_kind),
        asked_at=item.asked_at,
        due_at=item.due_at,
        state=SubjectRequestState(item.state),
        decided_by=item.decided_by,
        decided_at=item.decided_at,
    )
