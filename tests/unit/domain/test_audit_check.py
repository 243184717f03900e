"""Every flip, drop, reorder, cut and fork of the audit log is found and named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from beeldrecht.domain.audit import (
    EMPTY,
    NO_ENTRY,
    SHARDS,
    Checkpoint,
    Entry,
    Head,
    checkpoint_digest,
    digest_of,
    place_of,
)
from beeldrecht.domain.audit_check import LATE, followed, verify, verify_chain
from beeldrecht.domain.audit_findings import AuditFinding, AuditFindingId, Chain, Mark
from tests.fakes.forged_beginnings import BegunForger, begun_log
from tests.fakes.forgery import START, Forger, Log, chance, heads, rechained, sound_log

ENTRIES, CHECKPOINTS = 900, 12
LOG = sound_log(ENTRIES, CHECKPOINTS, chance(3))
SHARD = max(SHARDS, key=lambda s: len(LOG.chains[s]))
ENTRY = LOG.chains[SHARD]
COUNT = len(ENTRY)
Id = AuditFindingId


def found(entries: list[Entry], *, with_heads: bool = True) -> list[AuditFinding]:
    """What is wrong with the one chain."""
    place = SHARDS.index(SHARD)
    known = [(c.number, c.heads[place]) for c in LOG.checkpoints] if with_heads else []
    return verify_chain(Chain(SHARD, entries), known)


def ids(findings: list[AuditFinding]) -> list[tuple[Any, ...]]:
    return [(f.id, f.first, f.last) for f in findings]


def changed(n: int, **change: str) -> list[Entry]:
    """The chain with one entry changed, by its number."""
    entries = list(ENTRY)
    entries[n - 1] = entries[n - 1].but(**change)
    return entries


def fitted(n: int, **change: str) -> list[Entry]:
    """The same, with a digest that fits."""
    entries = changed(n, **change)
    entries[n - 1] = entries[n - 1].but(digest=digest_of(entries[n - 1]))
    return entries


# -- what is sound ---------------------------------------------------------------------


def test_a_log_as_the_system_writes_it_is_sound() -> None:
    verified = LOG.verified()
    assert verified.findings == ()
    assert (verified.entries, verified.checkpoints) == (ENTRIES, len(LOG.checkpoints))


def test_an_empty_log_is_sound() -> None:
    assert verify([]).findings == ()


def test_a_log_may_have_grown_since_its_last_checkpoint() -> None:
    shorter = replace(LOG, checkpoints=LOG.checkpoints[:3])
    assert shorter.verified().findings == ()


def test_old_checkpoints_may_have_expired() -> None:
    younger = replace(LOG, checkpoints=LOG.checkpoints[5:])
    assert younger.verified().findings == ()


# -- every way to forge it -------------------------------------------------------------


@pytest.mark.parametrize("way", range(len(Forger(LOG, chance(0)).ways)))
def test_r16_each_way_to_forge_the_log_is_found_and_named(way: int) -> None:
    """A sample; the bench does ten thousand."""
    for seed in range(12):
        forger = Forger(LOG, chance(seed))
        assert forger.ways[way]().judged() is None, seed


def test_the_judge_of_forgeries_is_not_content_with_nothing_or_with_anything() -> None:
    forged = Forger(LOG, chance(1)).drop()
    assert forged.judged() is None
    assert replace(forged, log=LOG).judged() is not None
    assert replace(forged, about=frozenset({(SHARDS[0], 10**6)})).judged() is not None


BEGUN = begun_log(ENTRIES, chance(5))


def test_r23_a_log_of_which_chains_begin_later_is_sound_whatever_is_gone_of_them() -> (
    None
):
    for seed in range(6):
        begun = begun_log(300, chance(seed))
        verified = begun.log.verified()
        assert verified.findings == ()
        assert {b.shard: b for b in verified.beginnings} == begun.begins != {}


@pytest.mark.parametrize("way", range(len(BegunForger(BEGUN, chance(0)).ways)))
def test_r16_each_way_to_forge_a_beginning_is_found_and_named(way: int) -> None:
    """A sample; the bench does ten thousand."""
    for seed in range(8):
        forger = BegunForger(BEGUN, chance(seed))
        assert forger.ways[way]().judged() is None, seed


# -- what each is called ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject", "e" * 32),
        ("entry_id", "other"),
        ("tag", "x:y:z"),
        ("day", "2020-01-01#0"),
        ("time", "00:00:00.000000"),
        ("actor", "e" * 32),
        ("text", "{}"),
        ("previous", "e" * 64),
        ("digest", "e" * 64),
    ],
)
@pytest.mark.parametrize("n", [1, 2, COUNT - 1, COUNT])
def test_r16_a_changed_entry_is_named_and_no_other(n: int, name: str, value: str) -> None:
    findings = found(changed(n, **{name: value}))
    assert ids(findings) == [(Id.CHANGED, n, n)]
    assert findings[0].shard == SHARD


def test_r16_a_changed_entry_is_named_by_its_id() -> None:
    [finding] = found(changed(4, actor="system"))
    assert finding.entry_id == ENTRY[3].entry_id


def test_r16_an_entry_that_was_replaced_is_between_the_two_that_do_not_follow() -> None:
    assert ids(found(fitted(4, actor="system"))) == [(Id.FORKED, 4, 5)]
    assert ids(found(fitted(1, actor="system"))) == [(Id.FORKED, 1, 2)]


def test_r16_an_entry_that_follows_nothing_is_named_alone() -> None:
    assert ids(found(fitted(4, previous="e" * 64))) == [(Id.FORKED, 4, 4)]
    assert ids(found(fitted(1, previous="e" * 64), with_heads=False)) == [
        (Id.FORKED, 1, 1)
    ]


def test_r16_the_last_entry_replaced_is_found_by_the_checkpoint_alone() -> None:
    forged = fitted(COUNT, actor="system")
    assert found(forged, with_heads=False) == []
    [finding] = found(forged)
    assert (finding.id, finding.last) == (Id.FORKED, COUNT)
    first = next(
        c for c in LOG.checkpoints if c.heads[SHARDS.index(SHARD)].number == COUNT
    )
    assert finding.checkpoint == first.number


@pytest.mark.parametrize(
    ("gone", "named"),
    [((1,), (1, 1)), ((4,), (4, 4)), ((4, 5, 6), (4, 6)), ((1, 2), (1, 2))],
)
def test_r16_missing_entries_are_named_by_their_numbers(
    gone: tuple[int, ...], named: tuple[int, int]
) -> None:
    left = [e for e in ENTRY if e.number not in gone]
    assert ids(found(left)) == [(Id.MISSING, *named)]


def test_r16_two_gaps_are_two_findings() -> None:
    left = [e for e in ENTRY if e.number not in {3, 7}]
    assert ids(found(left)) == [(Id.MISSING, 3, 3), (Id.MISSING, 7, 7)]


@pytest.mark.parametrize("keep", [0, 1, COUNT - 1])
def test_r16_a_chain_cut_off_is_found_by_the_checkpoint_alone(keep: int) -> None:
    assert found(ENTRY[:keep], with_heads=False) == []
    findings = found(ENTRY[:keep])
    assert ids(findings) == [(Id.CUT_OFF, keep + 1, COUNT)]
    assert findings[0].checkpoint is not None


def test_r16_a_chain_that_is_not_given_at_all_was_cut_off() -> None:
    chains = [Chain(s, LOG.chains[s]) for s in SHARDS if s != SHARD]
    [finding] = verify(chains, LOG.checkpoints).findings
    assert (finding.id, finding.shard) == (Id.CUT_OFF, SHARD)


def test_r16_of_entries_in_another_order_those_that_moved_are_named() -> None:
    entries = list(ENTRY)
    entries[1], entries[7] = entries[7], entries[1]
    assert ids(found(entries)) == [(Id.OUT_OF_PLACE, 8, 8), (Id.OUT_OF_PLACE, 2, 2)]
    moved = [*ENTRY[:2], *ENTRY[3:], ENTRY[2]]
    assert ids(found(moved)) == [(Id.OUT_OF_PLACE, 3, 3)]


def test_r16_an_entry_under_another_number_is_named_where_it_stands() -> None:
    renumbered = [*ENTRY[:3], *ENTRY[4:], ENTRY[3].but(place=place_of(COUNT + 5))]
    [finding] = found(renumbered)
    assert (finding.id, finding.first) == (Id.OUT_OF_PLACE, COUNT + 5)
    assert finding.entry_id == ENTRY[3].entry_id


def test_r16_two_entries_for_one_number_are_a_fork_when_both_follow() -> None:
    twin = ENTRY[3].but(actor="system")
    twin = twin.but(digest=digest_of(twin), entry_id=twin.entry_id)
    [finding] = found([*ENTRY[:4], twin, *ENTRY[4:]])
    assert (finding.id, finding.first) == (Id.FORKED, 4)
    [finding] = found([*ENTRY[:4], ENTRY[3], *ENTRY[4:]])
    assert (finding.id, finding.first) == (Id.INSERTED, 4)


def test_r16_an_entry_before_the_first_was_put_in() -> None:
    early = ENTRY[0].but(place=place_of(0))
    early = early.but(digest=digest_of(early))
    assert ids(found([early, *ENTRY])) == [(Id.INSERTED, 0, 0)]


@pytest.mark.parametrize("n", [1, 5, COUNT])
def test_r16_a_chain_written_anew_is_found_from_where_it_departs(n: int) -> None:
    """Between the last checkpoint that agrees and the first that does not."""
    anew = rechained(changed(n, actor="system"), n - 1)
    assert found(anew, with_heads=False) == []
    [finding] = found(anew)
    assert finding.id is Id.FORKED
    assert finding.first is not None
    assert finding.last is not None
    assert finding.first <= n <= finding.last
    assert finding.checkpoint is not None


def test_r16_an_entry_of_another_chain_is_out_of_place() -> None:
    other = next(s for s in SHARDS if s != SHARD)
    moved = ENTRY[3].but(shard=other)
    findings = verify_chain(Chain(other, [moved]))
    assert (findings[0].id, findings[0].shard) == (Id.OUT_OF_PLACE, other)


def test_r16_strays_and_marks_without_their_entry_are_named() -> None:
    one = ENTRY[0]
    marks = frozenset(
        {
            Mark(one.subject, one.entry_id, one.place),
            Mark("e" * 32, "never", one.place),
            Mark(one.subject, one.entry_id, place_of(COUNT + 1)),
        }
    )
    findings = verify_chain(Chain(SHARD, ENTRY, marks, ("ENTRY#x",)))
    assert sorted((f.id, f.entry_id, f.first or 0) for f in findings) == sorted(
        [
            (Id.STRAY, "ENTRY#x", 0),
            (Id.MARK_ALONE, "never", 1),
            (Id.MARK_ALONE, one.entry_id, COUNT + 1),
        ]
    )


def test_r16_what_was_dropped_is_named_by_its_mark_too() -> None:
    gone = ENTRY[3]
    marks = frozenset({Mark(gone.subject, gone.entry_id, gone.place)})
    left = [*ENTRY[:3], *ENTRY[4:]]
    findings = verify_chain(Chain(SHARD, left, marks))
    assert [(f.id, f.entry_id) for f in findings] == [
        (Id.MISSING, None),
        (Id.MARK_ALONE, ENTRY[3].entry_id),
    ]


def test_r16_several_forgeries_of_one_chain_are_each_named() -> None:
    entries = changed(3, actor="system")
    del entries[9]
    twin = entries[15]
    entries.insert(16, twin)
    assert ids(found(entries)) == [
        (Id.CHANGED, 3, 3),
        (Id.INSERTED, twin.number, twin.number),
        (Id.MISSING, 10, 10),
    ]


# -- checkpoints -----------------------------------------------------------------------


def checkpoints(change: Callable[[list[Checkpoint]], object]) -> list[tuple[Any, ...]]:
    made = list(LOG.checkpoints)
    change(made)
    findings = replace(LOG, checkpoints=tuple(made)).verified().findings
    return [(f.id, f.checkpoint) for f in findings]


def forged(checkpoint: Checkpoint, **change: Any) -> Checkpoint:
    made = replace(checkpoint, **change)
    return replace(made, digest=checkpoint_digest(made))


def test_r16_a_changed_checkpoint_is_named() -> None:
    def change(made: list[Checkpoint]) -> None:
        made[4] = replace(made[4], at="2026-06-01T00:00:00.000000+00:00")

    assert checkpoints(change) == [(Id.CHECKPOINT_CHANGED, 5)]


def test_r16_a_missing_checkpoint_is_named() -> None:
    def change(made: list[Checkpoint]) -> None:
        del made[4]

    assert checkpoints(change) == [(Id.CHECKPOINT_MISSING, 5)]


def test_r16_a_checkpoint_that_was_made_up_does_not_lead_to_the_next() -> None:
    def change(made: list[Checkpoint]) -> None:
        made[4] = forged(made[4], at="2026-06-01T00:00:00.000000+00:00")

    assert checkpoints(change) == [(Id.CHECKPOINT_FORKED, 6)]


def test_r16_two_checkpoints_of_one_number_are_a_fork() -> None:
    def change(made: list[Checkpoint]) -> None:
        made.insert(5, forged(made[4], at="2026-06-01T00:00:00.000000+00:00"))

    assert (Id.CHECKPOINT_FORKED, 5) in checkpoints(change)


def test_r16_a_checkpoint_without_all_heads_is_no_checkpoint() -> None:
    def change(made: list[Checkpoint]) -> None:
        made[-1] = forged(made[-1], heads=made[-1].heads[:-1])

    assert checkpoints(change) == [(Id.CHECKPOINT_CHANGED, len(LOG.checkpoints))]


def test_r16_a_chain_that_was_shorter_later_was_cut_off_then() -> None:
    """Even when it has grown again since, entry for entry."""
    place = SHARDS.index(SHARD)
    earlier = LOG.checkpoints[-2]
    less = list(LOG.checkpoints[-1].heads)
    short = earlier.heads[place].number - 1
    less[place] = Head(short, ENTRY[short - 1].digest)
    last = forged(LOG.checkpoints[-1], heads=tuple(less))
    log = replace(LOG, checkpoints=(*LOG.checkpoints[:-1], last))
    [finding] = log.verified().findings
    assert (finding.id, finding.shard, finding.first, finding.last) == (
        Id.CUT_OFF,
        SHARD,
        short + 1,
        short + 1,
    )
    assert finding.checkpoint == last.number


def test_what_stands_among_the_checkpoints_and_is_none_is_named() -> None:
    [finding] = verify([], unreadable=["checkpoints/2026.json"]).findings
    assert (finding.id, finding.entry_id) == (
        Id.CHECKPOINT_CHANGED,
        "checkpoints/2026.json",
    )


def late(log: Log, at: datetime) -> bool:
    chains = [Chain(s, log.chains[s]) for s in SHARDS]
    findings = verify(chains, log.checkpoints, at).findings
    assert [f.id for f in findings] in ([], [Id.CHECKPOINT_LATE])
    return bool(findings)


def test_a_checkpoint_is_late_after_its_time_and_not_before() -> None:
    last = LOG.checkpoints[-1].instant
    assert not late(LOG, last + LATE)
    assert late(LOG, last + LATE + timedelta(microseconds=1))


def test_without_any_checkpoint_the_oldest_entry_says_since_when() -> None:
    none = replace(LOG, checkpoints=())
    first = START + timedelta(minutes=1)
    assert not late(none, first + LATE)
    assert late(none, first + LATE + timedelta(microseconds=1))
    empty = Log({s: [] for s in SHARDS}, {}, ())
    assert not late(empty, first + timedelta(days=400))


# -- the plain way ---------------------------------------------------------------------


def test_entries_follow_a_head_to_where_they_end() -> None:
    middle = Head(5, ENTRY[4].digest)
    assert followed(ENTRY, SHARD, EMPTY) == (Head(COUNT, ENTRY[-1].digest), None)
    assert followed(ENTRY[5:], SHARD, middle) == (Head(COUNT, ENTRY[-1].digest), None)
    assert followed([], SHARD, middle) == (middle, None)


def test_where_they_stop_following_is_the_number_that_should_have_come() -> None:
    middle = Head(5, ENTRY[4].digest)
    assert followed(ENTRY[6:], SHARD, middle) == (middle, 6)
    assert followed([NO_ENTRY, *ENTRY], SHARD, EMPTY) == (EMPTY, 1)
    assert followed(changed(3, actor="system"), SHARD, EMPTY) == (
        Head(2, ENTRY[1].digest),
        3,
    )


def test_the_heads_of_the_sample_are_those_of_its_last_checkpoint() -> None:
    assert LOG.checkpoints[-1].heads == tuple(heads(LOG.chains))
