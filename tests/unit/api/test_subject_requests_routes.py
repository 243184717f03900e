"""What people ask for themselves, decided by the privacy officer (R7, R13)."""

from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import SubjectRequestKind
from beeldrecht.domain.time import Period
from tests.fakes.asked import OBJECTION, noted, objection
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, NOON, PICTURE
from tests.fakes.scenes import released
from tests.fakes.staff import Staff, as_
from tests.fakes.subject import Subject

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR), EDITS]
PATH = "/v1/subject-requests"
KEY = "0123456789abcdef"
WHY = "It was weighed against the freedom of information."


class Both:
    """Ann on her own page, and the officer, over one world."""

    def __init__(self) -> None:
        self.staff = Staff(released())
        self.subject = Subject(self.staff.world)
        ours, theirs = self.staff.services, self.subject.services
        theirs.subject_requests = ours.subject_requests
        self.token = self.subject.link()

    def object(self) -> str:
        answer = self.subject.ask("object", self.token, {})
        assert answer.status == 201
        request_id: str = answer.json["request"]["request_id"]
        return request_id

    def ask(self, kind: str, **more: Any) -> str:
        answer = self.subject.ask("ask", self.token, {"kind": kind, **more})
        assert answer.status == 201, answer.text
        request_id: str = answer.json["request"]["request_id"]
        return request_id

    def enter(self, user: User | None = OVERSEES, key: str = KEY, **more: Any) -> Answer:
        body = {
            "person_id": ANN,
            "kind": "erasure",
            "asked_day": "2026-06-01",
            "received": "asked_by_letter",
            **more,
        }
        headers = {"Idempotency-Key": key}
        return self.staff.post(PATH, user, body, headers=headers)

    def entered(self, **more: Any) -> str:
        answer = self.enter(**more)
        assert answer.status == 201, answer.text
        request_id: str = answer.json["subject_request_id"]
        return request_id

    def do(self, request_id: str, act: str, body: Any, user: User = OVERSEES) -> Answer:
        return self.staff.post(f"{PATH}/{request_id}/{act}", user, body)

    def decide(
        self, request_id: str, outcome: str, user: User | None = OVERSEES, **more: Any
    ) -> Answer:
        body = {"outcome": outcome, "reason": WHY}
        path = f"{PATH}/{request_id}/decision"
        return self.staff.post(path, user, body, **more)

    def leaves(self) -> bool:
        told = self.staff.get(f"/v1/assets/{PICTURE}", EDITS).json["decision"]
        return "clear" in told["leaves"].values()

    def mails(self) -> list[MailKind]:
        return [m.kind for m in self.staff.world.mails.mails.values() if m.to == ANN]


@pytest.fixture
def both() -> Both:
    return Both()


def test_r13_an_objection_freezes_until_it_is_dismissed(both: Both) -> None:
    assert both.leaves()
    request_id = both.object()
    assert not both.leaves()
    both.staff.world.at = NOON + timedelta(days=3)
    answer = both.decide(request_id, "dismissed")
    assert (answer.status, answer.json["state"]) == (201, "dismissed")
    assert (answer.json["decided_by"], answer.json["reason"]) == (OVERSEES.user_id, WHY)
    assert both.leaves()
    assert both.mails() == [MailKind.OBJECTION] * 2
    told = [m.about.get("state") for m in both.staff.world.mails.mails.values()]
    assert told == [None, "dismissed"]
    entry = list(both.staff.world.audit.entries(ANN))[-1]
    assert (entry.tag, entry.actor) == ("api:objection:decide", OVERSEES.user_id)
    assert entry.data == {
        "request_id": request_id,
        "kind": "objection",
        "outcome": "dismissed",
    }
    assert WHY not in str(entry)


def test_r13_an_objection_that_is_upheld_stays_frozen(both: Both) -> None:
    request_id = both.object()
    answer = both.decide(request_id, "upheld")
    assert (answer.status, answer.json["state"]) == (201, "upheld")
    both.staff.world.at = NOON + timedelta(days=3000)
    assert not both.leaves()
    assert both.mails() == [MailKind.OBJECTION] * 2


def test_a_dismissal_lifts_its_own_freeze_and_no_other(both: Both) -> None:
    frozen = Restriction(new_id(), ANN, RestrictionKind.OBJECTED, Period(NOON))
    both.staff.world.register.restrict(frozen)
    both.decide(both.object(), "dismissed")
    both.staff.world.at = NOON + timedelta(days=1)
    assert not both.leaves()


def test_it_is_decided_once_and_the_same_again_is_the_same(both: Both) -> None:
    request_id = both.object()
    first = both.decide(request_id, "dismissed")
    both.staff.world.at = NOON + timedelta(minutes=1)
    assert both.decide(request_id, "dismissed").json == first.json
    other = both.decide(request_id, "upheld")
    assert (other.status, other.json["reason"]) == (409, "decided_before")
    colleague = as_(Role.PRIVACY_OFFICER, user_id=new_id())
    assert both.decide(request_id, "dismissed", colleague).status == 409
    assert len(both.mails()) == 2


def test_who_objects_again_freezes_again(both: Both) -> None:
    both.decide(both.object(), "dismissed")
    both.staff.world.at = NOON + timedelta(days=1)
    second = both.object()
    assert not both.leaves()
    both.decide(second, "dismissed")
    both.staff.world.at = NOON + timedelta(days=2)
    assert both.leaves()


@pytest.mark.parametrize("kind", ["export", "erasure"])
def test_what_is_granted_begins_with_the_word_that_grants_it(
    both: Both, kind: str
) -> None:
    request_id = both.ask(kind)
    begun = both.staff.services.subject_requests.begun
    answer = both.decide(request_id, "upheld")
    assert (answer.status, answer.json["state"]) == (201, "upheld")
    own = derived_id(kind, request_id)
    assert {getattr(i, f"{kind}_id") for i in begun.items.values()} == {own}
    before = dict(begun.items)
    assert both.decide(request_id, "upheld").json == answer.json
    assert begun.items == before
    assert both.mails() == [MailKind.REQUEST_RECEIVED, MailKind.REQUEST_DECIDED]


@pytest.mark.parametrize("kind", ["export", "erasure"])
def test_what_is_refused_begins_nothing(both: Both, kind: str) -> None:
    request_id = both.ask(kind)
    answer = both.decide(request_id, "dismissed")
    assert (answer.status, answer.json["state"]) == (201, "dismissed")
    assert both.staff.services.subject_requests.begun.items == {}
    assert both.mails() == [MailKind.REQUEST_RECEIVED, MailKind.REQUEST_DECIDED]


def test_r07_the_list_says_by_when_the_oldest_first(both: Both) -> None:
    requests = both.staff.services.subject_requests
    for n, kind in enumerate(SubjectRequestKind):
        at = NOON + timedelta(minutes=n)
        made = objection(request_id=f"{n:032x}", kind=kind, asked_at=at)
        requests.create(made, noted(ANN, kind), None)
    both.staff.world.at = objection().due_at - timedelta(microseconds=1)
    listed = both.staff.get(PATH, OVERSEES).json["items"]
    assert [each["kind"] for each in listed] == list(SubjectRequestKind)
    assert not any(each["overdue"] for each in listed)
    assert all(each["kind_words"] and each["state_words"] for each in listed)
    both.staff.world.at = objection().due_at
    listed = both.staff.get(PATH, OVERSEES).json["items"]
    assert all(each["overdue"] for each in listed)
    both.decide(f"{2:032x}", "upheld")
    query = {"state": "received"}
    open_ones = both.staff.get(PATH, OVERSEES, query=query).json["items"]
    kinds = [kind.value for kind in SubjectRequestKind]
    assert [each["kind"] for each in open_ones] == kinds[:2] + kinds[3:]


def test_deciding_takes_a_recent_sign_in_and_reading_does_not(both: Both) -> None:
    request_id = both.object()
    late = as_(Role.PRIVACY_OFFICER)
    both.staff.world.at = NOON + timedelta(hours=2)
    answer = both.decide(request_id, "dismissed", late, fresh=False)
    assert (answer.status, answer.json["code"]) == (403, "sign_in_again")
    shown = both.staff.get(f"{PATH}/{request_id}", late, fresh=False).json
    assert shown["affordances"] == [
        "subject_request:decide",
        "subject_request:extend",
        "subject_request:read",
    ]


@pytest.mark.parametrize("user", [None, *OTHERS])
def test_nobody_else_reads_or_decides_what_people_ask(
    both: Both, user: User | None
) -> None:
    request_id = both.object()
    assert both.staff.get(PATH, user).status == (401 if user is None else 403)
    there, nowhere = (
        both.staff.get(f"{PATH}/{which}", user) for which in (request_id, new_id())
    )
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    one, none = (both.decide(which, "upheld", user) for which in (request_id, OBJECTION))
    assert (one.status, one.text) == (none.status, none.text)
    assert one.status == (401 if user is None else 404)
    assert not both.leaves()


@pytest.mark.parametrize(
    "body",
    [
        {"outcome": "received", "reason": WHY},
        {"outcome": "upheld", "reason": " "},
        {"outcome": "upheld"},
        {"outcome": "dismissed", "reason": "No\u202e"},
    ],
)
def test_a_decision_says_what_and_why(both: Both, body: dict[str, str]) -> None:
    path = f"{PATH}/{both.object()}/decision"
    assert both.staff.post(path, OVERSEES, body).status == 422
    assert not both.leaves()
