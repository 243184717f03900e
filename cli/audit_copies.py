"""Copies of the audit log: one JSON value a line, to be verified without the account.

    {"entry": {…}}        {"mark": [chain, subject, entry id, number]}
    {"checkpoint": {…}}   {"stray": [chain, key]}   {"dated": [chain, number]}

A folder is read as all the copies in it, and the checkpoints as the bucket holds them:
`aws s3 sync` makes one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from beeldrecht.adapters.checkpoints import Found, checkpoint_of
from beeldrecht.domain.audit import SHARDS, Checkpoint, Entry, is_place, parsed
from beeldrecht.domain.audit_findings import AuditFinding, AuditFindingId, Chain, Mark


class NoCopyError(Exception):
    """There is nothing to read there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds, and what of it is not what it should be."""

    chains: tuple[Chain, ...]
    found: Found
    findings: tuple[AuditFinding, ...]


def saved(
    chains: Iterable[Chain], checkpoints: Iterable[Checkpoint], to: IO[str]
) -> Iterator[Chain]:
    """Hand each chain on as it was, once it was written to the copy."""
    for checkpoint in checkpoints:
        _line(to, {"checkpoint": asdict(checkpoint)})
    for chain in chains:
        for entry in chain.entries:
            _line(to, {"entry": entry.fields})
        for mark in sorted(chain.marks):
            _line(to, {"mark": [chain.shard, *mark]})
        for key in chain.strays:
            _line(to, {"stray": [chain.shard, key]})
        for number in sorted(chain.dated):
            _line(to, {"dated": [chain.shard, number]})
        yield chain


def load(path: Path) -> Copy:
    """Read a copy, or a folder of them; entries stay in the order of the file.

    Raises NoCopyError. A line that is nothing of the kind is a finding, by its number.
    """
    files = sorted(path.rglob("*.json*")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise NoCopyError(path)
    reading = _Reading()
    for file in files:
        if file.suffix == ".json":
            reading.take_checkpoint(file.name, file.read_bytes())
        else:
            reading.take_lines(file)
    return reading.copy()


def _line(to: IO[str], value: dict[str, Any]) -> None:
    to.write(json.dumps(value, separators=(",", ":")) + "\n")


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._marks: dict[str, set[Mark]] = defaultdict(set)
        self._strays: dict[str, list[str]] = defaultdict(list)
        self._dated: dict[str, set[int]] = defaultdict(set)
        self._checkpoints: list[Checkpoint] = []
        self._unreadable: list[str] = []
        self._findings: list[AuditFinding] = []

    def take_checkpoint(self, name: str, body: bytes) -> None:
        """One checkpoint, as an object of the bucket."""
        checkpoint = checkpoint_of(body)
        if checkpoint is None:
            self._unreadable.append(name)
        else:
            self._checkpoints.append(checkpoint)

    def take_lines(self, file: Path) -> None:
        """One copy."""
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not self._taken(line, file.name):
                    where = f"{file.name}:{number}"
                    self._findings.append(
                        AuditFinding(AuditFindingId.STRAY, entry_id=where)
                    )

    def copy(self) -> Copy:
        """All of it."""
        chains = tuple(
            Chain(
                shard,
                self._entries[shard],
                frozenset(self._marks[shard]),
                tuple(self._strays[shard]),
                frozenset(self._dated[shard]),
            )
            for shard in SHARDS
        )
        found = Found(tuple(self._checkpoints), tuple(self._unreadable))
        return Copy(chains, found, tuple(self._findings))

    def _taken(self, line: bytes, name: str) -> bool:
        """Whether a line held something of the log; what it held is kept."""
        try:
            value = json.loads(line)
        except ValueError:
            return False
        match value:
            case {"entry": dict(fields)} if entry := parsed(fields):
                self._entries[entry.shard].append(entry)
            case {"mark": [str(shard), str(subject), str(entry_id), str(place)]} if (
                shard in SHARDS and is_place(place)
            ):
                self._marks[shard].add(Mark(subject, entry_id, place))
            case {"stray": [str(shard), str(key)]} if shard in SHARDS:
                self._strays[shard].append(key)
            case {"dated": [str(shard), int(number)]} if shard in SHARDS:
                self._dated[shard].add(number)
            case {"checkpoint": dict(fields)}:
                self.take_checkpoint(name, json.dumps(fields).encode())
            case _:
                return False
        return True
