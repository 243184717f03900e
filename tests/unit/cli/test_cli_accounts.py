"""Who has an account: what an administrator types, and what comes of it."""

import pytest

from api.user_api.app import build
from beeldrecht.domain.access import Role
from beeldrecht.runtime.logs import logger
from cli.commands import DONE, NOT_DONE
from tests.unit.cli.desks import Office
from tests.unit.test_user_api import Services

ELS = "els@example.org"


@pytest.fixture
def office() -> Office:
    made = Office().be(Role.ADMINISTRATOR)
    made.apis["users"] = build(Services(), logger("user_api"))
    return made


def test_an_administrator_invites_appoints_disables_and_enables(office: Office) -> None:
    assert office.run("users", "invite", ELS, "--role", "viewer") == DONE
    assert f"{ELS} gets a mail" in office.said
    assert f"{ELS}  viewer (invited)" in office.said
    roles = ("--role", "editor", "--role", "recogniser")
    assert office.run("users", "appoint", ELS.upper(), *roles) == DONE
    assert f"{ELS}  editor, recogniser" in office.said
    assert office.run("users", "appoint", ELS) == DONE
    assert f"{ELS}  no role" in office.said
    assert office.run("users", "disable", ELS) == DONE
    assert office.said.splitlines()[-1].endswith("(disabled)")
    assert office.run("users", "enable", ELS) == DONE
    assert not office.said.splitlines()[-1].endswith("(disabled)")


def test_accounts_are_listed_and_found_by_their_beginning(office: Office) -> None:
    office.run("users", "invite", ELS)
    office.run("users")
    identifier = office.said.splitlines()[-1].split()[0]
    assert office.run("users", "disable", identifier) == DONE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("users", "disable", "nobody@example.org"), "Nobody has an account as"),
        (("users", "invite", "no address"), "`--help` says what it has to be"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    office: Office,
    arguments: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert office.run(*arguments) == NOT_DONE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_an_editor_is_told_whom_to_ask(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.be(Role.EDITOR)
    assert office.run("users") == NOT_DONE
    assert "Ask an administrator" in capsys.readouterr().err
