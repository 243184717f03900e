"""apply_retention: counted first, stopped by its guard, dated page by page, once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from beeldrecht.adapters.kept_items import KeptItem
from beeldrecht.adapters.plain_items import Table
from beeldrecht.domain.retention import (
    NOTICE,
    RetentionKind,
    RetentionPolicy,
    over,
    paused,
    seconds,
)
from beeldrecht.domain.retention_runs import (
    Counted,
    Kept,
    RetentionRun,
    RunState,
    change_of,
    confirmed,
    sweep_of,
    wanted_policy,
)
from beeldrecht.domain.time import day_of
from rights.apply_retention import step
from rights.apply_retention.step import PAGE, Event, Outcome
from tests.fakes.effects import Killed, When
from tests.fakes.keeping import Ending, mail_item, mails
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE
from tests.fakes.scenes import examined, released

DAY = timedelta(days=1)
MAILS = RetentionKind.MAILS
SHORT: dict[RetentionKind, int | None] = {MAILS: 120}
MANY = 3 * PAGE + 1


def run_on(house: Ending, run: RetentionRun, pages: int | None = None) -> Outcome:
    """Take a run on, at most so many pages."""
    left = iter([True] * pages if pages is not None else iter(lambda: True, None))
    return step.apply_retention(
        Event(run_id=run.run_id),
        house.keeping,
        house.world.now,
        lambda: next(left, False),
    ).outcome


def proposed(house: Ending, chosen: dict[RetentionKind, int | None]) -> RetentionRun:
    run = change_of(house.retention.policy(), chosen, EDITOR, NOON)
    house.runs.begin(run)
    return run


def agreed(house: Ending, run: RetentionRun, *, above: bool = False) -> None:
    stands = house.runs.runs[run.run_id]
    policy = house.retention.policy()
    after = confirmed(stands, policy, EDITOR, NOON, above=above)
    first = stands.confirmed_at is None
    makes = wanted_policy(stands, policy, EDITOR, NOON) if first else None
    house.runs.save(after, None, makes)


def state(house: Ending, run: RetentionRun) -> RunState:
    return house.runs.runs[run.run_id].state


def tags(house: Ending) -> list[str]:
    return [e.tag for e in house.world.audit.entries(step.SUBJECT)]


def aged(old: int, young: int) -> Ending:
    """Mails of two hundred days, and of one."""
    items = [*mails(old, NOON - 200 * DAY), *mails(young, NOON - DAY)]
    dated = [
        replace(
            each,
            kept=replace(
                each.kept,
                expires_at=RetentionPolicy().expiry(MAILS, each.kept.from_ or NOON, NOON),
            ),
        )
        for each in items
    ]
    return Ending(examined(), *dated)


def test_the_sample_event_names_a_run() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text("utf-8"))
    assert Event.model_validate(sample)


def test_a_preview_counts_what_would_end_and_changes_nothing() -> None:
    house = aged(old=3, young=MANY)
    before = house.dates()
    run = proposed(house, SHORT)
    assert run_on(house, run) is Outcome.WAITS
    assert house.dates() == before
    assert house.retention.policy().days(MAILS) == 365
    found = house.runs.runs[run.run_id].found
    assert found == {MAILS: Counted(looked=MANY + 3, dates=MANY + 3, ends=3)}
    assert state(house, run) is RunState.PREVIEWED
    assert tags(house) == ["retention:run:preview"]


def test_what_only_points_at_a_thing_is_dated_and_not_counted() -> None:
    house = Ending(
        examined(),
        mail_item(1, NOON - DAY),
        mail_item(2, NOON - DAY, counts=False),
    )
    run = proposed(house, SHORT)
    run_on(house, run)
    assert house.runs.runs[run.run_id].found[MAILS].looked == 1
    agreed(house, run)
    run_on(house, run)
    assert None not in house.dates()


def test_once_confirmed_everything_is_dated_by_the_new_term() -> None:
    house = aged(old=3, young=MANY)
    run = proposed(house, SHORT)
    run_on(house, run)
    agreed(house, run)
    assert run_on(house, run) is Outcome.DONE
    policy = house.retention.policy()
    assert policy.days(MAILS) == 120
    for item in house.retained.items:
        assert item.kept.from_ is not None
        assert item.kept.expires_at == policy.expiry(MAILS, item.kept.from_, NOON)
        assert not over(item.kept.expires_at, NOON + NOTICE - timedelta(seconds=1))
    assert house.runs.runs[run.run_id].applied[MAILS] == Counted(MANY + 3, MANY + 3, 3)
    assert state(house, run) is RunState.DONE
    assert tags(house) == ["retention:run:preview", "retention:run:apply"]


def test_a_run_goes_on_from_its_last_page_when_time_is_up() -> None:
    house = aged(old=0, young=MANY)
    run = proposed(house, SHORT)
    outcomes = [run_on(house, run, pages=1) for _ in range(4)]
    assert outcomes == [Outcome.MORE, Outcome.MORE, Outcome.MORE, Outcome.WAITS]
    assert house.runs.runs[run.run_id].found[MAILS].looked == MANY


def test_above_the_guard_a_run_waits_for_a_yes_to_just_that() -> None:
    house = aged(old=40, young=40)
    run = proposed(house, SHORT)
    assert run_on(house, run) is Outcome.WAITS
    assert state(house, run) is RunState.GUARDED
    assert run_on(house, run) is Outcome.WAITS
    agreed(house, run, above=True)
    assert run_on(house, run) is Outcome.DONE


def test_a_run_that_ends_more_than_was_seen_stops_and_goes_on_where_it_stood() -> None:
    house = aged(old=0, young=2 * PAGE)
    run = proposed(house, SHORT)
    run_on(house, run)
    agreed(house, run)
    # Meanwhile the days go by.
    house.world.at = NOON + 150 * DAY
    assert run_on(house, run) is Outcome.WAITS
    assert state(house, run) is RunState.GUARDED
    assert tags(house)[-1] == "retention:run:stop"
    dated = [d for d in house.dates() if d == seconds(house.world.at + NOTICE)]
    assert len(dated) == PAGE
    agreed(house, run, above=True)
    assert run_on(house, run) is Outcome.DONE
    assert house.dates() == [seconds(house.world.at + NOTICE)] * (2 * PAGE)


def test_while_runs_are_paused_nothing_is_dated_and_looking_goes_on() -> None:
    house = aged(old=3, young=3)
    run = proposed(house, SHORT)
    stands = paused(house.retention.policy(), True, EDITOR, NOON)
    house.retention.put(replace(stands))
    before = house.dates()
    assert run_on(house, run) is Outcome.WAITS
    run = replace(house.runs.runs[run.run_id], base_revision=1)
    house.runs.runs[run.run_id] = run
    agreed(house, run)
    assert run_on(house, run) is Outcome.PAUSED
    assert house.dates() == before
    house.retention.put(paused(house.retention.policy(), False, EDITOR, NOON))
    assert run_on(house, run) is Outcome.DONE
    assert house.dates() != before


def test_a_sweep_dates_what_has_no_date_and_asks_nobody() -> None:
    house = Ending(examined(), *mails(5, NOON - DAY))
    sweep = sweep_of(house.retention.policy(), day_of(NOON), NOON, "retention")
    house.runs.begin(sweep)
    assert run_on(house, sweep) is Outcome.DONE
    assert None not in house.dates()


def test_what_time_to_live_missed_for_three_days_is_ended_by_the_sweep() -> None:
    two, three = seconds(NOON - 2 * DAY), seconds(NOON - 3 * DAY) - 1
    late, missed = mail_item(1, NOON, two), mail_item(2, NOON, three)
    house = Ending(examined(), late, missed)
    sweep = sweep_of(house.retention.policy(), day_of(NOON), NOON, "retention")
    house.runs.begin(sweep)
    run_on(house, sweep)
    assert house.retained.items == [late]
    assert missed.subject_id is not None
    told = [e.tag for e in house.world.audit.entries(missed.subject_id)]
    assert told == ["retention:mail:expire"]


def test_what_closes_at_its_end_stays_on_record_and_nothing_is_said_to_have_gone() -> (
    None
):
    until = seconds(NOON - 9 * DAY)
    kept = Kept(RetentionKind.EXPORTS, NOON - 30 * DAY, until, never_longer=True)
    closed = KeptItem(
        kept, Table.CONSENT, f"DOSSIER#{ANN}", "EXPORT#e", subject_id=ANN, closes="then"
    )
    house = Ending(examined(), closed)
    sweep = sweep_of(house.retention.policy(), day_of(NOON), NOON, "retention")
    house.runs.begin(sweep)
    run_on(house, sweep)
    assert house.retained.items == [closed]
    assert list(house.world.audit.entries(ANN)) == []


def test_a_picture_that_time_to_live_missed_is_erased_and_not_only_its_term() -> None:
    world = released()
    row = world.library.rows[PICTURE]
    assert row.record.ends_at is not None
    world.at = row.record.ends_at + 4 * DAY
    kept = Kept(RetentionKind.ASSETS, NOON, seconds(row.record.ends_at))
    house = Ending(world, KeptItem(kept, Table.LIBRARY, f"ASSET#{PICTURE}", "TERM"))
    sweep = sweep_of(house.retention.policy(), day_of(NOON), NOON, "retention")
    house.runs.begin(sweep)
    run_on(house, sweep)
    assert [e.asset_id for e in house.erasures.begun.values()] == [PICTURE]


def test_what_changed_meanwhile_is_left_for_the_next_look() -> None:
    house = aged(old=2, young=0)
    run = proposed(house, SHORT)
    run_on(house, run)
    agreed(house, run)
    page = house.retained.page(None, PAGE, frozenset(RetentionKind))
    gone = page.items[0]
    house.retained.page = lambda *_: page  # type: ignore[method-assign]
    house.retained.items.remove(gone)
    assert run_on(house, run) is Outcome.DONE
    applied = house.runs.runs[run.run_id].applied[MAILS]
    assert (applied.looked, applied.dates, applied.ends) == (2, 1, 1)


def test_a_run_that_is_gone_or_settled_ends() -> None:
    house = aged(old=1, young=1)
    run = proposed(house, SHORT)
    house.runs.save(replace(house.runs.runs[run.run_id], state=RunState.DROPPED))
    assert run_on(house, run) is Outcome.DONE
    house.runs.runs.clear()
    assert run_on(house, run) is Outcome.GONE


def confirmed_change() -> tuple[Ending, RetentionRun]:
    house = aged(old=4, young=2 * PAGE)
    run = proposed(house, SHORT)
    run_on(house, run)
    agreed(house, run)
    return house, run


def wholly(scene: Callable[[], tuple[Ending, RetentionRun]]) -> tuple[Ending, list[str]]:
    house, run = scene()
    before = len(house.world.effects.names)
    run_on(house, run)
    return house, house.world.effects.names[before:]


@pytest.mark.parametrize("when", When)
def test_stopped_at_any_effect_a_retry_dates_everything_once_and_the_same(
    when: When,
) -> None:
    undisturbed, effects = wholly(confirmed_change)
    saves = [n for n, name in enumerate(effects, start=1) if name == "runs.save"]
    # Every write of a run, and one date at each end of a page.
    places = sorted({1, 2, PAGE, *saves, *(n + 1 for n in saves[:-1]), len(effects)})
    for place in places:
        house, run = confirmed_change()
        house.world.effects.kill(place, when)
        with pytest.raises(Killed):
            run_on(house, run)
        assert run_on(house, run) is Outcome.DONE
        assert house.dates() == undisturbed.dates()
        assert house.retention.policy() == undisturbed.retention.policy()
        assert state(house, run) is RunState.DONE
        assert tags(house) == tags(undisturbed)
        applied = house.runs.runs[run.run_id].applied
        assert applied == undisturbed.runs.runs[run.run_id].applied
        assert applied[MAILS].looked == 2 * PAGE + 4


def test_of_two_at_once_one_leaves_the_run_to_the_other() -> None:
    house, run = confirmed_change()

    def other() -> None:
        house.world.effects.disarm()
        assert run_on(house, run) is Outcome.DONE

    house.world.effects.arm(3, When.BEFORE, other)
    assert run_on(house, run) in {Outcome.MORE, Outcome.DONE}
    assert state(house, run) is RunState.DONE
    assert tags(house) == ["retention:run:preview", "retention:run:apply"]
