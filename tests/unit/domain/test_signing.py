"""Signing: what goes on record, what is refused, and that the proof can be read again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind, Withdrawal
from beeldrecht.domain.drawings import LONGEST_DRAWING, InvalidDrawingError, strokes
from beeldrecht.domain.granting import grant_id
from beeldrecht.domain.ids import check_id
from beeldrecht.domain.signing import (
    Choices,
    Guardian,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    Signer,
    SigningRefusal,
    SigningRefusedError,
    evidence_bytes,
    evidence_from,
    renewed,
    sign,
)
from beeldrecht.domain.time import midnight
from beeldrecht.domain.wordings import Wording, digest

from .signing_samples import (
    ADULT,
    AGAIN,
    ALL,
    ANN,
    AT,
    CHILD,
    DOCUMENT,
    NOTHING,
    SEEN,
    TEXT,
    TYPED,
    WEBSITE,
    WORDING,
    occasion,
)

PAPER = Signature(SignatureKind.PAPER, "a" * 32)
LATER = datetime(2028, 1, 1, tzinfo=UTC)


def signed(
    choices: Choices = ALL,
    signer: Signer = ADULT,
    signature: Signature = TYPED,
    wording: Wording = WORDING,
    **change: object,
) -> Signed:
    return sign(wording, "en", choices, signer, signature, SEEN, **occasion(**change))


def refused(act: Callable[[], object]) -> SigningRefusal:
    with pytest.raises(SigningRefusedError) as caught:
        act()
    return caught.value.reason


def test_each_channel_is_a_grant_of_its_own_that_ends_by_itself() -> None:
    grants = {
        (g.kind, *sorted(g.channels)): g.last_day for g in signed().grants if g.last_day
    }
    image = GrantKind.IMAGE_CONSENT
    assert grants == {
        (image, Channel.PRINT): date(2028, 3, 31),
        (image, Channel.SOCIAL): date(2027, 3, 31),
        (image, Channel.WEBSITE): date(2028, 3, 31),
        (GrantKind.PORTRAIT_AGREEMENT, *sorted(WORDING.channels)): date(2028, 3, 31),
        (GrantKind.BIOMETRIC_CONSENT,): date(2027, 3, 31),
    }


def test_a_grant_begins_when_signed_and_ends_after_its_last_day_in_amsterdam() -> None:
    for grant in signed().grants:
        assert grant.last_day is not None
        assert grant.period.start == AT
        assert grant.period.end == midnight(grant.last_day + timedelta(days=1))
        assert grant.places == (
            frozenset() if grant.kind is GrantKind.BIOMETRIC_CONSENT else WORDING.places
        )


def test_a_term_from_the_end_of_a_month_ends_with_a_shorter_one() -> None:
    grants = signed(WEBSITE, at=datetime(2026, 8, 31, 22, 30, tzinfo=UTC)).grants
    assert grants[0].last_day == date(2028, 9, 1), "in Amsterdam it was September"
    short = replace(WORDING, channels={Channel.WEBSITE: 6})
    on_the_last = datetime(2026, 8, 31, 9, 0, tzinfo=UTC)
    grants = signed(WEBSITE, wording=short, at=on_the_last).grants
    assert grants[0].last_day == date(2027, 2, 28)


def test_ids_follow_from_the_document_so_a_retry_is_the_same() -> None:
    assert signed() == signed()
    ids = [check_id(g.grant_id) for g in signed().grants]
    assert len(set(ids)) == 5
    others = {g.grant_id for g in signed(quitclaim_id=AGAIN).grants}
    assert not others & set(ids)


def test_refusing_everything_is_an_answer_on_record() -> None:
    record = signed(NOTHING)
    assert record.grants == ()
    assert record.quitclaim.quitclaim_id == DOCUMENT
    assert record.evidence.choices == NOTHING


def test_the_document_names_the_version_and_the_digest_of_what_was_shown() -> None:
    record = signed(request_id="r", session_id="s", photographer="p", replaces="q")
    assert record.quitclaim.wording_version == record.evidence.wording == WORDING.name
    assert record.quitclaim.wording_sha256 == digest(WORDING, "en")
    assert record.evidence.wording_sha256 == digest(WORDING, "en")
    assert (record.evidence.request_id, record.evidence.session_id) == ("r", "s")
    assert (record.evidence.photographer, record.evidence.replaces) == ("p", "q")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"texts": {"nl": TEXT}}, SigningRefusal.LANGUAGE_NOT_OFFERED),
        ({"channels": {Channel.PRINT: 1}}, SigningRefusal.CHANNEL_NOT_OFFERED),
        ({"portrait_months": None}, SigningRefusal.PORTRAIT_NOT_OFFERED),
        ({"biometric_months": None}, SigningRefusal.BIOMETRIC_NOT_OFFERED),
        (
            {"texts": {"en": replace(TEXT, portrait=None)}},
            SigningRefusal.PORTRAIT_NOT_OFFERED,
        ),
        (
            {"texts": {"en": replace(TEXT, biometric=None)}},
            SigningRefusal.BIOMETRIC_NOT_OFFERED,
        ),
    ],
)
def test_nobody_signs_what_was_not_offered(
    change: dict[str, object], reason: SigningRefusal
) -> None:
    wording = replace(WORDING, **change)  # type: ignore[arg-type]
    assert refused(lambda: signed(wording=wording)) is reason


@pytest.mark.parametrize(
    ("signer", "reason"),
    [
        (replace(ADULT, name=" "), SigningRefusal.NAME_NOT_VALID),
        (replace(ADULT, name="Ann\u202egro"), SigningRefusal.NAME_NOT_VALID),
        (replace(ADULT, email="ann"), SigningRefusal.EMAIL_NOT_VALID),
        (replace(ADULT, email="a@b\nBcc: c@d"), SigningRefusal.EMAIL_NOT_VALID),
        (replace(ADULT, email="a@" + "b" * 253), SigningRefusal.EMAIL_NOT_VALID),
        (replace(ADULT, country="nl"), SigningRefusal.COUNTRY_NOT_VALID),
        (
            replace(ADULT, birth_date=date(2026, 4, 1)),
            SigningRefusal.BIRTH_DATE_NOT_VALID,
        ),
        (
            replace(ADULT, birth_date=date(1895, 1, 1)),
            SigningRefusal.BIRTH_DATE_NOT_VALID,
        ),
        (replace(CHILD, guardian=None), SigningRefusal.GUARDIAN_NEEDED),
        (replace(CHILD, birth_date=None), SigningRefusal.BIRTH_DATE_MISSING),
        (
            replace(CHILD, birth_date=date(2010, 3, 31)),
            SigningRefusal.GUARDIAN_NOT_NEEDED,
        ),
        (
            replace(CHILD, guardian=Guardian("", Relation.PARENT)),
            SigningRefusal.NAME_NOT_VALID,
        ),
        (
            replace(ADULT, birth_date=date(2008, 4, 1)),
            SigningRefusal.TOO_YOUNG_TO_CONTRACT,
        ),
    ],
)
def test_nobody_signs_who_cannot(signer: Signer, reason: SigningRefusal) -> None:
    assert refused(lambda: signed(signer=signer)) is reason


def test_somebody_of_sixteen_signs_everything_but_a_contract() -> None:
    signer = replace(ADULT, birth_date=date(2010, 3, 31))
    assert signed(replace(ALL, portrait=False), signer).grants
    eighteen = replace(ADULT, birth_date=date(2008, 3, 31))
    assert len(signed(signer=eighteen).grants) == 5


def test_the_age_is_that_of_the_country_or_of_the_deployment() -> None:
    in_belgium = replace(CHILD, birth_date=date(2013, 3, 31), country="BE")
    reason = refused(lambda: signed(signer=in_belgium))
    assert reason is SigningRefusal.GUARDIAN_NOT_NEEDED
    assert signed(signer=in_belgium, ages={"BE": 16}).quitclaim.guardian


def test_what_a_guardian_signed_ends_when_the_person_comes_of_age() -> None:
    nearly = replace(CHILD, birth_date=date(2011, 5, 6))
    record = signed(signer=nearly)
    assert record.quitclaim.guardian
    for grant in record.grants:
        longer = grant.channels == {Channel.SOCIAL} or not grant.channels
        last = date(2027, 3, 31) if longer else date(2027, 5, 5)
        assert (grant.last_day, grant.ends_with_age) == (last, not longer)
        assert grant.period.end == midnight(last + timedelta(days=1))


def test_a_term_that_ends_on_the_eve_of_the_birthday_ends_with_age_too() -> None:
    on_the_day = replace(CHILD, birth_date=date(2012, 4, 1))
    (grant,) = signed(WEBSITE, on_the_day).grants
    assert (grant.last_day, grant.ends_with_age) == (date(2028, 3, 31), True)
    (grant,) = signed(WEBSITE, replace(CHILD, birth_date=date(2012, 3, 31))).grants
    assert (grant.last_day, grant.ends_with_age) == (date(2028, 3, 30), True)


@pytest.mark.parametrize(
    ("signature", "signed_on"),
    [
        (Signature(SignatureKind.CLICK, ""), "link"),
        (Signature(SignatureKind.TYPED, "  "), "link"),
        (Signature(SignatureKind.DRAWN, "M1 1"), "link"),
        (Signature(SignatureKind.DRAWN, '"/><script>'), "link"),
        (PAPER, "link"),
        (TYPED, "paper"),
        (Signature(SignatureKind.PAPER, "../scan"), "paper"),
    ],
)
def test_what_is_no_signature_is_refused(signature: Signature, signed_on: str) -> None:
    reason = refused(lambda: signed(signature=signature, signed_on=signed_on))
    assert reason is SigningRefusal.SIGNATURE_NOT_VALID


def test_names_are_kept_as_lists_show_them() -> None:
    record = signed(
        signer=replace(ADULT, name="  Ann\u00a0 Exa\u0301mple "),
        signature=Signature(SignatureKind.TYPED, " Ann  Example"),
    )
    assert record.evidence.signer.name == "Ann Ex\u00e1mple"
    assert record.evidence.signature.mark == "Ann Example"
    drawn = Signature(SignatureKind.DRAWN, "M1 2L3 4M5 6L-7 8")
    assert signed(signature=drawn).evidence.signature == drawn
    assert signed(signature=PAPER, signed_on="paper").quitclaim.signed_on == "paper"


def test_a_drawing_is_moves_and_lines_of_whole_numbers() -> None:
    assert strokes("M1 2L3 4 L5,6M-7 8") == (((1, 2), (3, 4), (5, 6)), ((-7, 8),))
    for wrong in (
        "",
        "L1 2L3 4",
        "M1 2",
        "M1 2L1 2",
        "M1 2L3 4Z",
        "M1 2C3 4 5 6 7 8",
        "M1.5 2L3 4",
        "M1 2L3 4e9",
        "M1 2L3 444444",
        "M1 2L3 4\n",
        "M1 2L٣ 4",
        "M1 2" + "L3 4" * (LONGEST_DRAWING // 4),
    ):
        with pytest.raises(InvalidDrawingError):
            strokes(wrong)


def again(record: Signed, wording: Wording = WORDING, **what: object) -> Signed:
    return renewed(
        record.evidence,
        wording,
        LATER,
        AGAIN,
        seen=SEEN,
        **{"withdrawals": (), **what},  # type: ignore[arg-type]
    )


def taken_back(record: Signed, *given: tuple[GrantKind, Channel | None]) -> object:
    return tuple(
        Withdrawal(str(n), grant_id(DOCUMENT, kind, channel), ANN, LATER)
        for n, (kind, channel) in enumerate(given)
    )


def test_a_renewal_grants_the_same_anew_and_replaces_the_document() -> None:
    first = signed()
    second = again(first)
    assert second.evidence.choices == first.evidence.choices
    assert second.evidence.replaces == DOCUMENT
    assert second.evidence.signature == Signature(SignatureKind.CLICK, "")
    assert second.quitclaim.signed_at == LATER
    assert {g.period.start for g in second.grants} == {LATER}
    assert not {g.grant_id for g in first.grants} & {g.grant_id for g in second.grants}


def test_a_renewal_does_not_bring_back_what_was_withdrawn() -> None:
    first = signed()
    gone = taken_back(
        first,
        (GrantKind.IMAGE_CONSENT, Channel.SOCIAL),
        (GrantKind.BIOMETRIC_CONSENT, None),
    )
    choices = again(first, withdrawals=gone).evidence.choices
    assert choices == Choices(
        frozenset({Channel.WEBSITE, Channel.PRINT}), portrait=True, biometric=False
    )
    only = signed(WEBSITE)
    gone = taken_back(only, (GrantKind.IMAGE_CONSENT, Channel.WEBSITE))
    reason = refused(lambda: again(only, withdrawals=gone))
    assert reason is SigningRefusal.NOTHING_TO_RENEW


def test_a_change_signs_exactly_what_it_names_and_extends_no_contract() -> None:
    second = again(signed(), channels=[Channel.SOCIAL])
    assert second.evidence.choices == Choices(
        frozenset({Channel.SOCIAL}), portrait=False, biometric=False
    )
    third = again(signed(NOTHING), biometric=True)
    assert third.evidence.choices == Choices(frozenset(), portrait=False, biometric=True)
    reason = refused(lambda: again(signed(), channels=()))
    assert reason is SigningRefusal.NOTHING_TO_RENEW


def test_a_renewal_is_in_a_later_version_only_if_that_says_the_same() -> None:
    first = signed()
    same = replace(WORDING, version=7, created_at=LATER)
    assert again(first, same).quitclaim.wording_version == same.name
    assert again(first, same).quitclaim.wording_sha256 == digest(same, "en")
    for other in (
        replace(same, texts={"en": replace(TEXT, image="Everything may be used.")}),
        replace(same, texts={"nl": TEXT}),
        replace(same, channels={**same.channels, Channel.SOCIAL: 13}),
        replace(same, wording_id="f" * 32),
    ):
        reason = refused(lambda other=other: again(first, other))  # type: ignore[misc]
        assert reason is SigningRefusal.WORDING_CHANGED


def test_a_guardian_renews_nothing_once_the_person_is_of_age() -> None:
    first = signed(signer=replace(CHILD, birth_date=date(2011, 12, 31)))
    reason = refused(lambda: again(first))
    assert reason is SigningRefusal.GUARDIAN_NOT_NEEDED


NAMES = st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=20)


@given(
    choices=st.builds(
        Choices,
        st.frozensets(st.sampled_from(sorted(WORDING.channels))),
        st.booleans(),
        st.booleans(),
    ),
    name=NAMES,
    mark=NAMES,
    email=st.none() | st.just("a@b.example"),
    born=st.none() | st.dates(date(1920, 1, 1), date(2007, 1, 1)),
    seen=st.builds(Seen, st.none() | st.text(), st.none() | st.text()),
    at=st.timedeltas(timedelta(), timedelta(days=5000)).map(lambda past: AT + past),
    zone=st.timezones(),
)
def test_evidence_reads_as_it_was_written_and_is_written_in_one_way(
    choices: Choices,
    name: str,
    mark: str,
    email: str | None,
    born: date | None,
    seen: Seen,
    at: datetime,
    zone: ZoneInfo,
) -> None:
    record = sign(
        WORDING,
        "en",
        choices,
        Signer(name, email, born),
        Signature(SignatureKind.TYPED, mark),
        seen,
        **occasion(at=at.astimezone(zone)),
    )
    sealed = evidence_bytes(record.evidence)
    assert evidence_from(sealed) == record.evidence
    assert evidence_bytes(evidence_from(sealed)) == sealed


def test_the_evidence_of_a_guardian_reads_as_it_was_written() -> None:
    record = signed(replace(ALL, portrait=False), CHILD)
    assert evidence_from(evidence_bytes(record.evidence)) == record.evidence
