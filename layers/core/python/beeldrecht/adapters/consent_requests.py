"""Consent requests: who was asked, and what came of it, in the `consent` table.

A request is settled once: by its answer (in the transaction of the signature), by time or
by whoever takes it back. The task of the workflow that waits for it lies beside it, and
leaves these tables for nobody but that workflow's own.
"""

from collections.abc import Iterable
from datetime import datetime

from pynamodb.attributes import ListAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError, UpdateError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.mails import Mail

from . import keys
from .audit import Write
from .binding import bind
from .consent_items import ConsentItem
from .consent_lists import listed
from .consent_pages import RequestPage
from .dates import is_kept
from .errors import ActRefusedError
from .outbox import add_mails
from .pages import place
from .trail import Trail

_REFUSED = "ConditionalCheckFailedException"


class RequestItem(ConsentItem, discriminator="request"):
    """One person asked; listed under its state."""

    request_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    wording = UnicodeAttribute()
    language = UnicodeAttribute()
    delivery = UnicodeAttribute()
    asked_by = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    session_id = UnicodeAttribute(null=True)
    pictures = ListAttribute[str](null=True)
    photographer = UnicodeAttribute(null=True)
    state = UnicodeAttribute()
    quitclaim_id = UnicodeAttribute(null=True)
    settled_at = UTCDateTimeAttribute(null=True)


class RequestOfItem(ConsentItem, discriminator="request_of"):
    """That this person was asked; listed among all, whatever came of it."""

    person_id = UnicodeAttribute()
    request_id = UnicodeAttribute()


class TaskItem(ConsentItem, discriminator="task"):
    """What the workflow waits with; the table removes it when it waits no more."""

    request_id = UnicodeAttribute()
    token = UnicodeAttribute(null=True)
    kept_at = UTCDateTimeAttribute()


class ConsentRequests:
    """The repository of consent requests."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail

    def create(
        self, request: ConsentRequest, entry: NewEntry, mails: Iterable[Mail] = ()
    ) -> bool:
        """Record that somebody is asked; False when it is on record already."""
        told = tuple(mails)

        def write(act: TransactWrite) -> None:
            act.save(_item_of(request), condition=ConsentItem.pk.does_not_exist())
            act.save(
                RequestOfItem(
                    keys.dossier(request.person_id),
                    keys.request(request.request_id),
                    person_id=request.person_id,
                    request_id=request.request_id,
                    gsi1pk=keys.REQUESTS,
                    gsi1sk=place(request.asked_at, request.request_id),
                )
            )
            add_mails(act, told)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            if self.get(request.request_id) is None:
                raise
            return False
        return True

    def get(self, request_id: str) -> ConsentRequest | None:
        """A request, read consistently."""
        try:
            item = RequestItem.get(
                keys.request(request_id), keys.META, consistent_read=True
            )
        except DoesNotExist:
            return None
        return _request_of(item) if is_kept(item) else None

    def of_person(self, person_id: str) -> tuple[ConsentRequest, ...]:
        """What somebody was asked, the last first."""
        found = RequestOfItem.query(
            keys.dossier(person_id),
            ConsentItem.sk.startswith(keys.REQUEST),
            consistent_read=True,
        )
        asked = _several(item.request_id for item in found).values()
        return tuple(
            sorted(asked, key=lambda r: (r.asked_at, r.request_id), reverse=True)
        )

    def page(
        self, state: ConsentRequestState | None, after: str | None, limit: int
    ) -> RequestPage:
        """A page of requests in that state, or of all, the last asked first.

        The index follows within moments: one that was settled just now may be missing
        from both states' lists, and is never in a list that it does not belong in.
        """
        lookup = keys.REQUESTS if state is None else keys.requests(state)
        found, following = listed(lookup, after, limit, newest_first=True)
        ids = [str(item.gsi1sk).rpartition("#")[2] for item in found]
        there = _several(ids)
        shown = [there[each] for each in ids if each in there]
        return RequestPage(
            tuple(each for each in shown if state is None or each.state is state),
            following,
        )

    def settle(
        self,
        request_id: str,
        state: ConsentRequestState,
        at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record what came of an open request; False when it is not open."""
        there, told = self.get(request_id), tuple(mails)
        if there is None or there.state is not ConsentRequestState.OPEN:
            return False
        asked_at = there.asked_at

        def write(act: TransactWrite) -> None:
            _settle(act, request_id, asked_at, state, at)
            add_mails(act, told)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            after = self.get(request_id)
            if after is not None and after.state is ConsentRequestState.OPEN:
                raise
            return False
        return True

    # -- the task that waits -----------------------------------------------------------

    def keep_task(
        self, request_id: str, token: str, at: datetime, ends_at: datetime
    ) -> None:
        """Keep the token that the workflow waits with; an older one never comes back.

        `at` is when the workflow began to wait.
        """
        item = TaskItem(
            keys.request(request_id),
            keys.TASK,
            request_id=request_id,
            token=token,
            kept_at=at,
            expires_at=int(ends_at.timestamp()) + 1,
        )
        try:
            item.save(
                condition=ConsentItem.pk.does_not_exist() | (TaskItem.kept_at <= at)
            )
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise

    def task(self, request_id: str) -> str | None:
        """The token; None when nothing waits.

        One that ended is harmless and is not looked at: Step Functions itself refuses it.
        """
        try:
            item = TaskItem.get(keys.request(request_id), keys.TASK, consistent_read=True)
        except DoesNotExist:
            return None
        return item.token

    def drop_task(self, request_id: str) -> None:
        """Forget the token; safe to repeat.

        The item stays until it ends, so that nobody who does this may delete anything.
        """
        try:
            TaskItem(keys.request(request_id), keys.TASK).update(
                actions=[TaskItem.token.remove()], condition=ConsentItem.pk.exists()
            )
        except UpdateError as error:
            if error.cause_response_code != _REFUSED:
                raise


def answered(request: ConsentRequest, quitclaim_id: str, at: datetime) -> Write:
    """What answers a request within the act of the signature, unless it is settled."""
    return lambda act: _settle(
        act,
        request.request_id,
        request.asked_at,
        ConsentRequestState.ANSWERED,
        at,
        quitclaim_id,
    )


def _settle(
    act: TransactWrite,
    request_id: str,
    asked_at: datetime,
    state: ConsentRequestState,
    at: datetime,
    quitclaim_id: str | None = None,
) -> None:
    signed = [] if quitclaim_id is None else [RequestItem.quitclaim_id.set(quitclaim_id)]
    act.update(
        RequestItem(keys.request(request_id), keys.META),
        actions=[
            RequestItem.state.set(state.value),
            RequestItem.settled_at.set(at),
            ConsentItem.gsi1pk.set(keys.requests(state)),
            ConsentItem.gsi1sk.set(place(asked_at, request_id)),
            *signed,
        ],
        condition=RequestItem.state == ConsentRequestState.OPEN.value,
    )


def _several(request_ids: Iterable[str]) -> dict[str, ConsentRequest]:
    wanted = [(keys.request(each), keys.META) for each in request_ids]
    found = RequestItem.batch_get(wanted, consistent_read=True)
    return {item.request_id: _request_of(item) for item in found if is_kept(item)}


def _item_of(request: ConsentRequest) -> RequestItem:
    return RequestItem(
        keys.request(request.request_id),
        keys.META,
        request_id=request.request_id,
        person_id=request.person_id,
        wording=request.wording,
        language=request.language,
        delivery=request.delivery.value,
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        ends_at=request.ends_at,
        session_id=request.session_id,
        pictures=list(request.pictures) or None,
        photographer=request.photographer,
        state=request.state.value,
        quitclaim_id=request.quitclaim_id,
        settled_at=request.settled_at,
        gsi1pk=keys.requests(request.state),
        gsi1sk=place(request.asked_at, request.request_id),
    )


def _request_of(item: RequestItem) -> ConsentRequest:
    return ConsentRequest(
        request_id=item.request_id,
        person_id=item.person_id,
        wording=item.wording,
        language=item.language,
        delivery=Delivery(item.delivery),
        asked_by=item.asked_by,
        asked_at=item.asked_at,
        ends_at=item.ends_at,
        session_id=item.session_id,
        pictures=tuple(item.pictures or ()),
        photographer=item.photographer,
        state=ConsentRequestState(item.state),
        quitclaim_id=item.quitclaim_id,
        settled_at=item.settled_at,
    )
