"""The commands of signing in: what they lead to, and what they say of who is there."""

from urllib.parse import parse_qs, urlsplit

import pytest

from beeldrecht.domain.access import Role
from cli import demo_users, signing
from cli.commands import DONE, NOT_DONE, main, parser
from cli.demo_users import NoDemoUserError
from cli.place import NoAddressError, Place
from cli.session import SignedOutError, SignInFailedError
from cli.sign_in import CALLBACK
from cli.signing import Browser, login
from tests.unit.cli.desks import ADDRESS, PLACE, Office
from tests.unit.cli.test_cli_session import Pool


@pytest.fixture(autouse=True)
def no_local_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_users, "local_place", lambda: None)
    monkeypatch.delenv(signing.ADDRESS, raising=False)


class Person:
    """Somebody with a browser on another machine, who pastes what it ends at."""

    def __init__(self, pool: Pool, place: Place, pasted: str | None = None) -> None:
        self.pool = pool
        self.place = place
        self.pasted = pasted
        self.browser = Browser(open=lambda _: False, ask=self.ask)
        self.office = Office()
        self.office.desk.send = pool

    def ask(self, prompt: str) -> str:
        assert "Paste" in prompt
        address = self.office.said.split()[-1]
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        self.pool.claims = {
            "iss": self.place.issuer,
            "aud": self.place.client_id,
            "nonce": asked["nonce"],
        }
        return self.pasted or f"  {CALLBACK}?code=c&state={asked['state']}\n"

    def login(self, *arguments: str) -> int:
        given = parser("en").parse_args(["login", "--no-browser", *arguments])
        return login(self.office.desk, given, self.browser)


def test_signing_in_with_a_browser_elsewhere_by_pasting_where_it_ended() -> None:
    pool = Pool()
    pool.token_url = PLACE.token_url
    person = Person(pool, PLACE)
    assert person.login() == DONE  # to the library of the last time
    assert person.office.said.endswith(f"You are signed in at {ADDRESS}.\n")
    assert person.office.session.token() == "access-1"


def test_what_belongs_to_another_sign_in_is_not_pasted_in() -> None:
    pool = Pool()
    pool.token_url = PLACE.token_url
    person = Person(pool, PLACE, f"{CALLBACK}?code=c&state=other")
    with pytest.raises(SignInFailedError):
        person.login()
    assert person.office.session.token() == "token"


def test_somebody_has_to_say_once_where_the_library_is() -> None:
    office = Office()
    office.session._remembered.write({})
    given = parser("en").parse_args(["login"])
    with pytest.raises(NoAddressError):
        login(office.desk, given)


def test_an_invented_user_that_is_not_there_is_refused_with_those_who_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["login", "--as", "santa"], Office().desk) == NOT_DONE
    error = capsys.readouterr().err
    assert "editor" in error
    assert error.count("\n") == 1
    with pytest.raises(NoDemoUserError):
        demo_users.sign_in_as("santa")


def test_whoami_says_the_roles_and_what_they_may_do_in_words() -> None:
    office = Office().be(Role.EDITOR, Role.RECOGNISER)
    assert office.run("whoami") == DONE
    assert f"You are {office.user_id} at {ADDRESS}." in office.said
    assert "editor, recogniser" in office.said
    assert "  · Upload a picture." in office.said
    assert "  · Switch recognition on or off." not in office.said


def test_somebody_without_a_role_is_told_whom_to_ask() -> None:
    office = Office(language="nl").be()
    assert office.run("whoami") == DONE
    assert "vraag er een aan een beheerder" in office.said


def test_after_signing_out_nothing_is_asked_any_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = Office()
    office.session._send = Pool()
    assert office.run("logout") == DONE
    assert office.run("logout") == DONE
    assert "You are signed out.\nNobody was signed in here." in office.said
    assert office.run("show") == NOT_DONE
    assert "python -m cli login" in capsys.readouterr().err
    assert office.sent == []
    with pytest.raises(SignedOutError):
        office.session.token()
