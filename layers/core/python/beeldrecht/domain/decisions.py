"""May this picture leave, for this channel, at this place, at this instant?

`decide` is the one answer, asked anew at every use. It is pure: the same facts and the
same instant give the same decision, and the decision says until when it holds if no fact
is added. What is unknown is refused; what is frozen goes before what is granted; adding a
withdrawal can only take away.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from .assets import Asset, Face, FaceMark, Release
from .channels import ALL_CHANNELS, Channel, Place, Verdict, strictest
from .consent import (
    Grant,
    GrantKind,
    Restriction,
    RestrictionKind,
    Withdrawal,
    in_force,
)
from .declarations import Sight, declared_people
from .legal_bases import LegalBasis, forbids
from .legal_bases import in_force as rests_on
from .people import Appearance, AppearanceStatus
from .time import instant


class Outcome(StrEnum):
    """What happens next with the picture as a whole."""

    EMBARGOED = "embargoed"
    """Somebody has work to do, or nobody may use it as it is."""
    READY = "ready"
    """A person can release it for at least one channel, and nothing else is to be done:
    every face is cleared for it, or marked to be covered."""
    RELEASED = "released"
    """A person has released it, and at least one of those channels still holds."""


class FindingId(StrEnum):
    """Every reason a decision can give; the words are in the message catalogues."""

    NOT_EXAMINED = "not_examined"
    FACES_INCOMPLETE = "faces_incomplete"
    FACES_FORGOTTEN = "faces_forgotten"
    TERM_OVER = "term_over"
    VERSION_REPLACED = "version_replaced"
    NO_FACE_FOUND = "no_face_found"
    INTEREST_AGAINST = "interest_against"
    ASSET_RESTRICTED = "asset_restricted"
    ASSET_OBJECTED = "asset_objected"
    PERSON_RESTRICTED = "person_restricted"
    PERSON_OBJECTED = "person_objected"
    FACE_UNRESOLVED = "face_unresolved"
    SUGGESTION_WAITING = "suggestion_waiting"
    FACE_AMBIGUOUS = "face_ambiguous"
    FACE_NOT_RECOGNISABLE = "face_not_recognisable"
    FACE_TO_MASK = "face_to_mask"
    NO_GRANT = "no_grant"
    NOT_GRANTED_HERE = "not_granted_here"
    GRANT_NOT_YET = "grant_not_yet"
    GRANT_ENDED = "grant_ended"
    GRANT_WITHDRAWN = "grant_withdrawn"
    GRANT_IN_FORCE = "grant_in_force"
    BASIS_IN_FORCE = "basis_in_force"
    FILE_UNDECLARED = "file_undeclared"
    DECLARED_NOBODY = "declared_nobody"
    REST_STAYS = "rest_stays"
    NOT_RELEASED = "not_released"
    RELEASE_OUTDATED = "release_outdated"


_CLEARING = frozenset(
    {
        FindingId.GRANT_IN_FORCE,
        FindingId.BASIS_IN_FORCE,
        FindingId.FACE_NOT_RECOGNISABLE,
    }
)
_MASKING = frozenset(
    {
        FindingId.FACE_TO_MASK,
        FindingId.NO_GRANT,
        FindingId.NOT_GRANTED_HERE,
        FindingId.GRANT_NOT_YET,
        FindingId.GRANT_ENDED,
        FindingId.GRANT_WITHDRAWN,
    }
)
_NEUTRAL = frozenset(
    {
        FindingId.NO_FACE_FOUND,
        FindingId.SUGGESTION_WAITING,
        FindingId.DECLARED_NOBODY,
        FindingId.REST_STAYS,
        FindingId.NOT_RELEASED,
        FindingId.RELEASE_OUTDATED,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: about the picture, a face, or a face in a channel."""

    id: FindingId
    face_id: str = ""
    person_id: str = ""
    channel: Channel | None = None
    """None: it holds for every channel."""
    until: datetime | None = None
    """When that reason ends or ended, where the record says."""

    @property
    def verdict(self) -> Verdict:
        """What this reason alone leaves possible.

        Who is in no face cannot be covered: what would cover a face keeps a file in.
        """
        if self.id in _CLEARING or self.id in _NEUTRAL:
            return Verdict.CLEAR
        coverable = self.id in _MASKING and self.face_id
        return Verdict.MASKED if coverable else Verdict.RESTRICTED

    @property
    def clears(self) -> bool:
        """Whether it says of a face that it may be shown."""
        return self.id in _CLEARING


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer at one instant, and until when it is the answer."""

    at: datetime
    valid_until: datetime | None
    """The first instant at which time alone changes the answer; None: never."""
    findings: tuple[Finding, ...]
    per_channel: Mapping[Channel, Verdict]
    outcome: Outcome
    leaves: Mapping[Channel, Verdict]
    """The channels in which the picture may leave now, clear or masked."""

    def about(self, channel: Channel) -> tuple[Finding, ...]:
        """The reasons that hold for a channel."""
        return tuple(f for f in self.findings if _holds(f, channel))

    def same_answer(self, other: "Decision") -> bool:
        """Whether both say the same, whenever they were asked."""
        return (
            self.findings == other.findings
            and self.per_channel == other.per_channel
            and self.outcome == other.outcome
            and self.leaves == other.leaves
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything on record that a decision about one picture depends on."""

    asset: Asset
    appearances: tuple[Appearance, ...] = ()
    grants: tuple[Grant, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    """What a use of the picture rests on where somebody gave no consent."""


def decide(
    facts: Facts,
    at: datetime,
    place: Place = Place.WORLD,
    channels: tuple[Channel, ...] = ALL_CHANNELS,
) -> Decision:
    """The decision at that instant; asked for the widest place when none is given.

    Raises NaiveInstantError for an instant without zone.
    """
    at = instant(at)
    now = _answer(facts, at, place, channels, None)
    for later in _instants_of_change(facts, at):
        if not now.same_answer(_answer(facts, later, place, channels, None)):
            return _answer(facts, at, place, channels, later)
    return now


def _answer(
    facts: Facts,
    at: datetime,
    place: Place,
    channels: tuple[Channel, ...],
    valid_until: datetime | None,
) -> Decision:
    findings = [*_about_the_asset(facts, at), *_weighed(facts, at, channels)]
    for face in facts.asset.faces:
        findings += _about_the_face(facts, face, at, place, channels)
    findings += _about_the_rest(facts, at, place, channels)
    per_channel = {
        c: strictest(f.verdict for f in findings if _holds(f, c)) for c in channels
    }
    release_finding, leaves = _about_the_release(facts.asset, per_channel, at)
    findings += release_finding
    if leaves:
        outcome = Outcome.RELEASED
    elif any(_nothing_to_do(findings, c, v) for c, v in per_channel.items()):
        outcome = Outcome.READY
    else:
        outcome = Outcome.EMBARGOED
    return Decision(
        at=at,
        valid_until=valid_until,
        findings=tuple(findings),
        per_channel=MappingProxyType(per_channel),
        outcome=outcome,
        leaves=leaves,
    )


def _nothing_to_do(findings: list[Finding], channel: Channel, verdict: Verdict) -> bool:
    """Whether a channel waits for a release alone, with what has to be covered marked."""
    marked = {f.face_id for f in findings if f.id is FindingId.FACE_TO_MASK}
    return verdict is not Verdict.RESTRICTED and all(
        f.face_id in marked
        for f in findings
        if f.verdict is Verdict.MASKED and _holds(f, channel)
    )


def _holds(finding: Finding, channel: Channel) -> bool:
    return finding.channel is None or finding.channel is channel


def _about_the_asset(facts: Facts, at: datetime) -> list[Finding]:
    asset = facts.asset
    findings = [
        Finding(
            FindingId.ASSET_OBJECTED
            if r.kind is RestrictionKind.OBJECTED
            else FindingId.ASSET_RESTRICTED,
            until=r.period.end,
        )
        for r in _freezes(facts, asset.subjects, at)
    ]
    if asset.replaced:
        findings.append(Finding(FindingId.VERSION_REPLACED))
    if asset.ends_at is not None and asset.ends_at <= at:
        findings.append(Finding(FindingId.TERM_OVER, until=asset.ends_at))
    if asset.examined and asset.faces_forgotten:
        findings.append(Finding(FindingId.FACES_FORGOTTEN))
    if not asset.examined:
        findings.append(Finding(FindingId.NOT_EXAMINED))
    elif not asset.faces_complete:
        findings.append(Finding(FindingId.FACES_INCOMPLETE))
    elif (
        not asset.faces and not asset.faces_forgotten and asset.sight is not Sight.NOTHING
    ):
        findings.append(Finding(FindingId.NO_FACE_FOUND))
    return findings


def _weighed(facts: Facts, at: datetime, channels: tuple[Channel, ...]) -> list[Finding]:
    """Where a reasonable interest of who is portrayed was found against a use (R20).

    It goes before every grant and basis, until somebody ends the note.
    """
    files = facts.asset.subjects
    against = {
        c: [b for b in facts.bases if any(forbids(b, each, c, at) for each in files)]
        for c in channels
    }
    return [
        Finding(FindingId.INTEREST_AGAINST, channel=channel, until=_last_end(found))
        for channel, found in against.items()
        if found
    ]


def _freezes(facts: Facts, subjects: Set[str], at: datetime) -> list[Restriction]:
    return [
        r
        for r in facts.restrictions
        if r.subject_id in subjects and r.period.contains(at)
    ]


def _about_the_face(
    facts: Facts, face: Face, at: datetime, place: Place, channels: tuple[Channel, ...]
) -> list[Finding]:
    asset_id = facts.asset.asset_id
    here = [
        a
        for a in facts.appearances
        if a.face_id == face.face_id and a.asset_id == asset_id
    ]
    people = sorted({a.person_id for a in here if a.status is AppearanceStatus.CONFIRMED})
    if len(people) > 1:
        return [Finding(FindingId.FACE_AMBIGUOUS, face.face_id)]
    masked = (
        [Finding(FindingId.FACE_TO_MASK, face.face_id)]
        if face.mark is FaceMark.MASK
        else []
    )
    if people:
        return [
            *masked,
            *_about_the_person(facts, face.face_id, people[0], at, place, channels),
        ]
    if masked:
        return masked
    if face.mark is FaceMark.NOT_RECOGNISABLE:
        return [Finding(FindingId.FACE_NOT_RECOGNISABLE, face.face_id)]
    return [
        Finding(FindingId.FACE_UNRESOLVED, face.face_id),
        *(
            Finding(FindingId.SUGGESTION_WAITING, face.face_id, a.person_id)
            for a in sorted(here, key=lambda a: a.person_id)
            if a.status is AppearanceStatus.SUGGESTED
        ),
    ]


def _about_the_rest(
    facts: Facts, at: datetime, place: Place, channels: tuple[Channel, ...]
) -> list[Finding]:
    """About who is in what cannot be looked through, as a person declared.

    Whoever was declared and is not on record any more makes it unknown who is in it.
    """
    asset, said = facts.asset, facts.asset.declaration
    if asset.sight is Sight.WHOLE:
        return []
    if said is not None and said.rest_stays and asset.sight is Sight.PART:
        return [Finding(FindingId.REST_STAYS)]
    people = declared_people(asset.asset_id, facts.appearances)
    if said is None or said.rest_stays or said.people != len(people):
        return [Finding(FindingId.FILE_UNDECLARED)]
    if not people:
        return [Finding(FindingId.DECLARED_NOBODY)]
    return [
        finding
        for person_id in people
        for finding in _about_the_person(facts, "", person_id, at, place, channels)
    ]


def leaves_whole(asset: Asset, decision: Decision, channel: Channel) -> bool:
    """Whether the file itself may leave for a channel now, and not its picture alone.

    Only as it is, for nothing in it can be covered; and only where somebody declared who
    is in all of it.
    """
    said = asset.declaration
    return (
        asset.sight is not Sight.WHOLE
        and said is not None
        and not said.rest_stays
        and decision.leaves.get(channel) is Verdict.CLEAR
    )


def _about_the_person(
    facts: Facts,
    face_id: str,
    person_id: str,
    at: datetime,
    place: Place,
    channels: tuple[Channel, ...],
) -> list[Finding]:
    findings = [
        Finding(
            FindingId.PERSON_OBJECTED
            if r.kind is RestrictionKind.OBJECTED
            else FindingId.PERSON_RESTRICTED,
            face_id,
            person_id,
            until=r.period.end,
        )
        for r in _freezes(facts, {person_id}, at)
    ]
    theirs = [g for g in facts.grants if g.person_id == person_id]
    for channel in channels:
        finding_id, until = _why(theirs, facts.withdrawals, channel, place, at)
        if finding_id is not FindingId.GRANT_IN_FORCE:
            bases = _bases(facts, person_id, theirs, channel, at)
            if bases:
                finding_id, until = FindingId.BASIS_IN_FORCE, _last_end(bases)
        findings.append(Finding(finding_id, face_id, person_id, channel, until))
    return findings


def _why(
    grants: list[Grant],
    withdrawals: tuple[Withdrawal, ...],
    channel: Channel,
    place: Place,
    at: datetime,
) -> tuple[FindingId, datetime | None]:
    """Why a person is or is not cleared for a channel: the nearest reason speaks."""
    naming = [g for g in grants if g.names(channel, place)]
    live = [g for g in naming if in_force(g, withdrawals, at)]
    if live:
        return FindingId.GRANT_IN_FORCE, _last_end(live)
    if not naming:
        usable = any(g.channels for g in grants)
        return (FindingId.NOT_GRANTED_HERE if usable else FindingId.NO_GRANT), None
    taken_back = [
        w.effective_at
        for w in withdrawals
        if w.effective_at <= at
        and any(w.takes_back(g) and g.period.contains(at) for g in naming)
    ]
    if taken_back:
        return FindingId.GRANT_WITHDRAWN, max(taken_back)
    ended = [g.period.end for g in naming if g.period.end and g.period.end <= at]
    if ended:
        return FindingId.GRANT_ENDED, max(ended)
    return FindingId.GRANT_NOT_YET, min(g.period.start for g in naming)


def _bases(
    facts: Facts, person_id: str, grants: list[Grant], channel: Channel, at: datetime
) -> list[LegalBasis]:
    """What the use of a person's picture in a channel rests on besides consent.

    Nothing, once they have taken back a consent for that channel, in whatever place: who
    was asked and said no more is not used on other grounds instead (EDPB 5/2020, 122).
    """
    taken_back = any(
        w.effective_at <= at and w.takes_back(g)
        for g in grants
        if g.kind is not GrantKind.BIOMETRIC_CONSENT and channel in g.channels
        for w in facts.withdrawals
    )
    if taken_back:
        return []
    asset_id = facts.asset.asset_id
    about = [b for b in facts.bases if b.about(person_id)]
    return [b for b in about if rests_on(b, asset_id, channel, at)]


def _last_end(live: list[Grant] | list[LegalBasis]) -> datetime | None:
    ends = [g.period.end for g in live]
    return None if None in ends else max(end for end in ends if end is not None)


def _about_the_release(
    asset: Asset, per_channel: Mapping[Channel, Verdict], at: datetime
) -> tuple[list[Finding], Mapping[Channel, Verdict]]:
    release = asset.release
    if release is None or instant(release.at) > at:
        return [Finding(FindingId.NOT_RELEASED)], MappingProxyType({})
    if not {f.face_id for f in asset.faces} <= release.face_ids:
        return [Finding(FindingId.RELEASE_OUTDATED)], MappingProxyType({})
    return [], MappingProxyType(_within(release, per_channel))


def _within(
    release: Release, per_channel: Mapping[Channel, Verdict]
) -> dict[Channel, Verdict]:
    """What a person released and is still allowed, exactly as it was released.

    A picture that was released as it is goes dark when a face would have to be covered:
    nobody has looked at the covered one and released that.
    """
    return {
        c: released
        for c, released in release.channels.items()
        if released is not Verdict.RESTRICTED
        and strictest((released, per_channel.get(c, Verdict.RESTRICTED))) is released
    }


def _instants_of_change(facts: Facts, at: datetime) -> list[datetime]:
    """Every later instant at which a recorded period opens or shuts, in order."""
    instants = {b for g in facts.grants for b in g.period.boundaries()}
    instants |= {b for r in facts.restrictions for b in r.period.boundaries()}
    instants |= {b for rested in facts.bases for b in rested.period.boundaries()}
    instants |= {w.effective_at for w in facts.withdrawals}
    if facts.asset.ends_at is not None:
        instants.add(instant(facts.asset.ends_at))
    if facts.asset.release is not None:
        instants.add(instant(facts.asset.release.at))
    return sorted(i for i in instants if i > at)


def narrowed(release: Release, decision: Decision) -> Release:
    """The release less what no longer holds; what software writes back (R14).

    A consent that comes back later does not widen it again: a person releases anew. Of a
    release that was made without one of the faces nothing is left.
    """
    void = any(f.id is FindingId.RELEASE_OUTDATED for f in decision.findings)
    left = {} if void else _within(release, decision.per_channel)
    return replace(release, channels=left)


def releasable(decision: Decision) -> Mapping[Channel, Verdict]:
    """What a person may release now; what is masked, once they saw it masked."""
    return MappingProxyType(
        {c: v for c, v in decision.per_channel.items() if v is not Verdict.RESTRICTED}
    )
