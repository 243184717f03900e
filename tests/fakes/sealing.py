"""Keys and templates in memory: what is sealed opens while its key is there."""

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.audit import NewEntry
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects


class FakeKeyRing:
    """One key a person; what it sealed is kept aside under a random name."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._keys: dict[str, tuple[str, int | None]] = {}
        self._vault: dict[bytes, tuple[str, str, bytes]] = {}
        self._proof: FakeKeyRing | None = None

    @property
    def proof(self) -> "FakeKeyRing":
        if self._proof is None:
            self._proof = FakeKeyRing(self._now)
        return self._proof

    def seal(
        self, person_id: str, plain: bytes, expires_at: datetime | None = None
    ) -> bytes:
        key = self._key(person_id)
        if key is None:
            key = secrets.token_hex()
            end = int(expires_at.timestamp()) if expires_at else None
            self._keys[person_id] = (key, end)
        sealed = secrets.token_bytes()
        self._vault[sealed] = (person_id, key, plain)
        return sealed

    def open(self, person_id: str, sealed: bytes) -> bytes:
        key = self._key(person_id)
        owner, sealed_with, plain = self._vault.get(sealed, ("", "", b""))
        if key is None or (owner, sealed_with) != (person_id, key):
            raise KeyDestroyedError(person_id)
        return plain

    def open_many(self, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
        opened: dict[str, bytes] = {}
        for person_id, each in sealed.items():
            with suppress(KeyDestroyedError):
                opened[person_id] = self.open(person_id, each)
        return opened

    def destroy(self, person_id: str) -> None:
        self._keys.pop(person_id, None)

    def _key(self, person_id: str) -> str | None:
        key, end = self._keys.get(person_id, (None, None))
        return None if end is not None and end <= self._now() else key


class FakeTemplates:
    """Enrolled templates, in memory."""

    def __init__(
        self,
        ring: FakeKeyRing,
        now: Callable[[], float] = time.time,
        effects: Effects | None = None,
        trail: FakeAuditTrail | None = None,
    ) -> None:
        self._ring = ring
        self._now = now
        self._effects = effects or Effects()
        self._trail = trail or FakeAuditTrail()
        self._sealed: dict[tuple[str, str], tuple[bytes, int | None]] = {}
        self.enrolments: dict[str, str] = {}
        """Whose enrolment it is, by its id: what has pictures looked at again."""

    def save(
        self,
        person_id: str,
        model_id: str,
        template: bytes,
        expires_at: datetime | None,
        entry: NewEntry | None = None,
        enrolment_id: str | None = None,
    ) -> None:
        with self._effects.effect("templates.destroy_key"):
            self._ring.destroy(person_id)
        with self._effects.effect("templates.seal"):
            sealed = self._ring.seal(person_id, template, expires_at)
        with self._effects.effect("templates.save"):
            end = int(expires_at.timestamp()) if expires_at else None
            self._sealed[person_id, model_id] = (sealed, end)
            if enrolment_id is not None:
                self.enrolments[enrolment_id] = person_id
            if entry is not None:
                self._trail.add(entry)

    def load(self, person_id: str, model_id: str) -> bytes | None:
        sealed, end = self._sealed.get((person_id, model_id), (None, None))
        if sealed is None or (end is not None and end <= self._now()):
            return None
        try:
            return self._ring.open(person_id, sealed)
        except KeyDestroyedError:
            return None
