"""Legal bases besides consent: who can record which, and what then rests on them (R3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import RestrictionKind, lifted
from beeldrecht.domain.decisions import FindingId, decide
from beeldrecht.domain.ids import check_id
from beeldrecht.domain.legal_bases import (
    BasisRefusal,
    BasisRefusedError,
    LegalBasis,
    LegalBasisKind,
    ended,
    record,
)
from beeldrecht.domain.time import Period

from .facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    END,
    GRID,
    NOW,
    PICTURE,
    START,
    TICK,
    appearance,
    basis,
    face,
    freeze,
    grant,
    picture,
    withdrawal,
)

DIGEST = "a" * 64
A_YEAR = Period(START, END)
WEBSITE = (Channel.WEBSITE,)
RESTING = replace(ANNS_PICTURE, grants=(), bases=(basis(),))


def recorded(
    kind: LegalBasisKind = LegalBasisKind.PUBLIC_TASK,
    reference: str = " A law,  article 1 ",
    period: Period = A_YEAR,
    assessment_sha256: str | None = None,
    public_body: bool = True,
) -> LegalBasis:
    return record(
        kind,
        asset_id=PICTURE,
        channel=Channel.WEBSITE,
        reference=reference,
        period=period,
        recorded_by="editor",
        recorded_at=NOW,
        public_body=public_body,
        assessment_sha256=assessment_sha256,
    )


def refused(act: Callable[[], object]) -> BasisRefusal:
    with pytest.raises(BasisRefusedError) as caught:
        act()
    return caught.value.reason


def test_a_basis_is_recorded_under_an_id_that_a_retry_finds_again() -> None:
    assert check_id(recorded().basis_id) == recorded().basis_id
    assert recorded().reference == "A law, article 1"
    assert recorded(reference="Another").basis_id != recorded().basis_id


def test_r03_a_public_body_has_no_legitimate_interest() -> None:
    interest = LegalBasisKind.LEGITIMATE_INTEREST
    reason = refused(lambda: recorded(interest, assessment_sha256=DIGEST))
    assert reason is BasisRefusal.PUBLIC_BODY
    kept = recorded(interest, assessment_sha256=DIGEST, public_body=False)
    assert kept.assessment_sha256 == DIGEST
    for kind in set(LegalBasisKind) - {interest}:
        assert recorded(kind).kind is kind


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": LegalBasisKind.LEGITIMATE_INTEREST}, BasisRefusal.ASSESSMENT_MISSING),
        ({"assessment_sha256": "A" * 64}, BasisRefusal.ASSESSMENT_NOT_VALID),
        ({"reference": " "}, BasisRefusal.REFERENCE_NOT_VALID),
        ({"reference": "a" * 201}, BasisRefusal.REFERENCE_NOT_VALID),
        ({"reference": "a\u202eb"}, BasisRefusal.REFERENCE_NOT_VALID),
        ({"period": Period(START, NOW)}, BasisRefusal.PERIOD_OVER),
    ],
)
def test_a_basis_says_what_it_rests_on(change: dict[str, object], reason: object) -> None:
    act = lambda: recorded(public_body=False, **change)  # type: ignore[arg-type]  # noqa: E731
    assert refused(act) is reason


def verdict(facts: object, at: object = NOW) -> Verdict:
    return decide(facts, at, channels=WEBSITE).per_channel[Channel.WEBSITE]  # type: ignore[arg-type]


def test_without_consent_a_use_rests_on_a_basis_in_its_channel_and_time() -> None:
    assert verdict(RESTING) is Verdict.CLEAR
    assert verdict(RESTING, START - TICK) is Verdict.MASKED
    assert verdict(RESTING, END) is Verdict.MASKED
    elsewhere = decide(RESTING, NOW, channels=(Channel.SOCIAL,))
    assert elsewhere.per_channel[Channel.SOCIAL] is Verdict.MASKED
    assert verdict(replace(RESTING, bases=(basis(asset_id="other"),))) is Verdict.MASKED
    assert verdict(replace(RESTING, bases=(ended(basis(), NOW),))) is Verdict.MASKED


def test_it_holds_until_the_basis_ends() -> None:
    assert decide(RESTING, NOW, channels=WEBSITE).valid_until == END


def test_who_took_a_consent_back_is_not_used_on_another_basis() -> None:
    taken_back = replace(
        RESTING, grants=(grant(),), withdrawals=(withdrawal(grant(), NOW),)
    )
    assert verdict(taken_back, NOW - TICK) is Verdict.CLEAR
    assert verdict(taken_back) is Verdict.MASKED
    finding = decide(taken_back, NOW, channels=WEBSITE).findings[0]
    assert finding.id is FindingId.GRANT_WITHDRAWN


def test_not_even_when_they_consented_anew_and_that_ended() -> None:
    again = grant(start=GRID[1], end=GRID[2], grant_id="again")
    facts = replace(
        RESTING,
        grants=(grant(end=NOW), again),
        withdrawals=(withdrawal(grant(), START),),
    )
    assert verdict(facts, GRID[1]) is Verdict.CLEAR
    assert verdict(facts) is Verdict.MASKED


def test_taking_back_one_channel_leaves_the_others_as_they_were() -> None:
    social = grant(channels=(Channel.SOCIAL,))
    facts = replace(RESTING, grants=(social,), withdrawals=(withdrawal(social, START),))
    assert verdict(facts) is Verdict.CLEAR


@pytest.mark.parametrize("kind", RestrictionKind)
@pytest.mark.parametrize("subject", [ANN, PICTURE])
def test_r13_an_objection_freezes_it_until_it_is_decided(
    kind: RestrictionKind, subject: str
) -> None:
    frozen = replace(RESTING, restrictions=(freeze(subject, kind),))
    assert verdict(frozen) is Verdict.RESTRICTED
    lift = lifted(freeze(subject, kind), NOW)
    assert verdict(replace(RESTING, restrictions=(lift,))) is Verdict.CLEAR
    assert verdict(replace(RESTING, restrictions=(lift,)), NOW - TICK) is (
        Verdict.RESTRICTED
    )


def test_a_face_that_nobody_named_rests_on_nothing() -> None:
    two = replace(
        RESTING,
        asset=picture(face(), face("f1")),
        appearances=(appearance(), appearance("f1", BOB)),
    )
    assert verdict(two) is Verdict.CLEAR
    assert verdict(replace(two, appearances=(appearance(),))) is Verdict.RESTRICTED


def test_a_lift_or_an_end_by_a_slower_clock_leaves_an_empty_period() -> None:
    early = START - timedelta(minutes=5)
    assert lifted(freeze(ANN), early).period == Period(START, START)
    assert ended(basis(), early).period == Period(START, START)
    assert ended(basis(), END + TICK) == basis()
