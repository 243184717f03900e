"""The audit log: what happened, in chains of which every change shows.

An entry names what happened, to what, by whom and when, by identifiers and the words of
our own lists alone: erasing a person leaves entries that still verify and point to
nobody. Each entry carries the digest of the one before it in its chain. There are 64
chains, so that writers of different things do not wait for each other; a subject always
has the same one, so that what happened to it stands in order.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from .time import instant

SHARDS: Final = tuple(f"{n:02d}" for n in range(64))
"""The names of the chains."""
DAY_PARTS: Final = 8
"""In how many parts a day is listed: one would be written to by everybody at once."""
FIRST: Final = "0" * 64
"""What the first entry of a chain follows, and the first checkpoint."""
NUMBER_DIGITS: Final = 12

_NAME = re.compile(r"[0-9a-f]{32}|[a-z][a-z_]{0,31}")
_TAG = re.compile(r"[a-z]+:[a-z]+:[a-z]+")
_ENTRY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._+-]{0,299}")
_PLACE = re.compile(rf"[0-9]{{{NUMBER_DIGITS}}}")
_KEY = re.compile(r"[a-z][a-z_]{0,31}")
# A word of one of our lists, an identifier, a version: nothing with a capital, a blank,
# an accent or an at sign in it, so no name and no address that somebody typed.
_WORD = r"[a-z0-9][a-z0-9_.-]{0,63}"
_ATOM = rf"{_WORD}(/{_WORD})?"  # a model and how it is used: `yunet_2023mar/plan_1`
_GROUP = rf"{_ATOM}(:{_ATOM}){{0,3}}"
_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00"
_VALUE = re.compile(rf"({_GROUP}(,{_GROUP})*)?|{_INSTANT}")
_LONGEST = 100_000

type Value = str | int | None
type Data = Mapping[str, Value]


class UnauditableError(ValueError):
    """Something that may not stand in the log was to be written there."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be written: `tag` reads `source:subject:action`, `data` says more.

    `subject` is what it happened to, by its identifier: all entries of one subject stand
    in one chain, so a word that everybody writes under (say, the name of a list) would
    make them wait; name who looked instead. `entry_id` is the same when the same act is
    recorded again. `data` holds identifiers, words of our lists, instants and numbers,
    or lists of them (`print:clear,website:masked`). Raises UnauditableError.
    """

    subject: str
    entry_id: str
    tag: str
    at: datetime
    actor: str
    data: Data = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could be a name, or could be read in two ways."""
        # Plain words, whatever enumeration they came from: that is what is stored.
        plain = {k: str(v) if isinstance(v, str) else v for k, v in self.data.items()}
        object.__setattr__(self, "data", MappingProxyType(plain))
        object.__setattr__(self, "at", instant(self.at))
        for value, shape in (
            (self.subject, _NAME),
            (self.actor, _NAME),
            (self.tag, _TAG),
            (self.entry_id, _ENTRY_ID),
            *((key, _KEY) for key in plain),
            *((v, _VALUE) for v in plain.values() if isinstance(v, str)),
        ):
            if len(value) > _LONGEST or not shape.fullmatch(value):
                # Without the value: it may be the very name that must not be kept.
                raise UnauditableError("no identifier and no word of our lists")
        if any(type(v) not in {str, int, type(None)} for v in plain.values()):
            raise UnauditableError("only words, whole numbers and nothing")


class Entry(NamedTuple):
    """One thing that happened, as it is stored: text alone, in the order it is hashed.

    A tuple and not a dataclass, because half a million are to be made and verified in a
    second; as text, because what is hashed must not depend on how a number is printed.
    """

    shard: str
    place: str
    """The number in the chain, from 1, with leading zeros."""
    subject: str
    entry_id: str
    tag: str
    at: str
    actor: str
    text: str
    """The data, as canonical JSON."""
    previous: str
    digest: str
    day: str
    """Under which part of which day it is listed; follows from the rest."""

    @property
    def number(self) -> int:
        """The number in the chain, from 1."""
        return int(self.place)

    @property
    def data(self) -> Mapping[str, Value]:
        """What else the entry says."""
        found: Mapping[str, Value] = json.loads(self.text)
        return found

    @property
    def instant(self) -> datetime:
        """When it happened."""
        return datetime.fromisoformat(self.at)


HASHED: Final = Entry._fields.index("digest")
"""How many of an entry's fields are hashed: all before its digest."""


def canonical(entry: Entry) -> str:
    """What is hashed of an entry: its fields, one a line.

    None of them holds a line break, so no other entry has the same text.
    """
    return "\n".join(entry[:HASHED])


def digest_of(entry: Entry) -> str:
    """SHA-256 of the entry and, within it, of the one before."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def shard_of(subject: str) -> str:
    """The chain in which everything about this subject stands."""
    return SHARDS[hashlib.sha256(subject.encode()).digest()[0] % len(SHARDS)]


def stamp(at: datetime) -> str:
    """An instant as entries say it: in UTC, to the microsecond, so that text sorts."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def place_of(number: int) -> str:
    """A number as text that sorts."""
    return f"{number:0{NUMBER_DIGITS}d}"


def day_of(at: str, shard: str) -> str:
    """Under which part of which day an entry is listed."""
    return f"{at[:10]}#{int(shard) % DAY_PARTS}"


def parsed(fields: Mapping[str, object]) -> Entry | None:
    """The entry with these fields; None when they are not those of an entry."""
    if fields.keys() != set(Entry._fields):
        return None
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    if len(texts) < len(fields) or texts["shard"] not in SHARDS:
        return None
    try:
        "".join(texts.values()).encode()
    except UnicodeEncodeError:
        return None
    return Entry(**texts) if _PLACE.fullmatch(texts["place"]) else None


def chained(new: NewEntry, number: int, previous: str) -> Entry:
    """The entry as it stands at that number, behind the one with that digest."""
    shard, at = shard_of(new.subject), stamp(new.at)
    entry = Entry(
        shard=shard,
        place=place_of(number),
        subject=new.subject,
        entry_id=new.entry_id,
        tag=new.tag,
        at=at,
        actor=new.actor,
        text=json.dumps(dict(new.data), sort_keys=True, separators=(",", ":")),
        previous=previous,
        digest="",
        day=day_of(at, shard),
    )
    return entry._replace(digest=digest_of(entry))


class Head(NamedTuple):
    """Where a chain ends: the number and the digest of its last entry."""

    number: int
    digest: str


EMPTY: Final = Head(0, FIRST)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where every chain ended at an instant, kept where nobody can change it.

    A chain by itself does not show that its end was cut off, nor that all of it was
    written anew: the checkpoint does. It holds no identifier of anybody or anything.
    """

    number: int
    at: str
    heads: tuple[Head, ...]
    """In the order of the chains."""
    previous: str
    digest: str

    @property
    def instant(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.at)


def checkpoint_digest(checkpoint: Checkpoint) -> str:
    """SHA-256 of the checkpoint and, within it, of the one before."""
    lines = [str(checkpoint.number), checkpoint.at, checkpoint.previous]
    lines += [f"{head.number} {head.digest}" for head in checkpoint.heads]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def checkpoint_after(
    last: Checkpoint | None, heads: Iterable[Head], at: datetime
) -> Checkpoint:
    """The next checkpoint: raises ValueError unless there is a head for every chain."""
    bare = Checkpoint(
        number=last.number + 1 if last else 1,
        at=stamp(at),
        heads=tuple(heads),
        previous=last.digest if last else FIRST,
        digest="",
    )
    if len(bare.heads) != len(SHARDS):
        raise ValueError("a checkpoint has a head for every chain")
    return Checkpoint(
        bare.number, bare.at, bare.heads, bare.previous, checkpoint_digest(bare)
    )
