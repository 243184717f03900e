"""Sessions through the API: where they are, who signed, and the code to sign with."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import LinkPurpose, token_digest
from tests.fakes.asked import OWN, SESSION, STANDARD, furnish
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, NOON
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
KEY = {"Idempotency-Key": "k" * 32}
FAIR = {"title": " Zomerfeest  2026 ", "on": "2026-06-01", "photographer": "Bob"}
LINKS = f"/v1/sessions/{SESSION}/links"


@pytest.fixture
def staff() -> Staff:
    world = World()
    world.know(ANN, BOB)
    staff = Staff(world)
    furnish(staff)
    return staff


def create(staff: Staff, user: User = EDITS) -> Answer:
    return staff.post("/v1/sessions", user, FAIR, headers=KEY)


def test_a_session_is_started_once() -> None:
    staff = Staff()
    first, second = create(staff), create(staff)
    assert (first.status, first.json) == (201, second.json)
    session_id = first.json["session_id"]
    assert first.headers["Location"] == f"/v1/sessions/{session_id}"
    assert first.json["title"] == "Zomerfeest 2026"
    assert (first.json["on"], first.json["photographer"]) == ("2026-06-01", "Bob")
    (entry,) = staff.world.audit.entries(session_id)
    assert (entry.tag, entry.actor) == ("api:session:create", EDITS.user_id)
    assert staff.get(f"/v1/sessions/{session_id}", EDITS).json == first.json


def test_who_signed_at_a_session_is_shown_by_id_alone(staff: Staff) -> None:
    for person in (ANN, BOB):
        staff.services.sessions.join(SESSION, person)
    view = staff.get(f"/v1/sessions/{SESSION}", OVERSEES).json
    assert view["people"] == sorted((ANN, BOB))
    (listed,) = staff.get("/v1/sessions", OVERSEES).json["items"]
    assert (listed["title"], listed["signed"]) == ("Fair", 2)
    assert view["codes"] == []
    (code,) = staff.get(f"/v1/sessions/{SESSION}", EDITS).json["codes"]
    assert (code["wording"], code["state"]) == (STANDARD, "live")


def test_a_code_leads_to_the_form_and_is_a_picture_to_print(staff: Staff) -> None:
    made = staff.post(LINKS, EDITS, {"wording": f"{OWN}.1"})
    assert made.status == 201
    url = urlsplit(made.json["url"])
    assert (url.netloc, url.path) == ("beeld.example.org", "/sign")
    link = staff.services.links.links[token_digest(url.fragment)]
    assert (link.purpose, link.subject_id) == (LinkPurpose.SESSION, SESSION)
    assert (link.about, link.max_uses) == (f"{OWN}.1", None)
    assert link.expires_at == NOON + timedelta(days=7)
    svg = ET.fromstring(made.json["qr_svg"])  # noqa: S314  # made by us, just now
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert "script" not in made.json["qr_svg"]
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", made.json["qr_svg"])


def test_r16_the_token_of_a_code_is_kept_nowhere(
    staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    token = urlsplit(staff.post(LINKS, EDITS, {}).json["url"]).fragment
    entries = list(staff.world.audit.entries(SESSION))
    assert [e.tag for e in entries][-1] == "api:session:link"
    assert token not in f"{staff.services.links.links}{entries}{capsys.readouterr()}"


def test_without_a_wording_it_is_the_standard_one_that_is_then_on_record(
    staff: Staff,
) -> None:
    assert staff.services.wordings.get(STANDARD) is None
    assert staff.post(LINKS, EDITS, {}).json["wording"] == STANDARD
    kept = staff.services.wordings.get(STANDARD)
    assert kept is not None
    assert kept.texts == staff.services.standard_wording.texts


@pytest.mark.parametrize("wording", [f"{OWN}.2", f"{'0' * 32}.1"])
def test_a_code_for_a_wording_that_is_none_is_not_made(
    staff: Staff, wording: str
) -> None:
    before = dict(staff.services.links.links)
    assert staff.post(LINKS, EDITS, {"wording": wording}).status == 404
    assert staff.services.links.links == before


def test_a_code_is_taken_back_and_again_changes_nothing(staff: Staff) -> None:
    made = staff.post(LINKS, EDITS, {}).json
    digest = token_digest(urlsplit(made["url"]).fragment)
    for _ in range(2):
        answer = staff.delete(f"{LINKS}/{made['link_id']}", EDITS)
        assert answer.json == {"link_id": made["link_id"], "state": "revoked"}
    assert staff.services.links.live(digest, NOON) is None
    assert staff.delete(f"{LINKS}/{new_id()}", EDITS).status == 404


def test_somebodys_own_link_is_not_taken_back_as_a_sessions(staff: Staff) -> None:
    path = f"/v1/people/{ANN}/links"
    own = staff.post(path, EDITS, {}).json["link_id"]
    assert staff.delete(f"/v1/sessions/{ANN}/links/{own}", EDITS).status == 404
    assert staff.delete(f"{LINKS}/{own}", EDITS).status == 404
    assert all(link.revoked_at is None for link in staff.services.links.links.values())


@pytest.mark.parametrize("user", [None, *OTHERS, OVERSEES])
def test_only_an_editor_makes_codes(staff: Staff, user: User | None) -> None:
    there, nowhere = (
        staff.post(path, user, {}) for path in (LINKS, f"/v1/sessions/{new_id()}/links")
    )
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    assert there.status == (401 if user is None else 404)


@pytest.mark.parametrize("user", OTHERS)
def test_others_know_of_no_session(staff: Staff, user: User) -> None:
    assert staff.get("/v1/sessions", user).status == 403
    assert create(staff, user).status == 403
    assert staff.get(f"/v1/sessions/{SESSION}", user).status == 404
