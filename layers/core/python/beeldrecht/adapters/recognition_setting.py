"""The recorded recognition mode, with what carries it: one item of the library table."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.permits import Assessment, RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting
from beeldrecht.domain.time import Period

from . import keys
from .library_items import RecognitionItem


def read_setting() -> RecognitionSetting:
    """What is on record, read consistently: the mode `detect` when nothing is."""
    try:
        item = RecognitionItem.get(keys.SETTINGS, keys.RECOGNITION, consistent_read=True)
    except DoesNotExist:
        return RecognitionSetting()
    return RecognitionSetting(
        mode=RecognitionMode(item.mode),
        assessment=_assessment_of(item.assessment) if item.assessment else None,
        switched_by=item.switched_by,
        switched_at=item.switched_at,
        revision=item.revision or 0,
    )


def setting_written(setting: RecognitionSetting) -> Callable[[TransactWrite], None]:
    """The write of a setting, on the condition that nobody switched since it was read."""
    item = RecognitionItem(
        keys.SETTINGS,
        keys.RECOGNITION,
        mode=setting.mode.value,
        assessment=_assessment_json(setting.assessment) if setting.assessment else None,
        switched_by=setting.switched_by,
        switched_at=setting.switched_at,
    )
    if setting.revision:  # without one, the write is refused if there is an item at all
        item.revision = setting.revision
    return lambda together: together.save(item)


def _assessment_json(assessment: Assessment) -> dict[str, Any]:
    until = assessment.period.end
    return {
        "assessment_id": assessment.assessment_id,
        "signed_by": assessment.signed_by,
        "from": assessment.period.start.isoformat(),
        "until": until.isoformat() if until else None,
    }


def _assessment_of(value: dict[str, Any]) -> Assessment:
    until = value["until"]
    return Assessment(
        assessment_id=value["assessment_id"],
        signed_by=value["signed_by"],
        period=Period(
            datetime.fromisoformat(value["from"]),
            datetime.fromisoformat(until) if until else None,
        ),
    )
