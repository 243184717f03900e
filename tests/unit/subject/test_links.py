"""Links that do not work tell nothing apart; those that do, not too often."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from api.subject_api.door import PER_FORM, PER_LINK
from beeldrecht.domain.consent_requests import ConsentRequestState
from beeldrecht.domain.links import LinkPurpose, new_token, token_digest
from tests.fakes.forms import (
    FAIR,
    REQUEST,
    WORDING,
    Asking,
    answer,
    entry,
)
from tests.fakes.samples import ANN, BOB, NOON


@pytest.fixture
def asking() -> Asking:
    return Asking()


# -- links that do not work --------------------------------------------------------------


def not_working(asking: Asking) -> dict[str, str | None]:
    """A token for each way in which a link does not open these routes."""
    used = asking.to_sign()
    asking.services.links.use(token_digest(used), NOON)
    revoked = asking.to_sign()
    link = asking.services.links.links[token_digest(revoked)]
    asking.services.links.links[token_digest(revoked)] = replace(link, revoked_at=NOON)
    return {
        "unknown": new_token(),
        "used": used,
        "revoked": revoked,
        "ended": asking.subject.link(
            purpose=LinkPurpose.SIGN, about=REQUEST.request_id, ends=NOON, max_uses=1
        ),
        "ended session": asking.subject.link(
            FAIR.session_id, purpose=LinkPurpose.SESSION, about=WORDING.name, ends=NOON
        ),
        "empty": "",
        "malformed": "' OR 1=1",
        "absent": None,
    }


BODIES: dict[str, Any] = {
    "request": {},
    "sign": answer(),
    "renew": {"quitclaim_id": "0" * 32},
    "page": None,
    "change": {"quitclaim_id": "0" * 32, "channels": [], "biometric": False},
    "withdraw": {"all": True},
    "object": {},
    "ask": {"kind": "export"},
    "document": {"quitclaim_id": "0" * 32},
    "recall": {"removed": True},
    "export": {"confirm": True},
    "share": {},
    "share/picture": {"asset_id": "0" * 32},
    "share/download": {"asset_id": "0" * 32},
}
OTHER_PURPOSE = {
    **dict.fromkeys(("request", "sign"), (LinkPurpose.OWN_PAGE,)),
    "renew": (LinkPurpose.SIGN, LinkPurpose.SESSION),
    "recall": (LinkPurpose.OWN_PAGE, LinkPurpose.SIGN, LinkPurpose.RENEW),
    "export": (LinkPurpose.OWN_PAGE, LinkPurpose.RECALL, LinkPurpose.SESSION),
    **dict.fromkeys(
        ("share", "share/picture", "share/download"),
        (LinkPurpose.OWN_PAGE, LinkPurpose.RECALL),
    ),
    **dict.fromkeys(
        ("page", "change", "withdraw", "object", "ask", "document"),
        (LinkPurpose.SIGN, LinkPurpose.SESSION, LinkPurpose.RENEW),
    ),
}


@pytest.mark.parametrize("route", BODIES)
def test_links_that_do_not_work_are_alike_in_every_byte_and_every_read(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """Unknown, used, ended, taken back and of another purpose: nothing tells them apart.

    The same answer, after the same calls of the same stores in the same order.
    """
    tokens = not_working(asking)
    for purpose in OTHER_PURPOSE[route]:
        tokens[f"for {purpose}"] = asking.subject.link(purpose=purpose)
    asked: list[tuple[str, str]] = []
    watch(asking, monkeypatch, asked)
    answers, calls = set(), set()
    for n, token in enumerate(tokens.values()):
        asked.clear()
        told = asking.subject.ask(route, token, BODIES[route], source_ip=f"198.51.{n}.1")
        answers.add((told.status, told.text, tuple(sorted(told.headers.items()))))
        calls.add(tuple(asked))
    assert len(answers) == 1
    assert calls == {(("buckets", "take"), ("buckets", "take"), ("links", "live"))}
    [(status, text, _)] = answers
    assert status == 404
    assert '"link_not_valid"' in text


def watch(
    asking: Asking, patch: pytest.MonkeyPatch, asked: list[tuple[str, str]]
) -> None:
    """Note every call of every store, by its name."""
    stores = {
        name: store
        for name, store in vars(asking.services).items()
        if name != "world" and type(store).__name__.startswith("Fake")
    }
    assert len(stores) > 12
    for name, store in stores.items():
        own = vars(type(store))
        for method in [m for m in own if not m.startswith("_") and callable(own[m])]:
            patch.setattr(store, method, noting(getattr(store, method), name, asked))


def noting(
    plain: Callable[..., Any], store: str, asked: list[tuple[str, str]]
) -> Callable[..., Any]:
    def noted(*given: Any, **named: Any) -> Any:
        asked.append((store, plain.__name__))
        return plain(*given, **named)

    return noted


def test_who_signs_second_is_told_what_holds_for_a_used_link(asking: Asking) -> None:
    token = asking.to_sign()
    asking.subject.ask("sign", token, answer())
    again = asking.subject.ask("sign", token, answer(), source_ip="198.51.1.1")
    unknown = asking.subject.ask("sign", new_token(), answer(), source_ip="198.51.2.1")
    assert (again.status, again.text) == (unknown.status, unknown.text)
    assert len(asking.services.signatures.quitclaims(ANN)) == 1


@pytest.mark.parametrize(
    "state", [ConsentRequestState.CANCELLED, ConsentRequestState.LAPSED]
)
def test_a_request_that_is_over_cannot_be_answered(
    asking: Asking, state: ConsentRequestState
) -> None:
    token = asking.to_sign()
    asking.services.requests.settle(
        REQUEST.request_id, state, NOON, entry(REQUEST.request_id, "test:request:settle")
    )
    unknown = asking.subject.ask("sign", new_token(), answer())
    for route, body in (("request", {}), ("sign", answer())):
        told = asking.subject.ask(route, token, body)
        assert (told.status, told.text) == (404, unknown.text)


def test_a_link_about_somebody_elses_request_opens_nothing(asking: Asking) -> None:
    asking.world.know(BOB)
    token = asking.subject.link(BOB, purpose=LinkPurpose.SIGN, about=REQUEST.request_id)
    assert asking.subject.ask("request", token, {}).status == 404
    assert asking.subject.ask("sign", token, answer()).status == 404


def test_r11_who_was_erased_is_asked_nothing_and_gets_no_new_key(
    asking: Asking,
) -> None:
    token = asking.to_sign()
    asking.world.keys.destroy(ANN)
    assert asking.subject.ask("request", token, {}).status == 404
    assert asking.subject.ask("sign", token, answer()).status == 404
    assert asking.world.register.facts([ANN]).grants == ()


@pytest.mark.parametrize("route", BODIES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_get_is_nothing_and_changes_nothing(
    asking: Asking, route: str, method: str
) -> None:
    token = asking.to_sign() if route in {"request", "sign"} else asking.own_page()
    before = asking.world.audit.heads()
    assert asking.subject.ask(route, token, method=method).status == 404
    assert asking.world.audit.heads() == before


# -- not too often -----------------------------------------------------------------------


def test_a_whole_event_signs_by_one_code_and_a_script_does_not(asking: Asking) -> None:
    token = asking.at_session()

    def looks(times: int) -> list[int]:
        return [
            asking.subject.ask("request", token, {}, source_ip=f"198.51.{n}.1").status
            for n in range(times)
        ]

    assert PER_FORM.burst > PER_LINK.burst
    assert looks(PER_FORM.burst + 2) == [200] * PER_FORM.burst + [429] * 2
    asking.world.at = NOON + PER_FORM.interval
    assert looks(2) == [200, 429]


def test_the_bucket_of_a_form_says_nothing_of_the_link_before_it_is_looked_up(
    asking: Asking,
) -> None:
    """By the route alone: a link that does not work takes from the same bucket."""
    for token in (asking.at_session(), asking.to_sign(), new_token()):
        asking.services.buckets.asked.clear()
        asking.subject.ask("request", token, {})
        assert asking.services.buckets.asked == [
            "network:192.0.2.0/24",
            f"form:{token_digest(token)}",
        ]
