"""The promises of signing: all of it, once, or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.adapters.consent_pages import Ending
from beeldrecht.adapters.errors import ActRefusedError, KeyDestroyedError
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent_requests import ConsentRequestState
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token, token_digest
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.people import Person
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.signing import (
    Choices,
    Guardian,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    Signer,
)
from beeldrecht.domain.signing import sign as sign_for
from beeldrecht.domain.standard_wording import standard
from beeldrecht.domain.time import day_of, months_later
from tests.adapters.contracts.consents import (
    MONTH,
    Consents,
    ConsentsContract,
    a_mail,
    a_request,
    a_signed,
    a_signing_link,
    entry_of,
    tags,
)
from tests.fakes.samples import NOON, TICK

HOUR = timedelta(hours=1)
CONTACT = Contact("zoe@example.test", "nl")


def linked(consents: Consents, person_id: str, uses: int | None = 1) -> str:
    """The digest of a new link's token."""
    digest = token_digest(new_token())
    entry = entry_of(person_id, "link:create")
    consents.links.create(a_signing_link(person_id, uses), digest, entry)
    return digest


def sign(consents: Consents, signed: Signed, **given: object) -> bool:
    more = {"link": None, "request": None, "contact": None, "person": None, **given}
    entry = entry_of(signed.quitclaim.person_id)
    return consents.signatures.record(signed, consents.keys, entry, **more)  # type: ignore[arg-type]


class SigningContract(ConsentsContract):
    """A signature and everything that goes with it."""

    def test_r04_what_was_signed_comes_back_with_its_proof(
        self, consents: Consents
    ) -> None:
        signed = a_signed(new_id())
        person_id, document = signed.quitclaim.person_id, signed.quitclaim
        assert sign(consents, signed)
        assert consents.signatures.quitclaims(person_id) == (document,)
        assert set(consents.register.facts([person_id]).grants) == set(signed.grants)
        proof = consents.signatures.evidence(
            person_id, document.quitclaim_id, consents.keys.proof
        )
        assert proof == signed.evidence
        assert tags(consents, person_id) == ["consent:sign"]

    def test_r06_that_a_consent_ends_with_age_comes_back_too(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        signed = sign_for(
            standard("Museum M", "privacy@museum.example", "system", NOON),
            "nl",
            Choices(frozenset({Channel.INTRANET, Channel.PRESS}), False, True),
            Signer(
                "Kim",
                None,
                months_later(day_of(NOON), 18 - 16 * 12),
                guardian=Guardian("Pat", Relation.PARENT),
            ),
            Signature(SignatureKind.TYPED, "Pat"),
            Seen(None, None),
            person_id=person_id,
            quitclaim_id=new_id(),
            signed_on="qr",
            at=NOON,
        )
        assert sign(consents, signed)
        assert {g.ends_with_age for g in signed.grants} == {True, False}
        assert set(consents.register.facts([person_id]).grants) == set(signed.grants)
        found = consents.signatures.quitclaims(person_id)
        assert [each.guardian for each in found] == [True]

    def test_a_proof_is_that_persons_alone(self, consents: Consents) -> None:
        signed = a_signed(new_id())
        sign(consents, signed)
        name = signed.quitclaim.quitclaim_id
        assert consents.signatures.evidence(new_id(), name, consents.keys.proof) is None
        owner = signed.quitclaim.person_id
        assert consents.signatures.evidence(owner, new_id(), consents.keys.proof) is None

    def test_r11_the_proof_outlives_the_key_of_the_name_and_not_its_own(
        self, consents: Consents
    ) -> None:
        signed = a_signed(new_id())
        sign(consents, signed)
        person_id = signed.quitclaim.person_id
        consents.keys.destroy(person_id)
        there = consents.signatures.evidence(
            person_id, signed.quitclaim.quitclaim_id, consents.keys.proof
        )
        assert there == signed.evidence  # what proves outlives the name
        consents.keys.proof.destroy(person_id)
        with pytest.raises(KeyDestroyedError):
            consents.signatures.evidence(
                person_id, signed.quitclaim.quitclaim_id, consents.keys.proof
            )
        assert set(consents.register.facts([person_id]).grants) == set(signed.grants)

    def test_all_that_goes_with_a_signature_is_there_with_it(
        self, consents: Consents
    ) -> None:
        person = Person(new_id(), "Zoë de Vries")
        request = a_request(person.person_id)
        consents.requests.create(request, entry_of(person.person_id, "request:create"))
        link = linked(consents, person.person_id)
        signed = a_signed(person.person_id, NOON + HOUR)
        mail = a_mail(person.person_id, MailKind.COPY)
        assert sign(
            consents,
            signed,
            link=link,
            request=request,
            contact=CONTACT,
            person=person,
            mails=[mail],
        )
        assert consents.links.live(link, NOON + HOUR) is None
        assert consents.requests.get(request.request_id) == replace(
            request,
            state=ConsentRequestState.ANSWERED,
            quitclaim_id=signed.quitclaim.quitclaim_id,
            settled_at=NOON + HOUR,
        )
        assert consents.contacts.get(person.person_id, consents.keys) == CONTACT
        assert consents.register.person(person.person_id, consents.keys) == person
        assert consents.mails.get(mail.mail_id) == mail
        answered = ConsentRequestState.ANSWERED
        assert len(consents.requests.page(answered, None, 9).requests) == 1
        opened = consents.requests.page(ConsentRequestState.OPEN, None, 9)
        assert opened.requests == ()

    def test_the_same_signature_again_is_on_record_and_changes_nothing(
        self, consents: Consents
    ) -> None:
        signed = a_signed(new_id())
        person_id = signed.quitclaim.person_id
        link = linked(consents, person_id)
        mail = a_mail(person_id, MailKind.COPY)
        assert sign(consents, signed, link=link, mails=[mail])
        assert not sign(consents, signed, link=link, mails=[mail])
        other = a_signed(person_id).quitclaim
        renamed = replace(other, quitclaim_id=signed.quitclaim.quitclaim_id)
        assert not sign(consents, replace(signed, quitclaim=renamed))
        assert consents.signatures.quitclaims(person_id) == (signed.quitclaim,)
        assert tags(consents, person_id) == ["link:create", "consent:sign"]

    def test_with_a_link_for_one_use_one_signs_once(self, consents: Consents) -> None:
        person_id = new_id()
        link = linked(consents, person_id)
        first, second = a_signed(person_id), a_signed(person_id)
        assert sign(consents, first, link=link)
        with pytest.raises(ActRefusedError):
            sign(consents, second, link=link)
        self.nothing_came_of(consents, second)
        assert consents.signatures.quitclaims(person_id) == (first.quitclaim,)

    def test_a_link_that_ended_was_taken_back_or_never_was_signs_nothing(
        self, consents: Consents
    ) -> None:
        for uses in (1, None):
            person_id = new_id()
            ended = linked(consents, person_id, uses)
            late = a_signed(person_id, NOON + MONTH)
            link = a_signing_link(person_id, uses)
            gone = token_digest(new_token())
            consents.links.create(link, gone, entry_of(person_id, "link:create"))
            entry = entry_of(person_id, "link:revoke")
            assert consents.links.revoke(person_id, link.link_id, NOON, entry)
            for signed, digest in (
                (late, ended),
                (a_signed(person_id), gone),
                (a_signed(person_id), token_digest(new_token())),
            ):
                with pytest.raises(ActRefusedError):
                    sign(consents, signed, link=digest)
                self.nothing_came_of(consents, signed)
            in_time = a_signed(person_id, NOON + MONTH - TICK)
            assert sign(consents, in_time, link=ended)

    def test_a_link_of_a_session_is_for_everybody_who_is_there(
        self, consents: Consents
    ) -> None:
        session = Session(new_id(), NOON.date())
        session_id = session.session_id
        consents.sessions.create(session, entry_of(session_id, "session:create"))
        link = linked(consents, session_id, None)
        people = [Person(new_id(), f"Name {n}") for n in range(3)]
        for person in people:
            signed = a_signed(person.person_id, session_id=session_id)
            assert sign(consents, signed, link=link, person=person, contact=CONTACT)
        found = consents.sessions.get(session_id)
        assert found is not None
        assert found.roster == {person.person_id for person in people}
        live = consents.links.live(link, NOON)
        assert live is not None
        assert live.uses == 0

    def test_r06_what_fails_uses_no_link_up(self, consents: Consents) -> None:
        person_id = new_id()
        link = linked(consents, person_id)
        request = a_request(person_id)
        consents.requests.create(request, entry_of(person_id, "request:create"))
        entry = entry_of(person_id, "request:lapse")
        lapsed = ConsentRequestState.LAPSED
        assert consents.requests.settle(request.request_id, lapsed, NOON, entry)
        signed = a_signed(person_id)
        with pytest.raises(ActRefusedError):
            sign(consents, signed, link=link, request=request, contact=CONTACT)
        self.nothing_came_of(consents, signed)
        assert consents.links.live(link, NOON) is not None
        assert consents.contacts.get(person_id, consents.keys) is None
        assert consents.requests.get(request.request_id) == replace(
            request, state=lapsed, settled_at=NOON
        )
        assert sign(consents, signed, link=link)

    def test_somebody_new_is_nobody_who_is_known(self, consents: Consents) -> None:
        person = Person(new_id(), "Zoë")
        assert sign(consents, a_signed(person.person_id), person=person)
        again = a_signed(person.person_id)
        with pytest.raises(ActRefusedError):
            sign(consents, again, person=replace(person, name="Other"))
        self.nothing_came_of(consents, again)
        assert consents.register.person(person.person_id, consents.keys) == person

    def test_a_new_contact_begins_without_what_came_back_for_the_old(
        self, consents: Consents
    ) -> None:
        person_id = new_id()
        sign(consents, a_signed(person_id), contact=CONTACT)
        note = AddressNote(AddressState.BOUNCED, new_id(), NOON + HOUR)
        assert consents.contacts.note(person_id, note)
        later = a_signed(person_id, NOON + 2 * HOUR)
        sign(consents, later, contact=replace(CONTACT, language="de"))
        assert consents.contacts.state(person_id) is None

    def test_documents_come_in_the_order_of_signing(self, consents: Consents) -> None:
        person_id = new_id()
        made = [a_signed(person_id, NOON + n * HOUR) for n in (2, 0, 1)]
        for each in made:
            sign(consents, each)
        in_order = sorted((s.quitclaim for s in made), key=lambda q: q.signed_at)
        assert consents.signatures.quitclaims(person_id) == tuple(in_order)
        assert consents.signatures.quitclaims(new_id()) == ()

    def test_r06_what_ends_between_two_instants_is_found_across_months(
        self, consents: Consents
    ) -> None:
        ends = [NOON + timedelta(days=d) for d in (0, 29, 31, 200, 365)]
        made = [a_signed(new_id(), NOON - MONTH, end) for end in ends]
        for each in (*made, a_signed(new_id(), until=None)):
            sign(consents, each)
        inner = made[1:4]
        expected = [
            Ending(g.person_id, g.quitclaim_id, g.grant_id, g.period.end)
            for signed in inner
            for g in signed.grants
            if g.period.end
        ]
        found = list(consents.signatures.ending(ends[1], ends[3]))
        assert sorted(found, key=lambda e: e.grant_id) == sorted(
            expected, key=lambda e: e.grant_id
        )
        assert [e.ends_at for e in found] == sorted(e.ends_at for e in found)
        within = consents.signatures.ending(ends[1] + TICK, ends[3] - TICK)
        assert {e.ends_at for e in within} == {ends[2]}
        whole = consents.signatures.ending(ends[0], ends[-1])
        assert [e.ends_at for e in whole] == [end for end in ends for _ in range(3)]

    def test_the_first_signed_copy_stands(self, consents: Consents) -> None:
        signed = a_signed(new_id())
        sign(consents, signed)
        person_id, name = signed.quitclaim.person_id, signed.quitclaim.quitclaim_id
        signatures = consents.signatures
        assert signatures.document_sha256(person_id, name) is None
        assert signatures.note_document(person_id, name, "1" * 64)
        assert not signatures.note_document(person_id, name, "2" * 64)
        assert signatures.document_sha256(person_id, name) == "1" * 64
        assert signatures.document_sha256(new_id(), name) is None

    def test_nobody_notes_a_copy_of_what_somebody_else_signed(
        self, consents: Consents
    ) -> None:
        signed = a_signed(new_id())
        sign(consents, signed)
        person_id, name = signed.quitclaim.person_id, signed.quitclaim.quitclaim_id
        assert not consents.signatures.note_document(new_id(), name, "1" * 64)
        assert not consents.signatures.note_document(person_id, new_id(), "1" * 64)
        assert consents.signatures.document_sha256(person_id, name) is None

    def nothing_came_of(self, consents: Consents, signed: Signed) -> None:
        person_id, name = signed.quitclaim.person_id, signed.quitclaim.quitclaim_id
        assert signed.quitclaim not in consents.signatures.quitclaims(person_id)
        grants = consents.register.facts([person_id]).grants
        assert not set(signed.grants) & set(grants)
        assert consents.signatures.evidence(person_id, name, consents.keys.proof) is None
