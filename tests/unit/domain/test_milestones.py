"""Milestones: which there are, and which are to be told at an instant."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Grant, GrantKind, Withdrawal
from beeldrecht.domain.milestones import (
    BEFORE_END,
    TOLD_WITHIN,
    Milestone,
    MilestoneKind,
    days_from,
    due,
    milestones_of,
)
from beeldrecht.domain.signing import Choices, sign
from beeldrecht.domain.time import midnight

from .signing_samples import (
    ADULT,
    AGAIN,
    ANN,
    AT,
    CHILD,
    DOCUMENT,
    SEEN,
    TYPED,
    WEBSITE,
    WORDING,
    occasion,
)

TICK = timedelta(microseconds=1)
END = midnight(date(2028, 4, 1))
SOON, ENDED, OF_AGE = MilestoneKind


def grants(choices: Choices = WEBSITE, **change: object) -> tuple[Grant, ...]:
    return sign(WORDING, "en", choices, ADULT, TYPED, SEEN, **occasion(**change)).grants


def told(*milestones: Milestone) -> list[tuple[MilestoneKind, int, date]]:
    return [(m.kind, m.days, m.ends_at.date()) for m in milestones]


def now_due(
    at: datetime,
    given: tuple[Grant, ...] | None = None,
    later: tuple[Grant, ...] = (),
    withdrawals: tuple[Withdrawal, ...] = (),
) -> list[tuple[MilestoneKind, int, date]]:
    given = grants() if given is None else given
    found = milestones_of(given, guardian=False)
    return told(*due(found, (*given, *later), withdrawals, at))


def test_an_end_is_announced_three_times_and_told() -> None:
    found = milestones_of(grants(), guardian=False)
    assert [(m.kind, m.days, m.at) for m in found] == [
        (SOON, 90, midnight(date(2028, 1, 2))),
        (SOON, 30, midnight(date(2028, 3, 2))),
        (SOON, 7, midnight(date(2028, 3, 25))),
        (ENDED, 0, END),
    ]
    assert {m.ends_at for m in found} == {END}
    assert {(m.person_id, m.quitclaim_id) for m in found} == {(ANN, DOCUMENT)}


def test_channels_that_end_on_one_day_are_told_of_once() -> None:
    given = grants(Choices(frozenset(WORDING.channels), portrait=True, biometric=True))
    found = milestones_of(given, guardian=False)
    assert len({m.name for m in found}) == len(found) == 8
    assert {m.ends_at for m in found} == {END, midnight(date(2027, 4, 1))}


def test_nothing_is_announced_to_who_has_only_just_signed() -> None:
    short = replace(WORDING, channels={Channel.WEBSITE: 1})
    record = sign(short, "en", WEBSITE, ADULT, TYPED, SEEN, **occasion())
    found = milestones_of(record.grants, guardian=False)
    assert [m.days for m in found] == [7, 0]
    endless = replace(record.grants[0], period=replace(record.grants[0].period, end=None))
    assert milestones_of([endless], guardian=False) == ()
    assert milestones_of((), guardian=False) == ()


def test_days_before_are_a_setting() -> None:
    found = milestones_of(grants(), guardian=False, days=(14,))
    assert [m.days for m in found] == [14, 0]


def test_r06_at_the_birthday_the_person_is_asked_anew_instead() -> None:
    nearly = replace(CHILD, birth_date=date(2011, 5, 6))
    choices = Choices(frozenset({Channel.WEBSITE, Channel.SOCIAL}), False, False)
    record = sign(WORDING, "en", choices, nearly, TYPED, SEEN, **occasion())
    found = milestones_of(record.grants, guardian=True)
    kinds = {(m.kind, m.ends_at) for m in found}
    birthday = midnight(date(2027, 5, 6))
    assert (OF_AGE, birthday) in kinds
    assert {kind for kind, end in kinds if end == birthday} == {OF_AGE}
    assert {kind for kind, end in kinds if end != birthday} == {SOON, ENDED}


def test_a_deployment_says_how_many_days_before() -> None:
    assert days_from("90,30,7") == BEFORE_END
    assert days_from("14") == (14,)
    assert days_from("365,180,90,30,7,1") == (365, 180, 90, 30, 7, 1)


@pytest.mark.parametrize(
    "text",
    ["", "0", "366", "-7", "7.5", "07", "30,90", "30,30", "90,30,", "90, 30", "soon",
     "\u0667", "7\n", "7,6,5,4,3,2,1"],
)  # fmt: skip
def test_days_that_no_deployment_may_choose_stop_whoever_reads_them(text: str) -> None:
    with pytest.raises(ValueError, match="days before an end"):
        days_from(text)


@pytest.mark.parametrize("days", BEFORE_END)
def test_each_is_due_from_its_instant_on(days: int) -> None:
    at = midnight(date(2028, 4, 1) - timedelta(days=days))
    assert (SOON, days, END.date()) not in now_due(at - TICK)
    assert now_due(at) == [(SOON, days, END.date())]


def test_at_the_end_only_the_end_is_told_and_for_thirty_days() -> None:
    assert now_due(END - TICK) == [(SOON, 7, END.date())]
    assert now_due(END) == [(ENDED, 0, END.date())]
    assert now_due(END + TOLD_WITHIN - TICK) == [(ENDED, 0, END.date())]
    assert now_due(END + TOLD_WITHIN) == []


def test_who_was_not_told_of_ninety_days_is_told_of_thirty_alone() -> None:
    at = midnight(date(2028, 3, 3))
    assert now_due(at) == [(SOON, 30, END.date())]


def test_what_was_withdrawn_is_not_announced() -> None:
    (given,) = grants()
    gone = (Withdrawal("w", given.grant_id, ANN, AT),)
    assert now_due(END, withdrawals=gone) == []
    others = (Withdrawal("w", given.grant_id, "bob", AT),)
    assert now_due(END, withdrawals=others) != []


def renewal(
    months: int = 24,
    at: datetime | None = None,
    places: frozenset[Place] = WORDING.places,
) -> tuple[Grant, ...]:
    channels = {Channel.WEBSITE: months, Channel.SOCIAL: months}
    longer = replace(WORDING, channels=channels, places=places)
    signed_at = at or datetime(2028, 1, 5, tzinfo=UTC)
    record = sign(
        longer,
        "en",
        WEBSITE,
        ADULT,
        TYPED,
        SEEN,
        **occasion(quitclaim_id=AGAIN, at=signed_at),
    )
    return record.grants


def test_a_renewed_consent_is_not_announced_by_its_old_end() -> None:
    later = renewal()
    assert now_due(END, later=later) == []
    (again,) = later
    back = Withdrawal("w", again.grant_id, ANN, END - TICK)
    assert now_due(END, later=later, withdrawals=(back,)) == [(ENDED, 0, END.date())]


def test_what_ends_sooner_or_covers_less_goes_on_with_nothing() -> None:
    assert now_due(END, later=renewal(months=1)) != []
    dutch = renewal(places=frozenset({Place.NETHERLANDS}))
    assert now_due(END, later=dutch) != []
    social = tuple(replace(g, channels=frozenset({Channel.SOCIAL})) for g in renewal())
    assert now_due(END, later=social) != []
    contract = tuple(replace(g, kind=GrantKind.PORTRAIT_AGREEMENT) for g in renewal())
    assert now_due(END, later=contract) != []
    after = renewal(at=END + timedelta(days=1))
    assert now_due(END + timedelta(days=2), later=after) != []
    others = tuple(replace(g, person_id="bob") for g in renewal())
    assert now_due(END, later=others) != []


def test_biometric_consent_is_gone_on_with_by_another() -> None:
    only = Choices(frozenset(), portrait=False, biometric=True)
    given = grants(only)
    end = midnight(date(2027, 4, 1))
    assert now_due(end, given) == [(ENDED, 0, end.date())]
    at = datetime(2027, 3, 1, tzinfo=UTC)
    assert now_due(end, given, later=grants(only, quitclaim_id=AGAIN, at=at)) == []


def test_a_name_tells_a_milestone_from_the_others_of_its_document() -> None:
    found = milestones_of(grants(), guardian=False)
    assert found[0].name == "ends_soon.90.2028-03-31"
    assert found[-1].name == "ended.0.2028-03-31"
