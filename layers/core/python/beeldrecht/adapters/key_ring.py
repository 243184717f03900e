"""The keys that belong to one person, and what they seal.

A person's key is an AES-256 data key, wrapped by the KMS key of its purpose with the
person's id and the purpose as encryption context. Each purpose lives in a table of its
own, behind a KMS key of its own, because different functions may open it (ADR 0014): the
key of a template lies in `biometrics`, the key of a name in `keys`. Neither table has
backups: deleting the row makes every copy of what it sealed unreadable, wherever that
copy is. Nothing here keeps an unwrapped key, or that promise would wait for a process.
"""

import copy
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pynamodb.attributes import (
    BinaryAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.models import Model

from . import keys
from .binding import bind
from .errors import KeyDestroyedError

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_NONCE = 12
_AT_ONCE = 8
"""Keys that KMS unwraps side by side; a page of names asks for one each."""


class KeyPurpose(StrEnum):
    """What a key seals; each purpose ends by itself."""

    BIOMETRIC = "biometric"
    """The template: ends with the biometric consent."""
    CONTACT = "contact"
    """Name and address: ends with the person's erasure."""
    PROOF = "proof"
    """What proves a consent: outlives the person's erasure until its statutory term."""


class BiometricsItem(Model):
    """Any item of the `biometrics` table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute(null=True)


class BiometricKeyItem(BiometricsItem, discriminator="key"):
    """The wrapped key of a person's template."""

    wrapped = BinaryAttribute(legacy_encoding=False)
    made_at = UTCDateTimeAttribute(null=True)
    """By which whoever ends it knows whether a consent has carried it ever since."""


class PeopleKeysItem(Model):
    """Any item of the `keys` table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute(null=True)


class ContactKeyItem(PeopleKeysItem, discriminator="key"):
    """The wrapped key of a person's name and address."""

    wrapped = BinaryAttribute(legacy_encoding=False)


class ProofKeyItem(PeopleKeysItem, discriminator="proof_key"):
    """The wrapped key of what proves a person's consents."""

    wrapped = BinaryAttribute(legacy_encoding=False)


type _Items = type[BiometricKeyItem] | type[ContactKeyItem] | type[ProofKeyItem]
_STORED: Mapping[KeyPurpose, tuple[type[Model], _Items]] = {
    KeyPurpose.BIOMETRIC: (BiometricsItem, BiometricKeyItem),
    KeyPurpose.CONTACT: (PeopleKeysItem, ContactKeyItem),
    KeyPurpose.PROOF: (PeopleKeysItem, ProofKeyItem),
}


class KeyRing:
    """Seals and opens what belongs to one person, for one purpose.

    `table` and `kms_key` are those of the purpose.
    """

    def __init__(
        self,
        table: str,
        region: str,
        kms: "KMSClient",
        kms_key: str,
        purpose: KeyPurpose,
        now: Callable[[], float] = time.time,
    ) -> None:
        base, self._items = _STORED[purpose]
        bind(base, table, region)
        self._kms = kms
        self._kms_key = kms_key
        self._purpose = purpose
        self._now = now

    @property
    def proof(self) -> "KeyRing":
        """The ring beside this one for what proves a consent; of names' keys alone.

        Another key of the same person in the same table: the one of the name can be
        destroyed while what was signed stays readable for its term.
        """
        if self._purpose is KeyPurpose.BIOMETRIC:
            raise ValueError("a template proves nothing")
        return self._beside(KeyPurpose.PROOF)

    def _beside(self, purpose: KeyPurpose) -> "KeyRing":
        beside = copy.copy(self)
        beside._purpose = purpose
        beside._items = _STORED[purpose][1]
        return beside

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

    def seal_again(self, person_id: str, plain: bytes) -> bytes:
        """Seal with the key that is there; raises KeyDestroyedError, and makes none."""
        key = self._key(person_id)
        if key is None:
            raise KeyDestroyedError(person_id)
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(key).encrypt(nonce, plain, self._bound_to(person_id))

    def open(self, person_id: str, sealed: bytes) -> bytes:
        """Open what was sealed for that person; raises KeyDestroyedError."""
        key = self._key(person_id)
        if key is None:
            raise KeyDestroyedError(person_id)
        return self._opened(person_id, key, sealed)

    def open_many(self, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
        """What opens of one sealed thing each; a person whose key is gone is left out.

        The key rows come in one read, and are unwrapped side by side: a page of names
        would otherwise wait for each in turn.
        """
        wanted = [(keys.person(person_id), self._sk) for person_id in sealed]
        now = self._now()
        wrapped = {
            item.pk: item.wrapped
            for item in self._items.batch_get(wanted, consistent_read=True)
            if not ended(item, now)
        }
        held = [p for p in sealed if keys.person(p) in wrapped]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            unwrapped = pool.map(lambda p: self._unwrap(p, wrapped[keys.person(p)]), held)
            found = dict(zip(held, unwrapped, strict=True))
        opened: dict[str, bytes] = {}
        for person_id, key in found.items():
            try:
                opened[person_id] = self._opened(person_id, key, sealed[person_id])
            except KeyDestroyedError:
                continue
        return opened

    def destroy(self, person_id: str) -> None:
        """Delete the person's key; what it sealed is lost for good. Safe to repeat."""
        self._items(keys.person(person_id), self._sk).delete()

    @property
    def _sk(self) -> str:
        return keys.KEY + self._purpose

    def _bound_to(self, person_id: str) -> bytes:
        return f"{self._purpose}:{person_id}".encode()

    def _context(self, person_id: str) -> dict[str, str]:
        return {"person_id": person_id, "purpose": self._purpose.value}

    def _opened(self, person_id: str, key: bytes, sealed: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(
                sealed[:_NONCE], sealed[_NONCE:], self._bound_to(person_id)
            )
        except InvalidTag as error:
            raise KeyDestroyedError(person_id) from error

    def _key(self, person_id: str) -> bytes | None:
        """The unwrapped key; None when it is gone, or has ended and waits for TTL."""
        try:
            item = self._items.get(keys.person(person_id), self._sk, consistent_read=True)
        except DoesNotExist:
            return None
        if ended(item, self._now()):
            return None
        return self._unwrap(person_id, item.wrapped)

    def _unwrap(self, person_id: str, wrapped: bytes) -> bytes:
        answer = self._kms.decrypt(
            CiphertextBlob=wrapped,
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
        item = self._items(
            keys.person(person_id),
            self._sk,
            wrapped=made["CiphertextBlob"],
            expires_at=int(expires_at.timestamp()) if expires_at else None,
        )
        if isinstance(item, BiometricKeyItem):
            item.made_at = datetime.fromtimestamp(self._now(), UTC)
        try:
            item.save(
                condition=self._items.pk.does_not_exist()
                | (self._items.expires_at <= int(self._now()))
            )
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            # Somebody else sealed for the same person first: that key is the one.
            theirs = self._key(person_id)
            if theirs is None:
                raise KeyDestroyedError(person_id) from error
            return theirs
        return made["Plaintext"]


class Expiring(Protocol):
    """An item that may have an end."""

    @property
    def expires_at(self) -> float | None:
        """Seconds since the epoch; None: until it is deleted."""
        ...


def ended(item: Expiring, now: float) -> bool:
    """TTL deletes days late, so the date decides, not the item's presence."""
    return item.expires_at is not None and item.expires_at <= now
