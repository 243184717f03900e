"""deliver_mail: what somebody reads of what they asked for, and staff of what is due."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.exports import FETCHABLE, Export, Package, begun
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.mails import (
    Mail,
    MailKind,
    NotSent,
)
from beeldrecht.domain.request_decisions import extended, lifting
from beeldrecht.domain.subject_requests import (
    Extension,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
    due_at,
)
from beeldrecht_mail.letters import Templates
from consent.deliver_mail.step import Outcome
from layers import mails as compiler
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.unit.delivering import Office, entry, mail


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("templates") / "mails"
    compiler.compile_all(folder)
    return Templates(folder)


@pytest.fixture
def office(templates: Templates) -> Office:
    return Office(templates)


@pytest.mark.parametrize(
    ("kind", "asked_for", "state", "said"),
    [
        (MailKind.OBJECTION, SubjectRequestKind.OBJECTION, None, "1 juli 2026"),
        (MailKind.OBJECTION, SubjectRequestKind.OBJECTION, "upheld", "je krijgt gelijk"),
        (MailKind.OBJECTION, SubjectRequestKind.OBJECTION, "dismissed", "te vaag {x}"),
        (MailKind.REQUEST_RECEIVED, SubjectRequestKind.EXPORT, None, "1 juli 2026"),
        (MailKind.REQUEST_RECEIVED, SubjectRequestKind.ERASURE, None, "verwijderen"),
        (MailKind.REQUEST_RECEIVED, SubjectRequestKind.RECTIFICATION, None, "recht te"),
        (MailKind.REQUEST_RECEIVED, SubjectRequestKind.RESTRICTION, None, "Dat geldt al"),
        (MailKind.REQUEST_DECIDED, SubjectRequestKind.EXPORT, "upheld", "met een link"),
        (MailKind.REQUEST_DECIDED, SubjectRequestKind.ERASURE, "upheld", "komt niet"),
        (MailKind.REQUEST_DECIDED, SubjectRequestKind.RECTIFICATION, "upheld", "recht"),
        (MailKind.REQUEST_DECIDED, SubjectRequestKind.RESTRICTION, "upheld", "vaag {x}"),
        *(
            (MailKind.REQUEST_DECIDED, kind, "dismissed", "omdat: te vaag {x}")
            for kind in SubjectRequestKind
        ),
    ],
)
def test_what_people_ask_for_themselves_is_confirmed_and_decided(
    kind: MailKind,
    asked_for: SubjectRequestKind,
    state: str | None,
    said: str,
    office: Office,
) -> None:
    request = SubjectRequest(
        derived_id("test", "asks"),
        ANN,
        asked_for,
        NOON,
        due_at(NOON),
        SubjectRequestState(state or "received"),
        decided_at=NOON + timedelta(days=2) if state else None,
        reason="te vaag {x}" if state else None,
    )
    office.world.subject_requests.requests[request.request_id] = request
    told = mail(kind, request_id=request.request_id)
    if state:
        told = mail(kind, request_id=request.request_id, state=state)
    assert office.deliver(told).outcome is Outcome.SENT
    assert said in " ".join(office.letter.text.split())
    assert office.link().purpose is LinkPurpose.OWN_PAGE


def asked_and(office: Office, **what: Any) -> str:
    """What Ann asked at noon, with what came of it; its id."""
    name, kind = derived_id("test", "asks"), SubjectRequestKind.RESTRICTION
    request = SubjectRequest(name, ANN, kind, NOON, due_at(NOON), **what)
    office.world.subject_requests.requests[name] = request
    return name


def test_r07_somebody_whose_answer_takes_longer_reads_until_when_and_why(
    office: Office,
) -> None:
    longer = Extension(1, "er zijn er veel", EDITOR, NOON)
    name = asked_and(office, extension=longer)
    there = office.world.subject_requests.requests
    there[name] = extended(there[name], longer)
    told = mail(MailKind.REQUEST_EXTENDED, request_id=name)
    assert office.deliver(told).outcome is Outcome.SENT
    text = " ".join(office.letter.text.split())
    assert "omdat: er zijn er veel" in text
    assert "Je krijgt uiterlijk op 1 augustus 2026 antwoord" in text
    assert "Autoriteit Persoonsgegevens" in text


def test_that_an_answer_takes_longer_is_not_said_once_it_was_given(
    office: Office,
) -> None:
    longer = Extension(1, "er zijn er veel", EDITOR, NOON)
    state = SubjectRequestState.DISMISSED
    name = asked_and(office, extension=longer, state=state, decided_at=NOON)
    told = mail(MailKind.REQUEST_EXTENDED, request_id=name)
    assert office.deliver(told).reason is NotSent.NO_LONGER_APPLIES


def test_r10_somebody_reads_from_which_day_on_their_pictures_are_frozen_no_more(
    office: Office,
) -> None:
    ends = lifting("het is uitgezocht", EDITOR, NOON, ToldBy.MAIL)
    state = SubjectRequestState.UPHELD
    name = asked_and(office, state=state, decided_at=NOON, lifting=ends)
    told = mail(MailKind.FREEZE_LIFTED, request_id=name)
    assert office.deliver(told).outcome is Outcome.SENT
    text = " ".join(office.letter.text.split())
    assert "Vanaf 5 juni 2026 is dat voorbij, omdat: het is uitgezocht" in text


def officers(office: Office, **about: str) -> Mail:
    account = office.users.add("officer@example.org", "invitation")
    told = {"day": "2026-06-29", **about}
    return mail(MailKind.OFFICER_DIGEST, account.user_id, staff=True, **told)


def test_r07_officers_read_what_is_due_and_what_is_late_and_nobodys_name(
    office: Office,
) -> None:
    name = asked_and(office, details="Van Ann, over haar zus")
    told = officers(office, requests=f"{name},{derived_id('gone')}", recalls="2")
    office.at = NOON + timedelta(days=1)
    assert office.deliver(told).outcome is Outcome.SENT
    text = " ".join(office.letter.text.split())
    assert f"- bevriezing: antwoord uiterlijk op 1 juli 2026 ({name[:8]})" in text
    assert "- Terugroepingen die openstaan: 2" in text
    assert "Ann" not in text
    assert "Registraties" not in text


def test_r07_an_answer_that_is_late_reads_so(office: Office) -> None:
    name = asked_and(office)
    office.at = due_at(NOON)
    told = replace(officers(office, requests=name), created_at=office.at)
    assert office.deliver(told).outcome is Outcome.SENT
    assert "Te laat, bevriezing" in " ".join(office.letter.text.split())


def test_officers_are_not_reminded_of_what_was_decided_since(office: Office) -> None:
    name = asked_and(office, state=SubjectRequestState.DISMISSED)
    told = officers(office, requests=name)
    assert office.deliver(told).reason is NotSent.NO_LONGER_APPLIES


def an_export(office: Office, packed: bool = True) -> Export:
    export = begun(derived_id("test", "asks"), ANN, EDITOR, NOON)
    office.exports.put_new(export)
    if packed:
        package = Package(9, "ab" * 32, 1, 0, NOON, NOON + FETCHABLE)
        assert office.exports.packed(export, package, entry("packed"), [])
    return export


def test_r09_a_copy_that_is_ready_comes_as_a_link_that_ends_with_it(
    office: Office,
) -> None:
    export = an_export(office)
    told = mail(MailKind.EXPORT_READY, export_id=export.export_id)
    assert office.deliver(told).outcome is Outcome.SENT
    link = office.link()
    assert (link.purpose, link.about) == (LinkPurpose.EXPORT, export.export_id)
    assert (link.expires_at, link.max_uses) == (NOON + FETCHABLE, None)
    assert "8 juni 2026" in " ".join(office.letter.text.split())


@pytest.mark.parametrize("packed", [True, False])
def test_of_a_copy_that_is_gone_or_not_there_yet_nobody_is_told(
    packed: bool, office: Office
) -> None:
    export = an_export(office, packed)
    told = mail(MailKind.EXPORT_READY, export_id=export.export_id)
    if packed:
        office.at = NOON + FETCHABLE
        told = replace(told, created_at=NOON + timedelta(days=1))
    assert office.deliver(told).reason is NotSent.NO_LONGER_APPLIES


def test_r11_the_last_mail_leads_to_the_proof_and_its_link_is_nobodys(
    office: Office,
) -> None:
    erasure_id = derived_id("test", "erasure")
    told = mail(MailKind.ERASED, erasure_id=erasure_id)
    assert office.deliver(told).outcome is Outcome.SENT
    assert erasure_id in office.letter.text
    assert "/certificate#" in office.letter.text
    [link] = office.world.links.of_person(erasure_id)
    assert (link.purpose, link.about) == (LinkPurpose.CERTIFICATE, erasure_id)
    assert not office.world.links.of_person(ANN)


def test_staff_are_told_what_goes_dark_without_a_link_of_anybodys(office: Office) -> None:
    account = office.users.add("staff@example.org", "invitation")
    about = {"day": "2026-07-01", "days": "30", "website": "37", "print": "1"}
    told = mail(MailKind.DIGEST, account.user_id, staff=True, **about)
    assert office.deliver(told).outcome is Outcome.SENT
    assert office.letter.to == "staff@example.org"
    assert "- website: 37 foto's" in office.letter.text
    assert "- drukwerk: 1 foto\n" in office.letter.text
    assert office.world.links.links == {}


def test_r18_officers_are_told_since_when_recognition_is_off(office: Office) -> None:
    account = office.users.add("officer@example.org", "invitation")
    about = {"revision": "3", "since": "2026-05-31T22:00:00+00:00"}
    told = mail(MailKind.RECOGNITION_OFF, account.user_id, staff=True, **about)
    assert office.deliver(told).outcome is Outcome.SENT
    said = " ".join(office.letter.text.split())
    assert "Sinds 1 juni 2026, 00.00 uur wordt niemand meer herkend" in said
    assert office.world.links.links == {}


@pytest.mark.parametrize("kind", [MailKind.RECALL, MailKind.RECALL_REMINDER])
def test_r12_who_received_a_picture_gets_a_link_to_say_that_it_is_gone(
    office: Office, kind: MailKind
) -> None:
    account = office.users.add("staff@example.org", "invitation")
    recall_id, asset_id = derived_id("recall"), derived_id("x")
    recalled = {"recall_id": recall_id, "asset_id": asset_id, "channels": "press,website"}
    told = mail(kind, account.user_id, staff=True, **recalled)
    assert office.deliver(told).outcome is Outcome.SENT
    said = " ".join(office.letter.text.split())
    assert "pers, website" in said
    assert asset_id in said
    [link] = office.world.links.links.values()
    assert (link.purpose, link.about) == (LinkPurpose.RECALL, recall_id)
    assert link.subject_id == account.user_id
    assert "/recall#" in office.letter.text
    # Not why: that would say something of somebody else.
    assert "toestemming" not in said
