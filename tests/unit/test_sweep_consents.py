"""sweep_consents: what was missed comes back on its way, and nothing is done twice."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequestState
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import CLAIM_LASTS, Mail, MailKind
from beeldrecht.domain.milestones import BEFORE_END, TOLD_WITHIN
from beeldrecht.domain.recorded import FactKind, RecordedFact
from beeldrecht.domain.time import day_of, midnight
from consent.sweep_consents import digest, step
from consent.sweep_consents.step import House, Result
from tests.fakes.following import DAY, REQUEST, Following, asked
from tests.fakes.samples import ANN, EDITOR, NOON, TICK
from tests.fakes.scenes import ready, released

HOUR = timedelta(hours=1)
FACT = derived_id("test", "fact")
UNTIL = NOON + timedelta(days=30)
"""When what Ann signed in the scenes ends."""


def sweep(
    house: Following, at: datetime = NOON, days: tuple[int, ...] = BEFORE_END
) -> Result:
    return step.sweep_consents(
        House(
            library=house.world.library,
            appearances=house.appearances,
            register=house.register,
            bases=house.world.bases,
            documents=house.documents,
            requests=house.requests,
            facts=house.facts,
            mails=house.mails,
            queue=house.queue,
            request_consent=house.request_consent,
            renew_consent=house.renew_consent,
            withdraw_consent=house.withdraw_consent,
            export_person=house.export_person,
            erase_person=house.erase_person,
            erase_asset=house.erase_asset,
            relook=house.relook,
            days=days,
        ),
        at,
    )


def test_the_sample_event_says_nothing_for_the_schedule_knows_nothing() -> None:
    assert json.loads(Path(step.__file__).with_name("event.json").read_text()) == {}


def test_a_house_in_which_nothing_was_missed_is_left_alone() -> None:
    assert sweep(Following()) == Result()


# -- milestones --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "told"), [(91, 0), (90, 1), (61, 1), (60, 0), (7, 1), (0, 1)]
)
def test_a_milestone_that_no_schedule_told_is_told_and_once(days: int, told: int) -> None:
    house = Following()
    until = NOON + timedelta(days=200)
    house.sign(until)
    at = until - days * DAY
    assert sweep(house, at).told == told
    assert sweep(house, at + HOUR).told == 0
    assert house.tags() == ["consent:milestone:sweep"] * told


@pytest.mark.parametrize(
    ("days", "told"),
    [(366, 0), (365, 1), (336, 1), (335, 0), (200, 0), (2, 0), (1, 1), (0, 1)],
)
def test_the_sweep_looks_as_far_ahead_as_the_deployment_tells(
    days: int, told: int
) -> None:
    house = Following()
    until = NOON + timedelta(days=800)
    house.sign(until)
    at = until - days * DAY
    assert sweep(house, at, (365, 1)).told == told
    assert sweep(house, at + HOUR, (365, 1)).told == 0


@pytest.mark.parametrize("clocks", [date(2027, 3, 28), date(2027, 10, 31)])
@pytest.mark.parametrize("past", [timedelta(), TOLD_WITHIN - HOUR])
def test_an_hour_more_or_less_hides_nothing_from_the_sweep(
    clocks: date, past: timedelta
) -> None:
    house = Following()
    house.sign(midnight(clocks + timedelta(days=20)))
    at = midnight(clocks + timedelta(days=20 - 90)) + past
    assert sweep(house, at).told == 1


def test_an_end_is_told_until_thirty_days_after_it() -> None:
    for late, told in ((29 * DAY, 1), (31 * DAY, 0)):
        house = Following()
        house.sign(UNTIL)
        assert sweep(house, UNTIL + late).told == told


# -- mails -------------------------------------------------------------------------------


def test_a_mail_that_nobody_took_up_is_handed_on_again() -> None:
    house = Following()
    mail = Mail(FACT, MailKind.ASK, ANN, NOON)
    house.mails.add(mail)
    assert sweep(house, NOON + CLAIM_LASTS - TICK).resent == 0
    assert sweep(house, NOON + CLAIM_LASTS).resent == 1
    assert house.queue.sent == [FACT]
    house.mails.sent(FACT, "message", NOON)
    assert sweep(house, NOON + HOUR).resent == 0


# -- requests ----------------------------------------------------------------------------


def test_a_request_whose_workflow_never_started_is_started() -> None:
    house = Following()
    house.ask(asked())
    assert sweep(house, NOON + step.PATIENCE - TICK).started == 0
    assert sweep(house, NOON + step.PATIENCE).started == 1
    assert house.request_consent.started == {REQUEST: {"request_id": REQUEST}}


def test_a_request_whose_workflow_waits_is_left_to_it() -> None:
    house = Following()
    request = house.ask(asked())
    house.requests.keep_task(REQUEST, "token-1", NOON, request.ends_at)
    assert sweep(house, NOON + DAY) == Result()


def test_a_request_past_its_end_lapses_once() -> None:
    house = Following()
    house.ask(asked())
    end = NOON + LAPSE_AFTER + step.GRACE
    assert sweep(house, end - TICK).lapsed == 0
    assert sweep(house, end).lapsed == 1
    assert sweep(house, end + HOUR).lapsed == 0
    stands = house.requests.get(REQUEST)
    assert stands is not None
    assert stands.state is ConsentRequestState.LAPSED


def test_every_page_of_open_requests_is_looked_at() -> None:
    house = Following()
    for n in range(step.PAGE + 20):
        house.ask(asked(derived_id("request", str(n)), at=NOON + n * TICK))
    assert sweep(house, NOON + HOUR).started == step.PAGE + 20


# -- facts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "workflow", "name"),
    [
        (FactKind.QUITCLAIM, "renew_consent", "quitclaim_id"),
        (FactKind.WITHDRAWAL, "withdraw_consent", "fact_id"),
        (FactKind.RESTRICTION, "withdraw_consent", "fact_id"),
        (FactKind.LIFT, "withdraw_consent", "fact_id"),
        (FactKind.EXPORT, "export_person", "export_id"),
        (FactKind.ERASURE, "erase_person", "erasure_id"),
        (FactKind.ENROLMENT, "relook", "enrolment_id"),
    ],
)
def test_a_fact_that_the_stream_lost_is_followed_here(
    kind: FactKind, workflow: str, name: str
) -> None:
    house = Following()
    house.facts.facts.append((NOON, RecordedFact(kind, FACT, ANN)))
    assert sweep(house, NOON + step.PATIENCE - TICK).started == 0
    assert sweep(house, NOON + step.PATIENCE).started == 1
    started = getattr(house, workflow).started
    assert started == {FACT: {"person_id": ANN, name: FACT}}
    assert sweep(house, NOON + HOUR).started == 0


# -- the digest --------------------------------------------------------------------------


def by_day(days_before: int) -> datetime:
    """An hour after noon, so many days before what Ann signed for ends."""
    return UNTIL - days_before * DAY + HOUR


def told(house: Following) -> list[Mail]:
    return [m for m in house.mails.mails.values() if m.kind is MailKind.DIGEST]


def test_who_released_it_is_told_thirty_days_before_how_much_goes_dark() -> None:
    house = Following(released())
    assert sweep(house, by_day(30)).digests == 1
    [mail] = told(house)
    assert (mail.to, mail.to_staff) == (EDITOR, True)
    assert mail.about == {
        "day": day_of(UNTIL).isoformat(),
        "days": "30",
        "print": "1",
        "website": "1",
    }


def test_a_digest_is_told_once_however_often_it_is_made() -> None:
    house = Following(released())
    sweep(house, by_day(30))
    assert sweep(house, by_day(30) + HOUR).digests == 0
    assert sweep(house, by_day(29)).digests == 0


def test_a_sweep_that_could_not_run_makes_up_for_it() -> None:
    house = Following(released())
    assert sweep(house, by_day(28)).digests == 1
    assert told(house)[0].about["days"] == "28"
    assert sweep(Following(released()), by_day(27)).digests == 0


def test_nobody_is_told_before_the_morning() -> None:
    house = Following(released())
    house.sign(UNTIL + 2 * DAY)
    midnight = by_day(28) - timedelta(hours=15)  # in Amsterdam's summer
    assert sweep(house, midnight + digest.MORNING - TICK).digests == 0
    assert sweep(house, midnight + digest.MORNING).digests == 1


def test_what_goes_on_goes_dark_for_nobody() -> None:
    house = Following(released())
    house.sign(UNTIL + 365 * DAY)
    assert sweep(house, by_day(30)).digests == 0


def test_a_picture_that_nobody_released_is_in_no_digest() -> None:
    assert sweep(Following(ready()), by_day(30)).digests == 0


def test_all_counts_start_at_nothing() -> None:
    assert set(Result().model_dump().values()) == {0}
