"""What people signed, through the API: shown, taken back for them, and the documents."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain import signing
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Choices, Seen, Signature, SignatureKind, Signer
from tests.fakes.asked import PDF, furnish, noted
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, NOON
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
PATH = f"/v1/people/{ANN}"
BOTH = frozenset({Channel.WEBSITE, Channel.PRINT})


@pytest.fixture
def staff() -> Staff:
    world = World()
    world.know(ANN, BOB)
    staff = Staff(world)
    furnish(staff)
    return staff


def sign(staff: Staff, *, person: str = ANN, portrait: bool = False, day: int = 0) -> str:
    """Somebody signs for the website and print, so many days before noon."""
    services = staff.services
    quitclaim_id = derived_id("signed", person, str(day))
    signed = signing.sign(
        services.standard_wording,
        "nl",
        Choices(BOTH, portrait, biometric=False),
        Signer("Ann Jansen", None),
        Signature(SignatureKind.TYPED, "Ann Jansen"),
        Seen(None, None),
        person_id=person,
        quitclaim_id=quitclaim_id,
        signed_on="link",
        at=NOON - timedelta(days=day),
    )
    assert services.signatures.record(
        signed,
        staff.world.keys,
        noted(person, f"signed{day}"),
        link=None,
        request=None,
        contact=None,
        person=None,
    )
    return quitclaim_id


def withdraw(staff: Staff, user: User | None = EDITS, **order: Any) -> Answer:
    return staff.post(f"{PATH}/withdrawals", user, order or {"all": True})


def tags(staff: Staff) -> list[str]:
    return [entry.tag for entry in staff.world.audit.entries(ANN)]


# -- what is shown ---------------------------------------------------------------------


@pytest.mark.parametrize("user", [EDITS, OVERSEES])
def test_what_somebody_signed_is_shown_grant_by_grant(staff: Staff, user: User) -> None:
    first, last = sign(staff, portrait=True, day=9), sign(staff)
    view = staff.get(f"{PATH}/consents", user).json
    assert [each["quitclaim_id"] for each in view["consents"]] == [last, first]
    old = view["consents"][1]
    assert {g["kind"]: g["withdrawable"] for g in old["grants"]} == {
        "portrait_agreement": False,
        "image_consent": True,
    }
    assert (old["signed_on"], old["guardian"], old["document"]) == ("link", False, False)
    (asked,) = view["requests"]
    assert asked["state"] == "asked"
    (entry,) = [e for e in staff.world.audit.entries(ANN) if e.tag == "api:consent:read"]
    assert (entry.actor, entry.data) == (user.user_id, {"count": 2})


def test_who_signed_nothing_is_shown_so_and_nobody_is_not_there(staff: Staff) -> None:
    view = staff.get(f"/v1/people/{BOB}/consents", EDITS).json
    assert (view["consents"], view["requests"], view["mails"]) == ([], [], [])
    assert "consent:withdraw" not in view["affordances"]
    assert staff.get(f"/v1/people/{new_id()}/consents", EDITS).status == 404


@pytest.mark.parametrize("user", [None, *OTHERS])
def test_others_cannot_tell_who_signed_from_who_is_not_there(
    staff: Staff, user: User | None
) -> None:
    quitclaim_id = sign(staff)
    for method, end in (
        ("GET", "consents"),
        ("POST", "withdrawals"),
        ("GET", f"quitclaims/{quitclaim_id}/document"),
    ):
        body = {"all": True} if method == "POST" else None
        there = staff.send(method, f"{PATH}/{end}", user, body=body)
        nowhere = staff.send(method, f"/v1/people/{new_id()}/{end}", user, body=body)
        assert (there.status, there.text) == (nowhere.status, nowhere.text)
        assert there.status == (401 if user is None else 404)
    assert "api:consent:withdraw" not in tags(staff)


# -- taken back on somebody's behalf ---------------------------------------------------


def test_all_is_taken_back_but_a_contract_and_the_person_is_told(staff: Staff) -> None:
    sign(staff, portrait=True)
    answer = withdraw(staff)
    assert answer.status == 201
    assert len(answer.json["withdrawn"]) == 2
    grants = staff.get(f"{PATH}/consents", EDITS).json["consents"][0]["grants"]
    assert {(g["kind"], g["state"]) for g in grants} == {
        ("portrait_agreement", "in_force"),
        ("image_consent", "withdrawn"),
    }
    (mail,) = staff.world.mails.mails.values()
    assert (mail.kind, mail.to) == (MailKind.WITHDRAWN, ANN)
    shown = staff.get(f"{PATH}/consents", EDITS).json["mails"]
    assert [(m["kind"], m["state"]) for m in shown] == [("mail_withdrawn", "waiting")]
    entry = next(
        e for e in staff.world.audit.entries(ANN) if e.tag == "api:consent:withdraw"
    )
    assert entry.actor == EDITS.user_id


def test_what_is_named_is_taken_back_in_every_version_of_its_words(staff: Staff) -> None:
    sign(staff, day=9)
    sign(staff)
    facts = staff.world.register.facts([ANN])
    website = [g for g in facts.grants if g.channels == {Channel.WEBSITE}]
    answer = withdraw(staff, grant_ids=[website[0].grant_id])
    assert answer.json["withdrawn"] == sorted(g.grant_id for g in website)
    assert len(website) == 2
    taken = staff.world.register.facts([ANN]).withdrawals
    assert {w.grant_id for w in taken} == {g.grant_id for g in website}


def test_the_same_again_changes_nothing(staff: Staff) -> None:
    sign(staff)
    ids = withdraw(staff).json["withdrawn"]
    staff.world.at = NOON + timedelta(days=1)
    assert withdraw(staff, grant_ids=ids).json["withdrawn"] == ids
    assert withdraw(staff).json["withdrawn"] == []
    taken = staff.world.register.facts([ANN]).withdrawals
    assert {w.effective_at for w in taken} == {NOON}
    assert len(staff.world.mails.mails) == 1
    assert tags(staff).count("api:consent:withdraw") == 1


def test_a_contract_is_not_taken_back_and_nothing_else_with_it(staff: Staff) -> None:
    sign(staff, portrait=True)
    everything = [g.grant_id for g in staff.world.register.facts([ANN]).grants]
    answer = withdraw(staff, grant_ids=everything)
    assert (answer.status, answer.json["code"]) == (409, "not_withdrawable")
    assert staff.world.register.facts([ANN]).withdrawals == ()


def test_somebody_elses_consent_is_not_there(staff: Staff) -> None:
    sign(staff)
    sign(staff, person=BOB)
    (theirs, *_) = staff.world.register.facts([BOB]).grants
    assert withdraw(staff, grant_ids=[theirs.grant_id]).status == 404
    assert staff.world.register.facts([BOB]).withdrawals == ()


@pytest.mark.parametrize(
    "order",
    [{"all": False}, {"all": True, "grant_ids": ["0" * 32]}, {"grant_ids": ["x"]}],
)
def test_an_order_says_one_thing(staff: Staff, order: dict[str, Any]) -> None:
    sign(staff)
    assert withdraw(staff, **order).status == 422


def test_an_officer_sees_it_and_takes_nothing_back(staff: Staff) -> None:
    sign(staff)
    assert withdraw(staff, OVERSEES).status == 404
    view = staff.get(f"{PATH}/consents", OVERSEES).json
    assert view["affordances"] == ["consent:read"]


# -- documents -------------------------------------------------------------------------


def keep(staff: Staff, quitclaim_id: str, document: bytes = PDF) -> str:
    services = staff.services
    services.documents.keep(quitclaim_id, staff.world.keys.proof.seal(ANN, document))
    sha256 = hashlib.sha256(PDF).hexdigest()
    services.signatures.note_document(ANN, quitclaim_id, sha256)
    return sha256


@pytest.mark.parametrize("user", [EDITS, OVERSEES])
def test_a_document_is_opened_for_who_may_and_looking_is_on_record(
    staff: Staff, user: User
) -> None:
    quitclaim_id = sign(staff)
    path = f"{PATH}/quitclaims/{quitclaim_id}/document"
    assert staff.get(path, user).status == 404
    sha256 = keep(staff, quitclaim_id)
    assert staff.get(f"{PATH}/consents", user).json["consents"][0]["document"]
    told = staff.get(path, user).json
    assert base64.b64decode(told["content"]) == PDF
    assert (told["media_type"], told["sha256"]) == ("application/pdf", sha256)
    assert tags(staff).count("api:document:read") == 1


def test_a_document_lies_under_its_own_person_and_is_the_one_on_record(
    staff: Staff,
) -> None:
    quitclaim_id = sign(staff)
    keep(staff, quitclaim_id, b"%PDF-1.7 another one")
    path = f"quitclaims/{quitclaim_id}/document"
    assert staff.get(f"/v1/people/{BOB}/{path}", EDITS).status == 404
    answer = staff.get(f"{PATH}/{path}", EDITS)
    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert "another" not in answer.text


def test_r11_a_document_opens_without_the_names_key_and_no_more_without_its_own(
    staff: Staff,
) -> None:
    quitclaim_id = sign(staff)
    keep(staff, quitclaim_id)
    path = f"{PATH}/quitclaims/{quitclaim_id}/document"
    # The name's key goes first: what proves the consent has a key of its own.
    staff.world.keys.destroy(ANN)
    told = staff.get(path, EDITS)
    assert told.status == 200
    assert base64.b64decode(told.json["content"]) == PDF
    staff.world.keys.proof.destroy(ANN)
    assert staff.get(path, EDITS).status == 404
    view = staff.get(f"{PATH}/consents", EDITS).json
    assert view["consents"][0]["quitclaim_id"] == quitclaim_id


def test_r04_the_proof_survives_withdrawal(staff: Staff) -> None:
    quitclaim_id = sign(staff)
    keep(staff, quitclaim_id)
    withdraw(staff)
    told = staff.get(f"{PATH}/quitclaims/{quitclaim_id}/document", EDITS)
    assert told.status == 200
    evidence = staff.services.signatures.evidence(
        ANN, quitclaim_id, staff.world.keys.proof
    )
    assert evidence is not None
    assert replace(evidence.choices, channels=BOTH) == evidence.choices
