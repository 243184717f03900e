"""How far recognition goes: nobody switches it on alone, or without an assessment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.staff_api.routes.recognition import SUBJECT, switch_act
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.governance import GovernanceRecord, RegisterKind, Revocation
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.runtime.http.problems import ProblemError
from tests.fakes.governance import signature_of, version_of
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB
from tests.fakes.staff import Staff, as_

OFFICER = as_(Role.PRIVACY_OFFICER)
SECOND = as_(Role.PRIVACY_OFFICER, user_id=BOB)
READERS = [OFFICER, as_(Role.EDITOR), as_(Role.ADMINISTRATOR)]
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.RECOGNISER)]
RECORD = derived_id("test", "dpia of the routes")
SIGNED_AT = datetime(2026, 1, 1, 9, tzinfo=UTC)
LAST_DAY = date(2026, 8, 31)
SIGNED = {
    "assessment_id": RECORD,
    "signed_by": ANN,
    "first_day": "2026-01-01",
    "last_day": "2026-08-31",
}


def assessed(
    staff: Staff,
    kind: RegisterKind = RegisterKind.DPIA,
    last_day: date | None = LAST_DAY,
    at: datetime = SIGNED_AT,
) -> None:
    """An assessment in the register, signed through that day; None: by nobody."""
    version = version_of(kind, RECORD, ANN, at)
    signed = (signature_of(version, ANN, at, last_day),) if last_day else ()
    staff.world.governance.records[RECORD] = GovernanceRecord(
        RECORD, kind, (version,), signed
    )


def revoke(staff: Staff) -> None:
    """The officer takes the assessment back, now."""
    record = staff.world.governance.records[RECORD]
    staff.world.governance.records[RECORD] = replace(
        record, revocation=Revocation(ANN, staff.world.at, "The risk changed.")
    )


def read(staff: Staff, user: User = OFFICER) -> Any:
    answer = staff.get("/v1/recognition", user)
    assert answer.status == 200
    return answer.json


def switch(
    staff: Staff,
    user: User = OFFICER,
    mode: str = "closed_session",
    assessment_id: str | None = RECORD,
    tag: str | None = None,
) -> Answer:
    seen = tag or staff.get("/v1/recognition", OFFICER).headers["ETag"]
    body = {"mode": mode} | ({"assessment_id": assessment_id} if assessment_id else {})
    return staff.put("/v1/recognition", user, body, headers={"If-Match": seen})


def switched_on() -> Staff:
    staff = Staff()
    assessed(staff)
    assert switch(staff).status == 202
    assert switch(staff, SECOND).status == 200
    return staff


def test_a_fresh_deployment_detects_and_says_who_may_switch_it() -> None:
    staff = Staff()
    for user in READERS:
        told = read(staff, user)
        assert (told["mode"], told["recorded_mode"]) == ("detect", "detect")
        assert told["takes_two"] == ["closed_session", "enrolled"]
        assert told["affordances"] == (["recognition:switch"] if user is OFFICER else [])


@pytest.mark.parametrize("user", OTHERS)
def test_others_are_told_that_it_is_not_for_them(user: User) -> None:
    staff = Staff()
    assert staff.get("/v1/recognition", user).status == 403
    assert switch(staff, user).status == 403


@pytest.mark.parametrize("user", READERS[1:])
def test_only_a_privacy_officer_switches(user: User) -> None:
    staff = Staff()
    assert switch(staff, user, "off", None).status == 403
    assert read(staff)["recorded_mode"] == "detect"


def test_r18_recognition_takes_a_signed_assessment_and_two_people() -> None:
    staff = Staff()
    assessed(staff)
    waiting = switch(staff)
    assert waiting.status == 202
    assert read(staff)["mode"] == "detect"
    done = switch(staff, SECOND)
    assert done.status == 200
    assert done.json["mode"] == "closed_session"
    assert done.json["assessment"] == SIGNED
    assert done.json["switched_by"] == SECOND.user_id
    assert done.headers["ETag"] == '"1"'


def _unsigned(staff: Staff) -> None:
    assessed(staff, last_day=None)


def _of_another_kind(staff: Staff) -> None:
    assessed(staff, RegisterKind.INTEREST_ASSESSMENT)


def _over(staff: Staff) -> None:
    assessed(staff, last_day=date(2026, 5, 31))


def _revoked(staff: Staff) -> None:
    assessed(staff)
    revoke(staff)


def _unknown(staff: Staff) -> None:
    """The register knows nothing of it: days that somebody types carry nothing."""


@pytest.mark.parametrize(
    ("put", "named", "reason"),
    [
        (assessed, None, "no_signed_assessment"),
        (_unknown, RECORD, "no_signed_assessment"),
        (_unsigned, RECORD, "no_signed_assessment"),
        (_of_another_kind, RECORD, "no_signed_assessment"),
        (_over, RECORD, "assessment_lapsed"),
        (_revoked, RECORD, "assessment_lapsed"),
    ],
)
def test_r18_without_a_signed_assessment_in_force_nobody_is_even_asked(
    put: Callable[[Staff], None], named: str | None, reason: str
) -> None:
    staff = Staff()
    put(staff)
    for mode in ("closed_session", "enrolled"):
        answer = switch(staff, mode=mode, assessment_id=named)
        assert (answer.status, answer.json["code"]) == (409, "assessment_required")
        assert answer.json["reason"] == reason
    assert staff.services.proposals.proposals == {}
    assert read(staff)["mode"] == "detect"


def test_r18_recognition_ends_with_the_last_day_of_its_assessment() -> None:
    staff = switched_on()
    midnight = datetime(2026, 8, 31, 22, tzinfo=UTC)  # in Amsterdam
    staff.world.at = midnight - timedelta(microseconds=1)
    assert read(staff)["mode"] == "closed_session"
    staff.world.at = midnight
    told = read(staff)
    assert (told["mode"], told["recorded_mode"]) == ("detect", "closed_session")
    assert switch(staff).json["reason"] == "assessment_lapsed"


def test_r18_a_revoked_assessment_ends_recognition_at_that_instant() -> None:
    staff = switched_on()
    revoke(staff)
    told = read(staff)
    assert (told["mode"], told["recorded_mode"]) == ("detect", "closed_session")
    library = staff.world.library
    assert library.recognition_mode(staff.world.at) is RecognitionMode.DETECT
    before = staff.world.at - timedelta(microseconds=1)
    assert library.recognition_mode(before) is RecognitionMode.CLOSED_SESSION


def test_r18_who_agrees_second_agrees_to_what_the_register_says_then() -> None:
    staff = Staff()
    assessed(staff)
    assert switch(staff).status == 202
    revoke(staff)
    refused = switch(staff, SECOND)
    assert (refused.status, refused.json["reason"]) == (409, "assessment_lapsed")
    assert read(staff)["recorded_mode"] == "detect"


@pytest.mark.parametrize("mode", ["off", "detect"])
def test_switching_back_waits_for_nobody_and_needs_nothing(mode: str) -> None:
    staff = switched_on()
    done = switch(staff, mode=mode, assessment_id=None)
    assert done.status == 200
    assert (done.json["mode"], done.json["assessment"]) == (mode, None)
    assert done.headers["ETag"] == '"2"'


def test_asking_for_what_is_so_already_changes_nothing() -> None:
    staff = switched_on()
    again = switch(staff)
    assert (again.status, again.headers["ETag"]) == (200, '"1"')
    assert again.json["switched_by"] == SECOND.user_id


def test_one_officer_is_enough_where_the_deployment_says_so() -> None:
    staff = Staff()
    assessed(staff)
    staff.services.four_eyes = FourEyes.NEVER
    assert switch(staff).json["mode"] == "closed_session"


def test_a_switch_needs_a_recent_sign_in_and_the_version_that_was_seen() -> None:
    staff = Staff()
    body = {"mode": "off"}
    bare = staff.put("/v1/recognition", OFFICER, body)
    assert (bare.status, bare.json["code"]) == (428, "precondition_required")
    assert switch(staff, tag='"7"').json["code"] == "changed_meanwhile"
    staff.world.at += timedelta(hours=2)
    stale = staff.put(
        "/v1/recognition", OFFICER, body, headers={"If-Match": '"0"'}, fresh=False
    )
    assert (stale.status, stale.json["code"]) == (403, "sign_in_again")
    old = staff.get("/v1/recognition", OFFICER, fresh=False)
    assert old.json["affordances"] == ["recognition:switch"]


def test_r22_each_switch_is_in_the_trail_with_its_modes_and_what_carries_it() -> None:
    staff = switched_on()
    switch(staff, mode="off", assessment_id=None)
    entries = [e for e in staff.world.audit.entries(SUBJECT) if "recognition" in e.tag]
    assert [(e.tag, e.actor, dict(e.data)) for e in entries] == [
        (
            "api:recognition:switch",
            SECOND.user_id,
            {"before": "detect", "mode": "closed_session", "assessment_id": RECORD},
        ),
        (
            "api:recognition:switch",
            OFFICER.user_id,
            {"before": "closed_session", "mode": "off"},
        ),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "on"},
        # Until when it holds is on record; nobody types it.
        {"mode": "enrolled", "assessment": SIGNED},
        {"mode": "enrolled", "assessment_id": "Jan Jansen"},
        {"mode": "enrolled", "assessment_id": RECORD, "last_day": "2027-01-01"},
        {"mode": "off", "why": "Jan Jansen"},
    ],
)
def test_what_is_no_switch_is_refused_without_being_quoted(wrong: Any) -> None:
    staff = Staff()
    answer = staff.put("/v1/recognition", OFFICER, wrong, headers={"If-Match": '"0"'})
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "Jansen" not in answer.text


def test_an_agreement_by_its_identifier_switches_as_the_direct_way_does() -> None:
    staff = Staff()
    assessed(staff)
    switch(staff)
    [proposal] = staff.services.proposals.proposals.values()
    act = switch_act(staff.services)
    for _ in range(2):
        act.carry_out(SECOND, proposal.what)
    assert staff.world.library.recognition().revision == 1
    assert staff.world.library.recognition_mode(staff.world.at) is (
        RecognitionMode.CLOSED_SESSION
    )
    staff.world.at = datetime(2027, 1, 1, tzinfo=UTC)
    with pytest.raises(ProblemError) as caught:
        act.carry_out(SECOND, proposal.what)
    assert caught.value.problem == "assessment_required"
