"""Reading facts off the consent table: from its stream, and from its list by day.

A stream carries whole items, sealed names among them. What is taken from one here is its
kind and its ids.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from beeldrecht.domain.ids import check_id, derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.recorded import FactKind, RecordedFact

from . import keys
from .binding import bind
from .consent_items import ConsentItem
from .pages import stamp

_IDS = {
    FactKind.REQUEST: ("request_id", "person_id"),
    FactKind.QUITCLAIM: ("quitclaim_id", "person_id"),
    FactKind.WITHDRAWAL: ("withdrawal_id", "person_id"),
    FactKind.RESTRICTION: ("restriction_id", "subject_id"),
    FactKind.LIFT: ("restriction_id", "subject_id"),
    FactKind.ERASURE: ("erasure_id", "person_id"),
    FactKind.PICTURE_ERASURE: ("erasure_id", "asset_id"),
    FactKind.EXPORT: ("export_id", "person_id"),
    FactKind.ENROLMENT: ("enrolment_id", "subject_id"),
    FactKind.MAIL: ("mail_id", None),
}


_OF_AN_END = {MailKind.ENDED, MailKind.COMES_OF_AGE}
"""Mails that say that a consent has ended: nothing else is put on record of that."""


class UnreadableFactError(ValueError):
    """An item of a kind that is followed has no ids where they belong."""


def fact_of(record: Mapping[str, Any]) -> RecordedFact | None:
    """The fact that a record of the stream tells of; None when it is none to follow.

    Only what is new is a fact: items that changed or went start nothing.
    """
    if record.get("eventName") != "INSERT":
        return None
    item = record["dynamodb"].get("NewImage", {})
    kind = item.get("kind", {}).get("S")
    if kind not in set(FactKind):
        return None
    own, about = _IDS[FactKind(kind)]
    ended = kind == FactKind.MAIL and item.get("mail_kind", {}).get("S") in _OF_AN_END
    try:
        subject_id = item["to" if ended else about]["S"] if ended or about else None
        return _fact(FactKind(kind), item[own]["S"], subject_id)
    except (KeyError, ValueError) as error:
        raise UnreadableFactError(kind) from error


class RegisterFacts:
    """What people signed and took back, and what was frozen or lifted, day by day."""

    def __init__(self, table: str, region: str) -> None:
        bind(ConsentItem, table, region)

    def between(self, first: datetime, last: datetime) -> Iterator[RecordedFact]:
        """Facts by when they were put on record; the list follows within moments."""
        day, end = first.astimezone(UTC).date(), last.astimezone(UTC).date()
        # Behind an instant stands an id, which sorts before this.
        span = ConsentItem.gsi1sk.between(stamp(first), f"{stamp(last)}~")
        while day <= end:
            at = datetime(day.year, day.month, day.day, tzinfo=UTC)
            for item in ConsentItem.by_lookup.query(keys.facts(at), span):
                kind, _, own_id = str(item.sk).partition("#")
                subject_id = str(item.pk).partition("#")[2]
                yield _fact(FactKind(kind.lower()), own_id, subject_id)
            day += timedelta(days=1)


def _fact(kind: FactKind, own_id: str, subject_id: str | None) -> RecordedFact:
    # The end of a freeze has the freeze's own id, and is another fact.
    fact_id = derived_id(kind, own_id) if kind is FactKind.LIFT else check_id(own_id)
    return RecordedFact(kind, fact_id, check_id(subject_id) if subject_id else None)
