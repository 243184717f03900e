"""What is theirs, for people without an account: by a link, and not too often."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.subject_api.door import PER_LINK, PER_NETWORK
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Restriction, RestrictionKind, Withdrawal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token, token_digest
from beeldrecht.domain.time import Period
from beeldrecht.runtime.http.api import HEADERS
from tests.fakes.http import Answer, answer_to, call, request
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, grant
from tests.fakes.subject import Subject
from tests.fakes.world import World

EVENT = Path(__file__).parents[2] / "functions/api/subject_api/event.json"
DAY = timedelta(days=1)


@pytest.fixture
def subject() -> Subject:
    world = World()
    world.know(ANN, BOB)
    return Subject(world)


def tags(subject: Subject, person_id: str = ANN) -> list[str]:
    return [entry.tag for entry in subject.world.audit.entries(person_id)]


# -- the page --------------------------------------------------------------------------


def test_somebody_sees_what_they_agreed_to_without_signing_in(subject: Subject) -> None:
    website = frozenset({Channel.WEBSITE})
    signed = grant(ANN, until=NOON + DAY, channels=website)
    subject.world.sign(signed, grant(BOB))
    answer = subject.page(subject.link(), language="en")
    assert answer.status == 200
    assert answer.json["name"] == f"name of {ANN}"
    (consent,) = answer.json["consents"]
    assert consent["quitclaim_id"] == signed.quitclaim_id
    (shown,) = consent["grants"]
    assert shown["grant_id"] == signed.grant_id
    assert shown["kind"] == {
        "id": "image_consent",
        "words": "Your pictures may be used. You can take this back at any time.",
    }
    assert shown["state"] == {"id": "in_force", "words": "It counts now."}
    assert shown["channel"] == {
        "id": "website",
        "words": "The organisation's own public website.",
    }
    assert all(each["words"] for each in shown["places"])
    assert shown["withdrawable"]
    assert answer.json["pictures"] == []
    assert answer.json["notes"] == []


def test_the_words_are_in_the_language_of_who_asks(subject: Subject) -> None:
    token = subject.link()
    said = {
        language: subject.page(token, language=language).json["notes"][0]["words"]
        for language in ("nl-BE,en;q=0.5", "en-GB", "fr", "")
    }
    assert said["nl-BE,en;q=0.5"].startswith("Je hebt nergens mee ingestemd.")
    assert said["en-GB"] == said["fr"] == said[""]


def test_it_shows_how_things_stand_at_that_instant(subject: Subject) -> None:
    signed = grant(ANN, until=NOON + DAY)
    subject.world.sign(signed)
    token = subject.link()

    def state() -> Any:
        (consent,) = subject.page(token).json["consents"]
        return consent["grants"][0]["state"]["id"]

    assert state() == "in_force"
    taken = Withdrawal(new_id(), signed.grant_id, ANN, NOON + timedelta(hours=1))
    subject.world.register.withdraw(taken)
    subject.world.at = NOON + timedelta(hours=1)
    assert state() == "withdrawn"


def test_a_freeze_is_told(subject: Subject) -> None:
    frozen = Restriction(new_id(), ANN, RestrictionKind.OBJECTED, Period(NOON))
    subject.world.register.restrict(frozen)
    notes = subject.page(subject.link()).json["notes"]
    assert [note["id"] for note in notes] == [
        "own_pictures_frozen",
        "own_nothing_agreed",
    ]


def test_nothing_of_anybody_else_is_in_it() -> None:
    """Bob stands beside Ann in the picture that is counted, with a grant of his own."""
    world = World()
    world.know(ANN, BOB)
    world.announce()
    world.upload()
    world.receive()
    world.detect()
    (face,) = world.library.rows[PICTURE].faces
    world.answer(face, ANN)
    world.answer(face, BOB)
    bobs = replace(grant(BOB), grant_id=new_id())
    world.sign(bobs)
    subject = Subject(world)
    answer = subject.page(subject.link(ANN))
    (picture,) = answer.json["pictures"]
    assert picture["asset_id"] == PICTURE
    for other in (BOB, bobs.grant_id, face):
        assert other not in answer.text


def test_r16_a_look_is_on_record_under_the_person_in_the_name_of_the_link(
    subject: Subject,
) -> None:
    token = subject.link()
    link = subject.services.links.links[token_digest(token)]
    subject.page(token)
    made, looked = subject.world.audit.entries(ANN)
    assert (looked.tag, looked.actor) == ("api:subject:read", link.link_id)
    assert looked.data == {"grants": 0, "pictures": 0}
    assert made.tag == "api:link:create"


def test_a_look_that_cannot_be_put_on_record_is_not_answered(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = subject.link()

    def fails(*_: object, **__: object) -> None:
        raise ConnectionError("no audit")

    monkeypatch.setattr(subject.world.audit, "record", fails)
    answer = subject.page(token)
    assert answer.status == 500
    assert "name of" not in answer.text


def test_r11_after_an_erasure_the_name_is_gone(subject: Subject) -> None:
    token = subject.link()
    subject.world.keys.destroy(ANN)
    assert subject.page(token).json["name"] is None


def test_looking_uses_the_link_up_for_nobody(subject: Subject) -> None:
    token = subject.link()
    assert [subject.page(token).status for _ in range(3)] == [200] * 3


# -- links that do not work ------------------------------------------------------------


def broken_links(subject: Subject) -> dict[str, str | None]:
    """A token for each way in which a link does not work."""
    used = subject.link(max_uses=1)
    subject.services.links.use(token_digest(used), NOON)
    revoked = subject.link()
    link = subject.services.links.links[token_digest(revoked)]
    gone = replace(link, revoked_at=NOON)
    subject.services.links.links[token_digest(revoked)] = gone
    return {
        "unknown": new_token(),
        "used": used,
        "revoked": revoked,
        "expired": subject.link(ends=NOON),
        "empty": "",
        "malformed": "x' OR '1'='1",
        "absent": None,
        "of nobody": subject.link(new_id()),
    }


def test_links_that_do_not_work_are_refused_in_the_same_bytes(subject: Subject) -> None:
    answers = {name: subject.page(t) for name, t in broken_links(subject).items()}
    alike = {
        (a.status, a.text, tuple(sorted(a.headers.items()))) for a in answers.values()
    }
    assert len(alike) == 1
    answer = answers["unknown"]
    assert (answer.status, answer.json["code"]) == (404, "link_not_valid")


def test_links_that_do_not_work_cost_the_same_reads(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two buckets and one look-up for each of them: time has nothing to tell."""
    broken = broken_links(subject)
    del broken["of nobody"]
    asked: list[str] = []

    def watched(store: object, name: str) -> None:
        method = getattr(store, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            asked.append(name)
            return method(*arguments, **named)

        monkeypatch.setattr(store, name, counted)

    services = subject.services
    watched(services.buckets, "take")
    watched(services.links, "live")
    watched(services.register, "person")
    watched(services.register, "facts")
    watched(services.signatures, "quitclaims")
    watched(services.audit, "record")
    for token in broken.values():
        asked.clear()
        subject.page(token)
        assert asked == ["take", "take", "live"]


def test_a_link_that_does_not_work_leaves_nothing_on_record(subject: Subject) -> None:
    broken = broken_links(subject)
    before = tags(subject)
    for token in broken.values():
        subject.page(token)
    assert tags(subject) == before


@pytest.mark.parametrize("scheme", ["Bearer ", "link: ", "", "Basic "])
def test_a_token_under_another_scheme_is_none(subject: Subject, scheme: str) -> None:
    headers = {"Authorization": scheme + subject.link()}
    assert call(subject.api, "POST", "/subject/page", headers=headers).status == 404


def test_the_scheme_is_read_in_any_case(subject: Subject) -> None:
    headers = {"Authorization": f"LINK  {subject.link()}"}
    assert call(subject.api, "POST", "/subject/page", headers=headers).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_a_scanner_that_follows_the_link_opens_nothing(
    subject: Subject, method: str
) -> None:
    before = len(tags(subject)) + 1
    answer = subject.page(subject.link(), method=method)
    assert answer.status == 404
    assert len(tags(subject)) == before


def test_a_token_in_the_address_is_not_looked_at(subject: Subject) -> None:
    query = {"token": subject.link(), "authorization": "Link x"}
    assert call(subject.api, "POST", "/subject/page", query=query).status == 404


# -- not too often ---------------------------------------------------------------------


def ip(network: int) -> str:
    return f"198.51.{network % 256}.7"


def test_a_link_is_opened_as_often_as_its_bucket_holds(subject: Subject) -> None:
    token = subject.link()
    answers = [subject.page(token, source_ip=ip(n)) for n in range(PER_LINK.burst + 1)]
    assert [a.status for a in answers] == [200] * PER_LINK.burst + [429]
    wait = PER_LINK.interval.total_seconds()
    assert answers[-1].headers["Retry-After"] == str(int(wait))
    subject.world.at = NOON + PER_LINK.interval
    assert subject.page(token).status == 200
    assert subject.page(token).status == 429


def test_one_network_tries_as_often_as_its_bucket_holds(subject: Subject) -> None:
    tries = PER_NETWORK.burst + 5
    statuses = [
        subject.page(new_token(), source_ip=f"192.0.2.{n}").status for n in range(tries)
    ]
    assert statuses == [404] * PER_NETWORK.burst + [429] * 5
    # A good link is not let in from there either; from elsewhere it is.
    token = subject.link()
    assert subject.page(token, source_ip="192.0.2.250").status == 429
    assert subject.page(token, source_ip="198.51.100.1").status == 200


def test_who_is_refused_is_told_when_to_come_back_and_then_let_in(
    subject: Subject,
) -> None:
    for _ in range(PER_NETWORK.burst):
        subject.page(new_token())
    answer = subject.page(new_token())
    assert (answer.status, answer.json["code"]) == (429, "too_many_requests")
    wait = int(answer.headers["Retry-After"])
    assert wait >= 1
    subject.world.at += timedelta(seconds=wait)
    assert subject.page(subject.link()).status == 200


def test_those_whose_address_is_not_known_share_one_bucket(subject: Subject) -> None:
    for n in range(PER_NETWORK.burst):
        assert subject.page(new_token(), source_ip="" if n % 2 else "nonsense").status
    assert subject.page(subject.link(), source_ip="").status == 429
    assert subject.page(subject.link(), source_ip="192.0.2.1").status == 200


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_an_address_that_the_caller_claims_counts_for_nothing(
    subject: Subject, header: str
) -> None:
    def answer(n: int) -> Answer:
        headers = {header: f"203.0.{n}.1", "Authorization": f"Link {new_token()}"}
        return answer_to(subject.api, request("POST", "/subject/page", headers=headers))

    statuses = [answer(n).status for n in range(PER_NETWORK.burst + 1)]
    assert statuses[-1] == 429


def test_when_the_buckets_do_not_answer_nobody_is_let_in(subject: Subject) -> None:
    token = subject.link()
    subject.services.buckets.broken = True
    answer = subject.page(token)
    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert "api:subject:read" not in tags(subject)


def test_no_bucket_is_named_after_an_address_or_a_token(subject: Subject) -> None:
    token = subject.link()
    subject.page(token, source_ip="192.0.2.77")
    assert subject.services.buckets.asked == [
        "network:192.0.2.0/24",
        f"link:{token_digest(token)}",
    ]


# -- the frame -------------------------------------------------------------------------


def test_the_sample_event_is_answered() -> None:
    answer = answer_to(Subject().api, json.loads(EVENT.read_text()))
    assert (answer.status, answer.json["code"]) == (404, "link_not_valid")
    assert answer.json["detail"].startswith("Deze link werkt niet")


def test_every_answer_carries_the_headers_of_safety(subject: Subject) -> None:
    for token in (subject.link(), new_token()):
        assert HEADERS.items() <= subject.page(token).headers.items()


def test_no_token_no_name_and_no_address_reaches_the_logs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    world = World()
    world.know(ANN)
    subject = Subject(world, log="subject_api_that_is_watched")
    token = subject.link()
    subject.page(token)
    subject.services.buckets.broken = True
    subject.page(token)
    said = "".join(capsys.readouterr())
    assert "request failed" in said
    for private in (token, token_digest(token), "192.0.2", "name of"):
        assert private not in said
