"""Where texts name somebody who is erased: rows beside the plan, without their words."""

from collections.abc import Iterable

from pynamodb.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.erasure_texts import (
    LeavingReason,
    PlannedText,
    TextOutcome,
    TextPlace,
)
from beeldrecht.domain.stores import Store

from . import keys
from .consent_items import ConsentItem

_REFUSED = "ConditionalCheckFailedException"


class ErasureTextItem(ConsentItem, discriminator="erasure_text"):
    """A place where somebody is named, and what becomes of it."""

    erasure_id = UnicodeAttribute()
    text_id = UnicodeAttribute()
    store = UnicodeAttribute()
    what = UnicodeAttribute()
    at_pk = UnicodeAttribute()
    at_sk = UnicodeAttribute()
    path = UnicodeAttribute()
    spans = JSONAttribute()
    digest = UnicodeAttribute()
    outcome = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    done = BooleanAttribute()


def put_texts(erasure_id: str, texts: Iterable[PlannedText]) -> None:
    """Record places as they are now; safe to repeat."""
    for each in texts:
        _item(erasure_id, each).save()


def read_texts(erasure_id: str) -> tuple[PlannedText, ...]:
    """Every place, in the order of their ids."""
    found = ErasureTextItem.query(
        keys.erasure(erasure_id),
        ConsentItem.sk.startswith(keys.TEXT),
        consistent_read=True,
    )
    return tuple(_text_of(item) for item in found)


def add_decided(
    act: TransactWrite, erasure_id: str, texts: Iterable[PlannedText]
) -> None:
    """Record what an officer wants, if the text is the one that they were shown."""
    for each in texts:
        act.update(
            ErasureTextItem(keys.erasure(erasure_id), keys.TEXT + each.text_id),
            actions=[
                ErasureTextItem.outcome.set(each.outcome.value)
                if each.outcome
                else ErasureTextItem.outcome.remove(),
                ErasureTextItem.reason.set(each.reason.value)
                if each.reason
                else ErasureTextItem.reason.remove(),
            ],
            condition=ErasureTextItem.digest == each.digest,
        )


def end_text(erasure_id: str, text_id: str, outcome: TextOutcome | None) -> None:
    """Record that a place is done, or with None that it has to be decided anew.

    Where the name stood goes with it. Safe to repeat.
    """
    said = (
        ErasureTextItem.outcome.remove()
        if outcome is None
        else ErasureTextItem.outcome.set(outcome.value)
    )
    done = ErasureTextItem.done.set(outcome is not None)
    try:
        ErasureTextItem(keys.erasure(erasure_id), keys.TEXT + text_id).update(
            actions=[said, done, ErasureTextItem.spans.set([])],
            condition=ConsentItem.pk.exists(),
        )
    except UpdateError as error:
        if error.cause_response_code != _REFUSED:
            raise


def _item(erasure_id: str, text: PlannedText) -> ErasureTextItem:
    return ErasureTextItem(
        keys.erasure(erasure_id),
        keys.TEXT + text.text_id,
        erasure_id=erasure_id,
        text_id=text.text_id,
        store=text.place.store.value,
        what=text.place.kind,
        at_pk=text.place.pk,
        at_sk=text.place.sk,
        path=text.place.path,
        spans=[list(each) for each in text.spans],
        digest=text.digest,
        outcome=None if text.outcome is None else text.outcome.value,
        reason=None if text.reason is None else text.reason.value,
        done=text.done,
    )


def _text_of(item: ErasureTextItem) -> PlannedText:
    return PlannedText(
        text_id=item.text_id,
        place=TextPlace(Store(item.store), item.what, item.at_pk, item.at_sk, item.path),
        spans=tuple((int(start), int(end)) for start, end in item.spans),
        digest=item.digest,
        outcome=None if item.outcome is None else TextOutcome(item.outcome),
        reason=None if item.reason is None else LeavingReason(item.reason),
        done=item.done,
    )
