"""May we suggest people for this picture? Say so before anything is computed."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.permits import (
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
    permit_closed_session,
)
from beeldrecht.domain.recognition import RecognitionSetting
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime.events import AssetEvent, Frozen, OpaqueId
from beeldrecht.runtime.everybody import Circle
from beeldrecht.runtime.facts import Register, known_facts


class Outcome(StrEnum):
    """Where the workflow goes on."""

    SUGGEST = "suggest"
    DETECT = "detect"
    """No suggestions: a person links the faces by hand."""
    GONE = "gone"


class Result(Frozen):
    """Where the workflow goes on, and why not to suggestions."""

    asset_id: OpaqueId
    outcome: Outcome
    refusal: PermitRefusal | None = None


class Pictures(Protocol):
    """Pictures, sessions and the recognition mode."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record about a picture."""
        ...

    def session(self, session_id: str) -> Session | None:
        """A session with its roster."""
        ...

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at an instant."""
        ...

    def recognition(self) -> RecognitionSetting:
        """How far it may go, with the assessment that carries that."""
        ...


def check_permit(
    event: AssetEvent, library: Pictures, register: Register, at: datetime
) -> Result:
    """Look whether a permit could be made now. Reads only, so a retry is safe.

    The answer is a signpost, not a permit: `suggest_people` weighs the same facts again
    and makes its own.
    """
    asset_id = event.asset_id
    record = library.record(asset_id)
    if record is None or record.refused:
        return Result(asset_id=asset_id, outcome=Outcome.GONE)
    if not record.face_count:
        return Result(asset_id=asset_id, outcome=Outcome.DETECT)
    mode = library.recognition_mode(at)
    if mode in {RecognitionMode.OFF, RecognitionMode.DETECT}:
        return _detect(asset_id, PermitRefusal.MODE_OFF)
    session_id = record.announcement.session_id
    session = library.session(session_id) if session_id else None
    refusal = _closed(session, record, mode, register, at)
    if refusal is not None and mode is RecognitionMode.ENROLLED:
        # Of whom is asked when they are compared with: here, whether anybody may be.
        try:
            Circle(record, session, library.recognition(), register).permit((), at)
            refusal = None
        except PermitRefusedError as error:
            refusal = error.reason
    if refusal is not None:
        return _detect(asset_id, refusal)
    return Result(asset_id=asset_id, outcome=Outcome.SUGGEST)


def _closed(
    session: Session | None,
    record: AssetRecord,
    mode: RecognitionMode,
    register: Register,
    at: datetime,
) -> PermitRefusal | None:
    """Why people of a closed session may not be suggested; None: they may."""
    if session is None:
        return PermitRefusal.SESSION_NOT_CLOSED
    facts = known_facts(register, session.roster, record.asset_id, at)
    try:
        permit_closed_session(
            session,
            frozenset({record.asset_id}),
            mode,
            facts.grants,
            facts.withdrawals,
            at,
            facts.restrictions,
            frozenset({record.announcement.origin}),
        )
    except PermitRefusedError as error:
        return error.reason
    return None


def _detect(asset_id: str, refusal: PermitRefusal) -> Result:
    return Result(asset_id=asset_id, outcome=Outcome.DETECT, refusal=refusal)
