"""The secret rotation by which a deployment's templates are turned, and its renewal.

A secret is 32 bytes that KMS makes and wraps, bound to its own id; it lies in the
`biometrics` table, which has no backups. Templates say by which they are turned, so for
as long as a renewal takes there are two. Once no template is turned by the older one, its
secret is destroyed: whoever had stolen what was stored has numbers that nothing fits.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from pynamodb.attributes import (
    BinaryAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError

from beeldrecht.domain.ids import new_id

from . import keys
from .errors import KeyDestroyedError
from .key_ring import BiometricsItem

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

type Turn = Callable[[bytes, bytes], bytes]
"""Template and secret in, template out; it keeps every likeness."""
_REFUSED = "ConditionalCheckFailedException"


class RotationItem(BiometricsItem, discriminator="rotation"):
    """The wrapped secret of one rotation."""

    rotation_id = UnicodeAttribute()
    wrapped = BinaryAttribute(legacy_encoding=False)
    made_at = UTCDateTimeAttribute()


class RotationNowItem(BiometricsItem, discriminator="rotation_now"):
    """By which rotation templates are turned from now on, and by which before."""

    rotation_id = UnicodeAttribute()
    before = UnicodeAttribute(null=True)
    switched_at = UTCDateTimeAttribute()


class RenewalUnderWayError(Exception):
    """Templates may still be turned by the rotation before the one of now."""


class Rotations:
    """The secrets of a deployment; over the table that a key ring has bound."""

    def __init__(
        self,
        kms: "KMSClient",
        kms_key: str,
        now: Callable[[], datetime],
        turn: Turn,
        back: Turn,
    ) -> None:
        self._kms = kms
        self._kms_key = kms_key
        self._now = now
        self._turn = turn
        self._back = back
        self._secrets: dict[str, bytes] = {}

    def current(self) -> str:
        """The rotation of now; makes the first one when there is none."""
        found = self._pointer()
        return found.rotation_id if found else self._first()

    def turned(self, template: bytes) -> tuple[str, bytes]:
        """A template as it is to be stored, and by which rotation that is."""
        rotation_id = self.current()
        return rotation_id, self._turn(template, self._secret(rotation_id))

    def back(self, rotation_id: str, stored: bytes) -> bytes:
        """A stored template as it was made; raises KeyDestroyedError."""
        return self._back(stored, self._secret(rotation_id))

    def renew(self) -> str:
        """Begin another rotation; the one of now is kept until `finish`.

        Raises RenewalUnderWayError while there is one before it: a third would be lost.
        """
        found = self._pointer()
        if found is None:
            return self._first()
        if found.before is not None:
            raise RenewalUnderWayError(found.before)
        return self._switch(found.rotation_id)

    def before(self) -> tuple[str, datetime] | None:
        """The rotation before the one of now, while it is there, and since when."""
        found = self._pointer()
        if found is None or found.before is None:
            return None
        return found.before, found.switched_at

    def finish(self, rotation_id: str) -> None:
        """Destroy the secret of the rotation before; safe to repeat.

        The secret goes first: a pointer to a secret that is gone harms nobody.
        """
        found = self._pointer()
        if found is None or found.before != rotation_id:
            return
        RotationItem(keys.ROTATIONS, keys.ROTATION + rotation_id).delete()
        self._secrets.pop(rotation_id, None)
        found.before = None
        found.save(condition=RotationNowItem.before == rotation_id)

    def _first(self) -> str:
        return self._switch(None)

    def _switch(self, before: str | None) -> str:
        rotation_id = new_id()
        made = self._kms.generate_data_key(
            KeyId=self._kms_key,
            KeySpec="AES_256",
            EncryptionContext=_context(rotation_id),
        )
        RotationItem(
            keys.ROTATIONS,
            keys.ROTATION + rotation_id,
            rotation_id=rotation_id,
            wrapped=made["CiphertextBlob"],
            made_at=self._now(),
        ).save()
        pointer = RotationNowItem(
            keys.ROTATIONS,
            keys.ROTATION_NOW,
            rotation_id=rotation_id,
            before=before,
            switched_at=self._now(),
        )
        unchanged = (
            RotationNowItem.pk.does_not_exist()
            if before is None
            else (RotationNowItem.rotation_id == before)
            & RotationNowItem.before.does_not_exist()
        )
        try:
            pointer.save(condition=unchanged)
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise
            # Somebody else was first: theirs is the one, and this secret turned nothing.
            RotationItem(keys.ROTATIONS, keys.ROTATION + rotation_id).delete()
            return self.current()
        return rotation_id

    def _pointer(self) -> RotationNowItem | None:
        """Read at each use: a process that remembered it would turn by what is over."""
        try:
            return RotationNowItem.get(
                keys.ROTATIONS, keys.ROTATION_NOW, consistent_read=True
            )
        except DoesNotExist:
            return None

    def _secret(self, rotation_id: str) -> bytes:
        held = self._secrets.get(rotation_id)
        if held is None:
            try:
                item = RotationItem.get(
                    keys.ROTATIONS, keys.ROTATION + rotation_id, consistent_read=True
                )
            except DoesNotExist as error:
                raise KeyDestroyedError(rotation_id) from error
            held = self._kms.decrypt(
                CiphertextBlob=item.wrapped,
                EncryptionContext=_context(rotation_id),
                KeyId=self._kms_key,
            )["Plaintext"]
            self._secrets[rotation_id] = held
        return held


def _context(rotation_id: str) -> dict[str, str]:
    return {"rotation_id": rotation_id, "purpose": "rotation"}
