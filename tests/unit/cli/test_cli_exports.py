"""The command `exports`: how far people's copies are, and the mail once more."""

from dataclasses import replace

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.exports import FETCHABLE, Export, Package, begun
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.people import Person
from cli.commands import DONE, NOT_DONE
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.unit.cli.desks import Office


def an_office() -> tuple[Office, Export]:
    office = Office(roles=frozenset({Role.PRIVACY_OFFICER}))
    world = office.staff.world
    world.register.add_person(Person(ANN, "Ann de Vries"), world.keys, NOON)
    export = begun(derived_id("test", "asks"), ANN, EDITOR, NOON)
    package = Package(2_345_678, "ab" * 32, 3, 1, NOON, NOON + FETCHABLE)
    export = replace(export, package=package, fetched=2)
    office.staff.services.exports.put_new(export)
    return office, export


def test_copies_are_listed_with_how_far_they_are() -> None:
    office, export = an_office()
    assert office.run("exports") == DONE
    assert export.export_id[:8] in office.said
    assert "Ann de Vries" in office.said
    assert "It is ready" in office.said


def test_where_there_are_none_it_says_so() -> None:
    office = Office(roles=frozenset({Role.PRIVACY_OFFICER}))
    assert office.run("exports") == DONE
    assert "Nobody was given a copy" in office.said


def test_one_is_shown_by_the_beginning_of_its_id() -> None:
    office, export = an_office()
    assert office.run("exports", "show", export.export_id[:6]) == DONE
    assert "2.3 MB with 3 pictures (1 only told of)" in office.said
    assert "Fetched 2 times" in office.said
    assert export.request_id in office.said


def test_its_mail_is_sent_again() -> None:
    office, export = an_office()
    assert office.run("exports", "tell", export.export_id) == DONE
    [mail] = office.staff.world.mails.of_person(ANN)
    assert mail.kind is MailKind.EXPORT_READY
    assert "Waits to be sent" in office.said


def test_one_that_is_not_there_is_said_not_to_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office, _ = an_office()
    assert office.run("exports", "show", "ffff") == NOT_DONE
    assert "No copy begins with ffff" in capsys.readouterr().err
