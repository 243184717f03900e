"""Legal bases besides consent: who can record which, and what then rests on them (R3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import RestrictionKind, lifted
from beeldrecht.domain.decisions import FindingId, decide
from beeldrecht.domain.governance import (
    GovernanceRecord,
    RegisterKind,
    Revocation,
    digest,
)
from beeldrecht.domain.ids import check_id, derived_id
from beeldrecht.domain.legal_bases import (
    OF_THE_DEAD,
    BasisRefusal,
    BasisRefusedError,
    LegalBasis,
    LegalBasisKind,
    as_weighed,
    ended,
    in_force,
    record,
)
from beeldrecht.domain.time import Period, day_of, midnight
from tests.fakes.governance import signature_of, version_of

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

LAST_DAY = day_of(NOW) + timedelta(days=9)


def weighed(
    kind: RegisterKind = RegisterKind.INTEREST_ASSESSMENT, last_day: date = LAST_DAY
) -> GovernanceRecord:
    """A record of the register that was signed the day before."""
    version = version_of(kind, derived_id("test", "weighed"), "officer", START)
    signature = signature_of(version, "officer", NOW - timedelta(days=1), last_day)
    return GovernanceRecord(version.record_id, kind, (version,), (signature,))


WEIGHED = weighed()
UNSIGNED = replace(WEIGHED, signatures=())
REVOKED = replace(WEIGHED, revocation=Revocation("officer", NOW, "It changed."))
OVER = weighed(last_day=day_of(NOW) - timedelta(days=1))
A_DPIA = weighed(RegisterKind.DPIA)
INTEREST = {"kind": LegalBasisKind.LEGITIMATE_INTEREST}
A_YEAR = Period(START, END)
WEBSITE = (Channel.WEBSITE,)
RESTING = replace(ANNS_PICTURE, grants=(), bases=(basis(),))


def recorded(
    kind: LegalBasisKind = LegalBasisKind.PUBLIC_TASK,
    reference: str = " A law,  article 1 ",
    period: Period = A_YEAR,
    assessment: GovernanceRecord | None = None,
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
        assessment=assessment,
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
    reason = refused(lambda: recorded(interest, assessment=WEIGHED))
    assert reason is BasisRefusal.PUBLIC_BODY
    kept = recorded(interest, assessment=WEIGHED, public_body=False)
    assert kept.assessment_id == WEIGHED.record_id
    assert kept.assessment_sha256 == digest(WEIGHED.latest)
    for kind in set(LegalBasisKind) - {interest} - OF_THE_DEAD:
        assert recorded(kind).kind is kind


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": LegalBasisKind.LEGITIMATE_INTEREST}, BasisRefusal.ASSESSMENT_MISSING),
        ({**INTEREST, "assessment": UNSIGNED}, BasisRefusal.ASSESSMENT_NOT_VALID),
        ({**INTEREST, "assessment": REVOKED}, BasisRefusal.ASSESSMENT_NOT_VALID),
        ({**INTEREST, "assessment": OVER}, BasisRefusal.ASSESSMENT_NOT_VALID),
        ({**INTEREST, "assessment": A_DPIA}, BasisRefusal.ASSESSMENT_NOT_VALID),
        ({"reference": " "}, BasisRefusal.REFERENCE_NOT_VALID),
        ({"reference": "a" * 201}, BasisRefusal.REFERENCE_NOT_VALID),
        ({"reference": "a\u202eb"}, BasisRefusal.REFERENCE_NOT_VALID),
        ({"period": Period(START, NOW)}, BasisRefusal.PERIOD_OVER),
    ],
)
def test_a_basis_says_what_it_rests_on(change: dict[str, object], reason: object) -> None:
    act = lambda: recorded(public_body=False, **change)  # type: ignore[arg-type]  # noqa: E731
    assert refused(act) is reason


def test_r03_an_interest_carries_a_use_as_long_as_its_assessment_does() -> None:
    kept = recorded(
        LegalBasisKind.LEGITIMATE_INTEREST,
        assessment=WEIGHED,
        public_body=False,
        period=Period(START),
    )

    def carries(assessment: GovernanceRecord | None, at: datetime) -> bool:
        return in_force(as_weighed(kept, assessment), PICTURE, Channel.WEBSITE, at)

    end = midnight(LAST_DAY + timedelta(days=1))
    assert carries(WEIGHED, NOW)
    assert carries(WEIGHED, end - TICK)
    assert not carries(WEIGHED, end)
    assert carries(REVOKED, NOW - TICK)
    assert not carries(REVOKED, NOW)
    for nothing in (None, UNSIGNED, A_DPIA):
        assert not carries(nothing, NOW)
    # Signed anew for longer, it goes on; a shorter signature cuts it short.
    second = replace(WEIGHED.latest, version=2)
    for days in (1, 99):
        last_day = day_of(NOW) + timedelta(days=days)
        anew = replace(
            WEIGHED,
            versions=(*WEIGHED.versions, second),
            signatures=(
                *WEIGHED.signatures,
                signature_of(second, "officer", NOW, last_day),
            ),
        )
        assert carries(anew, midnight(last_day + timedelta(days=1)) - TICK)
        assert not carries(anew, midnight(last_day + timedelta(days=1)))


@pytest.mark.parametrize(
    "kind",
    sorted(set(LegalBasisKind) - {LegalBasisKind.LEGITIMATE_INTEREST} - OF_THE_DEAD),
)
def test_what_rests_on_no_interest_needs_no_assessment(kind: LegalBasisKind) -> None:
    kept = recorded(kind)
    assert as_weighed(kept, None) == kept


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
