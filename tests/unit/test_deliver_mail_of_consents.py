"""deliver_mail: what somebody reads about their consent, and where its links lead."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import withdraw
from beeldrecht.domain.consent_requests import (
    ConsentRequestState,
)
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.mails import (
    MailKind,
    MailState,
    NotSent,
)
from beeldrecht_mail.letters import Templates
from consent.deliver_mail.step import Outcome
from layers import mails as compiler
from tests.fakes.samples import ANN, NOON
from tests.unit.delivering import (
    ADDRESS,
    Office,
    asked,
    mail,
    milestone,
    signed,
)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("templates") / "mails"
    compiler.compile_all(folder)
    return Templates(folder)


@pytest.fixture
def office(templates: Templates) -> Office:
    return Office(templates)


@pytest.mark.parametrize("kind", [MailKind.ASK, MailKind.REMIND])
def test_who_is_asked_gets_a_link_to_that_request_alone(
    kind: MailKind, office: Office
) -> None:
    request = asked(office)
    told = mail(kind, request_id=request.request_id)
    assert office.deliver(told).outcome is Outcome.SENT
    assert office.letter.to == ADDRESS
    assert "Zomerfeest" in office.letter.subject
    assert "Ann &lt;b&gt;de Vries&lt;/b&gt;" in office.letter.html
    assert "1 juli 2026" in office.letter.text
    link = office.link()
    assert (link.purpose, link.about) == (LinkPurpose.SIGN, request.request_id)
    assert (link.expires_at, link.max_uses) == (request.ends_at, 1)
    assert office.state(told) == (MailState.SENT, None)


@pytest.mark.parametrize(
    "state", sorted(set(ConsentRequestState) - {ConsentRequestState.OPEN})
)
def test_who_answered_meanwhile_is_not_asked(
    state: ConsentRequestState, office: Office
) -> None:
    request = asked(office)
    office.world.requests.requests[request.request_id] = replace(request, state=state)
    told = mail(MailKind.REMIND, request_id=request.request_id)
    assert office.deliver(told).reason is NotSent.NO_LONGER_APPLIES
    assert office.post.sent == []


def test_a_request_that_has_ended_is_not_sent(office: Office) -> None:
    request = asked(office)
    office.at = request.ends_at
    told = replace(
        mail(MailKind.ASK, request_id=request.request_id), created_at=office.at
    )
    assert office.deliver(told).reason is NotSent.NO_LONGER_APPLIES


def test_the_copy_comes_with_the_document_that_is_kept_and_a_link_as_long(
    office: Office,
) -> None:
    signing = signed(office)
    quitclaim_id = signing.quitclaim.quitclaim_id
    told = mail(MailKind.COPY, quitclaim_id=quitclaim_id)
    assert office.deliver(told).outcome is Outcome.SENT
    [attached] = office.letter.attachments
    assert attached.name == "beeldrecht-2026-06-01.pdf"
    assert attached.data.startswith(b"%PDF-1.7")
    digest_of = hashlib.sha256(attached.data).hexdigest()
    assert office.world.signatures.document_sha256(ANN, quitclaim_id) == digest_of
    assert digest_of in office.letter.text
    sealed = office.world.documents.read(quitclaim_id)
    assert sealed is not None
    assert office.world.keys.proof.open(ANN, sealed) == attached.data
    assert b"%PDF" not in sealed
    ends = max(grant.period.end for grant in signing.grants if grant.period.end)
    link = office.link()
    assert (link.purpose, link.about) == (LinkPurpose.OWN_PAGE, None)
    assert (link.expires_at, link.max_uses) == (ends, None)


def test_the_scan_of_a_form_goes_along_as_what_it_is(office: Office) -> None:
    scan = b"\xff\xd8\xff\xe0 a scan"
    signing = signed(office, scan=scan)
    quitclaim_id = signing.quitclaim.quitclaim_id
    office.world.documents.keep(quitclaim_id, office.world.keys.proof.seal(ANN, scan))
    digest = hashlib.sha256(scan).hexdigest()
    office.world.signatures.note_document(ANN, quitclaim_id, digest)
    told = mail(MailKind.COPY, quitclaim_id=quitclaim_id)
    assert office.deliver(told).outcome is Outcome.SENT
    [attached] = office.letter.attachments
    assert attached.name == "beeldrecht-2026-06-01.jpg"
    assert (attached.media_type, attached.data) == ("image/jpeg", scan)
    assert "PDF" not in office.letter.text


def test_a_guardian_is_greeted_and_told_who_it_is_about(office: Office) -> None:
    office.reach(Contact(ADDRESS, "en", guardian_name="Bo de Vries"))
    told = mail(
        MailKind.COPY, quitclaim_id=signed(office, guardian=True).quitclaim.quitclaim_id
    )
    assert office.deliver(told).outcome is Outcome.SENT
    assert "Dear Bo de Vries," in office.letter.text
    assert "This is about Ann <b>de Vries</b>." in office.letter.text


def test_renewing_is_offered_for_what_ends_that_day(office: Office) -> None:
    signing = signed(office)
    told = milestone(signing, MailKind.RENEW, Channel.PRINT, 30)
    assert office.deliver(told).outcome is Outcome.SENT
    assert "1 juni 2027" in office.letter.subject
    assert "voor: drukwerk, Herkenning door software." in " ".join(
        office.letter.text.split()
    )
    link = office.link()
    assert link.purpose is LinkPurpose.RENEW
    assert (link.about, link.max_uses) == (signing.quitclaim.quitclaim_id, 1)


@pytest.mark.parametrize("days", [365, 90, 7])
def test_a_link_to_renew_outlives_what_it_renews_by_thirty_days(
    days: int, office: Office
) -> None:
    signing = signed(office)
    [ends] = {g.period.end for g in signing.grants if g.channels == {Channel.WEBSITE}}
    assert ends is not None
    office.at = max(NOON, ends - timedelta(days=days))
    told = milestone(signing, MailKind.RENEW, Channel.WEBSITE, days)
    told = replace(told, created_at=office.at)
    assert office.deliver(told).outcome is Outcome.SENT
    link = office.link()
    assert link.expires_at >= ends + timedelta(days=30)
    assert link.expires_at <= office.at + timedelta(days=365 + 31)


def test_what_was_withdrawn_or_renewed_meanwhile_is_not_offered(office: Office) -> None:
    signing = signed(office)
    told = milestone(signing, MailKind.RENEW, Channel.WEBSITE, 30)
    office.at = NOON + timedelta(days=1)
    signed(office, "second")
    assert office.deliver(told).reason is NotSent.NO_LONGER_APPLIES
    [grant] = [g for g in signing.grants if g.channels == {Channel.PRINT}]
    others = [g for g in office.world.register.all_grants() if g is not grant]
    for each in others:
        office.world.register.withdraw(withdraw(each, derived_id(each.grant_id), NOON))
    told = milestone(signing, MailKind.ENDED, Channel.PRINT)
    assert office.deliver(told).outcome is Outcome.SENT
    assert "voor: drukwerk." in " ".join(office.letter.text.split())
    assert office.link().purpose is LinkPurpose.OWN_PAGE


def test_who_comes_of_age_is_asked_to_decide(office: Office) -> None:
    told = milestone(signed(office), MailKind.COMES_OF_AGE, Channel.PRINT)
    assert office.deliver(told).outcome is Outcome.SENT
    assert office.link().purpose is LinkPurpose.RENEW
    assert "2 juni 2027" in office.letter.text
    # Whoever has to pass it on is not told to keep it.
    assert "stuur deze mail niet door" not in " ".join(office.letter.text.split())


def test_a_withdrawal_is_confirmed_by_what_was_taken_back(office: Office) -> None:
    [grant, *_] = [g for g in signed(office).grants if g.channels == {Channel.WEBSITE}]
    taken = withdraw(grant, derived_id("test", "taken"), NOON)
    office.world.register.withdraw(taken)
    told = mail(MailKind.WITHDRAWN, withdrawals=taken.withdrawal_id)
    assert office.deliver(told).outcome is Outcome.SENT
    assert "trok je in: website." in " ".join(office.letter.text.split())
    assert office.link().purpose is LinkPurpose.OWN_PAGE
