"""Renewing, changing and taking back what was signed, on one's own page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.age import ages_from
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token, token_digest
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.own_page import said_alike
from tests.fakes.forms import ENGLISH, WORDING, Asking, answer, entry
from tests.fakes.samples import ANN, BOB, NOON, grant, quitclaim

YEAR = timedelta(days=365)
EVERYTHING = {
    "channels": ["website", "social", "print"],
    "portrait": True,
    "biometric": True,
}


@pytest.fixture
def asking() -> Asking:
    return Asking()


def grants_of(asking: Asking, token: str) -> list[dict[str, Any]]:
    told = asking.subject.page(token).json
    return [grant for consent in told["consents"] for grant in consent["grants"]]


def counting(asking: Asking) -> set[str | None]:
    """The channels that count now, as the page says; None: recognition."""
    return {
        channel for (_, channel), state in asking.states().items() if state == "in_force"
    }


# -- taking back -------------------------------------------------------------------------


def test_r05_what_is_taken_back_counts_no_more_at_the_next_request(
    asking: Asking,
) -> None:
    asking.sign(**EVERYTHING)
    token = asking.own_page()
    website = next(
        g
        for g in grants_of(asking, token)
        if g["channel"] and g["channel"]["id"] == "website"
    )
    asking.world.at = NOON + timedelta(hours=1)
    taken = asking.subject.ask("withdraw", token, {"grant_ids": [website["grant_id"]]})
    assert (taken.status, taken.json) == (200, {"withdrawn": [website["grant_id"]]})
    [withdrawal] = asking.world.register.facts([ANN]).withdrawals
    assert withdrawal.effective_at == asking.world.at
    assert counting(asking) == {"social", "print", None}


def test_r05_all_of_it_goes_by_one_tap_and_the_contract_stays(asking: Asking) -> None:
    asking.sign(**EVERYTHING)
    token = asking.own_page()
    taken = asking.subject.ask("withdraw", token, {"all": True})
    assert len(taken.json["withdrawn"]) == 4
    left = [g for g in grants_of(asking, token) if g["state"]["id"] == "in_force"]
    assert [g["kind"]["id"] for g in left] == ["portrait_agreement"]
    assert not any(g["withdrawable"] for g in grants_of(asking, token))


def test_to_take_back_again_changes_nothing(asking: Asking) -> None:
    asking.sign()
    token = asking.own_page()
    [given] = grants_of(asking, token)
    order = {"grant_ids": [given["grant_id"]]}
    first = asking.subject.ask("withdraw", token, order)
    before = asking.world.audit.heads()
    asking.world.at += timedelta(days=1)
    again = asking.subject.ask("withdraw", token, order)
    assert again.json == first.json
    assert asking.subject.ask("withdraw", token, {"all": True}).json == {"withdrawn": []}
    assert asking.world.audit.heads() == before
    [withdrawal] = asking.world.register.facts([ANN]).withdrawals
    assert withdrawal.effective_at == NOON


def test_a_withdrawal_is_confirmed_by_one_mail_and_on_record(asking: Asking) -> None:
    asking.sign(**EVERYTHING)
    token = asking.own_page()
    asking.subject.ask("withdraw", token, {"all": True})
    told = [m for m in asking.world.mails.of_person(ANN) if m.kind is MailKind.WITHDRAWN]
    assert len(told) == 1
    [on_record] = [
        e for e in asking.world.audit.entries(ANN) if e.tag == "api:consent:withdraw"
    ]
    assert on_record.actor == asking.services.links.links[token_digest(token)].link_id


def test_a_contract_is_not_taken_back_and_says_what_is_possible(asking: Asking) -> None:
    asking.sign(**EVERYTHING)
    token = asking.own_page()
    ids = [g["grant_id"] for g in grants_of(asking, token)]
    refused = asking.subject.ask("withdraw", token, {"grant_ids": ids}, language="en")
    assert (refused.status, refused.json["code"]) == (409, "not_withdrawable")
    assert "object" in refused.json["detail"]
    assert asking.world.register.facts([ANN]).withdrawals == ()
    assert asking.subject.ask("object", token, {}).status == 201


def test_somebody_elses_consent_is_not_there(asking: Asking) -> None:
    asking.sign()
    asking.world.know(BOB)
    bobs = replace(grant(BOB), grant_id=new_id())
    asking.world.sign(bobs)
    token = asking.own_page()
    [mine] = grants_of(asking, token)
    unknown = asking.subject.ask("withdraw", token, {"grant_ids": [new_id()]})
    for ids in ([bobs.grant_id], [mine["grant_id"], bobs.grant_id]):
        told = asking.subject.ask("withdraw", token, {"grant_ids": ids})
        assert (told.status, told.text) == (404, unknown.text)
    assert asking.world.register.facts([ANN, BOB]).withdrawals == ()


@pytest.mark.parametrize(
    "order", [{}, {"grant_ids": []}, {"all": True, "grant_ids": ["0" * 32]}]
)
def test_an_order_names_something_or_all_and_not_both(
    asking: Asking, order: dict[str, Any]
) -> None:
    refused = asking.subject.ask("withdraw", asking.own_page(), order)
    assert (refused.status, refused.json["code"]) == (422, "invalid_request")


def test_of_two_who_take_back_at_once_the_second_finds_it_done(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.sign()
    token = asking.own_page()
    [given] = grants_of(asking, token)
    register = asking.world.register
    take_back = register.take_back

    def first_somebody_else(*arguments: Any, **named: Any) -> bool:
        monkeypatch.setattr(register, "take_back", take_back)
        asking.subject.ask("withdraw", token, {"all": True})
        return take_back(*arguments, **named)

    monkeypatch.setattr(register, "take_back", first_somebody_else)
    order = {"grant_ids": [given["grant_id"]]}
    taken = asking.subject.ask("withdraw", token, order)
    assert (taken.status, taken.json["withdrawn"]) == (200, [given["grant_id"]])
    assert len(register.facts([ANN]).withdrawals) == 1
    assert asking.tags().count("api:consent:withdraw") == 1


def test_r05_a_renewed_consent_is_taken_back_in_every_version(asking: Asking) -> None:
    """Else the older of the two would go on letting pictures out."""
    first = asking.sign(channels=["website", "print"])
    token = asking.own_page()
    asking.world.at = NOON + YEAR
    renewed = asking.subject.ask("renew", token, {"quitclaim_id": first}).json
    for document in (first, renewed["quitclaim_id"]):
        assert asking.states()[document, "website"] == "in_force"
    new = next(
        g
        for g in grants_of(asking, token)
        if g["channel"]["id"] == "website" and g["starts_at"].startswith("2027")
    )
    taken = asking.subject.ask("withdraw", token, {"grant_ids": [new["grant_id"]]})
    assert len(taken.json["withdrawn"]) == 2
    assert counting(asking) == {"print"}


def test_a_consent_in_another_wording_stays(asking: Asking) -> None:
    asking.sign()
    other = grant(ANN, channels=frozenset({Channel.WEBSITE}))
    asking.world.sign(other)
    signed = asking.services.signatures.quitclaims(ANN)
    facts = asking.world.register.facts([ANN])
    assert said_alike([other], facts.grants, signed) == (other,)
    # Without its document nothing is known of its words: it stands alone.
    assert said_alike([other], facts.grants, ()) == (other,)


# -- renewing ----------------------------------------------------------------------------


def test_a_consent_is_renewed_by_one_tap_for_another_term(asking: Asking) -> None:
    first = asking.sign(**EVERYTHING)
    asking.world.at = NOON + YEAR
    renewed = asking.subject.ask("renew", asking.to_renew(first), {})
    assert renewed.status == 201
    quitclaim_id = renewed.json["quitclaim_id"]
    proof = asking.services.signatures.evidence(
        ANN, quitclaim_id, asking.services.names.proof
    )
    assert proof is not None
    assert (proof.replaces, proof.signed_at) == (first, asking.world.at)
    assert proof.signature.kind == "click"
    copies = [m for m in asking.world.mails.of_person(ANN) if m.kind is MailKind.COPY]
    assert {m.about["quitclaim_id"] for m in copies} == {first, quitclaim_id}
    assert "api:consent:renew" in asking.tags()


def test_a_renewal_brings_nothing_back_that_was_withdrawn(asking: Asking) -> None:
    first = asking.sign(channels=["website", "print"])
    token = asking.own_page()
    website = next(g for g in grants_of(asking, token) if g["channel"]["id"] == "website")
    asking.subject.ask("withdraw", token, {"grant_ids": [website["grant_id"]]})
    asking.world.at = NOON + YEAR
    asking.subject.ask("renew", asking.to_renew(first), {})
    assert counting(asking) == {"print"}


def test_who_renews_is_shown_what_will_be_signed_again(asking: Asking) -> None:
    first = asking.sign(**EVERYTHING)
    token = asking.own_page()
    gone = [
        g["grant_id"]
        for g in grants_of(asking, token)
        if g["channel"] and g["channel"]["id"] != "print"
    ]
    asking.subject.ask("withdraw", token, {"grant_ids": gone})
    shown = asking.subject.ask("request", asking.to_renew(first), {}).json
    assert shown["before"] == {
        "channels": ["print"],
        "portrait": True,
        "biometric": True,
    }


def test_where_all_was_withdrawn_there_is_nothing_to_renew(asking: Asking) -> None:
    first = asking.sign()
    token = asking.own_page()
    asking.subject.ask("withdraw", token, {"all": True})
    assert not asking.subject.page(token).json["consents"][0]["renewable"]
    asked = asking.to_renew(first)
    refused = asking.subject.ask("renew", asked, {})
    assert (refused.status, refused.json["code"]) == (409, "not_signable")
    assert refused.json["findings"][0]["id"] == "nothing_to_renew"


def test_a_link_to_renew_works_once(asking: Asking) -> None:
    asked = asking.to_renew(asking.sign())
    assert asking.subject.ask("renew", asked, {}).status == 201
    again = asking.subject.ask("renew", asked, {})
    unknown = asking.subject.ask("renew", new_token(), {})
    assert (again.status, again.text) == (404, unknown.text)


def test_on_the_own_page_a_second_tap_renews_nothing_more(asking: Asking) -> None:
    order = {"quitclaim_id": asking.sign()}
    token = asking.own_page()
    first = asking.subject.ask("renew", token, order)
    again = asking.subject.ask("renew", token, order)
    assert (first.status, first.json) == (again.status, again.json)
    assert len(asking.services.signatures.quitclaims(ANN)) == 2


def test_the_own_page_renews_what_is_ones_own(asking: Asking) -> None:
    asking.world.know(BOB)
    first = asking.sign()
    token = asking.own_page(BOB)
    told = asking.subject.ask("renew", token, {"quitclaim_id": first})
    unknown = asking.subject.ask("renew", token, {"quitclaim_id": new_id()})
    assert (told.status, told.text) == (404, unknown.text)
    assert asking.subject.ask("renew", token, {}).status == 422


def test_r06_an_age_that_was_raised_holds_for_a_renewal_and_a_change(
    asking: Asking,
) -> None:
    first = asking.sign(birth_date="2009-05-06")
    asking.services.ages = ages_from("NL=18")
    refused = [
        asking.subject.ask("renew", asking.to_renew(first), {}),
        asking.subject.ask("renew", asking.own_page(), {"quitclaim_id": first}),
        change(asking, asking.own_page(), first, "website", "print"),
    ]
    for each in refused:
        assert (each.status, each.json["code"]) == (409, "not_signable")
        assert [why["id"] for why in each.json["findings"]] == ["guardian_needed"]
    assert len(asking.services.signatures.quitclaims(ANN)) == 1


def changed_words(asking: Asking) -> None:
    """Somebody writes the next version, which says something else."""
    texts = {**WORDING.texts, "nl": replace(WORDING.texts["nl"], purpose="Iets anders.")}
    asking.services.wordings.add(
        replace(WORDING, version=2, texts=texts),
        entry(WORDING.wording_id, "test:two:add"),
    )


def test_words_that_changed_are_read_and_signed_anew(asking: Asking) -> None:
    first = asking.sign()
    changed_words(asking)
    asked = asking.to_renew(first)
    refused = asking.subject.ask("renew", asked, {})
    assert (refused.status, refused.json["code"]) == (409, "wording_changed")
    shown = asking.subject.ask("request", asked, {}).json
    assert (shown["purpose"], shown["wording"]["name"]) == (
        "renew",
        f"{WORDING.wording_id}.2",
    )
    assert shown["before"] == {
        "channels": ["website"],
        "portrait": False,
        "biometric": False,
    }
    said = {
        **answer(channels=["print"]),
        "wording": shown["wording"]["name"],
        "wording_sha256": shown["wording"]["sha256"],
    }
    signed = asking.subject.ask("sign", asked, said)
    assert signed.status == 201
    proof = asking.services.signatures.evidence(
        ANN, signed.json["quitclaim_id"], asking.services.names.proof
    )
    assert proof is not None
    assert proof.replaces == first
    assert asking.subject.ask("sign", asked, said).status == 404


def test_a_new_version_with_the_same_words_is_renewed(asking: Asking) -> None:
    first = asking.sign()
    texts = {**WORDING.texts, "en": replace(ENGLISH, purpose="In other words.")}
    asking.services.wordings.add(
        replace(WORDING, version=2, texts=texts),
        entry(WORDING.wording_id, "test:two:add"),
    )
    assert asking.subject.ask("renew", asking.to_renew(first), {}).status == 201


# -- changing ----------------------------------------------------------------------------


def change(asking: Asking, token: str, document: str, *channels: str, **more: Any) -> Any:
    order = {"quitclaim_id": document, "channels": list(channels), "biometric": False}
    return asking.subject.ask("change", token, {**order, **more})


def test_a_channel_is_taken_off_and_put_on_again(asking: Asking) -> None:
    first, token = asking.sign(channels=["website", "print"]), asking.own_page()
    off = change(asking, token, first, "print")
    assert (off.status, len(off.json["withdrawn"])) == (200, 1)
    assert off.json["quitclaim_id"] is None
    assert counting(asking) == {"print"}
    asking.world.at += timedelta(hours=1)
    on = change(asking, token, first, "print", "website")
    assert on.json["withdrawn"] == []
    assert on.json["quitclaim_id"] not in {None, first}
    assert counting(asking) == {"print", "website"}


def test_exactly_what_is_named_remains_however_often_it_changes(asking: Asking) -> None:
    """By the document that the page was opened with, and by the last one, alike."""
    first, token = asking.sign(channels=["website"]), asking.own_page()
    wanted: list[tuple[set[str], bool]] = [
        ({"website", "social"}, False),
        ({"social"}, True),
        (set(), False),
        ({"website", "print", "social"}, True),
        ({"print"}, False),
        ({"website", "social"}, False),
        (set(), True),
    ]
    for channels, biometric in wanted:
        asking.world.at += timedelta(minutes=10)
        for document in (first, asking.subject.page(token).json["consents"][0]):
            named = document if isinstance(document, str) else document["quitclaim_id"]
            done = change(asking, token, named, *channels, biometric=biometric)
            assert done.status == 200
            assert counting(asking) == channels | ({None} if biometric else set())


def test_the_same_change_again_changes_nothing(asking: Asking) -> None:
    first, token = asking.sign(), asking.own_page()
    change(asking, token, first, "print")
    before = len(asking.tags()), len(asking.world.mails.mails)
    again = change(asking, token, first, "print")
    assert again.json == {"withdrawn": [], "quitclaim_id": None}
    assert (len(asking.tags()), len(asking.world.mails.mails)) == before


def test_what_is_taken_off_stays_off_where_the_rest_is_refused(asking: Asking) -> None:
    first, token = asking.sign(), asking.own_page()
    changed_words(asking)
    refused = change(asking, token, first, "print")
    assert (refused.status, refused.json["code"]) == (409, "wording_changed")
    assert counting(asking) == set()


def test_a_change_leaves_the_contract_alone(asking: Asking) -> None:
    first, token = asking.sign(**EVERYTHING), asking.own_page()
    change(asking, token, first)
    kinds = {
        g["kind"]["id"]
        for g in grants_of(asking, token)
        if g["state"]["id"] == "in_force"
    }
    assert kinds == {"portrait_agreement"}


def test_somebody_elses_document_is_not_there_to_change(asking: Asking) -> None:
    asking.world.know(BOB)
    first = asking.sign()
    token = asking.own_page(BOB)
    told = change(asking, token, first)
    assert (told.status, told.text) == (404, change(asking, token, new_id()).text)
    assert counting(asking) == {"website"}


def test_a_document_that_was_signed_before_has_its_page_too(asking: Asking) -> None:
    """Of a wording that is on record no more: shown, taken back, and not renewed."""
    old = grant(ANN)
    asking.world.sign(old)
    token = asking.own_page()
    [told] = asking.subject.page(token).json["consents"]
    assert (told["title"], told["renewable"], told["offered"]) == (None, False, [])
    assert change(asking, token, quitclaim(old).quitclaim_id).status == 200
    facts = asking.world.register.facts([ANN])
    assert [w.grant_id for w in facts.withdrawals] == [old.grant_id]


def test_a_withdrawal_that_is_about_to_count_is_not_recorded_twice(
    asking: Asking,
) -> None:
    """Somebody else's clock runs ahead."""
    asking.sign()
    token = asking.own_page()
    [given] = grants_of(asking, token)
    asking.subject.ask("withdraw", token, {"all": True})
    [there] = asking.world.register.facts([ANN]).withdrawals
    assert isinstance(there, Withdrawal)
    asking.world.at = NOON - timedelta(seconds=1)
    order = {"grant_ids": [given["grant_id"]]}
    assert asking.subject.ask("withdraw", token, order).status == 200
    assert asking.world.register.facts([ANN]).withdrawals == (there,)
