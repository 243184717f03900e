"""How far recognition goes in this deployment, and for how long (R18).

Beyond detecting, the recorded mode holds only as long as its impact assessment does, as
the register of assessments has it: whoever asks after it lapsed or was revoked is
answered `detect`, whether or not anybody has switched anything back.
"""

from dataclasses import dataclass
from datetime import datetime

from .permits import Assessment, PermitRefusal, PermitRefusedError, RecognitionMode
from .time import instant


@dataclass(frozen=True, slots=True)
class RecognitionSetting:
    """What is on record about recognition; this very value when nothing is."""

    mode: RecognitionMode = RecognitionMode.DETECT
    assessment: Assessment | None = None
    """What carries a mode beyond detecting, as the register has it now."""
    switched_by: str | None = None
    switched_at: datetime | None = None
    revision: int = 0
    """Counts every switch; a writer that read an older one is refused."""


def reach(mode: RecognitionMode) -> int:
    """How far a mode lets recognition go, from not at all upwards: to compare modes."""
    return tuple(RecognitionMode).index(mode)


def recognises(mode: RecognitionMode) -> bool:
    """Whether anybody's template may be computed at all in this mode."""
    return reach(mode) > reach(RecognitionMode.DETECT)


def effective_mode(setting: RecognitionSetting, at: datetime) -> RecognitionMode:
    """The mode that holds at an instant: `detect` once its assessment has lapsed."""
    if recognises(setting.mode) and _lacking(setting.assessment, at) is not None:
        return RecognitionMode.DETECT
    return setting.mode


def switched(
    before: RecognitionSetting,
    mode: RecognitionMode,
    assessment: Assessment | None,
    user_id: str,
    at: datetime,
) -> RecognitionSetting:
    """The setting after somebody switches; raises PermitRefusedError.

    Beyond detecting it takes a signed assessment that is in force and that ends. Towards
    less, nothing is asked, and the assessment is no longer named.
    """
    if recognises(mode):
        refusal = _lacking(assessment, at)
        if refusal is not None:
            raise PermitRefusedError(refusal)
    return RecognitionSetting(
        mode=mode,
        assessment=assessment if recognises(mode) else None,
        switched_by=user_id,
        switched_at=instant(at),
        revision=before.revision,
    )


def lapsed(
    setting: RecognitionSetting, user_id: str, at: datetime
) -> RecognitionSetting | None:
    """The setting as it is to be recorded once its assessment lapsed; None: it holds."""
    if effective_mode(setting, at) is setting.mode:
        return None
    return switched(setting, RecognitionMode.DETECT, None, user_id, at)


def _lacking(assessment: Assessment | None, at: datetime) -> PermitRefusal | None:
    """What is wrong with an assessment; one without an end would never lapse."""
    if assessment is None or not assessment.signed_by or assessment.period.end is None:
        return PermitRefusal.NO_ASSESSMENT
    if not assessment.period.contains(at):
        return PermitRefusal.ASSESSMENT_LAPSED
    return None
