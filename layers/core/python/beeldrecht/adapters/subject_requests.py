"""What people ask for themselves, in the `consent` table.

An objection and the freeze that it brings are one act: there is no moment at which
somebody objected and their pictures could still go out. A decision and what carries it
out are one act too: nothing is granted that nobody then does.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import and_

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, over
from beeldrecht.domain.subject_requests import (
    FREEZING,
    Decided,
    Extension,
    Identity,
    Lifting,
    SubjectRequest,
    SubjectRequestState,
)

from . import keys
from .binding import bind
from .consent import Seals
from .consent_items import ConsentItem, lift_item, restriction_item
from .consent_lists import listed
from .consent_pages import SubjectRequestPage
from .errors import ActRefusedError, UnwiredSealsError
from .outbox import add_mails
from .pages import place
from .retention import Policies
from .subject_request_items import (
    SubjectRequestItem,
    SubjectRequestOfItem,
    item_of,
    opened,
    pointer_of,
    request_of,
)
from .trail import Trail

_OPEN, _UPHELD = SubjectRequestState.OPEN, SubjectRequestState.UPHELD


class SubjectRequests:
    """The repository of subject requests; `seals` where texts are given or read.

    What was closed long enough ago is past its term: it reads as what is not there,
    from that instant of `now` on, whenever it is removed.
    """

    def __init__(
        self,
        table: str,
        region: str,
        trail: Trail,
        seals: Seals | None = None,
        retention: Policies | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail
        self._seals = seals
        self._retention = retention
        self._now = now

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
        details = self._sealed(request.person_id, request.details, entry)

        def write(act: TransactWrite) -> None:
            item = item_of(request, details)
            act.save(item, condition=ConsentItem.pk.does_not_exist())
            act.save(pointer_of(request))
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
        """A request, read consistently, with what was written of it in words.

        Without the words where there are no seals to open them, or the person was erased.
        """
        item = _find(request_id)
        if item is None or over(item.expires_at, self._now()):
            return None
        return request_of(item) if self._seals is None else opened(item, self._seals)

    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]:
        """What somebody asked, the last first; what is sealed stays so."""
        found = SubjectRequestOfItem.query(
            keys.dossier(person_id),
            ConsentItem.sk.startswith(keys.ASKED),
            consistent_read=True,
        )
        asked = self._several(item.request_id for item in found).values()
        return tuple(
            sorted(asked, key=lambda r: (r.asked_at, r.request_id), reverse=True)
        )

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage:
        """A page of requests in that state, or of all, the one that was asked first.

        The index follows within moments, and the items themselves say their state. What
        is sealed stays so: each would be opened by itself.
        """
        lookup = keys.ASKED_OF_US if state is None else keys.asked_in(state)
        found, following = listed(lookup, after, limit, newest_first=False)
        ids = [str(item.gsi1sk).rpartition("#")[2] for item in found]
        there = self._several(ids)
        shown = [there[each] for each in ids if each in there]
        return SubjectRequestPage(
            tuple(each for each in shown if state is None or each.state is state),
            following,
        )

    def identify(
        self, request_id: str, how: Identity, by: str, at: datetime, entry: NewEntry
    ) -> bool:
        """Record how somebody knows who asks; False when that was known, or decided."""
        item = SubjectRequestItem
        return self._change(
            request_id,
            [
                item.identity.set(how.value),
                item.identity_by.set(by),
                item.identity_at.set(at),
            ],
            {"state": _OPEN.value, "identity": Identity.UNCHECKED.value},
            entry,
        )

    def extend(
        self,
        request_id: str,
        extension: Extension,
        due_at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record that the answer takes longer, once; False when it cannot any more."""
        there, item = _find(request_id), SubjectRequestItem
        if there is None:
            return False
        why = self._sealed(there.person_id, extension.reason, entry)
        return self._change(
            request_id,
            [
                item.due_at.set(due_at),
                item.extended_months.set(extension.months),
                item.extended_by.set(extension.by),
                item.extended_at.set(extension.at),
                *([] if why is None else [item.sealed_extension.set(why)]),
            ],
            {"state": _OPEN.value, "extended_at": None},
            entry,
            tuple(mails),
        )

    def decide(
        self,
        request_id: str,
        decided: Decided,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
        begins: Callable[[TransactWrite], None] | None = None,
    ) -> bool:
        """Record how a request was decided, once; False when it is not open.

        `lifts` is the freeze that is over with it: that it is over stands beside it. One
        that was lifted before stays so. `begins` puts on record what carries it out.
        """
        there, item = _find(request_id), SubjectRequestItem
        if there is None or there.state != _OPEN.value:
            return False
        why = self._sealed(there.person_id, decided.reason, entry)
        lift = None if lifts is None else _new(lift_item(lifts, decided.at))

        def together(act: TransactWrite) -> None:
            if lift is not None:
                act.save(lift, condition=ConsentItem.pk.does_not_exist())
            if begins is not None:
                begins(act)

        # A freeze that was granted is in force: what says so stays as long as it.
        closed = there.request_kind not in FREEZING or decided.state is not _UPHELD
        return self._change(
            request_id,
            [
                item.state.set(decided.state.value),
                item.decided_by.set(decided.by),
                item.decided_at.set(decided.at),
                ConsentItem.gsi1pk.set(keys.asked_in(decided.state)),
                ConsentItem.gsi1sk.set(place(there.asked_at, request_id)),
                *([] if why is None else [item.sealed_reason.set(why)]),
            ],
            {"state": _OPEN.value},
            entry,
            tuple(mails),
            together,
            closed_at=decided.at if closed else None,
        )

    def lift(
        self,
        request_id: str,
        lifting: Lifting,
        freeze: Restriction | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record the end of a freeze that was granted, once; False when it was before.

        From `lifting.from_` on: the fact beside the freeze carries that instant.
        """
        there, item = _find(request_id), SubjectRequestItem
        if there is None:
            return False
        why = self._sealed(there.person_id, lifting.reason, entry)
        lift = None if freeze is None else _new(lift_item(freeze, lifting.from_))

        def together(act: TransactWrite) -> None:
            if lift is not None:
                act.save(lift, condition=ConsentItem.pk.does_not_exist())

        return self._change(
            request_id,
            [
                item.lifts_from.set(lifting.from_),
                item.lifted_by.set(lifting.by),
                item.lifted_at.set(lifting.at),
                item.lift_told.set(lifting.told.value),
                *([] if why is None else [item.sealed_lifting.set(why)]),
            ],
            {"state": _UPHELD.value, "lifted_at": None},
            entry,
            tuple(mails),
            together,
            closed_at=lifting.from_,
        )

    def _change(
        self,
        request_id: str,
        actions: Sequence[Action],
        where: Mapping[str, str | None],
        entry: NewEntry,
        mails: tuple[Mail, ...] = (),
        together: Callable[[TransactWrite], None] | None = None,
        closed_at: datetime | None = None,
    ) -> bool:
        """Change a request that is as `where` says, all in one act; False when it is not.

        Whatever else refused the act is raised: then nothing of it is on record.
        """
        there = _find(request_id)
        if there is None or over(there.expires_at, self._now()) or not _is(there, where):
            return False
        ends = None if closed_at is None else self._ends(closed_at)
        dated: list[Action] = []
        if ends is not None:
            dated.append(ConsentItem.expires_at.set(ends))

        def write(act: TransactWrite) -> None:
            act.update(
                SubjectRequestItem(keys.asked(request_id), keys.META),
                actions=[*actions, *dated],
                condition=_still(where),
            )
            if dated:
                act.update(
                    SubjectRequestOfItem(
                        keys.dossier(there.person_id), keys.asked(request_id)
                    ),
                    actions=dated,
                    condition=ConsentItem.pk.exists(),
                )
            if together is not None:
                together(act)
            add_mails(act, mails)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            after = _find(request_id)
            if after is not None and _is(after, where):
                raise
            return False
        return True

    def _ends(self, closed_at: datetime) -> int | None:
        """When what was closed then is removed."""
        policy = (
            RetentionPolicy() if self._retention is None else self._retention.policy()
        )
        return policy.expiry(RetentionKind.REQUESTS, closed_at, self._now())

    def _several(self, request_ids: Iterable[str]) -> dict[str, SubjectRequest]:
        wanted = [(keys.asked(each), keys.META) for each in request_ids]
        found = SubjectRequestItem.batch_get(wanted, consistent_read=True)
        at = self._now()
        return {
            item.request_id: request_of(item)
            for item in found
            if not over(item.expires_at, at)
        }

    def _sealed(self, person_id: str, text: str | None, entry: NewEntry) -> bytes | None:
        if text is None:
            return None
        if self._seals is None:
            raise UnwiredSealsError(entry.tag)
        return self._seals.seal(person_id, text.encode())


def _find(request_id: str) -> SubjectRequestItem | None:
    try:
        return SubjectRequestItem.get(
            keys.asked(request_id), keys.META, consistent_read=True
        )
    except DoesNotExist:
        return None


def _is(item: SubjectRequestItem, where: Mapping[str, str | None]) -> bool:
    """Whether each of these attributes has that value; None: it has none."""
    return all(getattr(item, name) == value for name, value in where.items())


def _still(where: Mapping[str, str | None]) -> Condition:
    """The same, asked of the table at the instant of the write."""
    conditions: list[Condition] = []
    for name, value in where.items():
        attribute = getattr(SubjectRequestItem, name)
        conditions.append(
            attribute.does_not_exist() if value is None else attribute == value
        )
    return reduce(and_, conditions)


def _new[Item: ConsentItem](item: Item) -> Item | None:
    """The item, unless it is on record already."""
    there = ConsentItem.query(item.pk, ConsentItem.sk == item.sk, consistent_read=True)
    return None if any(True for _ in there) else item
