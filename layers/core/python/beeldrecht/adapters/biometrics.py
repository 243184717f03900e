"""The `biometrics` table: templates, and the per-person keys that unlock them.

No backups exist of this table. A person's key is an AES-256 data key, wrapped by the
table's own KMS key with the person's id as encryption context; deleting the key row makes
every copy of what it sealed unreadable, wherever that copy is.
"""

import os
import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pynamodb.attributes import (
    BinaryAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.models import Model

from . import keys
from .binding import bind
from .errors import KeyDestroyedError

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_NONCE = 12


class KeyPurpose(StrEnum):
    """What a key seals; each purpose ends by itself."""

    BIOMETRIC = "biometric"
    """The template: ends with the biometric consent."""
    CONTACT = "contact"
    """Name and address: ends with the person's erasure."""


class BiometricsItem(Model):
    """Any item of the table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute(null=True)


class KeyItem(BiometricsItem, discriminator="key"):
    """A person's data key, wrapped."""

    wrapped = BinaryAttribute(legacy_encoding=False)


class TemplateItem(BiometricsItem, discriminator="template"):
    """A person's template, sealed with that person's biometric key."""

    model_id = UnicodeAttribute()
    sealed = BinaryAttribute(legacy_encoding=False)


class KeyRing:
    """Seals and opens what belongs to one person, for one purpose."""

    def __init__(
        self,
        table: str,
        region: str,
        kms: "KMSClient",
        kms_key: str,
        purpose: KeyPurpose,
        now: Callable[[], float] = time.time,
    ) -> None:
        bind(BiometricsItem, table, region)
        self._kms = kms
        self._kms_key = kms_key
        self._purpose = purpose
        self._now = now

    def seal(
        self, person_id: str, plain: bytes, expires_at: datetime | None = None
    ) -> bytes:
        """Seal for one person, making the person's key when there is none yet.

        The key row, and with it everything it seals, ends at `expires_at`. A key that
        has ended gives way to a new one; what it sealed stays lost.
        """
        key = self._key(person_id) or self._new_key(person_id, expires_at)
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(key).encrypt(nonce, plain, self._bound_to(person_id))

    def open(self, person_id: str, sealed: bytes) -> bytes:
        """Open what was sealed for that person; raises KeyDestroyedError."""
        key = self._key(person_id)
        if key is None:
            raise KeyDestroyedError(person_id)
        try:
            return AESGCM(key).decrypt(
                sealed[:_NONCE], sealed[_NONCE:], self._bound_to(person_id)
            )
        except InvalidTag as error:
            raise KeyDestroyedError(person_id) from error

    def destroy(self, person_id: str) -> None:
        """Delete the person's key; what it sealed is lost for good. Safe to repeat."""
        KeyItem(keys.person(person_id), self._sk).delete()

    @property
    def _sk(self) -> str:
        return keys.KEY + self._purpose

    def _bound_to(self, person_id: str) -> bytes:
        return f"{self._purpose}:{person_id}".encode()

    def _context(self, person_id: str) -> dict[str, str]:
        return {"person_id": person_id, "purpose": self._purpose.value}

    def _key(self, person_id: str) -> bytes | None:
        """The unwrapped key; None when it is gone, or has ended and waits for TTL."""
        try:
            item = KeyItem.get(keys.person(person_id), self._sk, consistent_read=True)
        except DoesNotExist:
            return None
        if _ended(item, self._now()):
            return None
        answer = self._kms.decrypt(
            CiphertextBlob=item.wrapped,
            EncryptionContext=self._context(person_id),
            KeyId=self._kms_key,
        )
        return answer["Plaintext"]

    def _new_key(self, person_id: str, expires_at: datetime | None) -> bytes:
        made = self._kms.generate_data_key(
            KeyId=self._kms_key,
            KeySpec="AES_256",
            EncryptionContext=self._context(person_id),
        )
        item = KeyItem(
            keys.person(person_id),
            self._sk,
            wrapped=made["CiphertextBlob"],
            expires_at=int(expires_at.timestamp()) if expires_at else None,
        )
        try:
            item.save(
                condition=KeyItem.pk.does_not_exist()
                | (KeyItem.expires_at <= int(self._now()))
            )
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            # Another enrolment of the same person was first: its key is the one.
            theirs = self._key(person_id)
            if theirs is None:
                raise KeyDestroyedError(person_id) from error
            return theirs
        return made["Plaintext"]


class Templates:
    """The enrolled templates: one for each person and model, sealed, dated."""

    def __init__(self, ring: KeyRing, now: Callable[[], float] = time.time) -> None:
        self._ring = ring
        self._now = now

    def save(
        self, person_id: str, model_id: str, template: bytes, expires_at: datetime | None
    ) -> None:
        """Keep a template until the consent that carries it ends; replaces the last.

        The key goes first: a template without its key could never be read, a key without
        a template harms nobody. The old key is destroyed, so that its copies die too.
        """
        self._ring.destroy(person_id)
        sealed = self._ring.seal(person_id, template, expires_at)
        TemplateItem(
            keys.person(person_id),
            keys.TEMPLATE + model_id,
            model_id=model_id,
            sealed=sealed,
            expires_at=int(expires_at.timestamp()) if expires_at else None,
        ).save()

    def load(self, person_id: str, model_id: str) -> bytes | None:
        """A person's template; None when there is none, it ended, or its key is gone."""
        try:
            item = TemplateItem.get(
                keys.person(person_id), keys.TEMPLATE + model_id, consistent_read=True
            )
        except DoesNotExist:
            return None
        if _ended(item, self._now()):
            return None
        try:
            return self._ring.open(person_id, item.sealed)
        except KeyDestroyedError:
            return None


def _ended(item: BiometricsItem, now: float) -> bool:
    """TTL deletes days late, so the date decides, not the item's presence."""
    return item.expires_at is not None and item.expires_at <= now
