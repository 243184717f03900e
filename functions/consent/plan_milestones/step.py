"""Plan the moments at which somebody is to be told about what a person signed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.milestones import due
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.milestones import Documents, Register, milestones_of_person


class Event(Frozen):
    """What somebody signed."""

    person_id: OpaqueId
    quitclaim_id: OpaqueId


class Result(Frozen):
    """How many are planned, and how many are planned no more."""

    planned: int
    dropped: int


class Schedules(Protocol):
    """One-off schedules."""

    def put(self, name: str, at: datetime, ids: Mapping[str, str]) -> None:
        """Plan one; one of that name stands."""
        ...

    def drop(self, name: str) -> None:
        """Plan it no more; none of that name is no failure."""
        ...


def plan_milestones(
    event: Event,
    register: Register,
    documents: Documents,
    schedules: Schedules,
    at: datetime,
    days: tuple[int, ...],
) -> Result:
    """Plan every milestone still to come that would be told, by all that is on record.

    What a newer document covers, or was withdrawn, would not be told: it is planned no
    more. Safe to repeat: a schedule's name follows from its milestone. Milestones that
    are past are the sweep's, and what a schedule starts reads the record again.
    """
    milestones, facts = milestones_of_person(event.person_id, register, documents, days)
    planned = dropped = 0
    for each in milestones:
        if each.at <= at:
            continue
        name = derived_id("milestone", each.quitclaim_id, each.name)
        if due((each,), facts.grants, facts.withdrawals, each.at):
            ids = {"person_id": each.person_id, "quitclaim_id": each.quitclaim_id}
            schedules.put(name, each.at, ids)
            planned += 1
        else:
            schedules.drop(name)
            dropped += 1
    return Result(planned=planned, dropped=dropped)
