"""What was signed, sessions, wordings, other bases and requests, from a terminal."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.consent import GrantKind
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.subject_requests import (
    Received,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
)
from cli.commands import DONE, NOT_DONE
from cli.files import Candidate
from cli.sending import OnBytes, Store
from tests.fakes import registers, scenes
from tests.fakes.forms import entry
from tests.fakes.samples import ANN, PICTURE, grant
from tests.unit.cli.desks import Office

SCAN = b"%PDF-1.7 a form that was signed"
REQUEST = "9" * 32


@pytest.fixture
def office() -> Office:
    made = Office().be(Role.EDITOR)
    documents = made.staff.services.documents

    def post(form: Mapping[str, Any], file: Candidate, on_bytes: OnBytes) -> None:
        name = form["fields"]["key"].removeprefix("paper/")
        documents.scans[name] = file.path.read_bytes()

    made.desk.store = Store(post=post)
    made.world.know(ANN)
    return made


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "form.pdf"
    path.write_bytes(SCAN)
    return str(path)


def entered(office: Office, scan: str, *more: str) -> str:
    """Enter a form; the beginning of the document's id."""
    day = ("--signed", "2026-05-30", "--in", "nl")
    assert office.run("consents", "enter", ANN, scan, *day, *more) == DONE
    return office.said.split("on record as ")[-1].split(",")[0]


# -- signed ------------------------------------------------------------------------------


def test_a_form_is_entered_with_its_scan_and_shown(office: Office, scan: str) -> None:
    document = entered(office, scan, "--channel", "website", "--channel", "print")
    assert office.run("consents", "show", ANN) == DONE
    assert f"{document}  signed on 30 May 2026 00:00, on paper" in office.said
    assert "Consent to pictures (website): in force through" in office.said
    [signed] = office.staff.services.signatures.quitclaims(ANN)
    assert signed.signed_on == Delivery.PAPER
    assert office.staff.services.documents.scans == {}


def test_the_document_is_written_to_a_file_and_over_none(
    office: Office, scan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = entered(office, scan)
    to = ("--to", str(tmp_path))
    assert office.run("consents", "document", ANN, document, *to) == DONE
    path = tmp_path / f"{document}.pdf"
    assert path.read_bytes() == SCAN
    path.write_bytes(b"mine")
    assert office.run("consents", "document", ANN, document, *to) == NOT_DONE
    assert "already" in capsys.readouterr().err
    assert path.read_bytes() == b"mine"


def test_a_form_that_says_no_is_an_answer_too(office: Office, scan: str) -> None:
    entered(office, scan)
    assert "Said no to everything" in office.said


def test_a_form_of_a_child_names_who_signed(office: Office, scan: str) -> None:
    more = ("--born", "2014-02-03", "--guardian", "Bo Ouder", "--relation", "guardian")
    entered(office, scan, "--channel", "website", *more)
    office.run("consents", "show", ANN)
    assert "A guardian signed." in office.said


def test_what_was_said_to_staff_is_taken_back(
    office: Office, scan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entered(office, scan, "--channel", "website", "--channel", "print")
    office.run("consents", "show", ANN)
    grant = next(
        line.split()[0] for line in office.said.splitlines() if "(website)" in line
    )
    assert office.run("consents", "withdraw", ANN) == NOT_DONE
    assert "--all" in capsys.readouterr().err
    assert office.run("consents", "withdraw", ANN, "zz") == NOT_DONE
    assert "No consent begins with zz" in capsys.readouterr().err
    assert office.run("consents", "withdraw", ANN, grant) == DONE
    assert "Taken back: 1." in office.said
    assert office.run("consents", "withdraw", ANN, "--all") == DONE
    assert len(office.world.register.facts([ANN]).withdrawals) == 2
    assert office.run("consents", "withdraw", ANN, "--all") == DONE
    assert "nothing that can be taken back" in office.said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (b"GIF89a", "no PDF, JPEG or PNG"),
        (b"%PDF-" + bytes(4 * 1024 * 1024), "larger than 4 MB"),
    ],
)
def test_what_is_no_scan_is_not_sent(
    office: Office,
    tmp_path: Path,
    content: bytes | None,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "form"
    if content is not None:
        path.write_bytes(content)
    office.sent.clear()
    typed = ("consents", "enter", ANN, str(path), "--signed", "2026-05-30")
    assert office.run(*typed) == NOT_DONE
    assert said in capsys.readouterr().err
    assert not [path for method, path in office.sent if method == "POST"]


# -- sessions ----------------------------------------------------------------------------


def test_a_session_gets_a_code_to_print(office: Office, tmp_path: Path) -> None:
    more = ("--day", "2026-06-20", "--photographer", "Fenna")
    assert office.run("sessions", "add", "Zomerfeest", *more) == DONE
    file = tmp_path / "code.svg"
    assert office.run("sessions", "code", "zomerfeest", "--to", str(file)) == DONE
    assert "https://beeld.example.org/sign#" in office.said
    assert file.read_text().lstrip().startswith("<")
    assert "<svg" in file.read_text()
    assert office.run("sessions") == DONE
    assert "Zomerfeest (20 June 2026): 0 signed" in office.said
    assert office.run("sessions", "show", "Zomerfeest") == DONE
    assert "Photographer: Fenna" in office.said
    code = office.said.splitlines()[-1].split()[0]
    assert office.run("sessions", "revoke", "Zomerfeest", code) == DONE
    office.run("sessions", "show", "Zomerfeest")
    assert office.said.splitlines()[-1].split()[1:4] == ["was", "taken", "back,"]


def test_a_session_is_closed_by_who_declares_it_and_opened_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = Office(scenes.ready()).be(Role.EDITOR)
    office.run("sessions", "add", "Fair")
    (session,) = office.staff.services.sessions.sessions.values()
    office.staff.services.sessions.join(session.session_id, ANN)
    closing = ("sessions", "close", "Fair", "--present", "1", "--nobody-else")
    assert office.run(*closing) == NOT_DONE
    assert "recogni" in capsys.readouterr().err
    office.world.sign(grant(ANN, GrantKind.BIOMETRIC_CONSENT))
    assert office.run(*closing) == DONE
    assert "declared that nobody else is in its pictures" in office.said
    (session,) = office.staff.services.sessions.sessions.values()
    assert (session.closed, session.head_count) == (True, 1)
    assert office.run("sessions", "reopen", "Fair") == DONE
    (session,) = office.staff.services.sessions.sessions.values()
    assert (session.closed, session.attested_by) == (False, None)


def test_a_session_is_changed_and_what_it_proposes_is_recorded_for_a_picture(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = Office(scenes.ready()).be(Role.EDITOR)
    assert office.run("sessions", "add", "Fair", "--place", "Delft") == DONE
    typed = ("--title", "Fair 2026", "--present", "40", "--basis", "public_task")
    more = ("--reference", "Wet 3", "--channel", "website", "--channel", "print")
    assert office.run("sessions", "change", "Fair", *typed, *more) == DONE
    assert "There: 40, of whom 40 have not signed" in office.said
    said = office.said.replace("\n", " ")
    assert "A public task of the organisation (Wet 3), for print, website" in said
    assert office.run("sessions", "change", "Fair 2026", "--place", "") == DONE
    (session,) = office.staff.services.sessions.sessions.values()
    assert (session.title, session.place) == ("Fair 2026", "")
    assert (session.head_count, session.revision) == (40, 3)
    assert session.basis is not None

    assert office.run("bases", "apply", PICTURE) == NOT_DONE
    assert "Nothing is proposed" in capsys.readouterr().err
    row = office.world.library.rows[PICTURE]
    announced = replace(row.record.announcement, session_id=session.session_id)
    row.record = replace(row.record, announcement=announced)
    assert office.run("bases", "show", PICTURE) == DONE
    assert "Proposed for its pictures" in office.said
    assert office.world.bases.of_asset(PICTURE) == ()
    assert office.run("bases", "apply", PICTURE) == DONE
    recorded = office.world.bases.of_asset(PICTURE)
    assert {each.channel for each in recorded} == session.basis.channels
    assert {each.reference for each in recorded} == {"Wet 3"}
    assert office.run("bases", "apply", PICTURE) == NOT_DONE
    assert office.run("sessions", "change", "Fair 2026", "--no-basis") == DONE
    (session,) = office.staff.services.sessions.sessions.values()
    assert (session.basis, session.head_count) == (None, 40)


def test_no_code_is_made_that_cannot_be_written(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.run("sessions", "add", "Zomerfeest")
    there = tmp_path / "there.svg"
    there.touch()
    for path in (there, tmp_path / "nowhere" / "code.svg"):
        assert office.run("sessions", "code", "Zomerfeest", "--to", str(path)) == NOT_DONE
    assert "choose another place" in capsys.readouterr().err
    assert "/sign#" not in office.said
    office.run("sessions", "show", "Zomerfeest")
    assert office.said.splitlines()[-1] == "  Nobody has signed yet."


# -- wordings ----------------------------------------------------------------------------


def order() -> dict[str, Any]:
    text = {
        "title": "Schoolfoto's",
        "purpose": "De schoolgids.",
        "notice": ["Je rechten."],
        "image": "Mijn foto mag worden gebruikt.",
        "guardian": "Ik teken voor mijn kind.",
    }
    return {"texts": {"nl": text}, "channels": {"print": 12}, "places": ["netherlands"]}


def test_wordings_are_listed_shown_and_added(office: Office, tmp_path: Path) -> None:
    assert office.run("wordings") == DONE
    assert "the standard text, version 1 (de, en, fr, nl)" in office.said
    file = tmp_path / "school.json"
    file.write_text(json.dumps(order()))
    assert office.run("wordings", "add", str(file)) == DONE
    wording = office.said.split("On record as ")[-1].split(";")[0]
    assert wording.endswith(".1")
    assert office.run("wordings", "add", str(file), "--version-of", wording[:8]) == DONE
    assert f"{wording[:-2]}.2" in office.said
    assert office.run("wordings", "show", wording) == DONE
    assert "Mijn foto mag worden gebruikt." in office.said
    assert "SHA-256: " in office.said
    assert office.run("ask", "Els <els@example.org>", "--wording", wording[:8]) == DONE
    page = office.staff.services.consent_requests.page(None, None, 10)
    assert page.requests[0].wording == f"{wording[:-2]}.2"


def test_the_standard_text_is_shown_in_the_language_that_is_asked_for(
    office: Office,
) -> None:
    assert office.run("wordings", "show", "standard", "--in", "de") == DONE
    assert ", in de (there is: " in office.said


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_file_without_a_wording_is_said_to_be_none(
    office: Office, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "school.json"
    file.write_text(text)
    assert office.run("wordings", "add", str(file)) == NOT_DONE
    assert "holds no wording" in capsys.readouterr().err


# -- other bases, and requests -----------------------------------------------------------


def test_a_basis_is_recorded_shown_and_ended(tmp_path: Path) -> None:
    office = Office(scenes.ready()).be(Role.EDITOR)
    typed = ("public_task", "--reference", "Raadsbesluit 2026-14", "--channel", "website")
    assert office.run("bases", "show", PICTURE) == DONE
    assert "rests on consent alone" in office.said
    assert office.run("bases", "record", PICTURE, *typed) == DONE
    line = office.said.splitlines()[-1]
    assert "website: A public task of the organisation (Raadsbesluit 2026-14)" in line
    assert "not in force" not in line
    assert office.run("bases", "end", PICTURE, line.split()[0]) == DONE
    assert office.said.splitlines()[-1].endswith("not in force")


def test_an_interest_names_the_assessment_of_the_register() -> None:
    office = Office(scenes.ready()).be(Role.EDITOR)
    office.staff.services.public_body = False
    registers.furnish(office.staff)
    typed = ("legitimate_interest", "--reference", "Afweging 3", "--channel", "press")
    more = ("--assessment", registers.SIGNED[:8], "--last-day", "2026-12-31")
    assert office.run("bases", "record", PICTURE, *typed, *more) == DONE
    [basis] = office.world.bases.of_asset(PICTURE)
    assert basis.assessment_id == registers.SIGNED


def test_a_public_body_rests_nothing_on_an_interest_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(scenes.ready()).be(Role.EDITOR)
    typed = ("legitimate_interest", "--reference", "Afweging 3", "--channel", "press")
    assert office.run("bases", "record", PICTURE, *typed) == NOT_DONE
    assert capsys.readouterr().err.count("\n") == 1
    assert office.world.bases.of_asset(PICTURE) == ()


def objection(office: Office) -> SubjectRequest:
    at = office.world.at
    made = SubjectRequest(REQUEST, ANN, SubjectRequestKind.OBJECTION, at, due_at(at))
    office.staff.services.subject_requests.create(made, entry(ANN), None)
    return made


def test_an_officer_decides_on_an_objection_and_says_why(office: Office) -> None:
    objection(office)
    office.be(Role.PRIVACY_OFFICER)
    assert office.run("subject-requests") == DONE
    assert f"{REQUEST[:8]}  name of {ANN}: Objecting to the use" in office.said
    why = "De verslaglegging gaat voor."
    for _ in range(2):  # the same again changes nothing
        done = office.run("subject-requests", "dismiss", REQUEST[:4], "--reason", why)
        assert done == DONE
    assert office.said.splitlines()[-1].strip() == why
    decided = office.staff.services.subject_requests.get(REQUEST)
    assert decided is not None
    assert decided.state is SubjectRequestState.DISMISSED
    assert office.run("subject-requests", "--state", "received") == DONE
    assert office.said.endswith("Nobody asks for anything.\n")


def test_an_editor_decides_on_no_objection(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    objection(office)
    typed = ("subject-requests", "uphold", REQUEST, "--reason", "Omdat ik het zeg.")
    assert office.run(*typed) == NOT_DONE
    assert "not for you" in capsys.readouterr().err
    kept = office.staff.services.subject_requests.get(REQUEST)
    assert kept is not None
    assert kept.state is SubjectRequestState.OPEN


# -- entering, and what comes of it ----------------------------------------------------


def newest(office: Office) -> SubjectRequest:
    return list(office.staff.services.subject_requests.requests.values())[-1]


def test_r07_a_letter_is_entered_checked_put_off_and_answered(office: Office) -> None:
    office.be(Role.PRIVACY_OFFICER)
    name = f"name of {ANN}"
    typed = ("enter", name, "export", "--by", "letter", "--on", "2026-05-20")
    said = ("--details", "Alles, graag.")
    assert office.run("subject-requests", *typed, *said) == DONE
    request = newest(office)
    assert (request.received, request.details) == (Received.LETTER, "Alles, graag.")
    assert "Nobody has checked yet who asks." in office.said
    assert "Alles, graag." in office.said
    short = request.request_id[:8]
    for act, more in (
        ("identity", ("document",)),
        ("extend", ("--months", "2", "--reason", "Er zijn er veel.")),
        ("uphold", ("--reason", "Natuurlijk.")),
    ):
        assert office.run("subject-requests", act, short, *more) == DONE
    told = office.said
    assert "A document was looked at and given back." in told
    assert "Put off by 2 months" in told
    assert "To be answered by 20 August 2026." in told
    request = newest(office)
    assert request.state is SubjectRequestState.UPHELD
    assert len(office.staff.services.subject_requests.begun.items) == 2


def test_r10_a_freeze_is_entered_granted_and_lifted(office: Office) -> None:
    office.be(Role.PRIVACY_OFFICER)
    typed = ("enter", ANN, "restriction", "--by", "counter", "--identity", "known")
    assert office.run("subject-requests", *typed) == DONE
    name = newest(office).request_id
    why = ("--reason", "Het klopt.")
    assert office.run("subject-requests", "uphold", name, *why) == DONE
    assert office.run("subject-requests", "lift", name, *why) == NOT_DONE
    assert office.run("subject-requests", "lift", name, *why, "--told", "phone") == DONE
    assert "Not frozen any more from 5 June 2026 on" in office.said


def test_the_register_is_written_to_a_file_and_over_none(
    office: Office, tmp_path: Path
) -> None:
    objection(office)
    office.be(Role.PRIVACY_OFFICER)
    file = tmp_path / "register.csv"
    assert office.run("subject-requests", "register", str(file)) == DONE
    head, row = file.read_text("utf-8").splitlines()
    assert head.startswith('"request_id","person_id"')
    assert row.startswith(f'"{REQUEST}","{ANN}","objection"')
    assert "1 requests written" in office.said
    assert office.run("subject-requests", "register", str(file)) == NOT_DONE
    assert file.read_text("utf-8").count(REQUEST) == 1


def test_r10_a_picture_is_frozen_by_an_editor_and_not_thawed_by_one() -> None:
    office = Office(scenes.ready()).be(Role.EDITOR)
    assert office.run("restrict", PICTURE, "disputed") == DONE
    assert "is frozen: kept, and not used." in office.said
    assert office.run("unrestrict", PICTURE) == NOT_DONE
    office.be(Role.PRIVACY_OFFICER)
    assert office.run("unrestrict", PICTURE) == DONE
    [freeze] = office.world.register.facts((), PICTURE).restrictions
    assert freeze.period.end is not None
