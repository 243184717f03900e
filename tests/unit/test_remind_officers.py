"""Officers are reminded of what is due before it lapses, once a day (R7)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.governance import (
    GovernanceRecord,
    OfficerSignature,
    RecordVersion,
    RegisterKind,
    Revocation,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import Mail, MailKind
from beeldrecht.domain.recalls import Recall, RecallReason, RecallState
from beeldrecht.domain.retention import RetentionPolicy
from beeldrecht.domain.retention_runs import RunState, sweep_of
from beeldrecht.domain.subject_requests import (
    Decided,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
    last_day,
)
from beeldrecht.domain.time import midnight
from rights.remind_officers import step
from rights.remind_officers.others import (
    BEFORE,
    LapsingRecords,
    UnreachableRecalls,
    WaitingRuns,
)
from rights.remind_officers.step import MORNING, NAMED, Result, remind_officers
from tests.fakes.effects import Effects, Killed, When
from tests.fakes.mails import FakeMails
from tests.fakes.retention import FakeRetention, FakeRetentionRuns
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE
from tests.fakes.subject_requests import FakeSubjectRequests
from tests.fakes.users import FakeUsers
from tests.fakes.world import World

OFFICER, SECOND, GONE = (
    derived_id("test", "officer", name) for name in ("first", "second", "gone")
)
LAST = date(2026, 7, 1)
"""The last day for answering what was asked at noon of the first of June."""


class Counted:
    """So many of something else, whatever the day."""

    def __init__(self, count: int) -> None:
        self.count = count

    def due(self, on: date, at: datetime) -> int:
        return self.count


class Noted:
    """Mails, each of which is an effect at which the process can stop."""

    def __init__(self, mails: FakeMails, effects: Effects) -> None:
        self._mails, self._effects = mails, effects

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        with self._effects.effect("mails.add"):
            return self._mails.add(mail, entry)


class Office:
    """Two officers, one who left, and an editor; and what people asked."""

    def __init__(self) -> None:
        self.world = World()
        self.requests = FakeSubjectRequests(self.world.audit)
        self.mails = self.world.mails
        self.users = FakeUsers()
        self.others: dict[str, Any] = {}
        for user_id, role, status in (
            (OFFICER, Role.PRIVACY_OFFICER, AccountStatus.ACTIVE),
            (SECOND, Role.PRIVACY_OFFICER, AccountStatus.INVITED),
            (GONE, Role.PRIVACY_OFFICER, AccountStatus.DISABLED),
            (EDITOR, Role.EDITOR, AccountStatus.ACTIVE),
        ):
            self.users.accounts[user_id] = Account(
                user_id, f"{user_id}@example.org", frozenset({role}), status, NOON
            )

    def asked(self, name: str = "asked", at: datetime = NOON) -> str:
        request_id = derived_id("test", name)
        kind = SubjectRequestKind.EXPORT
        made = SubjectRequest(request_id, ANN, kind, at, due_at(at))
        entry = NewEntry(ANN, f"test:{request_id}", "test:request:add", at, EDITOR)
        assert self.requests.create(made, entry, None)
        return request_id

    def run(self, on: date, after: timedelta = MORNING) -> Result:
        at = midnight(on) + after
        mails = Noted(self.mails, self.world.effects)
        return remind_officers(self.requests, self.others, self.users, mails, at)

    def told(self) -> list[Mail]:
        return sorted(self.mails.mails.values(), key=lambda m: (m.created_at, m.to))


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_sample_event_says_nothing_for_the_schedule_knows_nothing() -> None:
    assert json.loads(Path(step.__file__).with_name("event.json").read_text()) == {}


def test_r07_officers_are_reminded_two_weeks_and_one_before_and_then_each_day(
    office: Office,
) -> None:
    request_id = office.asked()
    assert last_day(office.requests.requests[request_id]) == LAST
    days = [LAST - timedelta(days=left) for left in range(30, -6, -1)]
    reminded = [(LAST - day).days for day in days if office.run(day).told]
    assert reminded == [14, 7, 2, 1, 0, -1, -2, -3, -4, -5]
    first = office.told()[0]
    assert (first.kind, first.to_staff) == (MailKind.OFFICER_DIGEST, True)
    assert dict(first.about) == {"day": "2026-06-17", "requests": request_id}
    assert {mail.to for mail in office.told()} == {OFFICER, SECOND}


def test_a_day_is_told_once_however_often_this_runs(office: Office) -> None:
    office.asked()
    assert office.run(LAST) == Result(requests=1, told=2)
    for hours in range(6, 24):
        assert office.run(LAST, timedelta(hours=hours)) == Result(requests=1, told=0)
    assert len(office.told()) == 2


def test_a_day_begins_in_the_morning_and_the_night_makes_up_for_the_one_before(
    office: Office,
) -> None:
    office.asked()
    first = LAST - timedelta(days=14)
    night = MORNING - timedelta(seconds=1)
    assert office.run(first, night) == Result()
    assert office.run(first + timedelta(days=1), night).told == 2
    assert {mail.about["day"] for mail in office.told()} == {first.isoformat()}
    assert office.run(first + timedelta(days=1)) == Result()


def test_the_morning_is_that_of_amsterdam_on_short_days_and_long_ones(
    office: Office,
) -> None:
    for asked, last in (
        (datetime(2026, 2, 28, 12, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 9, 25, 12, tzinfo=UTC), date(2026, 10, 25)),
    ):
        office.asked(asked.isoformat(), asked)
        assert office.run(last).told == 2


def test_what_was_decided_or_put_off_is_not_due(office: Office) -> None:
    decided, later = office.asked("decided"), office.asked("later")
    entry = NewEntry(ANN, "test:decide", "test:request:decide", NOON, EDITOR)
    done = Decided(SubjectRequestState.DISMISSED, EDITOR, NOON, None)
    office.requests.decide(decided, done, entry)
    there = office.requests.requests[later]
    office.requests.requests[later] = SubjectRequest(
        later, ANN, there.kind, NOON, due_at(NOON + timedelta(days=31))
    )
    assert office.run(LAST) == Result()
    assert office.told() == []


def test_a_mail_names_so_many_and_says_how_many_more(office: Office) -> None:
    made = [office.asked(str(n), NOON + timedelta(minutes=n)) for n in range(NAMED + 3)]
    assert office.run(LAST).requests == len(made)
    mail = office.told()[0]
    named = mail.about["requests"].split(",")
    assert set(named) <= set(made)
    assert (len(named), mail.about["more"]) == (NAMED, "3")


def test_what_else_is_due_goes_along_or_goes_alone(office: Office) -> None:
    office.others = {"recalls": Counted(2), "records": Counted(0)}
    assert office.run(LAST) == Result(requests=0, told=2)
    assert dict(office.told()[0].about) == {
        "day": "2026-07-01",
        "requests": "",
        "recalls": "2",
    }


@pytest.mark.parametrize("when", When)
def test_who_was_not_told_when_it_stopped_is_told_by_the_next_run(
    office: Office, when: When
) -> None:
    office.asked()
    office.world.effects.kill(1, when)
    with pytest.raises(Killed):
        office.run(LAST)
    office.run(LAST, timedelta(hours=7))
    assert sorted(mail.to for mail in office.told()) == sorted((OFFICER, SECOND))


# -- what else ---------------------------------------------------------------------------


class Registers:
    def __init__(self, *records: GovernanceRecord) -> None:
        self.records = records

    def every(self) -> Any:
        return iter(self.records)


def record(last: date | None, *, revoked: bool = False) -> GovernanceRecord:
    """A record that was signed through that day, or not at all."""
    name = derived_id("test", "record")
    kind = next(iter(RegisterKind))
    version = RecordVersion(name, kind, 1, "A record", {}, EDITOR, NOON)
    signature = OfficerSignature(1, "ab" * 32, OFFICER, NOON, last or LAST)
    over = Revocation(OFFICER, NOON, "It was wrong.")
    signed = (signature,) if last else ()
    return GovernanceRecord(name, kind, (version,), signed, over if revoked else None)


def test_r18_a_record_that_lapses_is_told_some_days_before() -> None:
    lapsing = LapsingRecords(Registers(record(LAST), record(None)))
    days = [LAST - timedelta(days=left) for left in range(90, -5, -1)]
    told = [(LAST - day).days for day in days if lapsing.due(day, NOON)]
    assert tuple(told) == BEFORE
    assert (
        LapsingRecords(Registers(record(LAST, revoked=True))).due(
            LAST - timedelta(days=7), NOON
        )
        == 0
    )


class Still:
    """Recalls in one state."""

    def __init__(self, count: int) -> None:
        self.count = count

    def page(
        self, state: RecallState, at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Recall, ...], str | None]:
        assert state is RecallState.UNREACHABLE
        made = Recall(
            derived_id("recall"),
            PICTURE,
            EDITOR,
            derived_id("fact"),
            frozenset(Channel),
            NOON,
            next(iter(RecallReason)),
            state,
        )
        return (made,) * min(self.count, limit), None


def test_r12_recalls_that_no_mail_moves_are_told_of_each_monday() -> None:
    still = UnreachableRecalls(Still(3))
    monday = date(2026, 6, 1)
    week = [monday + timedelta(days=n) for n in range(7)]
    assert [still.due(day, NOON) for day in week] == [3, 0, 0, 0, 0, 0, 0]


def test_retention_runs_that_wait_for_a_yes_are_told_of_each_day() -> None:
    runs = FakeRetentionRuns(FakeRetention())
    told = []
    for n, state in enumerate(RunState):
        day = LAST + timedelta(days=n)
        run = sweep_of(RetentionPolicy(), day, NOON, "retention")
        runs.begin(replace(run, state=state))
        told.append(WaitingRuns(runs).due(LAST, NOON))
    assert told == [0, 1, 2, 2, 2, 2]  # previewed, and guarded
