"""The `biometrics` table: templates, each sealed with its person's key (`key_ring`).

No backups exist of this table, so that what was erased does not come back.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import connection_of
from .consent_items import enrolment_item
from .errors import KeyDestroyedError
from .key_ring import BiometricsItem, KeyRing, ended
from .rotations import Rotations

_FOLLOWED_FOR = timedelta(days=90).total_seconds()
"""As long as a workflow of that name is remembered: then it would begin anew."""


class TemplateItem(BiometricsItem, discriminator="template"):
    """A person's template, sealed with that person's biometric key."""

    model_id = UnicodeAttribute()
    sealed = BinaryAttribute(legacy_encoding=False)
    enrolled_at = UTCDateTimeAttribute(null=True)
    rotation_id = UnicodeAttribute(null=True)
    """By which secret it is turned; None: by none."""


class UnwiredRotationError(Exception):
    """A template is turned by a secret that whoever reads it was not wired to."""


class Templates:
    """The enrolled templates: one for each person and model, sealed, dated."""

    def __init__(
        self,
        ring: KeyRing,
        now: Callable[[], float] = time.time,
        trail: AuditTrail | None = None,
        rotations: Rotations | None = None,
    ) -> None:
        self._ring = ring
        self._now = now
        self._rotations = rotations
        self._acts = Acts(connection_of(BiometricsItem), trail)

    def save(
        self,
        person_id: str,
        model_id: str,
        template: bytes,
        expires_at: datetime | None,
        entry: NewEntry | None = None,
        enrolment_id: str | None = None,
    ) -> None:
        """Keep a template until the consent that carries it ends; replaces the last.

        The key goes first: a template without its key could never be read, a key without
        a template harms nobody. The old key is destroyed, so that its copies die too. The
        entry is written with the template, and so is the fact of the enrolment, which
        has other pictures looked at again: there is no template that nothing follows.
        """
        self._ring.destroy(person_id)
        rotation_id, stored = self._turned(template)
        sealed = self._ring.seal(person_id, stored, expires_at)
        item = TemplateItem(
            keys.person(person_id),
            keys.TEMPLATE + model_id,
            model_id=model_id,
            sealed=sealed,
            rotation_id=rotation_id,
            enrolled_at=datetime.fromtimestamp(self._now(), UTC),
            expires_at=int(expires_at.timestamp()) if expires_at else None,
        )
        at = self._now()

        def write(act: TransactWrite) -> None:
            act.save(item)
            if enrolment_id is not None:
                made, gone = datetime.fromtimestamp(at, UTC), int(at + _FOLLOWED_FOR)
                act.save(enrolment_item(enrolment_id, person_id, made, gone))

        self._acts.write(write, entry)

    def load(self, person_id: str, model_id: str) -> bytes | None:
        """A person's template; None when there is none, it ended, or its key is gone.

        Read anew at each call, and its key with it: what was erased is absent from the
        very next comparison, whatever this process did before.
        """
        item = self._item(person_id, model_id)
        return None if item is None else self._opened(person_id, item)

    def renew(self, person_id: str, model_id: str) -> bool:
        """Turn a stored template by the rotation of now; False when it is so already.

        Written over the very item that was read: what was erased or enrolled anew
        meanwhile stays as it is. Safe to repeat.
        """
        item = self._item(person_id, model_id)
        if item is None or self._rotations is None:
            return False
        if item.rotation_id == self._rotations.current():
            return False
        template = self._opened(person_id, item)
        if template is None:
            return False
        before = item.sealed
        item.rotation_id, stored = self._turned(template)
        try:
            item.sealed = self._ring.seal_again(person_id, stored)
        except KeyDestroyedError:
            return False
        try:
            item.save(condition=TemplateItem.sealed == before)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def _item(self, person_id: str, model_id: str) -> TemplateItem | None:
        try:
            item = TemplateItem.get(
                keys.person(person_id), keys.TEMPLATE + model_id, consistent_read=True
            )
        except DoesNotExist:
            return None
        return None if ended(item, self._now()) else item

    def _opened(self, person_id: str, item: TemplateItem) -> bytes | None:
        try:
            stored = self._ring.open(person_id, item.sealed)
            if item.rotation_id is None:
                return stored
            if self._rotations is None:
                raise UnwiredRotationError(item.rotation_id)
            return self._rotations.back(item.rotation_id, stored)
        except KeyDestroyedError:
            return None

    def _turned(self, template: bytes) -> tuple[str | None, bytes]:
        if self._rotations is None:
            return None, template
        return self._rotations.turned(template)
