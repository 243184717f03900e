"""The `biometrics` table: templates, each sealed with its person's key (`key_ring`).

No backups exist of this table, so that what was erased does not come back.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist

from beeldrecht.domain.audit import NewEntry

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import connection_of
from .errors import KeyDestroyedError
from .key_ring import BiometricsItem, KeyRing, ended


class TemplateItem(BiometricsItem, discriminator="template"):
    """A person's template, sealed with that person's biometric key."""

    model_id = UnicodeAttribute()
    sealed = BinaryAttribute(legacy_encoding=False)
    enrolled_at = UTCDateTimeAttribute(null=True)


class Templates:
    """The enrolled templates: one for each person and model, sealed, dated."""

    def __init__(
        self,
        ring: KeyRing,
        now: Callable[[], float] = time.time,
        trail: AuditTrail | None = None,
    ) -> None:
        self._ring = ring
        self._now = now
        self._acts = Acts(connection_of(BiometricsItem), trail)

    def save(
        self,
        person_id: str,
        model_id: str,
        template: bytes,
        expires_at: datetime | None,
        entry: NewEntry | None = None,
    ) -> None:
        """Keep a template until the consent that carries it ends; replaces the last.

        The key goes first: a template without its key could never be read, a key without
        a template harms nobody. The old key is destroyed, so that its copies die too. The
        entry is written with the template.
        """
        self._ring.destroy(person_id)
        sealed = self._ring.seal(person_id, template, expires_at)
        item = TemplateItem(
            keys.person(person_id),
            keys.TEMPLATE + model_id,
            model_id=model_id,
            sealed=sealed,
            enrolled_at=datetime.fromtimestamp(self._now(), UTC),
            expires_at=int(expires_at.timestamp()) if expires_at else None,
        )
        self._acts.write(lambda act: act.save(item), entry)

    def load(self, person_id: str, model_id: str) -> bytes | None:
        """A person's template; None when there is none, it ended, or its key is gone."""
        try:
            item = TemplateItem.get(
                keys.person(person_id), keys.TEMPLATE + model_id, consistent_read=True
            )
        except DoesNotExist:
            return None
        if ended(item, self._now()):
            return None
        try:
            return self._ring.open(person_id, item.sealed)
        except KeyDestroyedError:
            return None
