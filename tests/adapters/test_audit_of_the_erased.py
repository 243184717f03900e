"""Entries about somebody who was erased verify as before, and point to nobody."""

import json

import boto3
import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from tests.adapters.aws import Aws
from tests.adapters.contracts.library import face
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE, announcement

NAME = "Annelies van der Ploeg"
FACE = face("hers")


class House:
    """The stores in which somebody leaves traces."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.audit = aws.table("audit")
        self.consent = aws.table("consent")
        self._keys = aws.table("keys")
        self.trail = AuditTrail(self.audit, REGION)
        self.register = ConsentRegister(self.consent, REGION, self.trail)
        self.names = KeyRing(self._keys, REGION, aws.kms, aws.key(), KeyPurpose.CONTACT)
        self.library = Library(aws.table("library"), REGION, self.trail)
        self.log = AuditReader(boto3.client("dynamodb", region_name=REGION), self.audit)

    def live(self) -> None:
        """Somebody is put on record, looked at, and named in a picture."""
        entry = NewEntry(ANN, "api:person:create", "api:person:create", NOON, EDITOR)
        self.register.add_person(Person(ANN, NAME), self.names, NOON, entry)
        self.trail.record(
            NewEntry(ANN, "api:person:read:1", "api:person:read", NOON, EDITOR)
        )
        self.library.announce(announcement(), NOON)
        record = self.library.record(PICTURE)
        assert record is not None
        self.library.examine(record, [FACE], True, "detector", NOON)
        record = self.library.record(PICTURE)
        assert record is not None
        tag = "clearance:appearance:confirm"
        said = NewEntry(PICTURE, f"{tag}:1", tag, NOON, EDITOR, {"person_id": ANN})
        appearance = Appearance(
            PICTURE, FACE.face_id, ANN, AppearanceStatus.CONFIRMED, EDITOR, NOON, None
        )
        self.library.settle(record, appearance, said)

    def erase(self) -> None:
        """What an erasure does: the rows about a person go, and the key first."""
        self.names.destroy(ANN)
        for item in self._aws.items(self.consent):
            self._aws.delete_item(self.consent, item)

    def entries(self) -> list[str]:
        return sorted(
            item["sk"]["S"] + json.dumps(item, sort_keys=True)
            for item in self._aws.items(self.audit)
        )


def test_r11_r16_entries_about_an_erased_person_verify_and_point_to_nobody(
    aws: Aws,
) -> None:
    house = House(aws)
    house.live()
    before = house.entries()
    person = house.register.person(ANN, house.names)
    assert person is not None
    assert person.name == NAME
    sealed = house.names.seal(ANN, NAME.encode())

    house.erase()
    assert house.entries() == before
    whole = verify(house.log.chains())
    assert (whole.entries, whole.findings) == (3, ())

    # All that is left is an identifier, and nothing leads from it to a name.
    assert any(ANN in item for item in house.entries())
    for word in NAME.lower().split():
        assert not any(word in item.lower() for item in house.entries())
    assert not house.register.knows(ANN)
    assert house.register.person(ANN, house.names) is None
    with pytest.raises(KeyDestroyedError):
        house.names.open(ANN, sealed)
