"""Asking for consent from a terminal: whom, what is printed, and what came of it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.contacts import Contact
from cli.commands import DONE, NOT_DONE
from tests.fakes.samples import ANN
from tests.unit.cli.desks import Office

ELS = "Els Bakker <els@example.org>"


@pytest.fixture
def office() -> Office:
    return Office().be(Role.EDITOR)


def asked(office: Office) -> list[tuple[str, str, Delivery, ConsentRequestState]]:
    """Whom, in which language, how, and how it stands."""
    services = office.staff.services

    def name(person_id: str) -> str:
        person = services.register.person(person_id, services.names)
        assert person is not None
        return person.name

    return [
        (name(each.person_id), each.language, each.delivery, each.state)
        for each in requests(office)
    ]


def requests(office: Office) -> tuple[ConsentRequest, ...]:
    """Everything that was asked."""
    return office.staff.services.consent_requests.page(None, None, 500).requests


def contact_of(office: Office, person_id: str) -> Contact:
    contact = office.staff.services.contacts.get(person_id, office.world.keys)
    assert contact is not None
    return contact


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> str:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding=encoding)
    return str(path)


def test_somebody_new_is_put_on_record_and_asked_by_mail(office: Office) -> None:
    assert office.run("ask", ELS, "--speaks", "de") == DONE
    assert asked(office) == [
        ("Els Bakker", "de", Delivery.LINK, ConsentRequestState.OPEN)
    ]
    assert "Els Bakker gets a mail with a link" in office.said
    assert "http" not in office.said


def test_somebody_on_record_is_asked_at_the_address_on_record(office: Office) -> None:
    assert office.run("people", "--add", "Jan Smit", "--email", "jan@example.org") == DONE
    assert office.run("ask", "jan smit") == DONE
    assert [name for name, *_ in asked(office)] == ["Jan Smit"]


def test_on_a_tablet_the_address_is_told_once(office: Office) -> None:
    office.world.know(ANN)
    assert office.run("ask", ANN, "--tablet") == DONE
    assert office.said.splitlines()[-1].startswith("https://beeld.example.org/sign#")
    assert office.run("requests") == DONE
    assert office.said.count("/sign#") == 1


def test_whoever_has_a_question_open_is_not_asked_another(office: Office) -> None:
    office.run("people", "--add", "Jan Smit", "--email", "jan@example.org")
    office.run("ask", "Jan Smit")
    office.world.at += timedelta(days=2)
    assert office.run("ask", "Jan Smit") == NOT_DONE
    assert len(asked(office)) == 1
    assert "Jan Smit: not asked: has a question open" in office.said
    assert office.run("ask", "Jan Smit", "--again") == DONE
    assert len(asked(office)) == 2
    for request in [each.request_id for each in requests(office)]:
        office.run("requests", "cancel", request)
    assert office.run("ask", "Jan Smit") == DONE
    assert len(asked(office)) == 3


def test_a_namesake_is_not_put_on_record_by_accident(office: Office) -> None:
    office.run("ask", ELS)
    assert office.run("ask", ELS) == NOT_DONE
    assert len(asked(office)) == 1
    assert "somebody of this name is on record" in office.said
    assert office.run("ask", ELS, "--namesakes", "--again") == DONE
    assert len(asked(office)) == 2


def test_a_file_of_people_is_asked_row_by_row(office: Office, tmp_path: Path) -> None:
    office.world.know(ANN)
    path = listed(
        tmp_path,
        f"Name;email;language;person\nEls;els@example.org;fr;\n\nBo;;;\n;;;{ANN}\n",
        "utf-8-sig",
    )
    assert office.run("ask", "--file", path) == NOT_DONE
    assert [(name, language) for name, language, *_ in asked(office)] == [("Els", "fr")]
    assert "Bo: not asked: There is no address" in office.said
    assert f"name of {ANN}: not asked: There is no address" in office.said
    assert "1 asked, 2 not" in office.said


def test_more_than_a_hundred_are_asked_in_parts(office: Office, tmp_path: Path) -> None:
    rows = "".join(f"Person {n},p{n}@example.org\n" for n in range(130))
    assert office.run("ask", "--file", listed(tmp_path, f"name,email\n{rows}")) == DONE
    assert len(asked(office)) == 130
    assert office.sent.count(("POST", "/v1/consent-requests")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a first row"),
        ("naam,email\nEls,els@example.org\n", "needs a first row"),
        ("name,email\nEls,els@example.org,more\n", "Row 2 of people.csv"),
        ("name,email\nEls,els@example.org\nBo\n", "Row 3 of people.csv"),
        ("name,email\n,els@example.org\n", "Row 2 of people.csv"),
        (f"name,person\nEls,{ANN}\n", "Row 2 of people.csv"),
        ("person\nnobody\n", "Nobody is known as nobody"),
    ],
)
def test_a_file_that_is_not_clear_asks_nobody(
    office: Office,
    tmp_path: Path,
    text: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert office.run("ask", "--file", listed(tmp_path, text)) == NOT_DONE
    assert said in capsys.readouterr().err
    assert asked(office) == []
    assert ("POST", "/v1/consent-requests") not in office.sent


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "Say whom to ask"),
        (["ask", "nobody"], "Nobody is known as nobody"),
        (["ask", "--file", "/nowhere/people.csv"], "no file people.csv"),
        (["ask", ELS, "--wording", "ff"], "No wording begins with ff"),
        (["ask", ELS, "--session", "ff"], "No session is called ff"),
        (["requests", "show", "ff"], "No request begins with ff"),
    ],
)
def test_what_cannot_be_done_ends_with_one_sentence(
    office: Office,
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert office.run(*arguments) == NOT_DONE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_who_was_asked_is_listed_shown_reminded_and_taken_back(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.run("ask", ELS)
    assert office.run("requests") == DONE
    line = office.said.splitlines()[-1]
    assert "Els Bakker: not answered yet; asked by mail on" in line
    request = line.split()[0]
    assert office.run("requests", "show", request) == DONE
    assert "Can be answered until" in office.said
    assert office.run("requests", "remind", request) == DONE
    assert office.run("requests", "cancel", request) == DONE
    assert office.run("requests", "--state", "cancelled") == DONE
    assert "Els Bakker: taken back" in office.said.splitlines()[-1]
    assert office.run("requests", "remind", request) == NOT_DONE
    assert "Ask anew" in capsys.readouterr().err
    assert office.run("requests", "--state", "asked") == DONE
    assert office.said.endswith("Nobody was asked.\n")


def test_how_somebody_is_reached_is_changed_and_the_rest_stays(office: Office) -> None:
    office.world.know(ANN)
    office.run("people", ANN, "--email", "ann@example.org", "--born", "2012-05-01")
    office.run("people", ANN, "--speaks", "fr")
    contact = contact_of(office, ANN)
    assert (contact.email, contact.language) == ("ann@example.org", "fr")
    assert contact.birth_date == date(2012, 5, 1)
    office.run("people", ANN, "--no-email")
    assert contact_of(office, ANN).email is None
    assert "Reached at: no address, in fr" in office.said


def test_a_viewer_asks_nobody_and_learns_of_nobody(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.run("ask", ELS)
    office.be(Role.VIEWER)
    for arguments in (["ask", "Bo <bo@example.org>"], ["requests"]):
        assert office.run(*arguments) == NOT_DONE
    assert "Your role does not do this" in capsys.readouterr().err
    assert len(asked(office)) == 1
