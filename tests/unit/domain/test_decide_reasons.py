"""The reasons that `decide` gives for what it restricts."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given

from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.consent import RestrictionKind
from beeldrecht.domain.decisions import (
    Facts,
    Finding,
    FindingId,
    Outcome,
    decide,
)
from beeldrecht.domain.declarations import Declaration, Sight
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.time import Period
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    END,
    GRID,
    INSTANTS,
    NOW,
    PICTURE,
    START,
    appearance,
    basis,
    biometric,
    face,
    freeze,
    grant,
    instants,
    picture,
    pictures_with_facts,
    places,
    release_of,
    withdrawal,
)

CONFIRMED = AppearanceStatus.CONFIRMED
SUGGESTED = AppearanceStatus.SUGGESTED
REJECTED = AppearanceStatus.REJECTED

# --------------------------------------------------------------------- the reasons given

PRINT_ONLY = (Channel.PRINT,)
EARLIER = grant(start=GRID[0], end=GRID[2], channels=PRINT_ONLY, grant_id="earlier")
MIDDLE = grant(start=GRID[1], end=NOW, channels=PRINT_ONLY, grant_id="middle")
NEXT = grant(start=GRID[4], end=END, channels=PRINT_ONLY, grant_id="next")
AFTER = grant(start=GRID[5], end=END, channels=PRINT_ONLY, grant_id="after")

REASONS: dict[str, tuple[dict[str, Any], Finding]] = {
    "not examined": (
        {"asset": picture(face(), examined=False, faces_complete=False)},
        Finding(FindingId.NOT_EXAMINED),
    ),
    "faces incomplete": (
        {"asset": picture(face(), faces_complete=False)},
        Finding(FindingId.FACES_INCOMPLETE),
    ),
    "faces incomplete, none kept": (
        {"asset": picture(faces_complete=False)},
        Finding(FindingId.FACES_INCOMPLETE),
    ),
    "boxes kept no longer": (
        {"asset": replace(picture(), faces_forgotten=True)},
        Finding(FindingId.FACES_FORGOTTEN),
    ),
    "its own term over": (
        {"asset": replace(picture(face()), ends_at=NOW)},
        Finding(FindingId.TERM_OVER, until=NOW),
    ),
    "another file in its place": (
        {"asset": replace(picture(face()), replaced=True)},
        Finding(FindingId.VERSION_REPLACED),
    ),
    "no face found": ({"asset": picture()}, Finding(FindingId.NO_FACE_FOUND)),
    "an interest against it": (
        {"bases": (basis(Channel.PRINT, LegalBasisKind.PORTRAIT_REFUSED),)},
        Finding(FindingId.INTEREST_AGAINST, channel=Channel.PRINT, until=END),
    ),
    "asset restricted": (
        {"restrictions": (freeze(PICTURE, RestrictionKind.RESTRICTED, START, END),)},
        Finding(FindingId.ASSET_RESTRICTED, until=END),
    ),
    "asset objected": (
        {"restrictions": (freeze(PICTURE, RestrictionKind.OBJECTED),)},
        Finding(FindingId.ASSET_OBJECTED),
    ),
    "person restricted": (
        {"restrictions": (freeze(ANN, RestrictionKind.RESTRICTED, START, END),)},
        Finding(FindingId.PERSON_RESTRICTED, "f0", ANN, until=END),
    ),
    "person objected": (
        {"restrictions": (freeze(ANN, RestrictionKind.OBJECTED),)},
        Finding(FindingId.PERSON_OBJECTED, "f0", ANN),
    ),
    "face unresolved": (
        {"appearances": ()},
        Finding(FindingId.FACE_UNRESOLVED, "f0"),
    ),
    "a suggestion waits": (
        {"appearances": (appearance(person_id=BOB, status=SUGGESTED),)},
        Finding(FindingId.SUGGESTION_WAITING, "f0", BOB),
    ),
    "two names": (
        {"appearances": (appearance(), appearance(person_id=BOB))},
        Finding(FindingId.FACE_AMBIGUOUS, "f0"),
    ),
    "nobody can tell": (
        {"asset": picture(face(mark=FaceMark.NOT_RECOGNISABLE)), "appearances": ()},
        Finding(FindingId.FACE_NOT_RECOGNISABLE, "f0"),
    ),
    "to be covered": (
        {"asset": picture(face(mark=FaceMark.MASK)), "appearances": ()},
        Finding(FindingId.FACE_TO_MASK, "f0"),
    ),
    "no grant": (
        {"grants": (biometric(ANN), grant(BOB))},
        Finding(FindingId.NO_GRANT, "f0", ANN, Channel.PRINT),
    ),
    "granted elsewhere": (
        {"grants": (grant(channels=(Channel.PRESS,)),)},
        Finding(FindingId.NOT_GRANTED_HERE, "f0", ANN, Channel.PRINT),
    ),
    "not yet: the first to come is named": (
        {"grants": (AFTER, NEXT)},
        Finding(FindingId.GRANT_NOT_YET, "f0", ANN, Channel.PRINT, NEXT.period.start),
    ),
    "ended: the last to end is named": (
        {"grants": (EARLIER, MIDDLE, NEXT)},
        Finding(FindingId.GRANT_ENDED, "f0", ANN, Channel.PRINT, NOW),
    ),
    "withdrawn: the last withdrawal is named": (
        {
            "grants": (EARLIER, grant(), grant(grant_id="g1")),
            "withdrawals": (
                withdrawal(grant(), GRID[1], "w0"),
                withdrawal(grant(grant_id="g1"), GRID[2], "w1"),
            ),
        },
        Finding(FindingId.GRANT_WITHDRAWN, "f0", ANN, Channel.PRINT, GRID[2]),
    ),
    "withdrawn: a withdrawal still to come is not named": (
        {
            "withdrawals": (
                withdrawal(grant(), GRID[1], "w0"),
                withdrawal(grant(), GRID[4], "w1"),
            ),
        },
        Finding(FindingId.GRANT_WITHDRAWN, "f0", ANN, Channel.PRINT, GRID[1]),
    ),
    "ended, after it had been withdrawn": (
        {"grants": (MIDDLE,), "withdrawals": (withdrawal(MIDDLE, GRID[2]),)},
        Finding(FindingId.GRANT_ENDED, "f0", ANN, Channel.PRINT, NOW),
    ),
    "in force: the last end is named": (
        {"grants": (grant(end=GRID[5], grant_id="g1"), grant(), EARLIER)},
        Finding(FindingId.GRANT_IN_FORCE, "f0", ANN, Channel.PRINT, END),
    ),
    "in force without an end": (
        {"grants": (grant(end=GRID[5], grant_id="g1"), grant(end=None))},
        Finding(FindingId.GRANT_IN_FORCE, "f0", ANN, Channel.PRINT),
    ),
    "resting on a basis": (
        {"grants": (), "bases": (basis(Channel.PRINT),)},
        Finding(FindingId.BASIS_IN_FORCE, "f0", ANN, Channel.PRINT, END),
    ),
    "consent goes before a basis": (
        {"bases": (basis(Channel.PRINT, end=None),)},
        Finding(FindingId.GRANT_IN_FORCE, "f0", ANN, Channel.PRINT, END),
    ),
    "nobody declared who is in the rest": (
        {"asset": replace(picture(face()), sight=Sight.PART)},
        Finding(FindingId.FILE_UNDECLARED),
    ),
    "declared to be of nobody": (
        {
            "asset": replace(
                picture(), sight=Sight.NOTHING, declaration=Declaration("editor", 0)
            )
        },
        Finding(FindingId.DECLARED_NOBODY),
    ),
    "the rest stays": (
        {
            "asset": replace(
                picture(face()),
                sight=Sight.PART,
                declaration=Declaration("editor", 0, rest_stays=True),
            )
        },
        Finding(FindingId.REST_STAYS),
    ),
    "not released": ({}, Finding(FindingId.NOT_RELEASED)),
    "release outdated": (
        {"asset": picture(face(), release=release_of(channels={}))},
        Finding(FindingId.RELEASE_OUTDATED),
    ),
}


@pytest.mark.parametrize("case", REASONS)
def test_a_decision_says_why(case: str) -> None:
    change, reason = REASONS[case]
    findings = decide(replace(ANNS_PICTURE, **change), NOW, channels=PRINT_ONLY).findings
    assert reason in findings
    about_the_same = [
        f
        for f in findings
        if f.id is not FindingId.NOT_RELEASED
        and f.id is not FindingId.FACE_UNRESOLVED
        and (f.face_id, f.person_id, f.channel)
        == (reason.face_id, reason.person_id, reason.channel)
    ]
    if reason.id not in {FindingId.NOT_RELEASED, FindingId.FACE_UNRESOLVED}:
        assert about_the_same == [reason], "one reason for one thing"


def test_every_reason_can_be_given() -> None:
    assert {reason.id for _, reason in REASONS.values()} == set(FindingId)


def test_the_face_of_a_waiting_suggestion_is_still_unresolved() -> None:
    waiting = replace(
        ANNS_PICTURE,
        appearances=(
            appearance(person_id=BOB, status=SUGGESTED),
            appearance(person_id=ANN, status=SUGGESTED),
            appearance(person_id="cas", status=REJECTED),
        ),
    )
    about_the_face = [f for f in decide(waiting, NOW).findings if f.face_id]
    assert about_the_face == [
        Finding(FindingId.FACE_UNRESOLVED, "f0"),
        Finding(FindingId.SUGGESTION_WAITING, "f0", ANN),
        Finding(FindingId.SUGGESTION_WAITING, "f0", BOB),
    ]


VERDICTS = {
    FindingId.NOT_EXAMINED: Verdict.RESTRICTED,
    FindingId.FACES_INCOMPLETE: Verdict.RESTRICTED,
    FindingId.FACES_FORGOTTEN: Verdict.RESTRICTED,
    FindingId.TERM_OVER: Verdict.RESTRICTED,
    FindingId.VERSION_REPLACED: Verdict.RESTRICTED,
    FindingId.INTEREST_AGAINST: Verdict.RESTRICTED,
    FindingId.NO_FACE_FOUND: Verdict.CLEAR,
    FindingId.ASSET_RESTRICTED: Verdict.RESTRICTED,
    FindingId.ASSET_OBJECTED: Verdict.RESTRICTED,
    FindingId.PERSON_RESTRICTED: Verdict.RESTRICTED,
    FindingId.PERSON_OBJECTED: Verdict.RESTRICTED,
    FindingId.FACE_UNRESOLVED: Verdict.RESTRICTED,
    FindingId.SUGGESTION_WAITING: Verdict.CLEAR,
    FindingId.FACE_AMBIGUOUS: Verdict.RESTRICTED,
    FindingId.FACE_NOT_RECOGNISABLE: Verdict.CLEAR,
    FindingId.FACE_TO_MASK: Verdict.MASKED,
    FindingId.NO_GRANT: Verdict.MASKED,
    FindingId.NOT_GRANTED_HERE: Verdict.MASKED,
    FindingId.GRANT_NOT_YET: Verdict.MASKED,
    FindingId.GRANT_ENDED: Verdict.MASKED,
    FindingId.GRANT_WITHDRAWN: Verdict.MASKED,
    FindingId.GRANT_IN_FORCE: Verdict.CLEAR,
    FindingId.BASIS_IN_FORCE: Verdict.CLEAR,
    FindingId.FILE_UNDECLARED: Verdict.RESTRICTED,
    FindingId.DECLARED_NOBODY: Verdict.CLEAR,
    FindingId.REST_STAYS: Verdict.CLEAR,
    FindingId.NOT_RELEASED: Verdict.CLEAR,
    FindingId.RELEASE_OUTDATED: Verdict.CLEAR,
}


@pytest.mark.parametrize("finding_id", FindingId)
def test_each_reason_alone_leaves_what_the_table_says(finding_id: FindingId) -> None:
    assert Finding(finding_id, "f0").verdict is VERDICTS[finding_id]


@pytest.mark.parametrize("finding_id", FindingId)
def test_nobody_is_covered_who_is_in_no_face(finding_id: FindingId) -> None:
    verdict = VERDICTS[finding_id]
    in_no_face = Verdict.RESTRICTED if verdict is Verdict.MASKED else verdict
    assert Finding(finding_id).verdict is in_no_face


def test_a_reason_nobody_has_weighed_restricts() -> None:
    assert Finding(cast("FindingId", "brand_new")).verdict is Verdict.RESTRICTED


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_every_restriction_comes_with_its_reason(
    facts: Facts, at: datetime, place: Place
) -> None:
    decision = decide(facts, at, place)
    for channel, verdict in decision.per_channel.items():
        if verdict is not Verdict.CLEAR:
            assert verdict in {
                f.verdict for f in decision.findings if f.channel in {None, channel}
            }


def test_a_period_that_is_empty_grants_nothing() -> None:
    facts = replace(ANNS_PICTURE, grants=(grant(start=NOW, end=NOW),))
    assert Period(NOW, NOW).boundaries() == (NOW, NOW)
    assert all(
        Verdict.CLEAR not in decide(facts, at).per_channel.values() for at in INSTANTS
    )


def test_a_picture_goes_dark_at_the_end_of_its_term_and_not_before() -> None:
    ends_at = NOW + timedelta(days=3)
    ending = replace(ANNS_PICTURE, asset=replace(ANNS_PICTURE.asset, ends_at=ends_at))
    before = decide(ending, ends_at - timedelta(microseconds=1))
    assert before.same_answer(decide(ANNS_PICTURE, before.at))
    assert before.valid_until == ends_at
    assert set(decide(ending, ends_at).per_channel.values()) == {Verdict.RESTRICTED}


def test_a_picture_with_a_box_that_is_gone_is_dark_however_clear_others_are() -> None:
    forgotten = replace(
        ANNS_PICTURE, asset=replace(ANNS_PICTURE.asset, faces_forgotten=True)
    )
    decision = decide(forgotten, NOW)
    assert decision.outcome is Outcome.EMBARGOED
    assert set(decision.per_channel.values()) == {Verdict.RESTRICTED}
