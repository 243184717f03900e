"""Call pictures back from whoever received them and may not use them any more so."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol, assert_never

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.recalls import (
    Recall,
    asking,
    called_back,
    called_back_for_erasure,
)
from beeldrecht.runtime import recalling
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register
from beeldrecht.runtime.recalling import Disclosures, copies_of, entry_of


class Cause(StrEnum):
    """What is to be asked of each copy."""

    DECISION = "decision"
    """Whether it may go on being used as it was given."""
    ERASURE = "erasure"
    """Whether it shows who is erased."""


class Event(Frozen):
    """What happened, and the pictures that it may concern."""

    fact_id: OpaqueId
    """A fact of the register; of an erasure, its own id."""
    asset_ids: tuple[OpaqueId, ...]
    cause: Cause = Cause.DECISION
    person_id: OpaqueId | None = None
    """Of an erasure, who is erased; None: the pictures themselves are."""


class Result(Frozen):
    """How many recalls are new on record, and how many this fact has brought in all."""

    told: int
    recalls: int


class Recalls(recalling.Recalls, Protocol):
    """Recalls on record."""

    def open(self, recall: Recall, mail: Mail, entry: NewEntry) -> bool:
        """Record one with its mail and its entry; False when it is there already."""
        ...


def tell_recipients(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    disclosures: Disclosures,
    recalls: Recalls,
    at: datetime,
) -> Result:
    """Open a recall with its mail for each recipient of what has to come back (R12).

    Only a copy that shows who is concerned, for a use that it was given for, is called
    back. Before anything is erased: who received a copy is found through the picture.
    Safe to repeat: the recall's id follows from the fact, the picture and who received
    it, and `recalls` of the result counts the same however often it is called.
    """
    told = 0
    known: set[str] = set()
    for asset_id in event.asset_ids:
        found = copies_of(asset_id, library, register, bases, disclosures, at)
        there = recalls.of_asset(asset_id, at)
        known |= {each.recall_id for each in there if each.fact_id == event.fact_id}
        for recall in _due(event, found, there, at):
            entry = entry_of(
                recall,
                "consent:recipient:recall",
                at,
                channels=",".join(sorted(recall.channels)),
                reason=recall.reason.value,
            )
            told += recalls.open(recall, asking(recall, at), entry)
            known.add(recall.recall_id)
    return Result(told=told, recalls=len(known))


def _due(
    event: Event, found: recalling.Copies, there: tuple[Recall, ...], at: datetime
) -> tuple[Recall, ...]:
    match event.cause:
        case Cause.DECISION:
            return called_back(event.fact_id, found.copies, found.decisions, there, at)
        case Cause.ERASURE:
            whose = event.person_id
            faces = None if whose is None else found.faces_of(whose)
            return called_back_for_erasure(event.fact_id, found.copies, faces, there, at)
        case _:
            assert_never(event.cause)
