"""Erasures on record, in the `consent` table: what is planned, done, and was found.

An erasure begins within the act that wants it (`beginning`); the table's stream starts
what carries it out. Its plan lies beside it, a picture an item, since somebody may be in
thousands. Nothing of it names anybody: it stays, as proof that the right was honoured.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import batched

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError, UpdateError
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.erasure import (
    STOPPABLE,
    Erasure,
    ErasureReason,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    Receipt,
)
from beeldrecht.domain.erasure_texts import PlannedText, TextOutcome
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.stores import Erasing, Store
from beeldrecht.domain.time import Period

from . import keys
from .binding import bind
from .consent_items import ConsentItem, restriction_item
from .consent_lists import listed
from .erasure_pages import ErasurePage, PicturePage
from .erasure_text_items import add_decided, end_text, put_texts, read_texts
from .errors import ActRefusedError
from .kept_proofs import put_proofs, read_proofs
from .outbox import add_mails
from .pages import place
from .trail import Trail

_AT_ONCE = 100
"""Receipts in one call: there is one for every place of the registry."""
_REFUSED = "ConditionalCheckFailedException"


class ErasureItem(ConsentItem, discriminator="erasure"):
    """The erasure of a person; listed under its state."""

    erasure_id = UnicodeAttribute()
    person_id = UnicodeAttribute(null=True)
    asset_id = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute()
    begun_by = UnicodeAttribute()
    begun_at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    confirmed_by = UnicodeAttribute(null=True)
    confirmed_at = UTCDateTimeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)
    token = UnicodeAttribute(null=True)
    looks = NumberAttribute(null=True)


class PictureErasureItem(ErasureItem, discriminator="picture_erasure"):
    """The erasure of a picture: another kind, because another workflow follows it."""


class ErasureOfItem(ConsentItem, discriminator="erasure_of"):
    """That this person or picture is erased; a fact to follow."""

    erasure_id = UnicodeAttribute()
    subject_id = UnicodeAttribute()


class ErasurePlanItem(ConsentItem, discriminator="erasure_plan"):
    """What was found where, and whether the proof is kept."""

    erasure_id = UnicodeAttribute()
    found = JSONAttribute()
    keep_proof = BooleanAttribute()
    collected_at = UTCDateTimeAttribute()


class ErasurePictureItem(ConsentItem, discriminator="erasure_picture"):
    """A picture of the plan, and whether its part was carried out."""

    erasure_id = UnicodeAttribute()
    asset_id = UnicodeAttribute()
    outcome = UnicodeAttribute()
    face_ids = ListAttribute[str]()
    others = NumberAttribute()
    released = BooleanAttribute()
    done = BooleanAttribute()


class ErasureReceiptItem(ConsentItem, discriminator="erasure_receipt"):
    """What was found in one place, was removed, and remains."""

    erasure_id = UnicodeAttribute()
    store = UnicodeAttribute()
    what = UnicodeAttribute()
    found = NumberAttribute()
    removed = NumberAttribute()
    remains = NumberAttribute()
    why = UnicodeAttribute()


def beginning(erasure: Erasure) -> Callable[[TransactWrite], None]:
    """What begins an erasure within the act that wants it.

    Two writes for a person, three for a picture, which is frozen at once. Each on the
    condition that it has not begun: an erasure that is there refuses the whole act.
    """
    kind = ErasureItem if erasure.person_id is not None else PictureErasureItem

    def write(act: TransactWrite) -> None:
        new = ConsentItem.pk.does_not_exist()
        act.save(
            kind(
                keys.erasure(erasure.erasure_id),
                keys.META,
                erasure_id=erasure.erasure_id,
                person_id=erasure.person_id,
                asset_id=erasure.asset_id,
                request_id=erasure.request_id,
                reason=erasure.reason.value,
                begun_by=erasure.begun_by,
                begun_at=erasure.begun_at,
                state=erasure.state.value,
                gsi1pk=keys.erasures(erasure.state),
                gsi1sk=place(erasure.begun_at, erasure.erasure_id),
            ),
            condition=new,
        )
        act.save(_pointer(erasure), condition=new)
        if erasure.asset_id is not None:
            act.save(restriction_item(_freeze(erasure, erasure.begun_at)), condition=new)

    return write


class Erasures:
    """The repository of erasures; every change of state is written with its entry."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        self._connection = bind(ConsentItem, table, region)
        self._trail = trail

    # -- one erasure -----------------------------------------------------------------

    def start(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Record an erasure by itself; False when it had begun before."""
        try:
            self._trail.record(entry, beginning(erasure))
        except ActRefusedError:
            if self.get(erasure.erasure_id) is None:
                raise
            return False
        return True

    def get(self, erasure_id: str) -> Erasure | None:
        """An erasure, read consistently; None when there is none."""
        item = _find(erasure_id)
        return None if item is None else _erasure_of(item)

    def page(
        self, state: ErasureState | None, after: str | None, limit: int
    ) -> ErasurePage:
        """A page of erasures in one state, or of all, the last one begun first."""
        states = tuple(ErasureState) if state is None else (state,)
        found: list[tuple[str, str]] = []
        more = False
        for each in states:
            items, following = listed(
                keys.erasures(each), after, limit, newest_first=True
            )
            more = more or following is not None
            found += [(str(item.gsi1sk), str(item.pk)) for item in items]
        found.sort(reverse=True)
        shown = found[:limit]
        read = [self.get(pk.removeprefix(keys.ERASURE)) for _, pk in shown]
        return ErasurePage(
            tuple(each for each in read if each is not None),
            shown[-1][0] if more or len(found) > limit else None,
        )

    # -- the plan --------------------------------------------------------------------

    def keep_plan(
        self,
        erasure: Erasure,
        plan: Plan,
        to: ErasureState,
        entry: NewEntry,
        texts: Iterable[PlannedText] = (),
    ) -> bool:
        """Keep what was found, and go on to `to`; False when it was kept before.

        Pictures and texts land first: a plan on record is whole. What an officer changed
        since stands.
        """
        put_texts(erasure.erasure_id, texts)
        for picture in plan.pictures:
            _put_new(_picture_item(erasure.erasure_id, picture))
        item = ErasurePlanItem(
            keys.erasure(erasure.erasure_id),
            keys.PLAN,
            erasure_id=erasure.erasure_id,
            found=dict(plan.found),
            keep_proof=plan.keep_proof,
            collected_at=plan.collected_at,
        )

        def write(act: TransactWrite) -> None:
            act.save(item, condition=ConsentItem.pk.does_not_exist())

        return self._move(erasure, {ErasureState.COLLECTING}, to, (), entry, write)

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan with all its pictures; None until everything was looked through."""
        try:
            item = ErasurePlanItem.get(
                keys.erasure(erasure_id), keys.PLAN, consistent_read=True
            )
        except DoesNotExist:
            return None
        return Plan(
            found=item.found,
            pictures=tuple(self._pictures(erasure_id)),
            keep_proof=item.keep_proof,
            collected_at=item.collected_at,
        )

    def pictures(self, erasure_id: str, after: str | None, limit: int) -> PicturePage:
        """Some of the pictures of a plan, by their ids, and where the next begin."""
        beyond = ConsentItem.sk.between(
            keys.picture(after or "") + "!", keys.picture("~")
        )
        found = list(
            ErasurePictureItem.query(
                keys.erasure(erasure_id), beyond, limit=limit + 1, consistent_read=True
            )
        )
        shown = tuple(_picture_of(item) for item in found[:limit])
        return PicturePage(shown, shown[-1].asset_id if len(found) > limit else None)

    def picture(self, erasure_id: str, asset_id: str) -> PlannedPicture | None:
        """One picture of a plan."""
        try:
            item = ErasurePictureItem.get(
                keys.erasure(erasure_id), keys.picture(asset_id), consistent_read=True
            )
        except DoesNotExist:
            return None
        return _picture_of(item)

    def note_found(self, erasure_id: str, found: Mapping[str, int]) -> None:
        """Record what the last look before anything went has found; safe to repeat."""
        ErasurePlanItem(keys.erasure(erasure_id), keys.PLAN).update(
            actions=[ErasurePlanItem.found.set(dict(found))],
            condition=ConsentItem.pk.exists(),
        )

    def count_look(self, erasure_id: str) -> int:
        """Count one more look after it was done, and say the how manieth it was."""
        item = _item_of(erasure_id)
        item.update(actions=[ErasureItem.looks.add(1)], condition=ConsentItem.pk.exists())
        return int(item.looks or 0)

    def add_picture(self, erasure_id: str, picture: PlannedPicture) -> bool:
        """Add a picture that was found later; False when the plan has it."""
        return _put_new(_picture_item(erasure_id, picture))

    def replan(
        self,
        erasure: Erasure,
        outcomes: Mapping[str, PictureOutcome],
        keep_proof: bool,
        entry: NewEntry,
        texts: Iterable[PlannedText] = (),
    ) -> bool:
        """Record what the officer wants instead; False when it is past being planned.

        Up to ninety pictures and texts at a time, each together with the state: of two
        officers one may plan while the other confirms, and then one of them is refused.
        So is who decides about a text that is another one by now.
        """
        told = tuple(texts)
        pk = keys.erasure(erasure.erasure_id)

        def write(act: TransactWrite) -> None:
            act.update(
                ErasurePlanItem(pk, keys.PLAN),
                actions=[ErasurePlanItem.keep_proof.set(keep_proof)],
                condition=ConsentItem.pk.exists(),
            )
            for asset_id, outcome in sorted(outcomes.items()):
                act.update(
                    ErasurePictureItem(pk, keys.picture(asset_id)),
                    actions=[ErasurePictureItem.outcome.set(outcome.value)],
                    condition=ConsentItem.pk.exists(),
                )
            add_decided(act, erasure.erasure_id, told)

        # Of a text that changed too late somebody decides while it is carried out.
        late = told and erasure.state is ErasureState.ERASING
        state = ErasureState.ERASING if late else ErasureState.PLANNED
        return self._move(erasure, {state}, state, (), entry, write)

    def reopen(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Ask the officer again, before anything went; False when that was done.

        The person stays frozen meanwhile.
        """
        before, to = {ErasureState.CONFIRMED}, ErasureState.PLANNED
        return self._move(erasure, before, to, (), entry)

    # -- the proof that outlives it --------------------------------------------------

    def keep_proofs(
        self, erasure_id: str, quitclaim_ids: Iterable[str], until: datetime | None
    ) -> None:
        """Record which proof is kept before what leads to it goes; safe to repeat."""
        put_proofs(erasure_id, quitclaim_ids, until)

    def proofs(self, erasure_id: str) -> tuple[str, ...]:
        """The signatures whose proof is kept, as long as it is."""
        return read_proofs(erasure_id)

    # -- the texts that name them ----------------------------------------------------

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text names them, read consistently."""
        return read_texts(erasure_id)

    def note_texts(self, erasure_id: str, texts: Iterable[PlannedText]) -> None:
        """Record places as the second look found them; safe to repeat."""
        put_texts(erasure_id, texts)

    def text_done(self, erasure_id: str, text_id: str, outcome: TextOutcome) -> None:
        """Record that a place is done, and forget where the name stood in it."""
        end_text(erasure_id, text_id, outcome)

    def ask_again(self, erasure_id: str, text_id: str) -> None:
        """Record that somebody has to look at a place once more; safe to repeat."""
        end_text(erasure_id, text_id, None)

    # -- its way ---------------------------------------------------------------------

    def confirm(self, erasure: Erasure, by: str, at: datetime, entry: NewEntry) -> bool:
        """Record that an officer wants it done so; the person is frozen with it.

        False when it is past being planned, or nobody planned it yet.
        """
        said = (ErasureItem.confirmed_by.set(by), ErasureItem.confirmed_at.set(at))
        freeze = restriction_item(_freeze(erasure, erasure.confirmed_at or at))
        return self._move(
            erasure,
            {ErasureState.PLANNED},
            ErasureState.CONFIRMED,
            said,
            entry,
            # Confirmed once more after a second look, they are frozen already: the
            # same freeze, from the first confirmation on.
            lambda act: act.save(freeze),
        )

    def cancel(
        self, erasure: Erasure, at: datetime, entry: NewEntry, mails: Iterable[Mail] = ()
    ) -> bool:
        """Record that it is not done; False when it is beyond stopping.

        What was confirmed once is, even while the officer is asked again: the person was
        told that it is done, and is frozen.
        """
        if erasure.confirmed_at is not None:
            return False
        told = tuple(mails)
        return self._move(
            erasure,
            STOPPABLE,
            ErasureState.CANCELLED,
            (ErasureItem.ended_at.set(at),),
            entry,
            lambda act: add_mails(act, told),
        )

    def begin(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Record that it is being done; False when that was recorded before."""
        before, to = {ErasureState.CONFIRMED}, ErasureState.ERASING
        return self._move(erasure, before, to, (), entry)

    def finish(self, erasure: Erasure, at: datetime, entry: NewEntry) -> bool:
        """Record that it is done, and certified; False when that was recorded before."""
        said = (ErasureItem.ended_at.set(at), ErasureItem.token.remove())
        before, to = {ErasureState.ERASING}, ErasureState.ERASED
        return self._move(erasure, before, to, said, entry)

    def picture_done(self, erasure_id: str, asset_id: str) -> None:
        """Record that a picture's part was carried out; safe to repeat."""
        item = ErasurePictureItem(keys.erasure(erasure_id), keys.picture(asset_id))
        item.update(
            actions=[ErasurePictureItem.done.set(True)],
            condition=ConsentItem.pk.exists(),
        )

    # -- what was found afterwards ---------------------------------------------------

    def put_receipts(self, erasure_id: str, receipts: Iterable[Receipt]) -> None:
        """Record what remains of each place; the last look counts."""
        for some in batched(receipts, _AT_ONCE):
            with TransactWrite(connection=self._connection) as act:
                for each in some:
                    act.save(_receipt_item(erasure_id, each))

    def receipts(self, erasure_id: str) -> tuple[Receipt, ...]:
        """One for each place, in the order of their names; none until it was verified."""
        found = ErasureReceiptItem.query(
            keys.erasure(erasure_id),
            ConsentItem.sk.startswith(keys.RECEIPT),
            consistent_read=True,
        )
        return tuple(
            Receipt(
                store=Store(item.store),
                what=item.what,
                found=int(item.found),
                removed=int(item.removed),
                remains=int(item.remains),
                why=Erasing(item.why),
            )
            for item in found
        )

    # -- the task that waits ---------------------------------------------------------

    def keep_task(self, erasure_id: str, token: str) -> None:
        """Keep the token that the workflow waits with; the last one counts."""
        _change(erasure_id, ErasureItem.token.set(token))

    def task(self, erasure_id: str) -> str | None:
        """The token; None when nothing waits."""
        item = _find(erasure_id)
        return None if item is None else item.token

    def drop_task(self, erasure_id: str) -> None:
        """Forget the token; safe to repeat."""
        _change(erasure_id, ErasureItem.token.remove())

    # -- inside ----------------------------------------------------------------------

    @staticmethod
    def _pictures(erasure_id: str) -> Iterator[PlannedPicture]:
        for item in ErasurePictureItem.query(
            keys.erasure(erasure_id),
            ConsentItem.sk.startswith(keys.picture("")),
            consistent_read=True,
        ):
            yield _picture_of(item)

    def _move(
        self,
        erasure: Erasure,
        before: Iterable[ErasureState],
        to: ErasureState,
        said: Iterable[Action],
        entry: NewEntry,
        more: Callable[[TransactWrite], None] | None = None,
    ) -> bool:
        actions = partial(_moved, erasure, to, tuple(said))
        names = [each.value for each in before]
        condition = ConsentItem.pk.exists() & ErasureItem.state.is_in(*names)

        def write(act: TransactWrite) -> None:
            act.update(_key(erasure), actions=actions(), condition=condition)
            if more is not None:
                more(act)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            there = self.get(erasure.erasure_id)
            if there is not None and there.state in before and there.state is not to:
                raise
            return False
        return True


def _moved(erasure: Erasure, to: ErasureState, said: tuple[Action, ...]) -> list[Action]:
    return [
        ErasureItem.state.set(to.value),
        ConsentItem.gsi1pk.set(keys.erasures(to)),
        ConsentItem.gsi1sk.set(place(erasure.begun_at, erasure.erasure_id)),
        *said,
    ]


def _freeze(erasure: Erasure, at: datetime) -> Restriction:
    """From here on nothing of it leaves, and whoever has it is told."""
    return Restriction(
        erasure.erasure_id,
        erasure.subject_id,
        RestrictionKind.RESTRICTED,
        Period(at, None),
    )


def _pointer(erasure: Erasure) -> ErasureOfItem:
    is_person = erasure.person_id is not None
    sk = keys.ERASURE if is_person else keys.PICTURE_ERASURE
    return ErasureOfItem(
        keys.subject(erasure.subject_id),
        sk + erasure.erasure_id,
        erasure_id=erasure.erasure_id,
        subject_id=erasure.subject_id,
        gsi1pk=keys.facts(erasure.begun_at),
        gsi1sk=place(erasure.begun_at, erasure.erasure_id),
    )


def _key(erasure: Erasure) -> ErasureItem:
    kind = ErasureItem if erasure.person_id is not None else PictureErasureItem
    return kind(keys.erasure(erasure.erasure_id), keys.META)


def _find(erasure_id: str) -> ErasureItem | None:
    try:
        return ErasureItem.get(keys.erasure(erasure_id), keys.META, consistent_read=True)
    except DoesNotExist:
        return None


def _item_of(erasure_id: str) -> ErasureItem:
    """The item to change, of its own kind: that of a picture is no other's to update."""
    return _find(erasure_id) or ErasureItem(keys.erasure(erasure_id), keys.META)


def _change(erasure_id: str, action: Action) -> None:
    try:
        _item_of(erasure_id).update(actions=[action], condition=ConsentItem.pk.exists())
    except UpdateError as error:
        if error.cause_response_code != _REFUSED:
            raise


def _put_new(item: ConsentItem) -> bool:
    try:
        item.save(condition=ConsentItem.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != _REFUSED:
            raise
        return False
    return True


def _receipt_item(erasure_id: str, receipt: Receipt) -> ErasureReceiptItem:
    return ErasureReceiptItem(
        keys.erasure(erasure_id),
        f"{keys.RECEIPT}{receipt.store.value}/{receipt.what}",
        erasure_id=erasure_id,
        store=receipt.store.value,
        what=receipt.what,
        found=receipt.found,
        removed=receipt.removed,
        remains=receipt.remains,
        why=receipt.why.value,
    )


def _picture_item(erasure_id: str, picture: PlannedPicture) -> ErasurePictureItem:
    return ErasurePictureItem(
        keys.erasure(erasure_id),
        keys.picture(picture.asset_id),
        erasure_id=erasure_id,
        asset_id=picture.asset_id,
        outcome=picture.outcome.value,
        face_ids=list(picture.face_ids),
        others=picture.others,
        released=picture.released,
        done=picture.done,
    )


def _picture_of(item: ErasurePictureItem) -> PlannedPicture:
    return PlannedPicture(
        asset_id=item.asset_id,
        outcome=PictureOutcome(item.outcome),
        face_ids=tuple(item.face_ids),
        others=int(item.others),
        released=item.released,
        done=item.done,
    )


def _erasure_of(item: ErasureItem) -> Erasure:
    return Erasure(
        erasure_id=item.erasure_id,
        person_id=item.person_id,
        asset_id=item.asset_id,
        reason=ErasureReason(item.reason),
        begun_by=item.begun_by,
        begun_at=item.begun_at,
        request_id=item.request_id,
        state=ErasureState(item.state),
        confirmed_by=item.confirmed_by,
        confirmed_at=item.confirmed_at,
        ended_at=item.ended_at,
    )
