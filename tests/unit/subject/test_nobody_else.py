"""Whatever somebody asks, no answer holds anything about another person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import LinkPurpose, token_digest
from beeldrecht.domain.wordings import digest
from tests.fakes.forms import REQUEST, WORDING, Asking, answer, entry
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, SHOOT, face_id
from tests.fakes.scenes import ready

BOBS_EMAIL = "bob.achternaam@example.net"
BOBS_REQUEST = replace(
    REQUEST, request_id=derived_id("test", "request of bob"), person_id=BOB
)
BOBS_NAME = "Bob Achternaam"


class Crowd:
    """Ann and Bob in one picture and at one fair, each with everything one can have."""

    def __init__(self) -> None:
        self.asking = Asking(ready())
        world, services = self.asking.world, self.asking.services
        world.know(BOB)
        world.answer(face_id(0), BOB)
        contact = Contact(BOBS_EMAIL, "nl")
        services.contacts.put(BOB, contact, services.names, entry(BOB))
        services.requests.create(BOBS_REQUEST, entry(BOBS_REQUEST.request_id))
        bobs = self.ask("sign", self._to_sign(BOB, BOBS_REQUEST), _full(BOBS_NAME))
        anns = self.ask("sign", self.asking.to_sign(), _full("Ann Voorbeeld"))
        self.bobs, self.anns = bobs["quitclaim_id"], anns["quitclaim_id"]
        self.ask("object", self.asking.own_page(BOB), {})
        self.ask("ask", self.asking.own_page(BOB), {"kind": "export"})
        self.ask("sign", self.asking.at_session(), _full("Cas Derde"))
        self.tokens = {
            "page": self.asking.own_page(),
            "sign": self._to_sign(ANN, self._asked_again()),
            "session": self.asking.at_session(),
            "renew": self.asking.to_renew(self.anns),
            # Made wrongly: Ann's own links, about what is Bob's.
            "sign bobs": self._to_sign(ANN, BOBS_REQUEST),
            "renew bobs": self.asking.to_renew(self.bobs),
        }

    def _to_sign(self, person_id: str, asked: ConsentRequest) -> str:
        return self.asking.subject.link(
            person_id, purpose=LinkPurpose.SIGN, about=asked.request_id, max_uses=1
        )

    def _asked_again(self) -> ConsentRequest:
        again = replace(REQUEST, request_id=derived_id("test", "request again"))
        self.asking.services.requests.create(again, entry(again.request_id))
        return again

    def ask(self, route: str, token: str, body: Any) -> Any:
        answered = self.asking.subject.ask(route, token, body)
        assert answered.status < 300, answered.text
        return answered.json

    def of_others(self) -> set[str]:
        """Everything by which anybody but Ann could be known or found."""
        services, world = self.asking.services, self.asking.world
        session = services.sessions.get(SHOOT)
        assert session is not None
        others = {BOB, *session.roster} - {ANN}
        facts = world.register.facts(others)
        found = {*others, BOBS_NAME, f"name of {BOB}", BOBS_EMAIL, "Cas Derde"}
        found |= {grant.grant_id for grant in facts.grants}
        found |= {grant.quitclaim_id for grant in facts.grants}
        found |= {freeze.restriction_id for freeze in facts.restrictions}
        for person_id in others:
            found |= {
                r.request_id for r in services.subject_requests.of_person(person_id)
            }
            found |= {mail.mail_id for mail in world.mails.of_person(person_id)}
            found |= {link.link_id for link in services.links.of_person(person_id)}
        found |= {BOBS_REQUEST.request_id, EDITOR, face_id(0)}
        return found

    def facts_of_bob(self) -> Any:
        """What is on record of Bob."""
        services, world = self.asking.services, self.asking.world
        return (
            world.register.facts([BOB]),
            services.signatures.quitclaims(BOB),
            services.subject_requests.of_person(BOB),
            services.contacts.get(BOB, services.names),
            services.requests.get(BOBS_REQUEST.request_id),
            world.mails.of_person(BOB),
            [e.line for e in world.audit.entries(BOB)],
        )


def _full(name: str, language: str = "nl") -> dict[str, Any]:
    return answer(
        language,
        channels=["website", "print"],
        biometric=True,
        name=name,
        wording_sha256=digest(WORDING, language),
        signature={"kind": "typed", "mark": name},
    )


WAYS = ("page", "sign", "session", "renew", "sign bobs", "renew bobs")
IDS = st.sampled_from(["bobs", "anns", "bobs grant", "anns grant", "unknown"])
CHANNELS = st.lists(st.sampled_from(["website", "print", "social", "paid"]), max_size=3)
STEPS = st.one_of(
    st.tuples(st.just("request"), st.just({})),
    st.tuples(st.just("sign"), st.just({"signed": True})),
    st.tuples(st.just("page"), st.just({})),
    st.tuples(st.just("object"), st.just({})),
    st.tuples(st.just("ask"), st.fixed_dictionaries({"kind": st.just("export")})),
    st.tuples(st.just("renew"), st.fixed_dictionaries({"quitclaim_id": IDS})),
    st.tuples(st.just("document"), st.fixed_dictionaries({"quitclaim_id": IDS})),
    st.tuples(
        st.just("change"),
        st.fixed_dictionaries(
            {"quitclaim_id": IDS, "channels": CHANNELS, "biometric": st.booleans()}
        ),
    ),
    st.tuples(
        st.just("withdraw"),
        st.one_of(
            st.just({"all": True}),
            st.fixed_dictionaries({"grant_ids": st.lists(IDS, min_size=1, max_size=3)}),
        ),
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(WAYS), STEPS), min_size=3, max_size=12),
    language=st.sampled_from(["nl", "en", "de"]),
)
def test_no_answer_of_any_route_holds_anything_about_another_person(
    steps: list[tuple[str, tuple[str, dict[str, Any]]]], language: str
) -> None:
    """Ann asks everything with all that she holds, and with what is Bob's too."""
    crowd = Crowd()
    ids = {"bobs": crowd.bobs, "anns": crowd.anns, "unknown": derived_id("nobody", "x")}
    for name, person_id in (("bobs grant", BOB), ("anns grant", ANN)):
        register = crowd.asking.world.register
        ids[name] = register.facts([person_id]).grants[0].grant_id
    bob_before, others = crowd.facts_of_bob(), crowd.of_others()
    held = {token_digest(token) for token in crowd.tokens.values()}
    for n, (way, (route, body)) in enumerate(steps):
        # Each in a minute and a network of its own: the buckets are not the matter here.
        crowd.asking.world.at = NOON + timedelta(minutes=n)
        said = _with_ids(body, ids) if "signed" not in body else _full("Ann Voorbeeld")
        answered = crowd.asking.subject.ask(
            route,
            crowd.tokens[way],
            said,
            language=language,
            source_ip=f"198.51.{n}.1",
        )
        assert answered.status < 500
        for each in others | held:
            assert each not in answered.text, (way, route, said)
    assert crowd.facts_of_bob() == bob_before
    assert not crowd.asking.world.audit.findings()


def _with_ids(body: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """The same body with the identifiers that its words stand for."""

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(each) for each in value]
        return ids.get(value, value) if isinstance(value, str) else value

    return {key: filled(value) for key, value in body.items()}
