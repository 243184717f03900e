"""The static site: a table of files, with what a browser may do with them."""

import gzip
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
    HASHED,
    KEY,
    PAGES,
    PICTURE_KEY,
    ROOMS,
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
OTHER_DER = FakeSigner().public_key()
ROOT = Path(__file__).parents[2]
WEB = ROOT / "build/web"
"""The site as `tools.web` made it: the staff app in `assets`, other pages as they are."""
APP = WEB / "assets"
STAFF = ROOT / "web/staff"
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
    return Site(WEB, Told(), {KEY: lambda: KEY_DER, PICTURE_KEY: lambda: OTHER_DER})


def policy_of(told: Told) -> dict[str, list[str]]:
    parts = headers(told)["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (part.split() for part in parts)}


def test_the_sample_event_is_answered_with_the_page(site: Site) -> None:
    answer = as_event(site.answer(EVENT["rawPath"]))
    assert answer["statusCode"] == 200
    assert "<!doctype html>" in str(answer["body"])


def test_every_file_of_the_site_is_there_under_its_own_type(site: Site) -> None:
    files = [path for path in WEB.rglob("*") if path.is_file() and path.suffix != ".gz"]
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
        "/library/",
        "/Library",
        "/library/a/b/c/d",
        "/library/..",
        "/pictures/%2e",
        "/librarian",
        "/assets/x.js",
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


@pytest.mark.parametrize(
    ("address", "der"),
    [(KEY, KEY_DER), (PICTURE_KEY, OTHER_DER)],
    ids=["certificates", "pictures"],
)
def test_everybody_gets_the_keys_that_files_are_checked_with(
    site: Site, address: str, der: bytes
) -> None:
    answer = site.answer(address)
    assert answer.headers["Content-Type"] == "application/x-pem-file"
    key = load_pem_public_key(answer.body)
    form = PublicFormat.SubjectPublicKeyInfo
    assert key.public_bytes(Encoding.DER, form) == der
    assert site.answer(address, answer.headers["ETag"]).status == 304


def test_nobody_asks_for_the_key_until_somebody_wants_it() -> None:
    asked: list[str] = []

    def key() -> bytes:
        asked.append("key")
        return KEY_DER

    site = Site(WEB, Told(), {KEY: key})
    site.answer("/")
    assert asked == []
    site.answer(KEY)
    site.answer(KEY)
    assert asked == ["key"]


def test_a_site_without_one_of_its_pages_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>")
    with pytest.raises(KeyError, match=r"sign\.html"):
        Site(tmp_path, Told(), {})


def test_a_file_of_another_kind_fails_the_start(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "keys.pem").write_text("")
    with pytest.raises(UnknownFileTypeError, match=r"keys\.pem"):
        Site(tmp_path, Told(), {})


def test_a_browser_asks_whether_what_it_has_still_holds(site: Site) -> None:
    for path in site.paths:
        if path.startswith(HASHED):
            continue
        answer = site.answer(path)
        tag = answer.headers["ETag"]
        assert answer.headers["Cache-Control"] == "max-age=0, must-revalidate"
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            again = site.answer(path, known)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["ETag"] == tag
            assert headers(Told()).items() <= again.headers.items()
        assert site.answer(path, '"other"').status == 200


def test_what_has_its_digest_in_its_name_is_kept_for_a_year(site: Site) -> None:
    hashed = [path for path in site.paths if path.startswith(HASHED)]
    assert hashed
    for path in hashed:
        assert re.search(r"-[\w-]{8}\.(js|css|svg|woff2)$", path)
        said = site.answer(path).headers
        assert said["Cache-Control"] == "public, max-age=31536000, immutable"


def test_whoever_takes_it_packed_gets_the_same_packed(site: Site) -> None:
    for path in ("/", "/words.json", *(p for p in site.paths if p.startswith(HASHED))):
        plain = site.answer(path)
        if len(plain.body) < 1024:
            continue
        packed = site.answer(path, takes="gzip, deflate, br")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body)
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
        assert as_event(packed)["isBase64Encoded"]
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert "Content-Encoding" not in site.answer(path, takes="br").headers
        assert "Content-Encoding" not in site.answer(path, takes="gzip;q=0").headers


def test_every_room_of_the_app_is_answered_with_the_app(site: Site) -> None:
    table = (STAFF / "app/rooms.ts").read_text()
    paths = re.findall(r'path: "(/[a-z]+)"', table)
    assert sorted(paths) == sorted(f"/{room}" for room in ROOMS)
    page = site.answer("/").body
    for room in ROOMS:
        assert site.answer(f"/{room}").body == page
        assert site.answer(f"/{room}/{'0' * 32}/faces").body == page


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
    # The bundle holds more than it runs; in a browser its policy holds it to the rest.
    for file in (*SUBJECT.rglob("*.js"), WEB / "element.js"):
        code = file.read_text()
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", ".write("):
            assert sink not in code, f"{file.name}: {sink}"


def test_the_site_names_no_address_of_anybody() -> None:
    for file in WEB.rglob("*"):
        if file.is_file() and file.parent != APP:
            found = re.findall(r"https?://[^\s\"'`)]+", file.read_text())
            assert set(found) <= {"http://www.w3.org/2000/svg"}, file.name


def sources() -> dict[str, str]:
    """What the staff app is written in, without what tests it."""
    rooms = ("app", "lib", "parts", "rooms")
    return {
        str(path.relative_to(STAFF)): path.read_text()
        for room in rooms
        for path in sorted((STAFF / room).rglob("*.ts*"))
        if ".test." not in path.name
    }


def test_no_token_is_ever_stored() -> None:
    code = "".join(sources().values())
    code += "".join(file.read_text() for file in SUBJECT.rglob("*.js"))
    for store in ("localStorage", "document.cookie", "indexedDB", "caches."):
        assert store not in code
    stored = re.findall(r"sessionStorage\.setItem\(([^)]*\))", code)
    assert stored == ["PENDING, JSON.stringify(pending)"]


def test_the_app_has_a_name_for_every_status() -> None:
    for language in ("nl", "en"):
        words = (STAFF / f"parts/words.{language}.ts").read_text()
        named = set(re.findall(r"(?m)^  status_(\w+): ", words))
        assert named == {each.value for each in AssetStatus}


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
