"""The static site: a table of files, with what a browser may do with them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from api.serve_site.step import (
    KEY,
    PAGES,
    TYPES,
    Site,
    UnknownFileTypeError,
    as_event,
    headers,
)
from beeldrecht.domain import links
from beeldrecht.domain.access import Operation, Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.own_page import OwnPageNote
from beeldrecht.domain.recalls import RecallState
from beeldrecht.domain.signing import Relation
from beeldrecht.domain.subject_requests import SubjectRequestKind, SubjectRequestState
from beeldrecht.runtime.http.api import HEADERS
from tests.fakes.certificates import FakeSigner

KEY_DER = FakeSigner().public_key()
ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
EVENT = json.loads((ROOT / "functions/api/serve_site/event.json").read_text())


@dataclass(frozen=True)
class Told:
    issuer: str = "https://issuer.example/pool"
    web_client_id: str = "web-client"
    cli_client_id: str = "cli-client"
    sign_in_url: str = "https://sign-in.example"
    pictures_url: str = "https://pictures.example"
    originals_bucket: str = "originals"
    renditions_bucket: str = "renditions"
    exports_bucket: str = "exports"


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(WEB, Told(), lambda: KEY_DER)


def policy_of(told: Told) -> dict[str, list[str]]:
    parts = headers(told)["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (part.split() for part in parts)}


def test_the_sample_event_is_answered_with_the_page(site: Site) -> None:
    answer = as_event(site.answer(EVENT["rawPath"]))
    assert answer["statusCode"] == 200
    assert "<!doctype html>" in str(answer["body"])


def test_every_file_of_the_site_is_there_under_its_own_type(site: Site) -> None:
    files = [path for path in WEB.rglob("*") if path.is_file()]
    assert len(files) > 5
    for file in files:
        answer = site.answer(f"/{file.relative_to(WEB).as_posix()}")
        assert (answer.status, answer.body) == (200, file.read_bytes())
        assert answer.headers["Content-Type"] == TYPES[file.suffix]


@pytest.mark.parametrize(
    "path",
    [
        "/missing.js",
        "/index.htm",
        "/INDEX.HTML",
        "//index.html",
        "/../handler.py",
        "/..%2fhandler.py",
        "/%2e%2e/handler.py",
        "/./index.html",
        "/index.html/",
        "/sign/",
        "/Sign",
        "/own-page/x",
        "/style.css\x00.html",
        "/config.json?",
        "index.html",
        "",
        "/etc/passwd",
    ],
)
def test_what_is_not_in_the_table_is_not_there(site: Site, path: str) -> None:
    answer = site.answer(path)
    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert path not in answer.body.decode() or path == ""


def test_a_page_is_at_its_address_and_at_its_file_and_nowhere_else(site: Site) -> None:
    for address, page in PAGES.items():
        assert site.answer(address).body == site.answer(page).body
    pages = [path for path in site.paths if site.answer(path).body[:9] == b"<!doctype"]
    assert sorted(pages) == sorted([*PAGES.keys(), *PAGES.values()])
    assert set(links.PAGES.values()) <= set(pages)


def test_everybody_gets_the_key_that_certificates_are_checked_with(site: Site) -> None:
    answer = site.answer(KEY)
    assert answer.headers["Content-Type"] == "application/x-pem-file"
    key = load_pem_public_key(answer.body)
    form = PublicFormat.SubjectPublicKeyInfo
    assert key.public_bytes(Encoding.DER, form) == KEY_DER
    assert site.answer(KEY, answer.headers["ETag"]).status == 304


def test_nobody_asks_for_the_key_until_somebody_wants_it() -> None:
    asked: list[str] = []

    def key() -> bytes:
        asked.append("key")
        return KEY_DER

    site = Site(WEB, Told(), key)
    site.answer("/")
    assert asked == []
    site.answer(KEY)
    site.answer(KEY)
    assert asked == ["key"]


def test_a_site_without_one_of_its_pages_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>")
    with pytest.raises(KeyError, match=r"sign\.html"):
        Site(tmp_path, Told(), bytes)


def test_a_file_of_another_kind_fails_the_start(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "keys.pem").write_text("")
    with pytest.raises(UnknownFileTypeError, match=r"keys\.pem"):
        Site(tmp_path, Told(), bytes)


def test_a_browser_asks_whether_what_it_has_still_holds(site: Site) -> None:
    for path in site.paths:
        answer = site.answer(path)
        tag = answer.headers["ETag"]
        assert answer.headers["Cache-Control"] == "max-age=0, must-revalidate"
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            again = site.answer(path, known)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["ETag"] == tag
            assert headers(Told()).items() <= again.headers.items()
        assert site.answer(path, '"other"').status == 200


def test_the_configuration_says_what_signing_in_needs_and_nothing_else(
    site: Site,
) -> None:
    told = Told()
    assert json.loads(site.answer("/config.json").body) == {
        "issuer": told.issuer,
        "client_id": told.web_client_id,
        "cli_client_id": told.cli_client_id,
        "sign_in_url": told.sign_in_url,
        "scope": "openid email",
    }


def test_the_words_are_those_of_the_api_in_both_languages(site: Site) -> None:
    words = json.loads(site.answer("/words.json").body)
    assert words.keys() == {"nl", "en"}
    for each in (*Role, *Operation):
        assert words["nl"][each.value] != words["en"][each.value]


def test_every_answer_says_what_a_page_may_do(site: Site) -> None:
    said = headers(Told())
    own = {"Content-Security-Policy", "Cache-Control"}
    common = {name: value for name, value in HEADERS.items() if name not in own}
    assert common.items() <= said.items()
    for path in (*site.paths, "/missing"):
        assert said.items() <= site.answer(path).headers.items()
    assert "unsafe" not in said["Content-Security-Policy"]
    assert said["Permissions-Policy"].count("=()") > 10


def test_a_page_loads_nothing_from_anywhere_else() -> None:
    told = Told()
    policy = policy_of(told)
    ours = {"'self'", "'none'", "blob:", "'script'"}
    elsewhere = {
        source for sources in policy.values() for source in sources if source not in ours
    }
    assert elsewhere == {
        told.sign_in_url,
        "https://pictures.example/originals",
        "https://pictures.example/originals/",
        "https://pictures.example/renditions/",
        "https://pictures.example/exports/",
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert "https://pictures.example/originals" not in policy["img-src"]


def test_a_page_may_not_read_what_is_beside_the_sign_in_pages() -> None:
    told = Told(sign_in_url="https://sign-in.example/deep/path?x=1")
    assert "https://sign-in.example" in policy_of(told)["connect-src"]


INLINE = re.compile(
    r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)


def test_no_file_of_the_site_needs_what_the_policy_forbids() -> None:
    for file in WEB.rglob("*.html"):
        assert not INLINE.search(file.read_text())
    for file in WEB.rglob("*.js"):
        code = file.read_text()
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", ".write("):
            assert sink not in code, f"{file.name}: {sink}"


def test_the_site_names_no_address_of_anybody() -> None:
    for file in WEB.rglob("*"):
        if file.is_file():
            found = re.findall(r"https?://[^\s\"'`)]+", file.read_text())
            assert set(found) <= {"http://www.w3.org/2000/svg"}, file.name


def test_no_token_is_ever_stored() -> None:
    code = "".join(file.read_text() for file in WEB.rglob("*.js"))
    assert "localStorage" not in code
    assert "document.cookie" not in code
    stored = re.findall(r"sessionStorage\.setItem\(([^)]*\))", code)
    assert stored == ["PENDING, JSON.stringify(pending)"]


def words_of(language: str) -> dict[str, object]:
    """The page's own words of one language, read out of its module."""
    code = (WEB / "words.js").read_text()
    start = code.index(f"\n  {language}: {{") + len(f"\n  {language}: ")
    body = code[start : code.index("\n  },", start)] + "\n}"
    quoted = re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', body)
    found: dict[str, object] = json.loads(re.sub(r",(\s*})", r"\1", quoted))
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_has_a_name_for_every_role_status_and_subject(language: str) -> None:
    words = words_of(language)
    assert words.keys() == words_of("nl").keys()
    named = {
        "role": {role.value for role in Role},
        "status": {status.value for status in AssetStatus},
        "subject": {each.value.partition(":")[0] for each in Operation},
    }
    for kind, ids in named.items():
        assert set(words[kind]) == ids  # type: ignore[call-overload]


def test_what_the_page_says_it_has_words_for() -> None:
    code = "".join((WEB / name).read_text() for name in ("main.js", "view.js"))
    asked = set(re.findall(r'(?:say|welcome|card)\("(\w+)"', code))
    assert len(asked) > 10
    assert asked <= words_of("nl").keys()


SUBJECT = WEB / "subject"
SPOKEN = ("nl", "en", "de", "fr")


def ways(language: str) -> dict[str, str]:
    """The words of the pages without an account, each by the way to it."""
    code = (SUBJECT / f"{language}.js").read_text()
    body = code[code.index("{") : code.rindex("}") + 1]
    quoted = re.sub(r'(?m)(^\s*|\{ |", )(\w+): (?=["{])', r'\1"\2": ', body)
    found: dict[str, str] = {}

    def walk(words: object, way: str) -> None:
        if isinstance(words, dict):
            for name, more in words.items():
                walk(more, f"{way}.{name}" if way else name)
        else:
            found[way] = str(words)

    walk(json.loads(re.sub(r",(\s*})", r"\1", quoted)), "")
    return found


@pytest.mark.parametrize("language", SPOKEN)
def test_the_pages_without_an_account_say_the_same_in_four_languages(
    language: str,
) -> None:
    own, english = ways(language), ways("en")
    # What the API has no words for, in languages that it does not speak.
    assert {w for w in own if not w.startswith("told.")} == {*english}
    for way, words in english.items():
        assert words
        places = set(re.findall(r"\{\w+\}", words))
        assert set(re.findall(r"\{\w+\}", own[way])) == places, way
    assert (
        language == "en" or sum(own[w] != english[w] for w in english) > len(english) - 15
    )


@pytest.mark.parametrize("language", ["de", "fr"])
def test_what_the_api_says_in_two_languages_the_pages_say_in_the_others(
    language: str,
) -> None:
    own = ways(language)
    assert {w for w in own if w.startswith("told.")} == {
        f"told.{each.value}" for each in (*Channel, *OwnPageNote)
    }


def test_the_pages_without_an_account_have_a_name_for_every_value() -> None:
    for kind, values in {
        "channel": Channel,
        "place": Place,
        "own.kind": SubjectRequestKind,
        "own.request_state": SubjectRequestState,
        "own.on": Delivery,
        "own.recipient": DisclosureKind,
        "own.called_back": RecallState,
        "recall": RecallState,
        "sign": Relation,
    }.items():
        assert {f"{kind}.{each.value}" for each in values} <= ways("nl").keys()


def test_every_word_that_the_pages_without_an_account_ask_for_is_there() -> None:
    code = "".join(
        file.read_text() for file in SUBJECT.glob("*.js") if file.stem not in SPOKEN
    )
    asked = set(re.findall(r'say\("([\w.]+)"', code))
    assert len(asked) > 60
    assert asked <= ways("nl").keys()


def test_a_telephone_of_some_years_ago_can_read_the_pages_without_an_account() -> None:
    # In Safari since 17, as are the others; in iOS 15.4 everything else that is used.
    newer = ("light-dark(", "Map.groupBy", "Object.groupBy", ".toSorted(", ".findLast(")
    for file in (*SUBJECT.iterdir(), WEB / "element.js"):
        code = file.read_text()
        assert not [each for each in newer if each in code], file.name
    # The colours of the other pages are said anew, each of them.
    css = (SUBJECT / "subject.css").read_text()
    named = set(re.findall(r"(--[\w-]+): light-dark", (WEB / "style.css").read_text()))
    assert all(css.count(f"{name}:") == 2 for name in named)
