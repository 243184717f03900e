"""checkpoint_audit: it vouches for what it has followed from the last checkpoint on."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from audit.checkpoint_audit import step
from audit.checkpoint_audit.step import Broken, Result
from beeldrecht.domain.audit import (
    EMPTY,
    NO_ENTRY,
    SHARDS,
    Checkpoint,
    NewEntry,
    shard_of,
)
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import Chain
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.checkpoints import FakeCheckpoints, FakeLog
from tests.fakes.effects import Effects, Killed, When
from tests.fakes.retention import FakeRetention
from tests.fakes.samples import ANN, BOB, NOON, PICTURE

HOUR = timedelta(hours=1)
SHARD = shard_of(PICTURE)


class Office:
    """A trail, its log, and the checkpoints."""

    def __init__(self, entries: int = 0) -> None:
        self.at = NOON
        self.effects = Effects()
        self.trail = FakeAuditTrail()
        self.log = FakeLog(self.trail)
        self.checkpoints = FakeCheckpoints(self.effects)
        self.retention = FakeRetention()
        self.write(entries)

    def write(self, entries: int, subject: str = PICTURE) -> None:
        for _ in range(entries):
            before = len(self.trail.chains.get(shard_of(subject), []))
            self.trail.add(NewEntry(subject, f"e{before}", "a:b:c", self.at, ANN))

    def run(self) -> Result:
        return step.checkpoint_audit(self.log, self.checkpoints, self.retention, self.at)

    def next_hour(self) -> Result:
        self.at += HOUR
        return self.run()

    @property
    def made(self) -> tuple[Checkpoint, ...]:
        return self.checkpoints.all().checkpoints


def test_the_sample_event_is_that_of_a_schedule() -> None:
    sample = Path(step.__file__).with_name("event.json")
    assert sample.read_text() == "{}\n"


def test_a_checkpoint_holds_the_heads_of_all_chains() -> None:
    office = Office(entries=3)
    office.write(2, BOB)
    assert office.run() == Result(number=1, entries=5)
    assert office.made[0].heads == office.trail.heads()
    assert office.made[0].at == "2026-06-01T12:00:00.000000+00:00"


def test_of_an_empty_log_there_is_a_checkpoint_too() -> None:
    office = Office()
    assert office.run() == Result(number=1, entries=0)
    assert office.made[0].heads == (EMPTY,) * len(SHARDS)


def test_r16_checkpoints_follow_one_another_and_the_log_verifies_against_them() -> None:
    office = Office(entries=3)
    for hour in range(4):
        assert office.run().number == hour + 1
        office.write(hour, BOB)
        office.at += HOUR
    chains = [Chain(s, entries) for s, entries in office.trail.chains.items()]
    assert verify(chains, office.made, office.at).findings == ()


def test_a_second_run_within_the_hour_adds_nothing() -> None:
    office = Office(entries=3)
    office.run()
    office.write(1)
    office.at += timedelta(minutes=59, seconds=59)
    assert office.run() == Result(number=1, entries=0)
    assert len(office.made) == 1
    office.at += timedelta(seconds=1)
    assert office.run() == Result(number=2, entries=1)


@pytest.mark.parametrize("when", When)
def test_ended_at_its_write_and_run_again_it_comes_to_the_same(when: When) -> None:
    undisturbed = Office(entries=3)
    undisturbed.run()
    office = Office(entries=3)
    office.effects.kill(1, when)
    with pytest.raises(Killed):
        office.run()
    assert office.run().number == 1
    assert office.made == undisturbed.made


def test_hours_that_were_missed_are_followed_all_the_same() -> None:
    office = Office(entries=3)
    office.run()
    office.write(4)
    office.at += 50 * HOUR
    assert office.run() == Result(number=2, entries=4)


# -- what is broken --------------------------------------------------------------------


def broken(office: Office, number: int) -> None:
    """The chain is broken there: found, not vouched for, and found again."""
    before = office.made[-1]
    result = office.next_hour()
    assert result.broken == (Broken(shard=SHARD, number=number),)
    office.write(1)
    again = office.next_hour()
    assert again.broken == result.broken
    place = SHARDS.index(SHARD)
    assert office.made[-1].heads[place].number < number or (
        office.made[-1].heads[place] == before.heads[place]
    )


def test_r16_an_entry_that_was_changed_since_is_found_and_not_vouched_for() -> None:
    office = Office(entries=3)
    office.run()
    office.write(3)
    spoiled = office.trail.chains[SHARD][4].but(actor="system")
    office.log.spoiled[SHARD, 5] = spoiled
    broken(office, 5)


def test_r16_what_is_no_entry_is_found() -> None:
    office = Office(entries=3)
    office.run()
    office.write(3)
    office.log.spoiled[SHARD, 5] = NO_ENTRY
    broken(office, 5)


@pytest.mark.parametrize("gone", [{3}, {2, 3}])
def test_r16_a_chain_that_lost_its_last_head_is_found(gone: set[int]) -> None:
    office = Office(entries=3)
    office.run()
    office.log.gone = {(SHARD, number) for number in gone}
    broken(office, 3)


def test_r16_a_last_head_that_is_another_entry_now_is_found() -> None:
    office = Office(entries=3)
    office.run()
    other = office.trail.chains[SHARD][2].but(actor="system")
    office.log.spoiled[SHARD, 3] = other
    broken(office, 3)
    office.log.spoiled[SHARD, 3] = NO_ENTRY
    broken(office, 3)


def test_r16_an_entry_that_went_missing_since_is_found() -> None:
    office = Office(entries=3)
    office.run()
    office.write(3)
    office.log.gone = {(SHARD, 5)}
    broken(office, 5)


def test_other_chains_are_vouched_for_while_one_is_broken() -> None:
    office = Office(entries=3)
    office.run()
    office.log.gone = {(SHARD, 3)}
    office.write(5, BOB)
    assert office.next_hour().broken
    place = SHARDS.index(shard_of(BOB))
    assert office.made[-1].heads[place] == office.trail.head(shard_of(BOB))


def test_the_hour_is_that_of_utc_whatever_the_clock_says() -> None:
    office = Office(entries=1)
    amsterdam = datetime.fromisoformat("2026-06-01T14:00:00+02:00")
    office.run()
    office.at = amsterdam
    assert office.run() == Result(number=1, entries=0)
