"""Who is signed in: where the tokens lie, how they are renewed, how they go."""

import base64
import json
import stat
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cli.place import NoLibraryError, Place, place_at
from cli.session import MARGIN, Session, SignedOut, SignedOutError, SignInFailedError
from cli.session import Tokens as Held
from cli.sign_in import CALLBACK, Attempt, sign_in
from cli.state import Remembered, state_folder
from cli.web import (
    Reply,
    UnreachableError,
    UnsafeAddressError,
    resolved,
    safe_address,
)

PLACE = Place(
    "https://beeld.example",
    "https://sign-in.example",
    "https://cognito-idp.eu-central-1.amazonaws.com/pool",
    "the-cli",
)


class Pool:
    """The pool's token endpoint and its own address, over no network."""

    def __init__(self) -> None:
        self.at = 1_000_000.0
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.revoked: list[dict[str, str]] = []
        self.refuses: str | None = None
        self.rotates = True
        self.lost = False
        self.claims: dict[str, Any] = {}
        self.token_url = PLACE.token_url
        self._made = 0

    def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        if self.lost:
            raise UnreachableError(url, begun=False)
        form = {k: v[0] for k, v in parse_qs((body or b"").decode()).items()}
        if url.endswith("/oauth2/revoke"):
            self.revoked.append(form)
            return Reply(200, {}, b"")
        assert url == self.token_url
        self.asked.append((form["grant_type"], form))
        if self.refuses:
            return Reply(400, {}, json.dumps({"error": self.refuses}).encode())
        self._made += 1
        given = {"access_token": f"access-{self._made}", "expires_in": 900}
        if self.rotates or form["grant_type"] == "authorization_code":
            given["refresh_token"] = f"refresh-{self._made}"
        given["id_token"] = token(self.claims)
        return Reply(200, {}, json.dumps(given).encode())


def token(claims: Mapping[str, Any]) -> str:
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"head.{payload}.signature"


@pytest.fixture
def pool() -> Pool:
    return Pool()


@pytest.fixture
def file(tmp_path: Path) -> Remembered:
    return Remembered("session.json", tmp_path / "state")


@pytest.fixture
def session(pool: Pool, file: Remembered) -> Session:
    made = Session(file, send=pool, now=lambda: pool.at)
    made.begin(PLACE, Held("access-0", "refresh-0", pool.at + 900))
    return made


def test_only_this_user_can_read_the_tokens(session: Session, file: Remembered) -> None:
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert [p.name for p in file.path.parent.iterdir() if p.name[0] == "."] == []


def test_tokens_do_not_print() -> None:
    assert "secret" not in repr(Held("secret", "secret", 1.0))
    assert "verifier" not in repr(Attempt(PLACE))


def test_a_token_serves_until_shortly_before_its_end(
    session: Session, pool: Pool
) -> None:
    pool.at += 900 - MARGIN - 1
    assert session.token() == "access-0"
    assert pool.asked == []
    pool.at += 1
    assert session.token() == "access-1"
    assert session.token() == "access-1"
    assert [kind for kind, _ in pool.asked] == ["refresh_token"]


def test_the_refresh_token_that_came_last_is_the_one_that_is_used(
    session: Session, pool: Pool
) -> None:
    for _ in range(3):
        pool.at += 900
        session.token()
    assert [form["refresh_token"] for _, form in pool.asked] == [
        "refresh-0",
        "refresh-1",
        "refresh-2",
    ]


def test_where_refresh_tokens_stay_the_one_at_hand_is_kept(
    session: Session, pool: Pool
) -> None:
    pool.rotates = False
    for _ in range(2):
        pool.at += 900
        session.token()
    assert {form["refresh_token"] for _, form in pool.asked} == {"refresh-0"}


def test_a_token_that_was_refused_is_renewed_before_its_time(
    session: Session, pool: Pool
) -> None:
    assert session.token(instead_of="access-0") == "access-1"
    assert session.token(instead_of="access-0") == "access-1"
    assert len(pool.asked) == 1


def test_many_at_once_renew_once(session: Session, pool: Pool, file: Remembered) -> None:
    pool.at += 900
    others = [Session(file, send=pool, now=lambda: pool.at) for _ in range(6)]
    got: list[str] = []
    threads = [
        threading.Thread(target=lambda each=each: got.append(each.token()))
        for each in others
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["access-1"] * 6
    assert len(pool.asked) == 1


def test_a_session_that_has_ended_says_so_and_where_it_was_stays_known(
    session: Session, pool: Pool
) -> None:
    pool.at += 900
    pool.refuses = "invalid_grant"
    with pytest.raises(SignedOutError) as ended:
        session.token()
    assert ended.value.reason is SignedOut.ENDED
    with pytest.raises(SignedOutError) as never:
        session.token()
    assert never.value.reason is SignedOut.NEVER
    assert session.place == PLACE


def test_another_refusal_forgets_nothing(session: Session, pool: Pool) -> None:
    pool.at += 900
    pool.refuses = "temporarily_unavailable"
    with pytest.raises(SignInFailedError):
        session.token()
    pool.refuses = None
    assert session.token() == "access-1"


def test_signing_out_takes_the_tokens_back(
    session: Session, pool: Pool, file: Remembered
) -> None:
    assert session.end()
    assert pool.revoked == [{"client_id": "the-cli", "token": "refresh-0"}]
    assert "refresh-0" not in file.path.read_text()
    assert not session.end()


def test_signing_out_without_a_network_forgets_all_the_same(
    session: Session, pool: Pool, file: Remembered
) -> None:
    pool.lost = True
    assert session.end()
    assert "access-0" not in file.path.read_text()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"place": {}}', '{"tokens": 1}'])
def test_a_file_that_makes_no_sense_means_that_nobody_is_signed_in(
    file: Remembered, pool: Pool, content: str
) -> None:
    file.path.parent.mkdir(parents=True)
    file.path.write_text(content)
    with pytest.raises(SignedOutError):
        Session(file, send=pool).token()


def test_the_system_says_where_state_is_kept(tmp_path: Path) -> None:
    assert state_folder({"XDG_STATE_HOME": "/s"}) == Path("/s/beeldrecht")
    assert state_folder({}) == Path.home() / ".local/state/beeldrecht"
    assert state_folder({"BEELDRECHT_STATE": str(tmp_path)}) == tmp_path


# -- signing in ------------------------------------------------------------------------


def came_back(attempt: Attempt, **said: str) -> str:
    """Where the browser ended, by what it was sent out with."""
    asked = {k: v[0] for k, v in parse_qs(urlsplit(attempt.address).query).items()}
    answer = {"state": asked["state"], "code": "the-code", **said}
    return f"{CALLBACK}?" + "&".join(f"{k}={v}" for k, v in answer.items() if v)


def claims(attempt: Attempt) -> dict[str, Any]:
    return {"iss": PLACE.issuer, "aud": PLACE.client_id, "nonce": attempt.nonce}


def test_signing_in_proves_that_it_is_the_same_program_that_asked(pool: Pool) -> None:
    begun: list[Attempt] = []

    def wait(attempt: Attempt) -> str:
        begun.append(attempt)
        pool.claims = claims(attempt)
        return came_back(attempt)

    held = sign_in(PLACE, wait, pool.at, pool)
    assert (held.access, held.refresh) == ("access-1", "refresh-1")
    assert held.until == pool.at + 900
    ((kind, form),) = pool.asked
    asked = parse_qs(urlsplit(begun[0].address).query)
    assert kind == "authorization_code"
    assert form["redirect_uri"] == CALLBACK == asked["redirect_uri"][0]
    assert form["client_id"] == "the-cli"
    assert asked["code_challenge_method"] == ["S256"]
    assert form["code_verifier"] not in begun[0].address
    assert len(form["code_verifier"]) >= 43


def test_every_attempt_is_another_one() -> None:
    one, other = Attempt(PLACE), Attempt(PLACE)
    secrets_of_one = {one.state, one.nonce, one.verifier}
    assert not secrets_of_one & {other.state, other.nonce, other.verifier}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"state": "of-another"}, "another_sign_in"),
        ({"state": ""}, "another_sign_in"),
        ({"code": "", "error": "access_denied"}, "access_denied"),
        ({"code": ""}, "no_code"),
    ],
)
def test_an_answer_to_another_question_is_refused_before_anything_is_asked(
    pool: Pool, said: dict[str, str], code: str
) -> None:
    with pytest.raises(SignInFailedError) as refused:
        sign_in(PLACE, lambda attempt: came_back(attempt, **said), pool.at, pool)
    assert refused.value.code == code
    assert pool.asked == []


@pytest.mark.parametrize(
    "wrong",
    [{"nonce": "of-another"}, {"iss": "https://evil.example"}, {"aud": "the-web"}, None],
)
def test_a_token_that_is_not_of_this_attempt_is_thrown_away(
    pool: Pool, wrong: dict[str, str] | None
) -> None:
    def wait(attempt: Attempt) -> str:
        pool.claims = {} if wrong is None else {**claims(attempt), **wrong}
        return came_back(attempt)

    with pytest.raises(SignInFailedError, match="not_our_token"):
        sign_in(PLACE, wait, pool.at, pool)


# -- which library -----------------------------------------------------------------------


def test_a_library_says_itself_where_its_people_sign_in() -> None:
    said = {
        "sign_in_url": PLACE.sign_in,
        "issuer": PLACE.issuer,
        "cli_client_id": PLACE.client_id,
        "client_id": "the-web",
    }

    def answer(method: str, url: str, **_: object) -> Reply:
        assert (method, url) == ("GET", "https://beeld.example/config.json")
        return Reply(200, {}, json.dumps(said).encode())

    assert place_at("beeld.example/", answer) == PLACE
    said["sign_in_url"] = "http://sign-in.example"
    with pytest.raises(UnsafeAddressError):
        place_at("beeld.example", answer)


@pytest.mark.parametrize(
    "reply", [Reply(404, {}, b"{}"), Reply(200, {}, b"<html>"), Reply(200, {}, b"{}")]
)
def test_another_address_is_not_taken_for_a_library(reply: Reply) -> None:
    with pytest.raises(NoLibraryError):
        place_at("https://other.example", lambda *_, **__: reply)


@pytest.mark.parametrize("address", ["http://beeld.example", "ftp://beeld.example"])
def test_no_token_goes_where_others_can_read_it(address: str) -> None:
    with pytest.raises(UnsafeAddressError):
        place_at(address, lambda *_, **__: Reply(200, {}, b"{}"))


def test_this_machine_is_found_by_whatever_name_it_has() -> None:
    assert resolved("http://a.b.localhost:4566/v1?x=1") == (
        "http://127.0.0.1:4566/v1?x=1",
        {"Host": "a.b.localhost:4566"},
    )
    for url in ("https://localhost.example/x", "http://localhost:4566/x"):
        assert resolved(url) == (url, {})
    assert safe_address("http://a.b.localhost:4566/") == "http://a.b.localhost:4566"
