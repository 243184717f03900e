"""A person releases; software narrows (R14)."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.assets import Face, FaceMark, Release
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.decisions import (
    Facts,
    FindingId,
    Outcome,
    decide,
    narrowed,
    releasable,
)
from beeldrecht.domain.people import AppearanceStatus
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    END,
    GRID,
    NOW,
    START,
    TICK,
    VERDICT_RANK,
    appearance,
    face,
    grant,
    instants,
    leaves_no_more,
    picture,
    pictures_with_facts,
    places,
    release_of,
    with_release,
    withdrawal,
)

ONE = face()
EVERYTHING = dict.fromkeys(Channel, Verdict.CLEAR)
RELEASED = with_release(ANNS_PICTURE, release_of(ONE, channels=EVERYTHING))


def its_release(facts: Facts) -> Release:
    assert facts.asset.release is not None
    return facts.asset.release


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_r14_only_a_persons_release_lets_a_picture_leave(
    facts: Facts, at: datetime, place: Place
) -> None:
    decision = decide(with_release(facts, None), at, place)
    assert not decision.leaves
    assert decision.outcome is not Outcome.RELEASED
    assert FindingId.NOT_RELEASED in {f.id for f in decision.findings}


@given(facts=pictures_with_facts(always_released=True), at=instants, place=places)
def test_r14_a_picture_leaves_just_as_it_was_released_or_not_at_all(
    facts: Facts, at: datetime, place: Place
) -> None:
    release, decision = its_release(facts), decide(facts, at, place)
    holds = release.at <= at and release.face_ids >= {
        f.face_id for f in facts.asset.faces
    }
    assert dict(decision.leaves) == {
        channel: released
        for channel, released in release.channels.items()
        if holds
        and released is not Verdict.RESTRICTED
        and VERDICT_RANK[released] <= VERDICT_RANK[decision.per_channel[channel]]
    }
    assert (decision.outcome is Outcome.RELEASED) == bool(decision.leaves)


def test_a_release_for_fewer_channels_lets_out_those_alone() -> None:
    release = release_of(ONE, channels={Channel.PRESS: Verdict.CLEAR})
    decision = decide(with_release(ANNS_PICTURE, release), NOW)
    assert decision.leaves == {Channel.PRESS: Verdict.CLEAR}
    assert set(decision.per_channel.values()) == {Verdict.CLEAR}


def test_a_picture_released_masked_leaves_masked_although_it_is_clear() -> None:
    release = release_of(ONE, channels={Channel.PRESS: Verdict.MASKED})
    decision = decide(with_release(ANNS_PICTURE, release), NOW)
    assert decision.leaves == {Channel.PRESS: Verdict.MASKED}


def test_a_release_counts_from_its_instant_and_not_before() -> None:
    facts = with_release(ANNS_PICTURE, release_of(ONE, channels=EVERYTHING, at=NOW))
    assert not decide(facts, NOW - TICK).leaves
    assert decide(facts, NOW).outcome is Outcome.RELEASED


def test_r14_a_withdrawal_narrows_a_release_by_itself_at_once() -> None:
    facts = replace(RELEASED, withdrawals=(withdrawal(grant(), NOW),))
    assert dict(decide(facts, NOW - TICK).leaves) == EVERYTHING
    assert not decide(facts, NOW).leaves


def test_r14_what_was_released_masked_stays_masked_when_more_is_allowed() -> None:
    masked = dict.fromkeys(Channel, Verdict.MASKED)
    facts = with_release(ANNS_PICTURE, release_of(ONE, channels=masked))
    assert dict(decide(facts, NOW).leaves) == masked
    taken_back = replace(facts, withdrawals=(withdrawal(grant(), NOW),))
    assert dict(decide(taken_back, NOW).leaves) == masked


# ------------------------------------------------------------- faces nobody looked at


@given(
    facts=pictures_with_facts(always_released=True),
    at=instants,
    mark=st.sampled_from(FaceMark),
)
def test_r14_a_new_face_voids_the_release_whatever_it_is_marked(
    facts: Facts, at: datetime, mark: FaceMark
) -> None:
    faces = (*facts.asset.faces, face("new", mark))
    decision = decide(replace(facts, asset=replace(facts.asset, faces=faces)), at)
    assert not decision.leaves
    assert decision.outcome is not Outcome.RELEASED


def test_a_void_release_says_so() -> None:
    both = (ONE, face("new", FaceMark.NOT_RECOGNISABLE))
    facts = replace(RELEASED, asset=picture(*both, release=its_release(RELEASED)))
    decision = decide(facts, NOW)
    assert decision.outcome is Outcome.READY
    assert FindingId.RELEASE_OUTDATED in {f.id for f in decision.findings}
    assert FindingId.NOT_RELEASED not in {f.id for f in decision.findings}


def test_a_face_that_is_gone_does_not_void_the_release() -> None:
    release = release_of(ONE, face("gone"), channels=EVERYTHING)
    assert dict(decide(with_release(ANNS_PICTURE, release), NOW).leaves) == EVERYTHING


# -------------------------------------------------------------------------- narrowing


@given(facts=pictures_with_facts(always_released=True), at=instants, place=places)
def test_r14_narrowing_only_takes_away_and_once_is_enough(
    facts: Facts, at: datetime, place: Place
) -> None:
    release, decision = its_release(facts), decide(facts, at, place)
    once = narrowed(release, decision)
    assert leaves_no_more(once.channels, release.channels)
    assert leaves_no_more(once.channels, decision.per_channel)
    assert Verdict.RESTRICTED not in once.channels.values()
    assert narrowed(once, decision) == once
    assert (once.released_by, once.at, once.face_ids) == (
        release.released_by,
        release.at,
        release.face_ids,
    )


@given(facts=pictures_with_facts(always_released=True), at=instants, place=places)
def test_narrowing_takes_away_nothing_that_leaves_now(
    facts: Facts, at: datetime, place: Place
) -> None:
    decision = decide(facts, at, place)
    kept = with_release(facts, narrowed(its_release(facts), decision))
    assert decide(kept, at, place).leaves == decision.leaves


@given(
    facts=pictures_with_facts(always_released=True),
    two=st.lists(instants, min_size=2, max_size=2).map(sorted),
    place=places,
)
def test_r14_consent_that_comes_back_after_narrowing_reopens_nothing(
    facts: Facts, two: list[datetime], place: Place
) -> None:
    first, later = two
    kept = narrowed(its_release(facts), decide(facts, first, place))
    assert leaves_no_more(
        decide(with_release(facts, kept), later, place).leaves, kept.channels
    )


def test_r14_a_renewed_consent_waits_for_a_person_to_release_anew() -> None:
    gone = replace(RELEASED, withdrawals=(withdrawal(grant(), GRID[1]),))
    kept = narrowed(its_release(gone), decide(gone, GRID[1]))
    renewed = replace(
        with_release(gone, kept),
        grants=(*gone.grants, grant(start=GRID[2], grant_id="renewed")),
    )
    decision = decide(renewed, NOW)
    assert set(decision.per_channel.values()) == {Verdict.CLEAR}
    assert not decision.leaves
    anew = release_of(ONE, channels=releasable(decision), at=NOW)
    assert dict(decide(with_release(renewed, anew), NOW).leaves) == EVERYTHING


def test_narrowing_drops_a_channel_that_no_longer_holds() -> None:
    unnamed = replace(RELEASED, appearances=())
    assert not narrowed(its_release(unnamed), decide(unnamed, NOW)).channels


# --------------------------------------------------------------- what may be released


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_what_is_releasable_is_what_would_leave(
    facts: Facts, at: datetime, place: Place
) -> None:
    decision = decide(with_release(facts, None), at, place)
    offered = releasable(decision)
    assert offered == {
        c: v for c, v in decision.per_channel.items() if v is not Verdict.RESTRICTED
    }
    # Ready means that it can be released; somebody may release what is embargoed too,
    # with the faces covered that are why it is.
    assert offered or decision.outcome is not Outcome.READY
    assert Verdict.RESTRICTED not in offered.values()
    release = release_of(*facts.asset.faces, channels=offered, at=START - TICK)
    assert decide(with_release(facts, release), at, place).leaves == offered


def test_a_picture_clear_somewhere_is_releasable_masked_elsewhere() -> None:
    facts = replace(ANNS_PICTURE, grants=(grant(channels=(Channel.PRINT,)),))
    offered = releasable(decide(facts, NOW))
    assert offered[Channel.PRINT] is Verdict.CLEAR
    assert offered[Channel.PRESS] is Verdict.MASKED


def test_a_restricted_channel_is_not_releasable_beside_a_clear_one() -> None:
    # No rule restricts one channel alone today; the offer must not depend on that.
    mixed = {Channel.PRINT: Verdict.CLEAR, Channel.PRESS: Verdict.RESTRICTED}
    decision = replace(decide(ANNS_PICTURE, NOW), per_channel=mixed)
    assert releasable(decision) == {Channel.PRINT: Verdict.CLEAR}


def test_a_picture_clear_nowhere_is_releasable_masked_and_stays_embargoed() -> None:
    facts = replace(ANNS_PICTURE, grants=())
    decision = decide(facts, NOW)
    assert set(releasable(decision).values()) == {Verdict.MASKED}
    # Somebody may ask Ann first: what is missing is not what a person marked.
    assert decision.outcome is Outcome.EMBARGOED


def test_a_picture_is_ready_once_a_person_marked_whom_to_cover() -> None:
    facts = replace(
        ANNS_PICTURE, grants=(), asset=picture(face(mark=FaceMark.MASK), face("f1"))
    )
    assert decide(facts, NOW).outcome is Outcome.EMBARGOED
    hidden = face("f1", FaceMark.NOT_RECOGNISABLE)
    facts = replace(facts, asset=picture(face(mark=FaceMark.MASK), hidden))
    decision = decide(facts, NOW)
    assert decision.outcome is Outcome.READY
    assert set(releasable(decision).values()) == {Verdict.MASKED}


@pytest.mark.parametrize("unknown", [face("f1"), face("f2")])
def test_r14_a_picture_with_an_unknown_face_is_not_releasable_even_masked(
    unknown: Face,
) -> None:
    facts = replace(ANNS_PICTURE, asset=picture(ONE, unknown))
    assert not releasable(decide(facts, NOW))


def test_a_release_ends_for_a_channel_when_one_of_two_consents_ends() -> None:
    two = (ONE, face("f1"))
    facts = Facts(
        asset=picture(*two, release=release_of(*two, channels=EVERYTHING)),
        appearances=(appearance("f0", ANN), appearance("f1", BOB)),
        grants=(grant(ANN, grant_id="g0"), grant(BOB, end=NOW, grant_id="g1")),
    )
    assert set(decide(facts, NOW - TICK).leaves.values()) == {Verdict.CLEAR}
    assert not decide(facts, NOW).leaves
    assert not decide(facts, END).leaves


def test_a_face_marked_to_be_covered_is_covered_whoever_it_is() -> None:
    facts = replace(ANNS_PICTURE, asset=picture(face(mark=FaceMark.MASK)))
    assert set(decide(facts, NOW).per_channel.values()) == {Verdict.MASKED}


def test_r14_narrowing_leaves_nothing_of_a_release_made_without_a_face() -> None:
    before = release_of(ONE, channels=EVERYTHING)
    facts = Facts(
        asset=picture(ONE, face("f1"), release=before),
        appearances=(appearance("f0", ANN), appearance("f1", ANN)),
        grants=(grant(ANN),),
    )
    decision = decide(facts, NOW)
    assert FindingId.RELEASE_OUTDATED in {f.id for f in decision.findings}
    assert narrowed(before, decision).channels == {}


def test_an_appearance_in_another_picture_names_nobody_here() -> None:
    elsewhere = replace(appearance(), asset_id="another picture")
    facts = replace(ANNS_PICTURE, appearances=(elsewhere,))
    assert set(decide(facts, NOW).per_channel.values()) == {Verdict.RESTRICTED}


@pytest.mark.parametrize(
    "status", [AppearanceStatus.CONFIRMED, AppearanceStatus.REJECTED]
)
@pytest.mark.parametrize("nobody", [None, ""])
def test_r14_nobody_settles_nothing(status: AppearanceStatus, nobody: str | None) -> None:
    with pytest.raises(ValueError, match="only a person settles"):
        replace(appearance(), status=status, settled_by=nobody)


def test_r14_nobody_releases_nothing() -> None:
    with pytest.raises(ValueError, match="only a person releases"):
        replace(release_of(ONE, channels=EVERYTHING), released_by="")
