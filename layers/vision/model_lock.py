"""The lock file of the face models, read and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package of the registry that carries the model file among its members."""

    requirement: str
    sha256: str
    member: str

    def __str__(self) -> str:
        """Name the source as an error sentence does."""
        return f"package {self.requirement}"


@dataclass(frozen=True, slots=True)
class Address:
    """A plain https address, for a machine that reaches the internet."""

    url: str

    def __str__(self) -> str:
        """Name the source as an error sentence does."""
        return self.url


type Source = Wheel | Address


@dataclass(frozen=True, slots=True)
class LockedModel:
    """One model file: the only content accepted, and where it may come from."""

    name: str
    title: str
    sha256: str
    size: int
    licence: str
    sources: tuple[Source, ...]


def read_lock(path: Path) -> dict[str, LockedModel]:
    """Read the lock file; a missing or unknown field raises KeyError or TypeError."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _model(name, table) for name, table in document.items()}


def _model(name: str, table: dict[str, Any]) -> LockedModel:
    sources = tuple(_source(dict(source)) for source in table["sources"])
    rest = {key: value for key, value in table.items() if key != "sources"}
    return LockedModel(name=name, sources=sources, **rest)


def _source(table: dict[str, str]) -> Source:
    kinds: dict[str, type[Wheel | Address]] = {"wheel": Wheel, "address": Address}
    return kinds[table.pop("kind")](**table)
