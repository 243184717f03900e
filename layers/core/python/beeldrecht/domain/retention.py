"""How long each kind of data is kept: the policy, its bounds, and when a thing ends.

An officer sets the days, within bounds that each have a reason; what nobody set is the
private choice. Days are whole days in Amsterdam: what is kept for seven days goes at the
midnight after the seventh. What has a place in a table carries its end there as
`expires_at`; time to live comes late, so whoever reads asks the date as well.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .time import day_of, instant, midnight

NOTICE: Final = timedelta(hours=24)
"""How long anything stays after it was dated anew: the time to pause and think.

Never nothing: a date of this very instant would take a thing away before anybody read
what was written.
"""


class RetentionKind(StrEnum):
    """A kind of data with a term of its own."""

    UNLINKED_FACES = "kept_unlinked_faces"
    """Boxes of faces that nobody named, from when they were found."""
    TEMPLATES = "kept_templates"
    """Templates, from the enrolment; never longer than the consent that carries them."""
    CONTACTS = "kept_contacts"
    """How to reach somebody, from when nothing that they signed holds any more."""
    REQUESTS = "kept_requests"
    """Requests of and to a person, from when they were closed."""
    EXPORTS = "kept_exports"
    """What somebody may fetch about themselves, from when it was made."""
    SHARES = "kept_shares"
    """Addresses that show pictures to outsiders, from when they were made."""
    DISCLOSURES = "kept_disclosures"
    """Who received which picture, and was asked to remove it, from that day."""
    MAILS = "kept_mails"
    """What was sent to whom, from when it was put on record."""
    PROOF = "kept_proof"
    """What proves a consent, from when the consent ended."""
    AUDIT = "kept_audit"
    """Entries of the audit log, from when they were written."""
    ASSETS = "kept_assets"
    """A picture with everything of it, from when it was announced."""
    REJECTED = "kept_rejected"
    """A file that was not taken in, from when it was announced."""
    VERSIONS = "kept_versions"
    """An older file of a picture, from when another took its place."""


@dataclass(frozen=True, slots=True)
class Term:
    """What may be chosen for a kind, and what holds when nobody chose."""

    days: int | None
    """What holds when nobody chose; None: until somebody ends it."""
    shortest: int
    longest: int
    endless: bool = False
    """Whether it may be kept without an end."""

    def allows(self, days: int | None) -> bool:
        """Whether an officer may choose this."""
        if days is None:
            return self.endless
        return self.shortest <= days <= self.longest


_YEAR: Final = 365

TERMS: Final[Mapping[RetentionKind, Term]] = MappingProxyType(
    {
        # Long enough to name who was photographed; a box of a stranger serves nobody.
        RetentionKind.UNLINKED_FACES: Term(days=90, shortest=7, longest=2 * _YEAR),
        # A template is asked for anew rather than kept: Article 9 data.
        RetentionKind.TEMPLATES: Term(days=_YEAR, shortest=1, longest=3 * _YEAR),
        # A recall or a question about a print can still come in the year after.
        RetentionKind.CONTACTS: Term(days=_YEAR, shortest=30, longest=5 * _YEAR),
        # Less than a year would leave nothing to show that a request was answered in
        # time (GDPR 5(2), 12(3)).
        RetentionKind.REQUESTS: Term(days=2 * _YEAR, shortest=_YEAR, longest=5 * _YEAR),
        # Everything about somebody in one file: long enough to fetch it, no longer.
        RetentionKind.EXPORTS: Term(days=7, shortest=1, longest=30),
        RetentionKind.SHARES: Term(days=30, shortest=1, longest=_YEAR),
        # Whoever received a copy has to be told of its end (GDPR 19): not before a year.
        RetentionKind.DISCLOSURES: Term(
            days=5 * _YEAR, shortest=_YEAR, longest=10 * _YEAR
        ),
        # An answer to "did you tell me?" takes as long as the reminders of one ending.
        RetentionKind.MAILS: Term(days=_YEAR, shortest=120, longest=3 * _YEAR),
        # A claim lapses five years after it is known, twenty at the latest (BW 3:310).
        RetentionKind.PROOF: Term(days=5 * _YEAR, shortest=_YEAR, longest=20 * _YEAR),
        # Six months at least (AI Act 26(6)); as long as the proof that it tells of.
        RetentionKind.AUDIT: Term(days=5 * _YEAR, shortest=184, longest=20 * _YEAR),
        # An archive by law keeps for good; who may, says so.
        RetentionKind.ASSETS: Term(
            days=10 * _YEAR, shortest=30, longest=100 * _YEAR, endless=True
        ),
        # A week to see why, and to send a better one: nothing is kept that nobody uses.
        RetentionKind.REJECTED: Term(days=30, shortest=7, longest=180),
        # Long enough to see that the new file was a mistake; it is nobody's to use.
        RetentionKind.VERSIONS: Term(days=90, shortest=7, longest=10 * _YEAR),
    }
)
"""The bounds of each kind, with the reason for each beside it."""

GUARD: Final = 10
"""Of a hundred, how many of a kind a run may end before somebody has to say yes."""


class RetentionRefusal(StrEnum):
    """Why a policy cannot be."""

    OUT_OF_BOUNDS = "retention_out_of_bounds"
    GUARD_OUT_OF_BOUNDS = "retention_guard_out_of_bounds"
    NOTHING_CHANGES = "retention_nothing_changes"


class RetentionRefusedError(Exception):
    """The policy cannot be; `reason` says why, `kind` of what."""

    def __init__(
        self, reason: RetentionRefusal, kind: RetentionKind | None = None
    ) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.kind = kind


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """What is on record about keeping; this very value when nothing is."""

    chosen: Mapping[RetentionKind, int | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The days of the kinds that an officer chose for; None: until somebody ends it."""
    guard_share: int = GUARD
    """Of a hundred, how many of a kind a run may end before somebody has to say yes."""
    paused: bool = False
    """Whether runs and sweeps stand still; reads go on refusing what has ended."""
    changed_by: str | None = None
    changed_at: datetime | None = None
    revision: int = 0
    """Counts every change; a writer that read an older one is refused."""

    def days(self, kind: RetentionKind) -> int | None:
        """For how many days this kind is kept; None: until somebody ends it."""
        return self.chosen[kind] if kind in self.chosen else TERMS[kind].days

    def ends(self, kind: RetentionKind, from_: datetime) -> datetime | None:
        """When a thing of this kind ends whose term began then; None: it does not.

        The midnight in Amsterdam after the last day. It can lie in the past: before
        writing it as a date of removal, ask `expiry`.
        """
        days = self.days(kind)
        if days is None:
            return None
        return midnight(day_of(from_) + timedelta(days=days + 1))

    def expiry(
        self,
        kind: RetentionKind,
        from_: datetime,
        at: datetime,
        latest: datetime | None = None,
    ) -> int | None:
        """What to write as `expires_at` at this instant, in whole seconds of the epoch.

        `latest` is an end that the thing has of its own (a consent's): it never stays
        longer. What should be gone already stays for NOTICE.
        """
        ends = [each for each in (self.ends(kind, from_), latest) if each is not None]
        if not ends:
            return None
        return seconds(max(min(ends), instant(at) + NOTICE))


def seconds(at: datetime) -> int:
    """An instant as a date of removal: whole seconds of the epoch, never earlier."""
    return math.ceil(instant(at).timestamp())


def over(expires_at: float | None, at: datetime) -> bool:
    """Whether what carries this date of removal has ended; without one it has not."""
    return expires_at is not None and expires_at <= instant(at).timestamp()


def changed(
    before: RetentionPolicy,
    chosen: Mapping[RetentionKind, int | None],
    user_id: str,
    at: datetime,
    *,
    guard_share: int | None = None,
) -> RetentionPolicy:
    """The policy after somebody chose; what they do not name stays.

    Raises RetentionRefusedError when a choice is out of its bounds or nothing changes.
    """
    for kind, days in chosen.items():
        if not TERMS[kind].allows(days):
            raise RetentionRefusedError(RetentionRefusal.OUT_OF_BOUNDS, kind)
    share = before.guard_share if guard_share is None else guard_share
    if not 1 <= share <= 100:
        raise RetentionRefusedError(RetentionRefusal.GUARD_OUT_OF_BOUNDS)
    after = replace(
        before,
        chosen=MappingProxyType({**before.chosen, **chosen}),
        guard_share=share,
        changed_by=user_id,
        changed_at=instant(at),
    )
    if share == before.guard_share and not changing(before, after):
        raise RetentionRefusedError(RetentionRefusal.NOTHING_CHANGES)
    return after


def changing(
    before: RetentionPolicy, after: RetentionPolicy
) -> tuple[RetentionKind, ...]:
    """The kinds whose term is another one."""
    return tuple(kind for kind in RetentionKind if before.days(kind) != after.days(kind))


def paused(
    before: RetentionPolicy, stands: bool, user_id: str, at: datetime
) -> RetentionPolicy:
    """The policy after somebody had the runs stand still, or go on."""
    return replace(before, paused=stands, changed_by=user_id, changed_at=instant(at))
