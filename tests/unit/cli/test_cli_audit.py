"""The command over the audit log: verified, searched, taken along."""

import csv
import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from audit.checkpoint_audit.step import checkpoint_audit
from beeldrecht.domain.access import Role
from beeldrecht.domain.audit import EMPTY, NO_ENTRY, NewEntry, shard_of
from beeldrecht.domain.audit_beginnings import declaration, is_over, over_from
from beeldrecht.domain.audit_findings import AuditFindingId
from beeldrecht.domain.messages import words
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from cli.audit_copies import load
from tests.fakes.checkpoints import FakeCheckpoints, FakeLog
from tests.fakes.retention import FakeRetention
from tests.fakes.samples import ANN, BOB, EDITOR, PICTURE
from tests.unit.cli.desks import Office

SHARD = shard_of(PICTURE)
COUNT = 5


class Archive(Office):
    """A desk of somebody who oversees, with a log and a checkpoint of it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.be(Role.PRIVACY_OFFICER)
        self.log = FakeLog(self.world.audit)
        self.checkpoints = FakeCheckpoints()
        for n in range(COUNT):
            self.write(f"e{n}")
        self.vouch()
        self.desk.deployed.__dict__.update(
            audit_reader=self.log, checkpoints=self.checkpoints
        )

    def write(self, name: str, subject: str = PICTURE, actor: str = EDITOR) -> None:
        tag = "clearance:asset:decide"
        entry = NewEntry(subject, name, tag, self.world.at, actor, {"outcome": "ready"})
        self.world.audit.add(entry)

    def vouch(self, policy: RetentionPolicy | None = None) -> None:
        retention = FakeRetention(policy)
        checkpoint_audit(self.log, self.checkpoints, retention, self.world.at)


@pytest.fixture
def archive() -> Archive:
    return Archive()


# -- verifying -------------------------------------------------------------------------


def test_a_whole_log_is_said_to_be_whole(archive: Archive) -> None:
    assert archive.run("audit", "verify") == 0
    assert "5 entries in 64 chains and 1 checkpoints" in archive.said
    assert "The log is whole" in archive.said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_r23_a_chain_that_begins_later_is_told_with_the_reason(
    language: str, tmp_path: Path
) -> None:
    archive = Archive(language=language)
    policy = RetentionPolicy(chosen={RetentionKind.AUDIT: 365})
    at = archive.world.at = archive.world.at + timedelta(days=400)
    over = over_from(
        archive.log.since(SHARD, 1), SHARD, EMPTY, lambda then: is_over(policy, then, at)
    )
    entry = declaration(over, SHARD, 365, "f" * 32, at, "retention")
    archive.world.audit.add(entry)
    archive.vouch(policy)
    archive.log.gone = {(SHARD, number) for number in range(1, COUNT + 1)}
    copy = tmp_path / "log.jsonl"
    for given in (("--keep", str(copy)), ("--file", str(copy))):
        assert archive.run("audit", "verify", *given) == 0
        said = " ".join(archive.said.split())
        for part in {
            "en": (f"Chain {SHARD} begins at 6", "older than 365 days", "policy"),
            "nl": (f"Keten {SHARD} begint bij 6", "ouder is dan 365 dagen", "beleid"),
        }[language]:
            assert part in said


def test_what_takes_long_says_that_it_goes_on(archive: Archive) -> None:
    archive.run("audit", "verify")
    assert "Verifying the audit log" in archive.said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_r16_each_finding_is_told_with_its_chain_number_and_entry(language: str) -> None:
    archive = Archive(language=language)
    changed = archive.world.audit.chains[SHARD][2].but(actor=BOB)
    archive.log.spoiled[SHARD, 3] = changed
    archive.log.gone = {(SHARD, 5)}
    assert archive.run("audit", "verify") == 1
    lines = archive.said.splitlines()
    told = next(line for line in lines if words(AuditFindingId.CHANGED, language) in line)
    assert told.split()[:3] == [SHARD, "3", "e2"]
    cut = next(line for line in lines if words(AuditFindingId.CUT_OFF, language) in line)
    word = {"en": "checkpoint", "nl": "ijkpunt"}[language]
    assert cut.split()[:4] == [SHARD, "5", f"({word}", "1)"]
    assert "2" in next(line for line in lines if line.endswith(": 2"))


def test_r16_a_checkpoint_that_is_hours_late_is_a_finding(archive: Archive) -> None:
    archive.world.at += timedelta(hours=3)
    assert archive.run("audit", "verify") == 1
    assert words(AuditFindingId.CHECKPOINT_LATE, "en") in archive.said


# -- copies ----------------------------------------------------------------------------


def test_a_copy_is_verified_without_the_account(archive: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "log.jsonl"
    assert archive.run("audit", "verify", "--keep", str(copy)) == 0
    alone = Office()
    assert alone.run("audit", "verify", "--file", str(copy)) == 0
    assert "5 entries in 64 chains and 1 checkpoints" in alone.said


def test_a_copy_holds_all_that_was_read(archive: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "log.jsonl"
    archive.log.spoiled[SHARD, 3] = NO_ENTRY
    archive.run("audit", "verify", "--keep", str(copy))
    loaded = load(copy)
    assert loaded.found == archive.checkpoints.all()
    assert loaded.findings == ()
    assert {c.shard: c for c in loaded.chains}[SHARD] == archive.log.chain(SHARD)
    alone = Office()
    assert alone.run("audit", "verify", "--file", str(copy)) == 1
    assert words(AuditFindingId.STRAY, "en") in alone.said


@pytest.mark.parametrize(
    ("change", "id_"),
    [
        (lambda lines: [*lines[:2], *lines[3:]], AuditFindingId.MISSING),
        (lambda lines: lines[:-1], AuditFindingId.CUT_OFF),
        (lambda lines: lines[1:], None),
        (
            lambda lines: [lines[0], lines[4], lines[2], lines[3], lines[1], lines[5]],
            AuditFindingId.OUT_OF_PLACE,
        ),
        (lambda lines: [*lines, lines[-1]], AuditFindingId.INSERTED),
        (
            lambda lines: [line.replace("ready", "grown") for line in lines],
            AuditFindingId.CHANGED,
        ),
        (lambda lines: [*lines, "{"], AuditFindingId.STRAY),
        (lambda lines: [*lines, "[]"], AuditFindingId.STRAY),
        (
            lambda lines: [*lines, '{"mark":["64","a","b","000000000001"]}'],
            AuditFindingId.STRAY,
        ),
        (lambda lines: [*lines, '{"mark":["00","a","b","1"]}'], AuditFindingId.STRAY),
        (lambda lines: [*lines, '{"entry":{}}'], AuditFindingId.STRAY),
        (
            lambda lines: [*lines, '{"checkpoint":{}}'],
            AuditFindingId.CHECKPOINT_CHANGED,
        ),
    ],
)
def test_r16_whatever_is_done_to_a_copy_is_found(
    archive: Archive, tmp_path: Path, change: object, id_: AuditFindingId | None
) -> None:
    copy = tmp_path / "log.jsonl"
    archive.run("audit", "verify", "--keep", str(copy))
    lines = copy.read_text().splitlines()
    assert len(lines) == COUNT + 1
    assert callable(change)
    copy.write_text("\n".join(change(lines)) + "\n")
    alone = Office()
    # Without its checkpoint a copy is whole as far as it goes.
    assert alone.run("audit", "verify", "--file", str(copy)) == (1 if id_ else 0)
    if id_:
        assert words(id_, "en") in alone.said


def test_a_line_that_is_nothing_is_named_by_its_number(
    archive: Archive, tmp_path: Path
) -> None:
    copy = tmp_path / "log.jsonl"
    archive.run("audit", "verify", "--keep", str(copy))
    copy.write_text(copy.read_text() + "nothing\n")
    alone = Office()
    assert alone.run("audit", "verify", "--file", str(copy)) == 1
    assert f"log.jsonl:{COUNT + 2}" in alone.said


def test_a_folder_holds_copies_and_checkpoints_as_the_bucket_does(
    archive: Archive, tmp_path: Path
) -> None:
    copy = tmp_path / "log.jsonl"
    archive.run("audit", "verify", "--keep", str(copy))
    first, *entries = copy.read_text().splitlines()
    copy.write_text("\n".join(entries[:2]) + "\n")
    (tmp_path / "more.jsonl").write_text("\n".join(entries[2:]) + "\n")
    (made,) = archive.checkpoints.all().checkpoints
    assert json.loads(first) == {"checkpoint": json.loads(json.dumps(asdict(made)))}
    kept = tmp_path / "checkpoints"
    kept.mkdir()
    (kept / "2026-06-01T12.json").write_text(json.dumps(asdict(made)))
    alone = Office()
    assert alone.run("audit", "verify", "--file", str(tmp_path)) == 0
    assert "5 entries in 64 chains and 1 checkpoints" in alone.said
    (kept / "2026-06-01T13.json").write_text("{}")
    assert alone.run("audit", "verify", "--file", str(tmp_path)) == 1


def test_nothing_is_written_over_and_nothing_is_read_where_nothing_is(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "log.jsonl"
    there.write_text("mine")
    assert archive.run("audit", "verify", "--keep", str(there)) == 1
    assert "log.jsonl already" in capsys.readouterr().err
    assert there.read_text() == "mine"
    assert archive.run("audit", "verify", "--keep", str(tmp_path / "no" / "log")) == 1
    assert "cannot be written" in capsys.readouterr().err
    for nothing in (tmp_path / "no", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        assert archive.run("audit", "verify", "--file", str(nothing)) == 1
        assert "no copy of the audit log" in capsys.readouterr().err


# -- searching and taking along --------------------------------------------------------


def test_a_search_says_when_what_and_by_whom(archive: Archive) -> None:
    assert archive.run("audit", "search", "--subject", PICTURE) == 0
    first = archive.said.splitlines()[0]
    assert first.startswith("1 June 2026 14:00  clearance:asset:decide  ")
    assert first.endswith("outcome=ready")
    assert len(archive.said.splitlines()) == COUNT


def test_a_search_goes_on_page_after_page_and_no_further_than_asked(
    archive: Archive,
) -> None:
    for n in range(230):
        archive.write(f"f{n}", ANN)
    assert archive.run("audit", "search", "--subject", ANN, "--limit", "220") == 0
    assert len(archive.said.splitlines()) == 221
    assert "There is more" in archive.said


def test_who_and_what_narrow_a_search(archive: Archive) -> None:
    archive.write("hers", actor=BOB)
    narrow = ("--actor", BOB, "--tag", "clearance", "--day", "2026-06-01")
    assert archive.run("audit", "search", *narrow, "--until", "2026-06-02") == 0
    assert len(archive.said.splitlines()) == 1
    archive.run("audit", "search", "--subject", BOB)
    assert "Nothing of the kind." in archive.said


def test_a_file_holds_everything_however_many_answers_it_takes(
    archive: Archive, tmp_path: Path
) -> None:
    for n in range(5_010):
        archive.write(f"f{n}", ANN)
    to = tmp_path / "log.csv"
    assert archive.run("audit", "export", str(to), "--subject", ANN) == 0
    with to.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["entry_id"] for row in rows][:5_010] == [f"f{n}" for n in range(5_010)]
    # Taking it along is on record too, and so is in what comes after.
    assert {row["tag"] for row in rows[5_010:]} <= {"api:audit:export"}
    assert f"entries are in {to}" in archive.said


def test_a_file_is_not_written_over(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "log.csv"
    to.write_text("mine")
    assert archive.run("audit", "export", str(to)) == 1
    assert "log.csv already" in capsys.readouterr().err
    assert to.read_text() == "mine"


def test_whoever_may_not_read_the_log_is_told_so(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.be(Role.EDITOR)
    assert archive.run("audit", "search") == 1
    assert "Your role does not do this" in capsys.readouterr().err
