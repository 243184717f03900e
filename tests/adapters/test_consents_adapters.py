"""Asking and signing over DynamoDB."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest

from beeldrecht.adapters.errors import (
    ActRefusedError,
    UnwiredSealsError,
    UnwiredSessionsError,
)
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import new_token, token_digest
from beeldrecht.domain.people import Person
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Lifting,
    SubjectRequestKind,
    SubjectRequestState,
)
from tests.adapters.aws import Aws
from tests.adapters.conftest import LOCAL_CLOUD
from tests.adapters.consents import RealConsents
from tests.adapters.contracts.asking import ContactsContract, RequestsContract
from tests.adapters.contracts.consents import (
    MONTH,
    ConsentsContract,
    a_mail,
    a_request,
    a_signed,
    a_signing_link,
    entry_of,
    tags,
)
from tests.adapters.contracts.house_records import (
    LegalBasesContract,
    SessionsContract,
    WordingsContract,
)
from tests.adapters.contracts.mails import MailsContract
from tests.adapters.contracts.signatures import SigningContract, sign
from tests.adapters.contracts.subject_requests import SubjectRequestsContract
from tests.adapters.contracts.taking_back import TakingBackContract
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, NOON

AT_ONCE, REDEMPTIONS = 32, 1000


class InTables(ConsentsContract):
    """Over real tables."""

    @pytest.fixture
    def consents(self, aws: Aws) -> RealConsents:
        return RealConsents(aws)


class TestSignatures(InTables, SigningContract):
    def test_r11_nobody_is_named_and_no_token_kept_in_the_tables(
        self, consents: RealConsents, aws: Aws
    ) -> None:
        person, token = Person(new_id(), "Zoë de Vries"), new_token()
        entry = entry_of(person.person_id, "link:create")
        link = a_signing_link(person.person_id)
        consents.links.create(link, token_digest(token), entry)
        signed = a_signed(person.person_id)
        contact = Contact(
            "zoe@example.test", "nl", date(2012, 2, 29), "NL", "Anna Bakker"
        )
        assert sign(
            consents, signed, link=token_digest(token), contact=contact, person=person
        )
        kept = [
            aws.items(consents.table),
            aws.items(consents.library),
            aws.items(consents.audit),
        ]
        text = json.dumps(kept, default=repr, ensure_ascii=False)
        said = signed.evidence
        guardian = said.signer.guardian
        assert guardian is not None
        for secret in (
            *(token, person.name, "zoe@", "2012-02-29", guardian.name),
            *(said.signature.mark, "192.0.2", "Firefox"),
        ):
            assert secret not in text
        assert person.person_id in text

    def test_the_stream_reads_ids_and_kinds_from_the_items(
        self, consents: RealConsents, aws: Aws
    ) -> None:
        person_id = new_id()
        request = a_request(person_id)
        consents.requests.create(request, entry_of(person_id, "request:create"))
        before = a_signed(person_id)
        sign(consents, before)
        after = a_signed(person_id)
        proof = replace(
            after.evidence,
            request_id=request.request_id,
            replaces=before.quitclaim.quitclaim_id,
        )
        mail = a_mail(person_id)
        sign(consents, replace(after, evidence=proof), request=request, mails=[mail])
        read = {
            (item["kind"]["S"], item["pk"]["S"], item["sk"]["S"]): {
                name: value.get("S") for name, value in item.items()
            }
            for item in aws.items(consents.table)
        }
        name = after.quitclaim.quitclaim_id
        document = read["quitclaim", f"PERSON#{person_id}", f"QUITCLAIM#{name}"]
        assert document["person_id"] == person_id
        assert document["quitclaim_id"] == name
        assert document["request_id"] == request.request_id
        assert document["replaces"] == before.quitclaim.quitclaim_id
        asked = read["request", f"REQUEST#{request.request_id}", "META"]
        assert asked["request_id"] == request.request_id
        assert asked["person_id"] == person_id
        assert asked["state"] == "answered"
        told = read["mail", f"MAIL#{mail.mail_id}", "META"]
        assert told["mail_id"] == mail.mail_id
        assert told["state"] == "waiting"

    def test_who_signs_at_a_session_needs_a_roster_to_stand_on(
        self, consents: RealConsents
    ) -> None:
        unwired = Signatures(consents.table, REGION, consents.trail)
        signed = a_signed(new_id(), session_id=new_id())
        person_id = signed.quitclaim.person_id
        with pytest.raises(UnwiredSessionsError):
            unwired.record(
                signed,
                consents.keys,
                entry_of(person_id),
                link=None,
                request=None,
                contact=None,
                person=None,
            )
        assert unwired.quitclaims(person_id) == ()

    # A thousand calls say most where several processes answer them.
    @pytest.mark.parametrize("aws_endpoint", [LOCAL_CLOUD], indirect=True)
    def test_r16_of_a_thousand_who_sign_with_one_link_at_once_one_signs(
        self, consents: RealConsents
    ) -> None:
        person_id, digest = new_id(), token_digest(new_token())
        link = a_signing_link(person_id)
        consents.links.create(link, digest, entry_of(person_id, "link:create"))
        start = Barrier(AT_ONCE)

        def redeem(number: int) -> bool:
            if number < AT_ONCE:
                start.wait()
            try:
                return sign(consents, a_signed(person_id), link=digest)
            except ActRefusedError:
                return False

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sum(pool.map(redeem, range(REDEMPTIONS))) == 1
        (signed,) = consents.signatures.quitclaims(person_id)
        assert {g.quitclaim_id for g in consents.register.facts([person_id]).grants} == {
            signed.quitclaim_id
        }
        assert tags(consents, person_id) == ["link:create", "consent:sign"]


class TestMails(InTables, MailsContract): ...


class TestRequests(InTables, RequestsContract):
    def test_the_table_removes_a_task_after_its_end_and_not_before(
        self, consents: RealConsents, aws: Aws
    ) -> None:
        end = NOON + MONTH
        consents.requests.keep_task(new_id(), "token", NOON, end)
        (item,) = aws.items(consents.table)
        assert int(item["expires_at"]["N"]) > end.timestamp()


class TestContacts(InTables, ContactsContract): ...


class TestTakingBack(InTables, TakingBackContract): ...


class TestSubjectRequests(InTables, SubjectRequestsContract):
    def test_r11_what_is_written_of_a_request_is_sealed_and_goes_with_the_key(
        self, consents: RealConsents, aws: Aws
    ) -> None:
        request = self.entered(consents, kind=SubjectRequestKind.RESTRICTION)
        requests, name = consents.subject_requests, request.request_id
        why = "De foto van Zoë is nieuws."
        decided = Decided(SubjectRequestState.UPHELD, EDITOR, NOON, why)
        longer = Extension(1, f"Uitgesteld. {why}", EDITOR, NOON)
        ends = Lifting(NOON + MONTH, f"Opgeheven. {why}", EDITOR, NOON)
        entry = entry_of(request.person_id, "request:change")
        unwired = SubjectRequests(
            consents.table, REGION, consents.trail, now=lambda: NOON
        )
        new = replace(request, request_id=new_id())
        with pytest.raises(UnwiredSealsError):
            unwired.create(new, entry, None)
        with pytest.raises(UnwiredSealsError):
            unwired.extend(name, longer, request.due_at + MONTH, entry)
        with pytest.raises(UnwiredSealsError):
            unwired.decide(name, decided, entry)
        with pytest.raises(UnwiredSealsError):
            unwired.lift(name, ends, None, entry)
        assert requests.extend(name, longer, request.due_at + MONTH, entry)
        assert requests.decide(name, decided, entry_of(request.person_id))
        assert requests.lift(name, ends, None, entry_of(request.person_id))
        kept = json.dumps(aws.items(consents.table), default=repr, ensure_ascii=False)
        assert "Zoë" not in kept
        read = requests.get(name)
        assert read is not None
        assert (read.details, read.reason) == (request.details, why)
        assert (read.extension, read.lifting) == (longer, ends)
        shut = replace(
            read,
            details=None,
            reason=None,
            extension=replace(longer, reason=None),
            lifting=replace(ends, reason=None),
        )
        assert unwired.get(name) == shut
        consents.keys.destroy(request.person_id)
        assert requests.get(name) == shut

    def test_what_was_closed_is_gone_after_its_term_whenever_it_is_removed(
        self, consents: RealConsents, aws: Aws
    ) -> None:
        request = self.entered(consents)
        requests, name = consents.subject_requests, request.request_id
        assert all("expires_at" not in item for item in aws.items(consents.table))
        self.decided(consents, request, SubjectRequestState.DISMISSED)
        ends = {
            int(item["expires_at"]["N"])
            for item in aws.items(consents.table)
            if item["kind"]["S"] in {"subject_request", "subject_request_of"}
        }
        policy = RetentionPolicy()
        over = policy.ends(RetentionKind.REQUESTS, NOON + timedelta(hours=1))
        assert over is not None
        assert ends == {int(over.timestamp())}
        consents.at = over - timedelta(seconds=1)
        assert requests.get(name) is not None
        consents.at = over
        assert requests.get(name) is None
        assert requests.of_person(request.person_id) == ()
        assert requests.page(None, None, 9).requests == ()
        longer = Extension(1, None, EDITOR, NOON)
        assert not requests.extend(name, longer, NOON, entry_of(request.person_id))

    def test_a_freeze_that_was_granted_is_kept_until_its_end_is_long_over(
        self, consents: RealConsents
    ) -> None:
        kind, requests = SubjectRequestKind.RESTRICTION, consents.subject_requests
        request, freeze = self.asked(consents, kind, freeze=True)
        self.decided(consents, request, SubjectRequestState.UPHELD)
        consents.at = NOON + timedelta(days=9000)
        assert requests.get(request.request_id) is not None
        ends = Lifting(consents.at + timedelta(days=4), None, EDITOR, consents.at)
        entry = entry_of(request.person_id, "request:lift")
        assert requests.lift(request.request_id, ends, freeze, entry)
        assert requests.get(request.request_id) is not None
        consents.at += timedelta(days=740)
        assert requests.get(request.request_id) is None


class TestWordings(InTables, WordingsContract): ...


class TestSessions(InTables, SessionsContract): ...


class TestLegalBases(InTables, LegalBasesContract): ...
