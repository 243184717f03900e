"""The recorded recognition mode: one item of the library table, that names its DPIA.

Until when a DPIA holds is not copied here. It is asked of the register at each read, so
that what is revoked there carries nothing from that instant on (R18).
"""

from collections.abc import Callable

from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.governance import assessment_of
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting

from . import keys
from .governance import read_record
from .library_items import RecognitionItem


def read_setting() -> RecognitionSetting:
    """What is on record, read consistently: the mode `detect` when nothing is.

    With the assessment as the register has it now; without one that it does not know.
    """
    try:
        item = RecognitionItem.get(keys.SETTINGS, keys.RECOGNITION, consistent_read=True)
    except DoesNotExist:
        return RecognitionSetting()
    named = item.assessment_id
    return RecognitionSetting(
        mode=RecognitionMode(item.mode),
        assessment=assessment_of(read_record(named)) if named else None,
        switched_by=item.switched_by,
        switched_at=item.switched_at,
        revision=item.revision or 0,
    )


def setting_written(setting: RecognitionSetting) -> Callable[[TransactWrite], None]:
    """The write of a setting, on the condition that nobody switched since it was read."""
    assessment = setting.assessment
    item = RecognitionItem(
        keys.SETTINGS,
        keys.RECOGNITION,
        mode=setting.mode.value,
        assessment_id=assessment.assessment_id if assessment else None,
        switched_by=setting.switched_by,
        switched_at=setting.switched_at,
    )
    if setting.revision:  # without one, the write is refused if there is an item at all
        item.revision = setting.revision
    return lambda together: together.save(item)
