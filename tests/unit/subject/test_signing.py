"""Being asked, signing and refusing, by a link and at a session."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from beeldrecht.adapters.errors import ChainBusyError
from beeldrecht.domain.age import ages_from
from beeldrecht.domain.consent import GrantKind
from beeldrecht.domain.consent_requests import ConsentRequestState
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import LinkPurpose, token_digest
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.time import midnight
from beeldrecht.domain.wordings import digest
from tests.fakes.forms import (
    DUTCH,
    EMAIL,
    FAIR,
    REQUEST,
    WORDING,
    Asking,
    answer,
    entry,
)
from tests.fakes.samples import ANN, NOON, PICTURE
from tests.fakes.scenes import ready
from tests.fakes.subject import SITE

SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def asking() -> Asking:
    return Asking()


# -- what is asked -----------------------------------------------------------------------


def test_r08_the_notice_is_shown_whole_before_anything_is_signed(asking: Asking) -> None:
    shown = asking.subject.ask("request", asking.to_sign(), {}, language="en").json
    assert shown["purpose"] == "sign"
    assert (shown["language"], shown["languages"]) == ("nl", ["en", "nl"])
    assert shown["name"] == f"name of {ANN}"
    assert shown["wording"] == {
        "name": WORDING.name,
        "sha256": digest(WORDING, "nl"),
        "title": DUTCH.title,
        "purpose": DUTCH.purpose,
        "controller": DUTCH.controller,
        "notice": list(DUTCH.notice),
        "image": DUTCH.image,
        "portrait": DUTCH.portrait,
        "biometric": DUTCH.biometric,
        "guardian": DUTCH.guardian,
    }
    assert [(c["id"], c["months"]) for c in shown["channels"]] == [
        ("print", 24),
        ("social", 12),
        ("website", 24),
    ]
    assert shown["channels"][2]["words"] == "The organisation's own public website."
    assert [place["id"] for place in shown["places"]] == ["world"]
    assert (shown["portrait_months"], shown["biometric_months"]) == (24, 12)
    assert shown["ages"]["NL"] == 16
    assert (shown["before"], shown["asks_email"]) == (None, False)
    assert shown["photographer"] == REQUEST.photographer


@pytest.mark.parametrize(
    ("wanted", "browser", "shown"),
    [
        ("en", "nl", "en"),
        ("fr", "en", "nl"),  # not there: the language of the request
        (None, "en", "nl"),
    ],
)
def test_the_words_come_in_the_language_that_is_wanted_and_there(
    asking: Asking, wanted: str | None, browser: str, shown: str
) -> None:
    order = {"language": wanted}
    said = asking.subject.ask("request", asking.to_sign(), order, language=browser)
    assert said.json["language"] == shown


def test_a_session_shows_nobodys_name_in_the_language_of_the_browser(
    asking: Asking,
) -> None:
    shown = asking.subject.ask("request", asking.at_session(), {}, language="en-GB").json
    assert (shown["purpose"], shown["language"]) == ("session", "en")
    assert (shown["name"], shown["pictures"], shown["asks_email"]) == (None, [], True)
    assert shown["photographer"] == FAIR.photographer
    assert asking.tags(FAIR.session_id) == ["test:scene:set", "api:link:create"]


def test_looking_uses_nothing_up_and_is_on_record(asking: Asking) -> None:
    token = asking.to_sign()
    for _ in range(3):
        assert asking.subject.ask("request", token, {}).status == 200
    assert asking.tags().count("api:request:read") == 3
    assert asking.subject.ask("sign", token, answer()).status == 201


def test_the_pictures_it_is_about_are_shown_for_a_minute() -> None:
    asking = Asking(ready())
    asked = replace(REQUEST, request_id=new_id(), pictures=(PICTURE, new_id()))
    asking.services.requests.create(asked, entry(asked.request_id))
    token = asking.subject.link(purpose=LinkPurpose.SIGN, about=asked.request_id)
    shown = asking.subject.ask("request", token, {}).json
    assert shown["pictures"] == [f"https://renditions.invalid/{PICTURE}/thumb?60"]


# -- signing -----------------------------------------------------------------------------


def test_r04_a_signature_goes_on_record_with_what_proves_it(asking: Asking) -> None:
    token = asking.to_sign()
    asking.world.at = NOON + timedelta(minutes=1)
    said = answer(channels=["website", "print"], biometric=True, language="en")
    headers = {"User-Agent": SAFARI}
    signed = asking.subject.ask(
        "sign", token, said, source_ip="198.51.100.77", headers=headers
    )
    assert signed.status == 201
    quitclaim_id = signed.json["quitclaim_id"]
    proof = asking.services.signatures.evidence(
        ANN, quitclaim_id, asking.services.names.proof
    )
    assert proof is not None
    assert (proof.wording, proof.wording_sha256) == (WORDING.name, digest(WORDING, "en"))
    assert (proof.signed_at, proof.signed_on) == (asking.world.at, "link")
    assert (proof.seen.network, proof.seen.agent) == ("198.51.100.0/24", "Safari, iOS")
    assert (proof.request_id, proof.photographer) == (
        REQUEST.request_id,
        REQUEST.photographer,
    )
    facts = asking.world.register.facts([ANN])
    assert sorted((g.kind, *sorted(g.channels)) for g in facts.grants) == [
        (GrantKind.BIOMETRIC_CONSENT,),
        (GrantKind.IMAGE_CONSENT, "print"),
        (GrantKind.IMAGE_CONSENT, "website"),
    ]
    there = asking.services.requests.get(REQUEST.request_id)
    assert there is not None
    assert (there.state, there.quitclaim_id) == (
        ConsentRequestState.ANSWERED,
        quitclaim_id,
    )


def test_the_copy_is_mailed_and_the_own_page_told_once(asking: Asking) -> None:
    signed = asking.subject.ask("sign", asking.to_sign(), answer()).json
    assert signed["copy_to"] == "mail"
    (mail,) = asking.world.mails.of_person(ANN)
    assert (mail.kind, dict(mail.about)) == (
        MailKind.COPY,
        {"quitclaim_id": signed["quitclaim_id"]},
    )
    token = re.fullmatch(rf"{SITE}/own-page#(.+)", signed["page_url"])
    assert token is not None
    assert asking.subject.page(token[1]).json["name"] == f"name of {ANN}"


def test_what_was_signed_stands_where_no_link_could_be_made_meanwhile(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = asking.to_sign()

    def busy(*_: object) -> None:
        raise ChainBusyError("00")

    monkeypatch.setattr(asking.services.links, "create", busy)
    signed = asking.subject.ask("sign", token, answer())
    assert (signed.status, signed.json["page_url"]) == (201, None)
    assert signed.json["copy_to"] == "mail"
    assert len(asking.world.register.facts([ANN]).grants) == 1


def test_without_an_address_the_page_lasts_as_long_as_what_was_signed() -> None:
    asking = Asking(email=None)
    signed = asking.subject.ask("sign", asking.to_sign(), answer()).json
    assert signed["copy_to"] == "page"
    # On record all the same: of it the copy is made that is on the page.
    assert [m.kind for m in asking.world.mails.of_person(ANN)] == [MailKind.COPY]
    (grant,) = asking.world.register.facts([ANN]).grants
    link = asking.services.links.links[token_digest(signed["page_url"].split("#")[1])]
    assert link.expires_at == grant.period.end


def test_to_refuse_everything_is_an_answer_too(asking: Asking) -> None:
    signed = asking.subject.ask("sign", asking.to_sign(), answer(channels=[]))
    assert signed.status == 201
    assert asking.world.register.facts([ANN]).grants == ()
    there = asking.services.requests.get(REQUEST.request_id)
    assert there is not None
    assert there.state is ConsentRequestState.ANSWERED


def test_r16_signing_is_on_record_under_the_person_in_the_name_of_the_link(
    asking: Asking,
) -> None:
    token = asking.to_sign()
    link = asking.services.links.links[token_digest(token)]
    asking.subject.ask("sign", token, answer())
    [signed] = [e for e in asking.world.audit.entries(ANN) if e.tag == "api:consent:sign"]
    assert signed.actor == link.link_id
    assert signed.data["channels"] == "website"
    assert "Voorbeeld" not in signed.line


def test_a_drawing_is_a_signature(asking: Asking) -> None:
    drawn = {"kind": "drawn", "mark": "M1 2L30 40L5 6"}
    assert asking.sign(signature=drawn)


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ({"signature": {"kind": "drawn", "mark": "M1 2"}}, "signature_not_valid"),
        ({"signature": {"kind": "drawn", "mark": "<script>"}}, "signature_not_valid"),
        ({"channels": ["paid"]}, "channel_not_offered"),
        ({"birth_date": "2015-05-06"}, "guardian_needed"),
        (
            {"guardian": {"name": "Pa", "relation": "parent"}},
            "birth_date_missing",
        ),
        (
            {
                "guardian": {"name": "Pa", "relation": "parent"},
                "birth_date": "1980-01-01",
            },
            "guardian_not_needed",
        ),
    ],
)
def test_what_cannot_be_signed_says_why_and_uses_nothing_up(
    asking: Asking, said: dict[str, Any], finding: str
) -> None:
    token = asking.to_sign()
    refused = asking.subject.ask("sign", token, answer(**said), language="en")
    assert (refused.status, refused.json["code"]) == (409, "not_signable")
    [why] = refused.json["findings"]
    assert why["id"] == finding
    assert why["words"]
    assert asking.subject.ask("sign", token, answer()).status == 201


def test_r06_under_the_age_a_guardian_signs(asking: Asking) -> None:
    quitclaim_id = asking.sign(
        name="Kim Voorbeeld",
        birth_date="2015-05-06",
        guardian={"name": "Pat Voorbeeld", "relation": "parent"},
    )
    proof = asking.services.signatures.evidence(
        ANN, quitclaim_id, asking.services.names.proof
    )
    assert proof is not None
    assert proof.signer.guardian is not None
    [told] = asking.subject.page(asking.own_page()).json["consents"]
    assert told["guardian"]
    contact = asking.services.contacts.get(ANN, asking.services.names)
    assert contact is not None
    assert contact.guardian_name == "Pat Voorbeeld"


def test_r06_the_age_is_the_deployments_where_it_sets_one(asking: Asking) -> None:
    asking.services.ages = ages_from("NL=18")
    token = asking.to_sign()
    ages = asking.subject.ask("request", token, {}).json["ages"]
    assert (ages["NL"], ages["DE"]) == (18, 16)
    seventeen: dict[str, Any] = {"birth_date": "2009-05-06"}
    refused = asking.subject.ask("sign", token, answer(**seventeen))
    assert [why["id"] for why in refused.json["findings"]] == ["guardian_needed"]
    guardian = {"name": "Pat Voorbeeld", "relation": "parent"}
    asking.sign(**seventeen, guardian=guardian)
    ends = {g.period.end for g in asking.world.register.facts([ANN]).grants}
    assert ends == {midnight(date(2027, 5, 6))}


def test_the_words_that_were_shown_are_the_words_that_are_signed(
    asking: Asking,
) -> None:
    token = asking.to_sign()
    for changed in (
        {"wording_sha256": digest(WORDING, "en")},
        {"wording": f"{WORDING.wording_id}.2"},
        {"language": "fr"},
    ):
        refused = asking.subject.ask("sign", token, {**answer(), **changed})
        assert (refused.status, refused.json["code"]) == (409, "wording_changed")
    assert asking.world.register.facts([ANN]).grants == ()


# -- who is reached where ----------------------------------------------------------------


def contact_of(asking: Asking) -> Contact | None:
    return asking.services.contacts.get(ANN, asking.services.names)


def test_an_address_on_record_stands_whatever_is_typed(asking: Asking) -> None:
    asking.sign(email="eve@example.org")
    contact = contact_of(asking)
    assert contact is not None
    assert contact.email == EMAIL


def test_an_address_is_kept_where_there_was_none() -> None:
    asking = Asking(email=None)
    shown = asking.subject.ask("request", asking.to_sign(), {}).json
    assert shown["asks_email"]
    signed = asking.subject.ask("sign", asking.to_sign(), answer(email=EMAIL)).json
    assert signed["copy_to"] == "mail"
    contact = contact_of(asking)
    assert contact is not None
    assert contact.email == EMAIL


def test_an_address_from_which_mail_came_back_gives_way(asking: Asking) -> None:
    note = AddressNote(AddressState.BOUNCED, new_id(), NOON)
    asking.services.contacts.note(ANN, note)
    assert asking.subject.ask("request", asking.to_sign(), {}).json["asks_email"]
    asking.sign(email="new@example.org")
    contact = contact_of(asking)
    assert contact is not None
    assert contact.email == "new@example.org"


@pytest.mark.parametrize("state", [AddressState.BOUNCED, AddressState.COMPLAINED])
def test_what_is_known_against_an_address_is_not_forgotten_by_signing(
    asking: Asking, state: AddressState
) -> None:
    asking.services.contacts.note(ANN, AddressNote(state, new_id(), NOON))
    signed = asking.subject.ask("sign", asking.to_sign(), answer(language="en")).json
    assert signed["copy_to"] == "page"
    note = asking.services.contacts.state(ANN)
    assert note is not None
    assert note.state is state


# -- at a session ------------------------------------------------------------------------


def test_who_signs_at_a_session_is_somebody_new_on_its_roster(asking: Asking) -> None:
    token = asking.at_session()
    people = []
    for name in ("Cas", "Dunya"):
        said = answer(name=name, email=f"{name.lower()}@example.org")
        signed = asking.subject.ask("sign", token, said).json
        assert signed["copy_to"] == "mail"
        page = asking.subject.page(signed["page_url"].split("#")[1]).json
        assert page["name"] == name
        [consent] = page["consents"]
        assert consent["signed_on"]["id"] == "qr"
        people.append(name)
    session = asking.services.sessions.get(FAIR.session_id)
    assert session is not None
    assert len(session.roster) == len(people)
    for person_id in session.roster:
        contact = asking.services.contacts.get(person_id, asking.services.names)
        assert contact is not None
        assert asking.tags(person_id)[:2] == ["api:consent:sign", "api:link:create"]


def test_a_repetition_at_a_session_counts_once_and_is_not_told_the_page_again(
    asking: Asking,
) -> None:
    token, said = asking.at_session(), answer(attempt=new_id())
    first = asking.subject.ask("sign", token, said)
    again = asking.subject.ask("sign", token, said)
    assert (first.status, again.status) == (201, 201)
    assert first.json["quitclaim_id"] == again.json["quitclaim_id"]
    assert first.json["page_url"]
    assert again.json["page_url"] is None
    session = asking.services.sessions.get(FAIR.session_id)
    assert session is not None
    assert len(session.roster) == 1


def test_a_code_that_was_taken_back_between_looking_and_signing_signs_nothing(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = asking.at_session()
    links, digest_ = asking.services.links, token_digest(token)
    seen = links.links[digest_]
    revoked = replace(seen, revoked_at=NOON)
    held = [seen]

    def live(digest: str, at: object) -> object:
        links.links[digest_] = revoked
        return held.pop() if held else None

    monkeypatch.setattr(links, "live", live)
    refused = asking.subject.ask("sign", token, answer())
    assert (refused.status, refused.json["code"]) == (404, "link_not_valid")
    session = asking.services.sessions.get(FAIR.session_id)
    assert session is not None
    assert not session.roster
