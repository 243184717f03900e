"""What `decide` answers, held against the rules said again in other words."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.assets import Face, FaceMark
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.consent import GrantKind, RestrictionKind
from beeldrecht.domain.decisions import (
    Facts,
    Outcome,
    decide,
)
from beeldrecht.domain.people import AppearanceStatus
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    END,
    EVERY_CHANNEL,
    FAR_FUTURE,
    INSTANTS,
    NOW,
    PEOPLE,
    PICTURE,
    START,
    TICK,
    VERDICT_RANK,
    allows_no_more,
    appearance,
    biometric,
    face,
    freeze,
    grant,
    instants,
    picture,
    pictures_with_facts,
    places,
    release_of,
    restrictions,
    withdrawal,
    withdrawal_lists,
)

CONFIRMED = AppearanceStatus.CONFIRMED
SUGGESTED = AppearanceStatus.SUGGESTED
REJECTED = AppearanceStatus.REJECTED

# ---------------------------------------------------------------- the rules, said again

PLACES_THAT_HOLD = {
    Place.NETHERLANDS: {Place.NETHERLANDS, Place.EUROPEAN_UNION, Place.WORLD},
    Place.EUROPEAN_UNION: {Place.EUROPEAN_UNION, Place.WORLD},
    Place.WORLD: {Place.WORLD},
}
VERDICT_OF_MARK = {
    FaceMark.UNMARKED: Verdict.RESTRICTED,
    FaceMark.MASK: Verdict.MASKED,
    FaceMark.NOT_RECOGNISABLE: Verdict.CLEAR,
}


def has_leave(
    facts: Facts, person_id: str, channel: Channel, place: Place, at: datetime
) -> bool:
    return any(
        g.person_id == person_id
        and g.kind in {GrantKind.IMAGE_CONSENT, GrantKind.PORTRAIT_AGREEMENT}
        and channel in g.channels
        and g.places & PLACES_THAT_HOLD[place]
        and g.period.start <= at
        and (g.period.end is None or at < g.period.end)
        and not [
            w
            for w in facts.withdrawals
            if w.grant_id == g.grant_id and w.effective_at <= at
        ]
        for g in facts.grants
    )


def rests_on_a_basis(
    facts: Facts, person_id: str, channel: Channel, at: datetime
) -> bool:
    theirs = {
        g.grant_id
        for g in facts.grants
        if g.person_id == person_id
        and g.kind is not GrantKind.BIOMETRIC_CONSENT
        and channel in g.channels
    }
    if {w.grant_id for w in facts.withdrawals if w.effective_at <= at} & theirs:
        return False
    return any(
        b.asset_id == PICTURE
        and b.channel is channel
        and b.period.start <= at
        and (b.period.end is None or at < b.period.end)
        for b in facts.bases
    )


def is_frozen(facts: Facts, subject_id: str, at: datetime) -> bool:
    return any(
        r.subject_id == subject_id
        and r.period.start <= at
        and (r.period.end is None or at < r.period.end)
        for r in facts.restrictions
    )


def what_the_face_leaves(
    facts: Facts, one: Face, channel: Channel, place: Place, at: datetime
) -> Verdict:
    names = {
        a.person_id
        for a in facts.appearances
        if a.face_id == one.face_id and a.status is CONFIRMED
    }
    if not names:
        return VERDICT_OF_MARK[one.mark]
    if len(names) > 1 or is_frozen(facts, min(names), at):
        return Verdict.RESTRICTED
    covered = one.mark is FaceMark.MASK
    given_leave = has_leave(facts, min(names), channel, place, at) or rests_on_a_basis(
        facts, min(names), channel, at
    )
    return Verdict.CLEAR if given_leave and not covered else Verdict.MASKED


def expected_verdict(
    facts: Facts, channel: Channel, place: Place, at: datetime
) -> Verdict:
    if not facts.asset.examined or not facts.asset.faces_complete:
        return Verdict.RESTRICTED
    if is_frozen(facts, PICTURE, at):
        return Verdict.RESTRICTED
    faces = [
        what_the_face_leaves(facts, f, channel, place, at) for f in facts.asset.faces
    ]
    return min(faces, key=VERDICT_RANK.__getitem__, default=Verdict.CLEAR)


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_each_channel_gets_what_its_strictest_face_leaves_it(
    facts: Facts, at: datetime, place: Place
) -> None:
    assert dict(decide(facts, at, place).per_channel) == {
        channel: expected_verdict(facts, channel, place, at) for channel in Channel
    }


def waits_for_a_release_alone(
    facts: Facts, channel: Channel, place: Place, at: datetime
) -> bool:
    """Every face is cleared for the channel, or a person marked it to be covered."""
    return expected_verdict(facts, channel, place, at) is not Verdict.RESTRICTED and all(
        one.mark is FaceMark.MASK
        or what_the_face_leaves(facts, one, channel, place, at) is Verdict.CLEAR
        for one in facts.asset.faces
    )


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_the_outcome_follows_from_what_leaves_and_what_is_left_to_do(
    facts: Facts, at: datetime, place: Place
) -> None:
    decision = decide(facts, at, place)
    if decision.leaves:
        assert decision.outcome is Outcome.RELEASED
    elif any(waits_for_a_release_alone(facts, c, place, at) for c in Channel):
        assert decision.outcome is Outcome.READY
    else:
        assert decision.outcome is Outcome.EMBARGOED


# ------------------------------------------------------------------- unknown means no


def test_a_confirmed_person_with_consent_clears_the_picture() -> None:
    decision = decide(ANNS_PICTURE, NOW)
    assert set(decision.per_channel.values()) == {Verdict.CLEAR}
    assert decision.outcome is Outcome.READY


@pytest.mark.parametrize(
    "gap",
    [
        {"asset": picture(face(), examined=False)},
        {"asset": picture(face(), faces_complete=False)},
        {"asset": picture(face(), face("f1"))},
        {"appearances": ()},
        {"appearances": (appearance(status=SUGGESTED),)},
        {"appearances": (appearance(status=REJECTED),)},
        {"appearances": (appearance(), appearance(person_id=BOB))},
        {"grants": ()},
        {"grants": (grant(BOB),)},
        {"grants": (grant(channels=()),)},
        {"grants": (grant(places=()),)},
        {"grants": (grant(places=(Place.NETHERLANDS, Place.EUROPEAN_UNION)),)},
    ],
    ids=[
        "unexamined",
        "too many faces to report",
        "a face without a name",
        "nobody named",
        "only suggested",
        "only rejected",
        "two names for one face",
        "no grants",
        "somebody else's grant",
        "no channels",
        "no places",
        "too small a place",
    ],
)
def test_what_is_missing_clears_nothing(gap: dict[str, Any]) -> None:
    decision = decide(replace(ANNS_PICTURE, **gap), NOW)
    assert Verdict.CLEAR not in decision.per_channel.values()
    assert decision.outcome is Outcome.EMBARGOED


@given(facts=pictures_with_facts(min_faces=1), at=instants, place=places)
def test_a_channel_in_no_grant_clears_no_named_face(
    facts: Facts, at: datetime, place: Place
) -> None:
    named = appearance("f0", ANN)
    older = tuple(replace(g, channels=g.channels - {Channel.PAID}) for g in facts.grants)
    facts = replace(facts, appearances=(*facts.appearances, named), grants=older)
    assert decide(facts, at, place).per_channel[Channel.PAID] is not Verdict.CLEAR


def test_a_channel_nobody_has_heard_of_is_masked_at_most() -> None:
    hologram = cast("Channel", "hologram")
    decision = decide(ANNS_PICTURE, NOW, channels=(Channel.WEBSITE, hologram))
    assert decision.per_channel[Channel.WEBSITE] is Verdict.CLEAR
    assert decision.per_channel[hologram] is Verdict.MASKED


def test_the_widest_place_is_asked_for_when_none_is_named() -> None:
    dutch_only = replace(ANNS_PICTURE, grants=(grant(places=(Place.NETHERLANDS,)),))
    assert Verdict.CLEAR not in decide(dutch_only, NOW).per_channel.values()
    here = decide(dutch_only, NOW, Place.NETHERLANDS)
    assert set(here.per_channel.values()) == {Verdict.CLEAR}


@given(facts=pictures_with_facts(), at=instants)
def test_a_wider_place_allows_no_more(facts: Facts, at: datetime) -> None:
    dutch, european, world = (
        decide(facts, at, place)
        for place in (Place.NETHERLANDS, Place.EUROPEAN_UNION, Place.WORLD)
    )
    assert allows_no_more(world, european)
    assert allows_no_more(european, dutch)


@given(facts=pictures_with_facts(), at=instants, place=places, data=st.data())
def test_losing_a_grant_allows_no_more(
    facts: Facts, at: datetime, place: Place, data: st.DataObject
) -> None:
    # A consent that was taken back closes every other way; no fact is ever lost.
    facts = replace(facts, bases=())
    kept = tuple(g for g in facts.grants if data.draw(st.booleans(), label=g.grant_id))
    less = decide(replace(facts, grants=kept), at, place)
    assert allows_no_more(less, decide(facts, at, place))


@given(facts=pictures_with_facts(min_faces=1), at=instants, place=places)
def test_r10_taking_the_names_off_an_unmarked_face_allows_no_more(
    facts: Facts, at: datetime, place: Place
) -> None:
    unmarked = {f.face_id for f in facts.asset.faces if f.mark is FaceMark.UNMARKED}
    kept = tuple(a for a in facts.appearances if a.face_id not in unmarked)
    less = decide(replace(facts, appearances=kept), at, place)
    assert allows_no_more(less, decide(facts, at, place))


def test_r10_a_wrong_second_name_blocks_until_it_is_taken_off() -> None:
    disputed = replace(
        ANNS_PICTURE, appearances=(appearance(), appearance(person_id=BOB))
    )
    assert set(decide(disputed, NOW).per_channel.values()) == {Verdict.RESTRICTED}
    corrected = replace(
        disputed,
        appearances=(appearance(), appearance(person_id=BOB, status=REJECTED)),
    )
    assert set(decide(corrected, NOW).per_channel.values()) == {Verdict.CLEAR}


def test_one_person_confirmed_twice_for_a_face_is_one_name() -> None:
    twice = replace(ANNS_PICTURE, appearances=(appearance(), appearance()))
    assert set(decide(twice, NOW).per_channel.values()) == {Verdict.CLEAR}


def test_a_face_nobody_can_recognise_needs_nobodys_leave() -> None:
    unrecognisable = Facts(picture(face(mark=FaceMark.NOT_RECOGNISABLE)))
    assert set(decide(unrecognisable, NOW).per_channel.values()) == {Verdict.CLEAR}


def test_naming_a_face_that_was_marked_unrecognisable_asks_for_their_leave() -> None:
    named = Facts(
        picture(face(mark=FaceMark.NOT_RECOGNISABLE)), appearances=(appearance(),)
    )
    assert set(decide(named, NOW).per_channel.values()) == {Verdict.MASKED}


def test_each_face_speaks_for_itself() -> None:
    two_people = Facts(
        asset=picture(face("f0"), face("f1")),
        appearances=(appearance("f0", ANN), appearance("f1", BOB)),
        grants=(
            grant(ANN, grant_id="g0"),
            grant(BOB, grant_id="g1", channels=(Channel.PRINT,)),
        ),
    )
    per_channel = decide(two_people, NOW).per_channel
    assert per_channel[Channel.PRINT] is Verdict.CLEAR
    assert per_channel[Channel.SOCIAL] is Verdict.MASKED


# ---------------------------------------------------------- software proposes, at most


@given(
    facts=pictures_with_facts(),
    at=instants,
    place=places,
    who=st.sampled_from(PEOPLE),
    status=st.sampled_from((SUGGESTED, REJECTED)),
)
def test_r14_a_suggestion_changes_no_verdict(
    facts: Facts, at: datetime, place: Place, who: str, status: AppearanceStatus
) -> None:
    more = tuple(appearance(f.face_id, who, status) for f in facts.asset.faces)
    without = decide(facts, at, place)
    suggested = replace(facts, appearances=(*facts.appearances, *more))
    with_them = decide(suggested, at, place)
    assert with_them.per_channel == without.per_channel
    assert with_them.leaves == without.leaves
    assert with_them.outcome is without.outcome
    assert with_them.valid_until == without.valid_until


@given(facts=pictures_with_facts(min_faces=1), at=instants, place=places)
def test_r14_suggestions_alone_clear_no_face_that_is_unmarked(
    facts: Facts, at: datetime, place: Place
) -> None:
    only_suggested = replace(
        facts,
        asset=replace(
            facts.asset, faces=tuple(face(f.face_id) for f in facts.asset.faces)
        ),
        appearances=tuple(replace(a, status=SUGGESTED) for a in facts.appearances),
    )
    decision = decide(only_suggested, at, place)
    assert set(decision.per_channel.values()) == {Verdict.RESTRICTED}


# ------------------------------------------------------------ biometric consent is apart


@given(facts=pictures_with_facts(min_faces=1), at=instants, place=places)
def test_r02_biometric_consent_never_clears_a_use(
    facts: Facts, at: datetime, place: Place
) -> None:
    biometric_only = tuple(
        replace(g, kind=GrantKind.BIOMETRIC_CONSENT) for g in facts.grants
    )
    facts = replace(
        facts,
        asset=replace(
            facts.asset, faces=tuple(face(f.face_id) for f in facts.asset.faces)
        ),
        grants=biometric_only,
        bases=(),
    )
    assert Verdict.CLEAR not in decide(facts, at, place).per_channel.values()


@given(
    facts=pictures_with_facts(), at=instants, place=places, who=st.sampled_from(PEOPLE)
)
def test_r02_giving_or_refusing_biometric_consent_changes_no_verdict(
    facts: Facts, at: datetime, place: Place, who: str
) -> None:
    refused = decide(facts, at, place)
    consent = replace(
        biometric(who, grant_id="b"),
        channels=EVERY_CHANNEL,
        places=frozenset({Place.WORLD}),
    )
    given_it = decide(replace(facts, grants=(*facts.grants, consent)), at, place)
    taken_back = decide(
        replace(
            facts,
            grants=(*facts.grants, consent),
            withdrawals=(*facts.withdrawals, withdrawal(consent, START)),
        ),
        at,
        place,
    )
    for decision in (given_it, taken_back):
        assert decision.per_channel == refused.per_channel
        assert decision.leaves == refused.leaves
        assert decision.outcome is refused.outcome


# ----------------------------------------------------------- taking back and freezing


@given(facts=pictures_with_facts(), at=instants, place=places, data=st.data())
def test_a_withdrawal_only_takes_away(
    facts: Facts, at: datetime, place: Place, data: st.DataObject
) -> None:
    more = data.draw(withdrawal_lists(facts.grants))
    less = decide(replace(facts, withdrawals=(*facts.withdrawals, *more)), at, place)
    assert allows_no_more(less, decide(facts, at, place))


@given(facts=pictures_with_facts(), at=instants, place=places, more=restrictions)
def test_a_restriction_only_takes_away(
    facts: Facts, at: datetime, place: Place, more: Any
) -> None:
    less = decide(replace(facts, restrictions=(*facts.restrictions, more)), at, place)
    assert allows_no_more(less, decide(facts, at, place))


def test_a_withdrawal_counts_from_its_instant_and_not_before() -> None:
    taken_back = replace(ANNS_PICTURE, withdrawals=(withdrawal(grant(), NOW),))
    before = decide(taken_back, NOW - TICK)
    assert set(before.per_channel.values()) == {Verdict.CLEAR}
    assert before.valid_until == NOW
    assert Verdict.CLEAR not in decide(taken_back, NOW).per_channel.values()
    assert Verdict.CLEAR not in decide(taken_back, FAR_FUTURE).per_channel.values()


def test_r05_a_withdrawal_is_final_for_its_own_grant() -> None:
    taken_back = replace(ANNS_PICTURE, withdrawals=(withdrawal(grant(), NOW),))
    assert all(
        Verdict.CLEAR not in decide(taken_back, at).per_channel.values()
        for at in INSTANTS
        if at >= NOW
    )


@pytest.mark.parametrize("kind", RestrictionKind)
@pytest.mark.parametrize("subject", [PICTURE, ANN])
def test_r10_r13_a_freeze_goes_before_every_grant_and_release_while_it_lasts(
    kind: RestrictionKind, subject: str
) -> None:
    one = face()
    facts = replace(
        ANNS_PICTURE,
        asset=picture(
            one, release=release_of(one, channels={Channel.PRINT: Verdict.CLEAR})
        ),
        restrictions=(freeze(subject, kind, NOW, END - TICK),),
    )
    assert decide(facts, NOW - TICK).outcome is Outcome.RELEASED
    for at in (NOW, END - 2 * TICK):
        frozen = decide(facts, at)
        assert set(frozen.per_channel.values()) == {Verdict.RESTRICTED}
        assert not frozen.leaves
    assert decide(facts, END - TICK).leaves == {Channel.PRINT: Verdict.CLEAR}


def test_r10_a_freeze_of_someone_else_freezes_nothing_here() -> None:
    facts = replace(ANNS_PICTURE, restrictions=(freeze(BOB), freeze("other picture")))
    assert set(decide(facts, NOW).per_channel.values()) == {Verdict.CLEAR}
