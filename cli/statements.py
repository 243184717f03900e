"""Checking what a picture that left says of itself: with the file alone, offline."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from beeldrecht.domain.provenance import NoStatementError, Statement, statement_in
from cli.certificates import NoCertificateError, named

_BEGINNINGS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavi", "image/avif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
)
"""Where a file says what it is, whatever it is called."""


class ChangedPictureError(Exception):
    """Something in the file is another than what was signed."""


class AnotherSignerError(Exception):
    """It is whole, and the key that was given did not sign it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file that is whole says of the decision by which it left."""

    statement: Statement
    actions: tuple[str, ...]
    known_key: bool
    """Whether the key that signed it is the one that was given."""


def check(path: Path, public_key: Path | None = None) -> Said:
    """Check what a picture says; nothing is fetched.

    Without a key it says no more than that nothing was changed since somebody signed it.
    Raises NoCertificateError where there is no file, NoKeyError, NoStatementError where
    it says nothing, ChangedPictureError and AnotherSignerError.
    """
    # Loaded when a picture is to be checked: it brings a large library with it.
    from beeldrecht_vision.signing import (  # noqa: PLC0415
        UnsignedFileError,
        read_signed,
    )

    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoCertificateError(path) from error
    key = None if public_key is None else named(public_key)
    try:
        report = read_signed(data, _media_type(data), key)
    except UnsignedFileError as error:
        raise NoStatementError(path.name) from error
    if report["validation_state"] not in {"Trusted", "Valid"}:
        raise ChangedPictureError(path.name)
    statement, actions = statement_in(report)
    trusted = report["validation_state"] == "Trusted"
    if key is not None and not trusted:
        raise AnotherSignerError(path.name)
    return Said(statement, actions, known_key=key is not None)


def _media_type(data: bytes) -> str:
    for at, beginning, media_type in _BEGINNINGS:
        if data[at : at + len(beginning)] == beginning:
            return media_type
    raise NoStatementError("no picture of a kind that is made here")
