"""What is said of a picture: by the file when it came, by people afterwards.

Words are bounded and plain: no character that cannot be seen, none that turns the
direction of reading. Where a picture was taken is said in words alone, never as a
position. Words can name people: they are personal, and go with the picture.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

MAX_KEYWORDS: Final = 100
MAX_RELEASE_IDS: Final = 20
LIMITS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "creator": 256,
        "title": 256,
        "caption": 4000,
        "credit": 256,
        "copyright": 512,
        "usage_terms": 1000,
        "location": 256,
        "city": 128,
        "region": 128,
        "country": 128,
    }
)
"""How many characters the words of each field are at most."""
KEYWORD_LIMIT: Final = 128
RELEASE_ID_LIMIT: Final = 128

_UNWANTED: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d")
_MANY_LINES: Final = frozenset({"caption", "usage_terms"})


class ModelRelease(StrEnum):
    """Whether the people in it signed for the use, in the terms of the PLUS coalition."""

    NONE = "no_model_release"
    NOT_APPLICABLE = "model_release_not_applicable"
    UNLIMITED = "unlimited_model_release"
    LIMITED = "limited_model_release"


class MetadataRefusal(StrEnum):
    """Why something cannot be said of a picture."""

    TOO_LONG = "words_too_long"
    TOO_MANY = "too_many_words"
    NOT_PLAIN = "words_not_plain"
    NO_DATE = "no_such_date"
    NOTHING_SAID = "nothing_to_change"
    CHANGED_SINCE = "metadata_changed_since"


class MetadataRefusedError(Exception):
    """It cannot be said of a picture; `field` is what of it, `reason` why."""

    def __init__(self, reason: MetadataRefusal, field_name: str) -> None:
        super().__init__(f"{field_name}: {reason}")
        self.reason = reason
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of a picture; None and empty where nothing is.

    `captured_at` is ISO 8601 local time as the camera showed it
    (`2024-05-04T15:30:00`, or only the date), with the offset when it is known. The place
    is what a person wrote. Raises MetadataRefusedError.
    """

    captured_at: str | None = None
    creator: str | None = None
    title: str | None = None
    caption: str | None = None
    keywords: tuple[str, ...] = ()
    credit: str | None = None
    copyright: str | None = None
    usage_terms: str | None = None
    location: str | None = None
    """The building, the street, the park: whatever is smaller than a city."""
    city: str | None = None
    region: str | None = None
    country: str | None = None
    model_release: ModelRelease | None = None
    model_release_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is too long, too much or not plain: raises MetadataRefusedError."""
        for name, limit in LIMITS.items():
            value = getattr(self, name)
            if value is not None:
                _check(name, value, limit)
        _check_all("keywords", self.keywords, MAX_KEYWORDS, KEYWORD_LIMIT)
        ids = self.model_release_ids
        _check_all("model_release_ids", ids, MAX_RELEASE_IDS, RELEASE_ID_LIMIT)
        if self.captured_at is not None and not _dated(self.captured_at):
            raise MetadataRefusedError(MetadataRefusal.NO_DATE, "captured_at")

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that a person or a program wrote freely, for who searches."""
        words = (getattr(self, name) for name in LIMITS)
        return (*(each for each in words if each), *self.keywords)


FIELDS: Final = tuple(each.name for each in fields(Metadata))
"""The names of everything that can be said, in their order."""
LISTS: Final = frozenset({"keywords", "model_release_ids"})
"""The fields that hold several values."""


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """What is to be said otherwise: fields set or emptied, values added and removed.

    `values` gives fields a new value; None, or nothing in a list, empties one. `added`
    and `removed` are about the lists alone, so that a change of many pictures leaves to
    each what is its own.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse names of no field: raises ValueError."""
        if not {*self.values} <= {*FIELDS}:
            raise ValueError("there is no such field")
        if not {*self.added, *self.removed} <= LISTS:
            raise ValueError("only lists are added to and removed from")

    def __bool__(self) -> bool:
        """Whether it changes anything at all."""
        return bool(self.values or self.added or self.removed)


def changed(before: Metadata, change: MetadataChange) -> Metadata:
    """What is said after a change; raises MetadataRefusedError. Twice is once."""
    values: dict[str, Any] = dict(change.values)
    for name in sorted({*change.added, *change.removed}):
        there = values.get(name, getattr(before, name)) or ()
        added = change.added.get(name, ())
        gone = frozenset(change.removed.get(name, ())) - frozenset(added)
        kept = [each for each in there if each not in gone]
        values[name] = (*kept, *added)
    for name in LISTS & values.keys():
        values[name] = tuple(dict.fromkeys(values[name] or ()))
    return replace(before, **values)


def joined(file: Metadata, said: Metadata) -> Metadata:
    """What a file says of itself, with what somebody said of it before it came.

    What was said goes before; keywords stand together, as many as there may be.
    """
    values = {name: getattr(said, name) for name in FIELDS if getattr(said, name)}
    both = dict.fromkeys((*said.keywords, *file.keywords))
    return replace(file, **{**values, "keywords": tuple(both)[:MAX_KEYWORDS]})


def plain(metadata: Metadata) -> dict[str, Any]:
    """As JSON holds it, without what is not said."""
    told = {name: getattr(metadata, name) for name in FIELDS}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in told.items()
        if value
    }


def from_plain(told: Mapping[str, Any]) -> Metadata:
    """What `plain` wrote; names of no field are passed over."""
    values = {name: told[name] for name in FIELDS if told.get(name)}
    for name in LISTS & values.keys():
        values[name] = tuple(values[name])
    release = values.get("model_release")
    if release is not None:
        values["model_release"] = ModelRelease(release)
    return Metadata(**values)


def _check_all(name: str, values: Iterable[str], many: int, limit: int) -> None:
    each = tuple(values)
    if len(each) > many:
        raise MetadataRefusedError(MetadataRefusal.TOO_MANY, name)
    for value in each:
        _check(name, value, limit)


def _check(name: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise MetadataRefusedError(MetadataRefusal.TOO_LONG, name)
    lines = name in _MANY_LINES
    if not value.strip() or any(
        unicodedata.category(c) in _UNWANTED and c not in _JOINERS
        for c in value
        if not (lines and c == "\n")
    ):
        raise MetadataRefusedError(MetadataRefusal.NOT_PLAIN, name)


def _dated(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
