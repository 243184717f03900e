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
from dataclasses import dataclass, field, replace
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
_NUMBER = re.compile(rf"[0-9]{{{NUMBER_DIGITS}}}")
_KEY = re.compile(r"[a-z][a-z_]{0,31}")
# A word of one of our lists, an identifier, a version: nothing with a capital, a blank,
# an accent or an at sign in it, so no name and no address that somebody typed.
_WORD = r"[a-z0-9][a-z0-9_.-]{0,63}"
_ATOM = rf"{_WORD}(/{_WORD})?"  # a model and how it is used: `yunet_2023mar/plan_1`
_GROUP = rf"{_ATOM}(:{_ATOM}){{0,3}}"
_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00"
_VALUE = re.compile(rf"({_GROUP}(,{_GROUP})*)?|{_INSTANT}")
_LONGEST = 100_000
_SHARD = 2
_PLACE = slice(_SHARD + 1, _SHARD + 1 + NUMBER_DIGITS)
_DATE, _TIME = len("2026-06-01"), slice(len("2026-06-01T"), -len("+00:00"))

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


FIELDS: Final = (
    *("shard", "place", "subject", "entry_id", "tag", "day", "time", "actor"),
    *("text", "previous"),
)
"""What is hashed of an entry, in this order: all of it."""


class Entry(NamedTuple):
    """One thing that happened: the text that is hashed, and its digest.

    As one text, because more than half a million are to be verified in a second; a tuple
    and not a dataclass, because as many are to be made first. Its fields are taken from
    the text when somebody asks for them.
    """

    line: str
    """The fields, one a line. None of them holds a line break, so no others read so."""
    digest: str

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Entry":
        """The entry with these fields, `digest` among them."""
        return cls("\n".join([fields[name] for name in FIELDS]), fields["digest"])

    def but(self, **change: str) -> "Entry":
        """The entry with other fields; its digest stays unless it is among them."""
        return Entry.of(self.fields | change)

    @property
    def fields(self) -> dict[str, str]:
        """All fields by name, and the digest."""
        said = self.line.split("\n", len(FIELDS) - 1)
        return {**dict(zip(FIELDS, said, strict=True)), "digest": self.digest}

    @property
    def shard(self) -> str:
        """The chain in which it stands."""
        return self.line[:_SHARD]

    @property
    def place(self) -> str:
        """The number in the chain, from 1, with leading zeros."""
        return self.line[_PLACE]

    @property
    def number(self) -> int:
        """The number in the chain, from 1."""
        return int(self.place)

    @property
    def subject(self) -> str:
        """What it happened to."""
        return self.fields["subject"]

    @property
    def entry_id(self) -> str:
        """What the act is known by."""
        return self.fields["entry_id"]

    @property
    def tag(self) -> str:
        """What was done, as `source:subject:action`."""
        return self.fields["tag"]

    @property
    def day(self) -> str:
        """The day of UTC, and under which part of it the entry is listed."""
        return self.fields["day"]

    @property
    def time(self) -> str:
        """The time of that day, to the microsecond."""
        return self.fields["time"]

    @property
    def at(self) -> str:
        """When it happened, as text that sorts."""
        fields = self.fields
        return f"{fields['day'][:_DATE]}T{fields['time']}+00:00"

    @property
    def instant(self) -> datetime:
        """When it happened."""
        return datetime.fromisoformat(self.at)

    @property
    def actor(self) -> str:
        """Who did it."""
        return self.fields["actor"]

    @property
    def text(self) -> str:
        """What else it says, as canonical JSON."""
        return self.fields["text"]

    @property
    def data(self) -> Mapping[str, Value]:
        """What else it says."""
        found: Mapping[str, Value] = json.loads(self.text)
        return found

    @property
    def previous(self) -> str:
        """The digest of the entry before it."""
        return self.line.rpartition("\n")[2]


NO_ENTRY: Final = Entry("", "")
"""Stands for what is none: it follows nothing, and nothing follows it."""


def digest_of(entry: Entry) -> str:
    """SHA-256 of the entry and, within it, of the one before."""
    return hashlib.sha256(entry.line.encode()).hexdigest()


def shard_of(subject: str) -> str:
    """The chain in which everything about this subject stands."""
    return SHARDS[hashlib.sha256(subject.encode()).digest()[0] % len(SHARDS)]


def stamp(at: datetime) -> str:
    """An instant as entries say it: in UTC, to the microsecond, so that text sorts."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def place_of(number: int) -> str:
    """A number as text that sorts."""
    return f"{number:0{NUMBER_DIGITS}d}"


def is_place(text: str) -> bool:
    """Whether a text is a number as entries say it."""
    return _NUMBER.fullmatch(text) is not None


def day_of(at: str, shard: str) -> str:
    """Under which part of which day an entry is listed."""
    return f"{at[:_DATE]}#{int(shard) % DAY_PARTS}"


def time_of(at: str) -> str:
    """The time of the day, as entries say it."""
    return at[_TIME]


def parsed(fields: Mapping[str, object]) -> Entry | None:
    """The entry with these fields; None when they are not those of an entry."""
    if fields.keys() != {*FIELDS, "digest"}:
        return None
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    if len(texts) < len(fields) or texts["shard"] not in SHARDS:
        return None
    if not is_place(texts["place"]):
        return None
    entry = Entry.of(texts)
    try:
        entry.line.encode()
    except UnicodeEncodeError:
        return None
    return entry


def chained(new: NewEntry, number: int, previous: str) -> Entry:
    """The entry as it stands at that number, behind the one with that digest."""
    shard, at = shard_of(new.subject), stamp(new.at)
    entry = Entry.of(
        {
            "shard": shard,
            "place": place_of(number),
            "subject": new.subject,
            "entry_id": new.entry_id,
            "tag": new.tag,
            "day": day_of(at, shard),
            "time": time_of(at),
            "actor": new.actor,
            "text": json.dumps(dict(new.data), sort_keys=True, separators=(",", ":")),
            "previous": previous,
            "digest": "",
        }
    )
    return Entry(entry.line, digest_of(entry))


class Head(NamedTuple):
    """Where a chain ends: the number and the digest of its last entry."""

    number: int
    digest: str


EMPTY: Final = Head(0, FIRST)


def followed(entries: Iterable[Entry], shard: str, head: Head) -> tuple[Head, int | None]:
    """How far entries follow that head, and the number at which they do not any more.

    This is the plain way: what it costs is what verifying a whole log costs.
    """
    sha256 = hashlib.sha256
    number, previous = head
    start, tail = f"{shard}\n", f"\n{previous}"
    for line, digest in entries:
        if (
            not line.endswith(tail)
            or not line.startswith(start)
            or int(line[_PLACE]) != number + 1
            or sha256(line.encode()).hexdigest() != digest
        ):
            return Head(number, previous), number + 1
        previous, tail = digest, f"\n{digest}"
        number += 1
    return Head(number, previous), None


class Beginning(NamedTuple):
    """From where on a chain stands: what lies before was over, and may be gone."""

    shard: str
    number: int
    """The last entry that may be gone; so many may be."""
    digest: str
    """Its digest, which the next entry follows."""
    until: str
    """The newest instant among what may be gone."""
    days: int
    """The term by which all of it was over."""
    at: str
    """When that was declared."""
    declared_by: int
    """The number of the entry of this chain that declares it."""


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
    beginnings: tuple[Beginning, ...] = ()
    """Of the chains that begin later than with their first entry."""

    @property
    def instant(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.at)


def checkpoint_digest(checkpoint: Checkpoint) -> str:
    """SHA-256 of the checkpoint and, within it, of the one before."""
    lines = [str(checkpoint.number), checkpoint.at, checkpoint.previous]
    lines += [f"{head.number} {head.digest}" for head in checkpoint.heads]
    # Behind as many heads as there are chains, so nothing reads in two ways.
    lines += [" ".join(map(str, each)) for each in checkpoint.beginnings]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def checkpoint_after(
    last: Checkpoint | None,
    heads: Iterable[Head],
    at: datetime,
    beginnings: Iterable[Beginning] = (),
) -> Checkpoint:
    """The next checkpoint: raises ValueError unless there is a head for every chain."""
    bare = Checkpoint(
        number=last.number + 1 if last else 1,
        at=stamp(at),
        heads=tuple(heads),
        previous=last.digest if last else FIRST,
        digest="",
        beginnings=tuple(sorted(beginnings)),
    )
    if len(bare.heads) != len(SHARDS):
        raise ValueError("a checkpoint has a head for every chain")
    return replace(bare, digest=checkpoint_digest(bare))
