"""Pack what was gathered and made into one file, and tell the person that it is there."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.exports import FETCHABLE, Export, Package, sieved
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.exporting import RECORD, Json, entry_name, picture_name

from .archive import Stream, packed_into

TAG = "rights:export:pack"


class Event(Frozen):
    """Which export, and whose."""

    export_id: OpaqueId
    person_id: OpaqueId


class Outcome(StrEnum):
    """Whether there is a package now."""

    PACKED = "packed"
    OVER = "over"
    """The person or the export is no longer on record: nothing is left of it."""


class Result(Frozen):
    """What became of it."""

    outcome: Outcome


class Exports(Protocol):
    """Exports on record."""

    def get(self, export_id: str) -> Export | None:
        """One of them."""
        ...

    def packed(
        self,
        export: Export,
        package: Package,
        entry: NewEntry,
        mails: Iterable[Mail],
        expires_at: int | None = None,
    ) -> bool:
        """Record what it became, with its mail; False when it was or is gone."""
        ...


class Written(Stream, Protocol):
    """A package that is being written."""

    @property
    def size(self) -> int:
        """The bytes so far."""
        ...

    @property
    def sha256(self) -> str:
        """The digest of the bytes so far."""
        ...


class Files(Protocol):
    """The parts and the packages."""

    def part(self, export_id: str, name: str) -> bytes:
        """A part; raises MissingObjectError."""
        ...

    def drop_parts(self, export_id: str) -> int:
        """Remove every part; gives how many there were."""
        ...

    def writing(self, export_id: str, days: int) -> AbstractContextManager[Written]:
        """Write the package, to be kept so long; there once the block has ended well."""
        ...

    def drop(self, export_id: str) -> None:
        """Remove the package."""
        ...


class Policies(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...


def pack_export(
    event: Event,
    exports: Exports,
    files: Files,
    retention: Policies,
    now: Callable[[], datetime],
) -> Result:
    """Write the package, record it with the mail that brings its link, drop the parts.

    Safe to repeat: the same parts make the same bytes, the record and the mail are one
    transaction that counts once, and the parts go last. Where the export is no longer on
    record when that is written, the package goes too: an erasure overtook it.
    """
    export = exports.get(event.export_id)
    if export is None or export.person_id != event.person_id:
        return _over(event.export_id, files)
    if export.package is None:
        policy = retention.policy()
        package = _packed(export, files, policy, now)
        # As of the instant of the record, which the mail carries too.
        at = package.packed_at
        mail = mail_about(
            MailKind.EXPORT_READY, export.person_id, at, export_id=export.export_id
        )
        # That a copy was given is kept as long as the request that it answers.
        kept = policy.expiry(RetentionKind.REQUESTS, at, at)
        entry = _entry(export, package)
        recorded = exports.packed(export, package, entry, [mail], kept)
        if not recorded and exports.get(event.export_id) is None:
            return _over(event.export_id, files)
    files.drop_parts(event.export_id)
    return Result(outcome=Outcome.PACKED)


def _over(export_id: str, files: Files) -> Result:
    files.drop(export_id)
    files.drop_parts(export_id)
    return Result(outcome=Outcome.OVER)


def _packed(
    export: Export, files: Files, policy: RetentionPolicy, now: Callable[[], datetime]
) -> Package:
    export_id = export.export_id
    whole: dict[str, Any] = json.loads(files.part(export_id, RECORD))
    told = [
        json.loads(files.part(export_id, entry_name(asset_id)))
        for asset_id in whole["pictures"]
    ]
    own = frozenset(whole["own"]).union(*(each["own"] for each in told))
    pictures: list[Json] = [each["picture"] for each in told]
    data = sieved({**whole["record"], "pictures": pictures}, own)
    given = [str(each["asset_id"]) for each in pictures if each["file"]]
    names = [*whole["documents"], *map(picture_name, given)]
    days = policy.days(RetentionKind.EXPORTS) or FETCHABLE.days
    with files.writing(export_id, days) as stream:
        packed_into(stream, data, names, lambda name: files.part(export_id, name))
    at = now()
    return Package(
        size=stream.size,
        sha256=stream.sha256,
        pictures=len(given),
        left_out=len(pictures) - len(given),
        packed_at=at,
        ends_at=policy.ends(RetentionKind.EXPORTS, at) or at + FETCHABLE,
    )


def _entry(export: Export, package: Package) -> NewEntry:
    return NewEntry(
        subject=export.person_id,
        entry_id=f"{TAG}:{export.export_id}",
        tag="rights:export:pack",
        at=package.packed_at,
        actor="system",
        data={
            "export_id": export.export_id,
            "size": package.size,
            "pictures": package.pictures,
            "left_out": package.left_out,
            "ends_at": package.ends_at.isoformat(),
        },
    )
