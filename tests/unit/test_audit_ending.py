"""Old audit entries: declared, locked, dated and gone; the log verifies throughout."""

from datetime import datetime, timedelta

import pytest

from audit.checkpoint_audit.step import Result, checkpoint_audit
from beeldrecht.domain.audit import SHARDS, Beginning, NewEntry, Value, shard_of
from beeldrecht.domain.audit_beginnings import BEGIN_TAG, declared, keeper_of
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import AuditFinding, AuditFindingId, Verified
from beeldrecht.domain.retention import (
    NOTICE,
    RetentionKind,
    RetentionPolicy,
    paused,
    seconds,
)
from beeldrecht.domain.retention_runs import (
    Counted,
    RetentionRun,
    RunState,
    confirmed,
    sweep_of,
)
from beeldrecht.domain.time import day_of
from rights.apply_retention import chains as chains_module
from rights.apply_retention import step
from rights.apply_retention.step import Event, Outcome
from tests.fakes.effects import Killed, When
from tests.fakes.keeping import Ending
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE
from tests.fakes.scenes import examined

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AUDIT = RetentionKind.AUDIT
TERM = 200
POLICY = RetentionPolicy(chosen={AUDIT: TERM})
SHARD = shard_of(PICTURE)
OLD, YOUNG = 12, 5
Id = AuditFindingId


class Archive:
    """A house whose log grows, is vouched for each hour, and swept each night."""

    def __init__(self, policy: RetentionPolicy = POLICY) -> None:
        self.house = Ending(examined(), policy=policy)
        self.trail, self.chains = self.house.world.audit, self.house.chains
        self.trail.chains.clear()
        self.at = NOON
        self.nights = 0

    @property
    def at(self) -> datetime:
        return self.house.world.at

    @at.setter
    def at(self, at: datetime) -> None:
        self.house.world.at = at

    def write(self, count: int, subject: str = PICTURE) -> None:
        for _ in range(count):
            number = len(self.trail.chains.get(shard_of(subject), []))
            self.trail.add(NewEntry(subject, f"e{number}", "a:b:c", self.at, ANN))

    def checkpoint(self) -> Result:
        """The next hour's."""
        self.at += HOUR
        house = self.house
        return checkpoint_audit(
            self.chains.log, house.checkpoints, house.retention, self.at
        )

    def sweep(self) -> tuple[RetentionRun, Outcome]:
        """The next night's, as far as it comes by itself."""
        self.nights += 1
        day = day_of(self.at) + timedelta(days=self.nights)
        run = sweep_of(self.house.retention.policy(), day, self.at, "retention")
        self.house.runs.begin(run)
        outcome = self.go_on(run)
        return self.house.runs.runs[run.run_id], outcome

    def go_on(self, run: RetentionRun) -> Outcome:
        return step.apply_retention(
            Event(run_id=run.run_id),
            self.house.keeping,
            self.house.world.now,
            lambda: True,
        ).outcome

    def yes(self, run: RetentionRun) -> Outcome:
        """Somebody says yes to more than the guard lets it end."""
        stands = self.house.runs.runs[run.run_id]
        policy = self.house.retention.policy()
        after = confirmed(stands, policy, EDITOR, self.at, above=True)
        self.house.runs.save(after)
        return self.go_on(run)

    def verified(self) -> Verified:
        kept = self.house.checkpoints.all().checkpoints
        return verify(self.chains.chains(), kept, self.at)

    def findings(self) -> list[AuditFinding]:
        return list(self.verified().findings)

    def begins(self) -> Beginning:
        [begin] = self.verified().beginnings
        return begin


def aged(policy: RetentionPolicy = POLICY) -> Archive:
    """Twelve entries whose term is over and five that are young, vouched for."""
    archive = Archive(policy)
    archive.write(OLD)
    archive.checkpoint()
    archive.at += (TERM + 2) * DAY
    archive.write(YOUNG)
    archive.write(3, BOB)
    archive.checkpoint()
    return archive


def declared_in(archive: Archive) -> RetentionRun:
    """The night's run, which somebody said yes to: it is most of a small log."""
    run, outcome = archive.sweep()
    assert outcome is Outcome.WAITS
    assert run.state is RunState.GUARDED
    assert archive.yes(run) is Outcome.DONE
    return archive.house.runs.runs[run.run_id]


def ended() -> Archive:
    """The old ones declared, locked, dated, and gone."""
    archive = aged()
    declared_in(archive)
    archive.checkpoint()
    archive.sweep()
    archive.at += NOTICE
    archive.checkpoint()
    archive.chains.end(archive.at)
    return archive


# -- the way of an entry ---------------------------------------------------------------


def test_r23_what_is_over_is_counted_declared_locked_dated_and_gone() -> None:
    archive = aged()
    run, _ = archive.sweep()
    assert run.found[AUDIT] == Counted(looked=OLD + YOUNG + 3, dates=OLD, ends=OLD)
    assert archive.yes(run) is Outcome.DONE
    # Declared in the chain; nothing carries a date, since nothing is locked.
    newest = archive.trail.chains[SHARD][-1]
    begin = declared(newest)
    assert begin is not None
    assert (begin.number, begin.days, newest.tag) == (OLD, TERM, BEGIN_TAG)
    assert archive.chains.dates == {}
    assert archive.verified().beginnings == ()

    assert archive.checkpoint().begun == 1
    assert archive.begins() == begin
    at = archive.at
    run, outcome = archive.sweep()
    assert outcome is Outcome.DONE
    assert run.applied[AUDIT].dates == OLD
    assert run.applied[AUDIT].ends == 0
    assert archive.chains.dates == {
        (SHARD, number): seconds(at + NOTICE) for number in range(1, OLD + 1)
    }
    assert archive.findings() == []
    archive.at += NOTICE
    archive.checkpoint()
    archive.chains.end(archive.at)
    assert next(e.number for e in archive.chains.log.since(SHARD, 1)) == OLD + 1
    assert archive.findings() == []
    assert archive.begins() == begin


def test_r23_in_whatever_order_time_to_live_takes_them_the_log_verifies() -> None:
    archive = ended()
    for gone in ({1}, {OLD}, {3, 4, 9}, {1, OLD}, set(range(2, OLD))):
        archive.chains.log.gone = {(SHARD, number) for number in gone}
        assert archive.findings() == []
    archive.chains.log.gone.clear()
    assert archive.findings() == []


def test_r23_what_is_younger_than_six_months_stays_whatever_the_policy_says() -> None:
    archive = Archive(RetentionPolicy(chosen={AUDIT: 1}))
    archive.write(OLD)
    archive.checkpoint()
    archive.at += 183 * DAY
    run, outcome = archive.sweep()
    assert (outcome, run.found[AUDIT].ends) == (Outcome.DONE, 0)
    archive.at += 2 * DAY
    run, _ = archive.sweep()
    assert run.found[AUDIT].ends == OLD


def test_what_is_behind_a_younger_entry_waits_for_it() -> None:
    archive = Archive()
    archive.write(4)
    archive.at += 150 * DAY
    archive.write(1)
    archive.at -= 100 * DAY  # it waited in a queue
    archive.write(3)
    archive.checkpoint()
    archive.at = NOON + 270 * DAY
    run, _ = archive.sweep()
    assert run.found[AUDIT].ends == 4


def test_an_idle_log_does_not_go_on_by_its_own_declarations() -> None:
    archive = ended()
    for _ in range(3):
        archive.at += (TERM + 2) * DAY
        run, outcome = archive.sweep()
        if outcome is Outcome.WAITS:
            archive.yes(run)
        archive.checkpoint()
    said = [e for e in archive.trail.chains[SHARD] if e.tag == BEGIN_TAG]
    assert len(said) == 2  # of the twelve, and of the five behind them
    assert (
        declared(said[-1]) == {e.shard: e for e in archive.verified().beginnings}[SHARD]
    )
    assert archive.findings() == []


def test_a_beginning_moves_on_and_never_back() -> None:
    archive = ended()
    first = archive.begins()
    archive.at += (TERM + 2) * DAY
    run, outcome = archive.sweep()
    if outcome is Outcome.WAITS:
        archive.yes(run)
    archive.checkpoint()
    now = {each.shard: each for each in archive.verified().beginnings}
    assert now[SHARD].number > first.number
    assert archive.findings() == []


def test_a_chain_that_is_broken_is_not_ended_behind_the_break() -> None:
    archive = aged()
    spoiled = archive.trail.chains[SHARD][6].but(actor="system")
    archive.chains.log.spoiled[SHARD, 7] = spoiled
    run, _ = archive.sweep()
    assert run.found[AUDIT].ends == 6


# -- pause, and a policy that changes ----------------------------------------------------


def test_while_runs_are_paused_no_beginning_is_locked_and_nothing_dated() -> None:
    archive = aged()
    declared_in(archive)
    retention = archive.house.retention
    retention.put(paused(retention.policy(), True, EDITOR, archive.at))
    assert archive.checkpoint().begun == 0
    retention.put(paused(retention.policy(), False, EDITOR, archive.at))
    assert archive.checkpoint().begun == 0  # it is said anew first
    run, _ = archive.sweep()
    archive.yes(run)
    assert archive.checkpoint().begun == 1


def test_a_longer_term_holds_back_what_was_declared_and_what_was_locked() -> None:
    longer = RetentionPolicy(chosen={AUDIT: 2 * TERM})
    archive = aged()
    declared_in(archive)
    archive.house.retention.put(longer)
    assert archive.checkpoint().begun == 0
    archive = aged()
    declared_in(archive)
    archive.checkpoint()
    archive.house.retention.put(longer)
    run, _ = archive.sweep()
    assert (run.applied[AUDIT].dates, archive.chains.dates) == (0, {})
    assert archive.findings() == []


def test_chains_of_which_much_is_dated_are_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chains_module, "DATED", 5)
    archive = ended()
    assert len(archive.chains.dates) == OLD


# -- killed and retried ------------------------------------------------------------------


@pytest.mark.parametrize("when", When)
def test_killed_at_any_step_and_retried_it_comes_to_the_same(when: When) -> None:
    undisturbed, place = ended(), 0
    while True:
        place += 1
        archive = aged()
        effects = archive.house.world.effects
        run, _ = archive.sweep()
        effects.kill(place, when)
        done = _through(archive, run)
        assert archive.chains.dates.keys() == undisturbed.chains.dates.keys()
        assert archive.begins().number == undisturbed.begins().number
        said = [e for e in archive.trail.chains[SHARD] if e.tag == BEGIN_TAG]
        assert len(said) == 1
        assert archive.findings() == []
        if done:
            break
    assert place > OLD + 4


def _through(archive: Archive, run: RetentionRun) -> bool:
    """Everything once more where it was killed; whether it never was."""
    steps = [
        lambda: (
            archive.yes(run)
            if archive.house.runs.runs[run.run_id].state is RunState.GUARDED
            else archive.go_on(run)
        ),
        archive.checkpoint,
        archive.sweep,
    ]
    quiet = True
    for each in steps:
        try:
            each()
        except Killed:
            quiet = False
            if each == archive.checkpoint:
                archive.at -= HOUR
            open_ = [
                other
                for other in archive.house.runs.runs.values()
                if other.state in (RunState.APPLYING, RunState.PREVIEWING)
            ]
            if open_:
                archive.go_on(open_[0])
            else:
                each()
    return quiet


# -- what a checkpoint does not lock -----------------------------------------------------


def lie(archive: Archive, **change: Value) -> None:
    """Somebody who can write puts a declaration of their own in the chain."""
    entries = archive.trail.chains[SHARD]
    number = int(str(change.get("number", OLD)))
    data: dict[str, Value] = {
        "run_id": "f" * 32,
        "number": number,
        "last_digest": entries[number - 1].digest if number else "0" * 64,
        "until": max([e.at for e in entries[:number]], default=entries[0].at),
        "days": TERM,
    }
    archive.trail.add(
        NewEntry(
            str(change.pop("subject", keeper_of(SHARD))),
            f"lie:{len(entries)}",
            BEGIN_TAG,
            archive.at,
            "system",
            {**data, **change},
        )
    )


@pytest.mark.parametrize(
    "change",
    [
        {"number": OLD + 1},
        {"number": OLD + YOUNG},
        {"number": 0},
        {"last_digest": "e" * 64},
        {"until": "2020-01-01T00:00:00.000000+00:00"},
        {"days": 184},
        {"days": TERM + 20},
        {"days": 10**9},
        {"number": "12"},
        {"until": "x"},
        {"last_digest": "x"},
        {"subject": PICTURE},
    ],
    ids=str,
)
def test_r16_a_forged_declaration_is_not_locked(change: dict[str, Value]) -> None:
    archive = aged()
    lie(archive, **dict(change))
    assert archive.checkpoint().begun == 0
    archive.sweep()
    assert archive.chains.dates == {}
    # Whoever removes by it is found.
    archive.chains.log.gone = {(SHARD, number) for number in range(1, OLD + 1)}
    assert Id.MISSING in {f.id for f in archive.findings()}


def test_a_declaration_that_is_true_is_locked_whoever_wrote_it() -> None:
    archive = aged()
    lie(archive)
    assert archive.checkpoint().begun == 1


def test_what_is_broken_anywhere_locks_no_beginning() -> None:
    archive = aged()
    lie(archive)
    archive.write(1)
    broken = archive.trail.chains[SHARD][-1]
    archive.chains.log.spoiled[SHARD, broken.number] = broken.but(actor="system")
    result = archive.checkpoint()
    assert (result.begun, len(result.broken)) == (0, 1)


# -- what was not declared, dated or removed all the same --------------------------------


def test_r16_more_gone_than_was_declared_is_found() -> None:
    archive = ended()
    archive.chains.log.gone |= {(SHARD, OLD + 1), (SHARD, OLD + 2)}
    assert [(f.id, f.shard, f.first, f.last) for f in archive.findings()] == [
        (Id.MISSING, SHARD, OLD + 1, OLD + 2)
    ]


def test_r16_all_of_a_chain_gone_is_found() -> None:
    archive = ended()
    for entry in archive.trail.chains[SHARD]:
        archive.chains.log.gone.add((SHARD, entry.number))
    assert Id.CUT_OFF in {f.id for f in archive.findings()}


def test_r16_an_entry_dated_to_go_that_may_not_is_found_before_it_goes() -> None:
    archive = ended()
    archive.chains.dates[SHARD, OLD + 2] = seconds(archive.at + DAY)
    assert [(f.id, f.shard, f.first) for f in archive.findings()] == [
        (Id.DATED, SHARD, OLD + 2)
    ]


def test_r16_what_is_left_before_a_beginning_is_still_what_it_was() -> None:
    archive = ended()
    archive.chains.log.gone = {(SHARD, 4)}
    spoiled = archive.trail.chains[SHARD][1].but(actor="system")
    archive.chains.log.spoiled[SHARD, 2] = spoiled
    assert [(f.id, f.first) for f in archive.findings()] == [(Id.CHANGED, 2)]


def test_every_chain_is_one_that_a_beginning_can_be_written_in() -> None:
    assert [shard_of(keeper_of(shard)) for shard in SHARDS] == list(SHARDS)
