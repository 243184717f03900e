"""Turn every stored template by another secret, and destroy the one before it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.runtime.events import Frozen, OpaqueId

SUBJECT = "recognition"
PAGE = 100
BUDGET = timedelta(seconds=40)
"""When a run hands on: it is asked again for the rest."""
GRACE = timedelta(minutes=15)
"""Longer than an enrolment takes: one that began before the switch has ended by then."""


class Walk(Frozen):
    """How far a walk through everybody has come; it is handed back with the next call."""

    began: datetime
    after: OpaqueId | None
    """Whom to go on behind; only ids travel."""
    renewed: int
    """Templates of the secret before that this walk met."""


class Event(Frozen):
    """Who asks for it, and the walk to go on with; None: from the first on."""

    actor_id: OpaqueId
    walk: Walk | None = None


class Outcome(StrEnum):
    """What is to be done next."""

    MORE = "more"
    AGAIN = "again"
    """All were gone through; once more, from `whole_from` on."""
    DONE = "done"
    """Everybody is turned by the secret of now, and there is no other."""


class Result(Frozen):
    """How far it came."""

    outcome: Outcome
    renewed: int
    """Of this walk."""
    walk: Walk | None = None
    whole_from: datetime | None = None
    """From when on a walk counts as whole."""


class People(Protocol):
    """Who is on record, a page at a time."""

    def page(self, after: str | None, limit: int) -> tuple[Sequence[str], str | None]:
        """The next people, and where the page after them begins."""
        ...


class Templates(Protocol):
    """The templates of who enrolled."""

    def renew(self, person_id: str, model_id: str) -> bool:
        """Turn a stored template by the secret of now; False when it is so already."""
        ...


class Rotations(Protocol):
    """The secrets by which templates are turned."""

    def current(self) -> str:
        """That of now; makes the first one when there is none."""
        ...

    def renew(self) -> str:
        """Begin another; the one of now is kept."""
        ...

    def before(self) -> tuple[str, datetime] | None:
        """The one before that of now, while it is there, and since when."""
        ...

    def finish(self, rotation_id: str) -> None:
        """Destroy the secret of the one before; safe to repeat."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def record(self, entry: NewEntry) -> None:
        """Put an entry in its chain; the same again adds nothing."""
        ...


def renew_templates(
    event: Event,
    people: People,
    templates: Templates,
    rotations: Rotations,
    trail: Trail,
    model_id: str,
    now: Callable[[], datetime],
) -> Result:
    """Go through everybody; destroy the old secret once a whole walk met nobody of it.

    Begins a renewal when none is under way. Safe to repeat and to kill: a row says by
    which secret it is turned, and the old one stays until a walk that began after the
    grace went from the first to the last and had nothing to do. A walk goes on over
    several calls; what it met and when it began go with it.
    """
    begun = now()
    walk = event.walk or Walk(began=begun, after=None, renewed=0)
    under_way = rotations.before()
    if under_way is None:
        if event.walk is not None:
            # Somebody else came to the end of it meanwhile: that begins no other.
            return Result(outcome=Outcome.DONE, renewed=walk.renewed)
        trail.record(
            _entry("recognition:rotation:renew", rotations.current(), event, begun)
        )
        rotations.renew()
        under_way = rotations.before()
        if under_way is None:
            return Result(outcome=Outcome.DONE, renewed=0)
    rotation_id, since = under_way
    after, renewed = walk.after, walk.renewed
    while True:
        ids, after = people.page(after, PAGE)
        renewed += sum(templates.renew(person_id, model_id) for person_id in ids)
        if after is None:
            break
        if now() - begun >= BUDGET:
            on = Walk(began=walk.began, after=after, renewed=renewed)
            return Result(outcome=Outcome.MORE, renewed=renewed, walk=on)
    if walk.began < since + GRACE or renewed:
        return Result(outcome=Outcome.AGAIN, renewed=renewed, whole_from=since + GRACE)
    trail.record(_entry("recognition:rotation:finish", rotation_id, event, now()))
    rotations.finish(rotation_id)
    return Result(outcome=Outcome.DONE, renewed=0)


def _entry(tag: str, rotation_id: str, event: Event, at: datetime) -> NewEntry:
    """Before the act, and the same for as long as the act is not done."""
    return NewEntry(
        subject=SUBJECT,
        entry_id=f"{tag}:{rotation_id}",
        tag=tag,
        at=at,
        actor=event.actor_id,
        data={"rotation_id": rotation_id},
    )
