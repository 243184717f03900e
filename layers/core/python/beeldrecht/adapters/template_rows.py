"""The rows of one person's biometric key and templates: ended without being opened.

Each is known by its name and by when it was made. That is read and nothing else, so
whoever ends them never holds a wrapped key or a sealed template.
"""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import DeleteError

from . import keys
from .binding import bind
from .biometrics import TemplateItem
from .key_ring import BiometricKeyItem, BiometricsItem, KeyPurpose

_NAMES = ["pk", "sk", "kind", "made_at", "enrolled_at"]
_KEY = keys.KEY + KeyPurpose.BIOMETRIC


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A key or a template, by its name and by when it was made."""

    person_id: str
    part: str
    """Its sort key."""
    made_at: datetime | None
    """None: it was made before that was kept."""


class TemplateRows:
    """The repository over the `biometrics` table for who ends what stands in it."""

    def __init__(self, table: str, region: str) -> None:
        bind(BiometricsItem, table, region)

    def held(self, person_id: str) -> tuple[TemplateRow, ...]:
        """What there is of one person, ended or not, keys first; read consistently.

        A key that does not say when it was made is as old as the template that it seals.
        """
        found: list[TemplateRow] = []
        kept: list[TemplateRow] = []
        for item in BiometricsItem.query(
            keys.person(person_id), consistent_read=True, attributes_to_get=_NAMES
        ):
            if isinstance(item, BiometricKeyItem):
                found.append(TemplateRow(person_id, item.sk, item.made_at))
            elif isinstance(item, TemplateItem):
                kept.append(TemplateRow(person_id, item.sk, item.enrolled_at))
        return (*found, *kept)

    def destroy(self, row: TemplateRow) -> bool:
        """Delete that very row; False when it is gone, or another took its place."""
        whose = keys.person(row.person_id)
        item: BiometricsItem = TemplateItem(whose, row.part)
        when = TemplateItem.enrolled_at
        if row.part == _KEY:
            item, when = BiometricKeyItem(whose, row.part), BiometricKeyItem.made_at
        same = when.does_not_exist() if row.made_at is None else when == row.made_at
        try:
            item.delete(condition=BiometricsItem.pk.exists() & same)
        except DeleteError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return False
        return True
