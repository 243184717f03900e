"""The register of breaches over DynamoDB, and looking up who and what is on record."""

from datetime import timedelta

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.breaches import Breaches as RealBreaches
from beeldrecht.adapters.breaches import Reach
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from tests.adapters.aws import Aws
from tests.adapters.contracts.breaches import Breaches, BreachesContract
from tests.adapters.contracts.library import WEEK, face, said
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, OTHER, PICTURE, TICK
from tests.fakes.sealing import FakeKeyRing


class TestBreaches(BreachesContract):
    @pytest.fixture
    def breaches(self, aws: Aws) -> Breaches:
        trail = AuditTrail(aws.table("audit"), REGION)
        return RealBreaches(aws.table("library"), REGION, trail)


def test_r17_who_and_what_is_on_record_is_found_by_identifier(aws: Aws) -> None:
    library_table, consent_table = aws.table("library"), aws.table("consent")
    library = Library(library_table, REGION)
    register, keys = ConsentRegister(consent_table, REGION), FakeKeyRing()
    register.add_person(Person(ANN, "Ann"), keys, NOON)
    register.add_person(Person(BOB, "Bob"), keys, NOON + timedelta(hours=1))
    library.announce(said(PICTURE), NOON + WEEK)
    record = library.record(PICTURE)
    assert record is not None
    seen = face("one")
    library.examine(record, [seen], True, "detector", NOON)
    record = library.record(PICTURE)
    assert record is not None
    for person_id, status in (
        (ANN, AppearanceStatus.CONFIRMED),
        (BOB, AppearanceStatus.REJECTED),
    ):
        appearance = Appearance(
            PICTURE, seen.face_id, person_id, status, settled_by=EDITOR, settled_at=NOON
        )
        library.settle(record, appearance)
        record = library.record(PICTURE)
        assert record is not None
    reach = Reach(library_table, consent_table, REGION)
    assert list(reach.everybody(NOON)) == []
    assert list(reach.everybody(NOON + TICK)) == [ANN]
    assert sorted(reach.everybody(NOON + timedelta(hours=2))) == sorted([ANN, BOB])
    assert list(reach.pictures()) == [PICTURE]
    assert list(reach.people_in(PICTURE)) == [ANN]
    assert reach.is_person(ANN)
    assert reach.is_picture(PICTURE)
    for nobody in (OTHER, "recognition"):
        assert not reach.is_person(nobody)
        assert not reach.is_picture(nobody)
