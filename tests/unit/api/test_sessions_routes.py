"""Sessions through the API: where they are, who signed, and the code to sign with."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import GrantKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import LinkPurpose, token_digest
from beeldrecht.domain.permits import (
    Permit,
    PermitRefusedError,
    RecognitionMode,
    permit_closed_session,
)
from beeldrecht.runtime.facts import known_facts
from tests.fakes.asked import OWN, SESSION, STANDARD, furnish
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, grant
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


WHOLE: dict[str, Any] = {
    "title": "Fair of the summer",
    "on": "2026-06-02",
    "place": "The square",
    "photographer": "Fenna",
    "head_count": 40,
    "basis": {
        "kind": "public_task",
        "channels": ["print", "website"],
        "reference": " Wet openbare feesten, 3 ",
        "assessment_id": None,
    },
}
HERE = f"/v1/sessions/{SESSION}"


def change(staff: Staff, tag: str = '"1"', user: User = EDITS, **changed: Any) -> Answer:
    headers = {"If-Match": tag, "Accept-Language": "en"}
    return staff.put(HERE, user, {**WHOLE, **changed}, headers=headers)


def test_what_is_said_of_a_session_is_changed_by_who_saw_it(staff: Staff) -> None:
    staff.services.sessions.join(SESSION, ANN)
    assert staff.get(HERE, EDITS).headers["ETag"] == '"1"'
    answer = change(staff)
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')
    told = {name: answer.json[name] for name in WHOLE}
    assert told == {
        **WHOLE,
        "basis": {**WHOLE["basis"], "reference": "Wet openbare feesten, 3"},
    }
    assert (answer.json["people"], answer.json["unsigned"]) == ([ANN], 39)
    assert staff.get(HERE, EDITS).json == answer.json
    (listed,) = staff.get("/v1/sessions", EDITS).json["items"]
    assert (listed["head_count"], listed["signed"]) == (40, 1)
    # Of an older version nobody says anything more; what is not said is gone.
    assert change(staff).status == 412
    assert staff.put(HERE, EDITS, WHOLE).status == 428
    bare = change(staff, '"2"', head_count=None, basis=None, place=None).json
    assert (bare["head_count"], bare["unsigned"], bare["basis"]) == (None, None, None)
    assert bare["place"] == ""
    tags = [each.tag for each in staff.world.audit.entries(SESSION)]
    assert tags.count("api:session:change") == 2


CLOSED = f"{HERE}/attestation"


def attest(staff: Staff, tag: str = '"1"', heads: int = 2, user: User = EDITS) -> Answer:
    headers = {"If-Match": tag, "Accept-Language": "en"}
    order = {"head_count": heads, "nobody_else": True}
    return staff.put(CLOSED, user, order, headers=headers)


def gather(staff: Staff, *agreed: str) -> None:
    """Ann and Bob signed there; these agreed to be recognised."""
    for person in (ANN, BOB):
        staff.services.sessions.join(SESSION, person)
    given = [
        replace(grant(each, GrantKind.BIOMETRIC_CONSENT), grant_id=new_id())
        for each in agreed
    ]
    staff.world.sign(*given)


def permitted(staff: Staff) -> Permit:
    """The permit that recognition would make for a picture of the session now."""
    session = staff.services.sessions.get(SESSION)
    assert session is not None
    facts = known_facts(staff.services.register, session.roster, PICTURE, NOON)
    return permit_closed_session(
        session,
        frozenset({PICTURE}),
        RecognitionMode.CLOSED_SESSION,
        facts.grants,
        facts.withdrawals,
        NOON,
        facts.restrictions,
    )


def test_r02_a_person_closes_a_session_and_opens_it_again(staff: Staff) -> None:
    gather(staff, ANN, BOB)
    with pytest.raises(PermitRefusedError):
        permitted(staff)
    answer = attest(staff)
    assert answer.status == 200, answer.text
    told = {name: answer.json[name] for name in ("closed", "attested_by", "head_count")}
    assert told == {"closed": True, "attested_by": EDITS.user_id, "head_count": 2}
    assert permitted(staff).subject_ids == {ANN, BOB}
    # The same again, or of what somebody saw before, is no second declaration.
    assert attest(staff, '"2"').headers["ETag"] == '"2"'
    assert attest(staff, '"1"').status == 412
    for user in OTHERS:
        assert staff.delete(CLOSED, user).status == 404
    assert staff.delete(CLOSED, OVERSEES).status == 404
    again = staff.delete(CLOSED, EDITS)
    assert (again.json["closed"], again.json["attested_by"]) == (False, None)
    assert staff.delete(CLOSED, EDITS).headers["ETag"] == again.headers["ETag"]
    with pytest.raises(PermitRefusedError):
        permitted(staff)
    told_of = [(e.tag, e.actor) for e in staff.world.audit.entries(SESSION)]
    assert told_of[-2:] == [
        ("api:session:attest", EDITS.user_id),
        ("api:session:reopen", EDITS.user_id),
    ]


@pytest.mark.parametrize(
    ("agreed", "heads", "reason"),
    [
        ((ANN, BOB), 3, "more_heads_than_signatures"),
        ((ANN,), 2, "no_biometric_consent"),
        ((), 1, "no_biometric_consent"),
    ],
)
def test_r02_nobody_declares_what_is_known_not_to_be_so(
    staff: Staff, agreed: tuple[str, ...], heads: int, reason: str
) -> None:
    gather(staff, *agreed)
    answer = attest(staff, heads=heads)
    assert (answer.status, answer.json["reason"]) == (409, reason)
    assert not staff.get(HERE, EDITS).json["closed"]


def test_r21_a_session_from_the_public_web_and_one_of_nobody_stay_open(
    staff: Staff,
) -> None:
    sessions = staff.services.sessions.sessions
    gather(staff, ANN, BOB)
    sessions[SESSION] = replace(sessions[SESSION], from_public_web=True)
    assert attest(staff).json["reason"] == "public_web_source"
    of_nobody = f"/v1/sessions/{create(staff).json['session_id']}/attestation"
    order = {"head_count": 1, "nobody_else": True}
    answer = staff.put(of_nobody, EDITS, order, headers={"If-Match": '"1"'})
    assert (answer.status, answer.json["reason"]) == (409, "empty_roster")


def test_a_declaration_says_that_there_was_nobody_else(staff: Staff) -> None:
    gather(staff, ANN, BOB)
    for said in ({"nobody_else": False}, {}):
        order = {"head_count": 2, **said}
        answer = staff.put(CLOSED, EDITS, order, headers={"If-Match": '"1"'})
        assert answer.status in {400, 422}, answer.text


def test_more_signers_than_heads_leave_nobody_unsigned(staff: Staff) -> None:
    for person in (ANN, BOB):
        staff.services.sessions.join(SESSION, person)
    assert change(staff, head_count=1).json["unsigned"] == 0


def test_r01_a_number_that_somebody_declared_stays(staff: Staff) -> None:
    """Recognition rests on it: a smaller one would let more people be recognised."""
    sessions = staff.services.sessions.sessions
    declared = replace(
        sessions[SESSION], closed=True, head_count=40, attested_by=EDITS.user_id
    )
    sessions[SESSION] = declared
    for number in (39, 41, None):
        answer = change(staff, head_count=number)
        assert (answer.status, answer.json["reason"]) == (409, "session_attested")
    assert sessions[SESSION] == declared
    assert change(staff).status == 200
    assert (sessions[SESSION].closed, sessions[SESSION].head_count) == (True, 40)


@pytest.mark.parametrize(
    ("basis", "reason"),
    [
        ({"kind": "legitimate_interest"}, "public_body_has_no_interest"),
        (
            {"kind": "contract", "assessment_id": "0" * 32},
            "assessment_not_valid",
        ),
    ],
)
def test_what_nobody_could_record_is_not_proposed(
    staff: Staff, basis: dict[str, Any], reason: str
) -> None:
    answer = change(staff, basis={**WHOLE["basis"], **basis})
    assert (answer.status, answer.json["reason"]) == (409, reason)
    assert staff.get(HERE, EDITS).headers["ETag"] == '"1"'


@pytest.mark.parametrize(
    "changed",
    [
        {"basis": {**WHOLE["basis"], "kind": "portrait_weighed"}},
        {"basis": {**WHOLE["basis"], "kind": "relatives_agreed"}},
        {"basis": {**WHOLE["basis"], "channels": []}},
        {"basis": {**WHOLE["basis"], "reference": "\u200b"}},
        {"basis": {**WHOLE["basis"], "channels": ["print", "print"]}},
        {"head_count": 0},
        {"roster": []},
    ],
    ids=str,
)
def test_what_is_no_session_is_refused(staff: Staff, changed: dict[str, Any]) -> None:
    assert change(staff, **changed).status == 422


def test_only_an_editor_changes_a_session(staff: Staff) -> None:
    for user in (*OTHERS, OVERSEES):
        assert change(staff, user=user).status == 404
