"""Wordings: exactly what a person is shown and signs, in every language it exists in.

A wording has versions; a version never changes, so a signature points at words that can
be read as they were. What is hashed is the text of one language, whole: the notice (GDPR
13), each statement by itself, and what is offered.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from .channels import Channel, Place
from .ids import check_id


@dataclass(frozen=True, slots=True)
class WordingText:
    """A wording in one language: plain text, each paragraph a string."""

    title: str
    purpose: str
    controller: str
    """Who is responsible, with the address where they are reached."""
    notice: tuple[str, ...]
    """Purposes, recipients, term, rights, complaint: shown before anything is signed."""
    image: str
    """The statement of image consent; the channels stand below it, each by itself."""
    portrait: str | None
    """The portrait agreement; None: it is not offered."""
    biometric: str | None
    """The statement of biometric consent; None: it is not asked."""
    guardian: str
    """What a guardian states instead of the person."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a wording."""

    wording_id: str
    version: int
    texts: Mapping[str, WordingText]
    """By language: `nl`, `en`, `de`, `fr` or another of two letters."""
    channels: Mapping[Channel, int]
    """The channels that are offered, each with its term in whole months."""
    places: frozenset[Place]
    portrait_months: int | None
    biometric_months: int | None
    compensation: str | None
    """What the portrait agreement pays, in words; None: nothing."""
    created_by: str
    created_at: datetime

    def __post_init__(self) -> None:
        """Freeze the mappings, and refuse a wording that offers nothing."""
        check_id(self.wording_id)
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))
        object.__setattr__(self, "channels", MappingProxyType(dict(self.channels)))
        if not self.texts or not (self.channels or self.portrait_months):
            raise ValueError("a wording says something, and offers something")
        if any(months <= 0 for months in self.channels.values()):
            raise ValueError("a term is at least a month")

    @property
    def name(self) -> str:
        """How a signature names this version: `<wording id>.<version>`."""
        return f"{self.wording_id}.{self.version}"

    def text_for(self, language: str) -> tuple[str, WordingText]:
        """The text in that language, else in English, else in the first there is."""
        for wanted in (language, "en", *self.texts):
            if wanted in self.texts:
                return wanted, self.texts[wanted]
        raise AssertionError("a wording has a text")


def canonical(wording: Wording, language: str) -> bytes:
    """What is hashed and kept as shown: this version in this language, as one JSON text.

    Raises KeyError when the wording does not exist in that language.
    """
    text = wording.texts[language]
    said = {
        "wording": wording.name,
        "language": language,
        "title": text.title,
        "purpose": text.purpose,
        "controller": text.controller,
        "notice": list(text.notice),
        "image": text.image,
        "portrait": text.portrait,
        "biometric": text.biometric,
        "guardian": text.guardian,
        "channels": {c.value: wording.channels[c] for c in sorted(wording.channels)},
        "places": sorted(place.value for place in wording.places),
        "portrait_months": wording.portrait_months,
        "biometric_months": wording.biometric_months,
        "compensation": wording.compensation,
    }
    return json.dumps(
        said, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(wording: Wording, language: str) -> str:
    """The SHA-256 that a signature names."""
    return hashlib.sha256(canonical(wording, language)).hexdigest()
