"""How long things are kept, through the API: wanted, looked at, confirmed, paused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.retention import TERMS, RetentionKind
from beeldrecht.domain.retention_runs import Counted, RetentionRun, RunState
from tests.fakes.http import Answer
from tests.fakes.samples import NOON
from tests.fakes.scenes import examined
from tests.fakes.staff import Staff, as_

MAILS, EXPORTS = RetentionKind.MAILS.value, RetentionKind.EXPORTS.value


def named(name: str, *roles: Role) -> User:
    return as_(*roles, user_id=derived_id("test", "user", name))


OFFICER, DEPUTY = (named(n, Role.PRIVACY_OFFICER) for n in ("dpo", "deputy"))
TIRED = replace(OFFICER, signed_in_at=NOON - timedelta(hours=2))
SHORT = {"terms": [{"kind": MAILS, "days": 120}]}


@pytest.fixture
def staff() -> Staff:
    return Staff(examined())


def read(staff: Staff, who: User = OFFICER) -> Answer:
    return staff.get("/v1/retention", who)


def want(staff: Staff, what: dict[str, Any] | None = None, who: User = OFFICER) -> Answer:
    headers = {"If-Match": read(staff).headers.get("ETag", "")}
    return staff.put("/v1/retention", who, what or SHORT, headers=headers)


def looked(
    staff: Staff, made: Answer, state: RunState = RunState.PREVIEWED
) -> RetentionRun:
    """As the workflow leaves it once it has looked."""
    runs = staff.services.retention_runs
    run = runs.runs[made.json["run_id"]]
    counts = {RetentionKind.MAILS: Counted(100, 90, 40)}
    return runs.save(replace(run, state=state, found=counts))


def confirm(
    staff: Staff, made: Answer, who: User = OFFICER, *, above: bool = False
) -> Answer:
    path = f"/v1/retention/runs/{made.json['run_id']}/confirmation"
    return staff.post(path, who, {"above_guard": above})


def days(staff: Staff, kind: str = MAILS) -> int | None:
    (term,) = [t for t in read(staff).json["terms"] if t["kind"] == kind]
    found: int | None = term["days"]
    return found


def tags(staff: Staff) -> list[tuple[str, str]]:
    return [(e.tag, e.actor) for e in staff.world.audit.entries("retention")]


def test_the_private_terms_hold_until_somebody_chose(staff: Staff) -> None:
    answer = read(staff)
    assert answer.status == 200
    said = {t["kind"]: t for t in answer.json["terms"]}
    assert set(said) == {kind.value for kind in RetentionKind}
    for kind, term in TERMS.items():
        assert said[kind]["days"] == said[kind]["private_days"] == term.days
        assert said[kind]["words"]
    assert answer.json["affordances"] == ["retention:change"]
    assert (answer.json["paused"], answer.json["runs"]) == (False, [])


@pytest.mark.parametrize(
    "role", [each for each in Role if each is not Role.PRIVACY_OFFICER]
)
def test_only_an_officer_sees_and_changes_it(staff: Staff, role: Role) -> None:
    assert read(staff, as_(role)).status == 403
    assert want(staff, who=as_(role)).status == 403


def test_a_wish_changes_nothing_and_has_everything_looked_through(staff: Staff) -> None:
    made = want(staff)
    assert made.status == 202
    assert made.json["state"] == "retention_previewing"
    assert made.json["wanted"] == [{"kind": MAILS, "days": 120}]
    assert days(staff) == 365
    run_id = made.json["run_id"]
    assert staff.services.apply_retention.started == {run_id: {"run_id": run_id}}
    assert tags(staff) == [("api:retention:propose", OFFICER.user_id)]
    assert [r["run_id"] for r in read(staff).json["runs"]] == [run_id]


def test_the_same_wish_again_is_the_same_run(staff: Staff) -> None:
    first, again = want(staff), want(staff)
    assert first.json["run_id"] == again.json["run_id"]
    assert len(staff.services.apply_retention.started) == 1


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"terms": [{"kind": EXPORTS, "days": 31}]}, "retention_out_of_bounds"),
        ({"terms": [{"kind": EXPORTS, "days": None}]}, "retention_out_of_bounds"),
        ({"terms": [{"kind": MAILS, "days": 365}]}, "retention_nothing_changes"),
        ({"terms": []}, "retention_nothing_changes"),
        ({"guard_share": 0}, "retention_guard_out_of_bounds"),
    ],
)
def test_a_wish_out_of_bounds_is_refused_by_name(
    staff: Staff, what: dict[str, Any], reason: str
) -> None:
    answer = want(staff, what)
    assert (answer.status, answer.json["reason"]) == (409, reason)
    bounded = reason == "retention_out_of_bounds"
    assert answer.json["detail"].endswith("(1-30)") is bounded
    assert staff.services.apply_retention.started == {}


def test_who_saw_an_older_policy_is_told(staff: Staff) -> None:
    seen = read(staff).headers["ETag"]
    staff.put("/v1/retention/pause", OFFICER, {"paused": True})
    answer = staff.put("/v1/retention", OFFICER, SHORT, headers={"If-Match": seen})
    assert answer.status == 412
    assert staff.put("/v1/retention", OFFICER, SHORT).status == 428


def test_a_screen_somebody_walked_away_from_changes_nothing(staff: Staff) -> None:
    made = want(staff)
    looked(staff, made)
    path = f"/v1/retention/runs/{made.json['run_id']}"
    pause = {"paused": True}
    for answer in (
        staff.put("/v1/retention", TIRED, SHORT, fresh=False),
        staff.put("/v1/retention/pause", TIRED, pause, fresh=False),
        staff.post(f"{path}/confirmation", TIRED, {}, fresh=False),
        staff.delete(path, TIRED, fresh=False),
    ):
        assert (answer.status, answer.json["code"]) == (403, "sign_in_again")
    shown = staff.get("/v1/retention", TIRED, fresh=False)
    assert shown.json["affordances"] == ["retention:change"]


def test_what_was_seen_is_confirmed_and_holds_from_then_on(staff: Staff) -> None:
    made = want(staff)
    looked(staff, made)
    shown = staff.get(f"/v1/retention/runs/{made.json['run_id']}", OFFICER)
    assert shown.json["preview"] == [
        {
            "kind": MAILS,
            "words": shown.json["preview"][0]["words"],
            "looked": 100,
            "dates": 90,
            "ends": 40,
            "above_guard": True,
        }
    ]
    answer = confirm(staff, made)
    assert (answer.status, answer.json["state"]) == (200, "retention_applying")
    assert days(staff) == 120
    assert len(staff.services.apply_retention.started) == 2
    assert tags(staff)[-1] == ("api:retention:confirm", OFFICER.user_id)
    again = confirm(staff, made)
    assert again.status == 200
    assert len(tags(staff)) == 2


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (RunState.PREVIEWING, "retention_not_looked_yet"),
        (RunState.GUARDED, "retention_above_guard"),
        (RunState.DROPPED, "retention_run_settled"),
    ],
)
def test_what_cannot_be_confirmed_is_refused_by_name(
    staff: Staff, state: RunState, reason: str
) -> None:
    made = want(staff)
    looked(staff, made, state)
    answer = confirm(staff, made)
    assert (answer.status, answer.json["reason"]) == (409, reason)
    assert days(staff) == 365


def test_above_the_guard_it_takes_a_yes_to_just_that(staff: Staff) -> None:
    made = want(staff)
    looked(staff, made, RunState.GUARDED)
    assert confirm(staff, made, above=True).status == 200
    assert days(staff) == 120


def test_r22_where_two_are_wanted_the_second_agrees_to_what_was_seen(
    staff: Staff,
) -> None:
    staff.services.four_eyes = FourEyes.ALWAYS
    made = want(staff)
    looked(staff, made)
    waiting = confirm(staff, made)
    assert waiting.status == 202
    assert days(staff) == 365
    assert confirm(staff, made).status == 202
    path = f"/v1/proposals/{waiting.json['proposal_id']}/approve"
    assert staff.post(path, OFFICER).status == 409
    assert staff.post(path, DEPUTY).status == 200
    assert days(staff) == 120
    (run,) = staff.services.retention_runs.runs.values()
    assert (run.state, run.confirmed_by) == (RunState.APPLYING, DEPUTY.user_id)
    assert len(staff.services.apply_retention.started) == 2


def test_a_run_is_given_up_before_anything_changed_and_not_after(staff: Staff) -> None:
    made = want(staff)
    path = f"/v1/retention/runs/{made.json['run_id']}"
    assert staff.delete(path, OFFICER).json["state"] == "retention_dropped"
    assert staff.delete(path, OFFICER).status == 200
    assert tags(staff)[-1] == ("api:retention:drop", OFFICER.user_id)
    staff.world.at += timedelta(minutes=1)
    other = want(staff)
    assert other.json["run_id"] != made.json["run_id"]
    looked(staff, other)
    confirm(staff, other)
    answer = staff.delete(f"/v1/retention/runs/{other.json['run_id']}", OFFICER)
    assert (answer.status, answer.json["reason"]) == (409, "retention_run_settled")


def test_runs_stand_still_and_go_on_without_a_second_person(staff: Staff) -> None:
    staff.services.four_eyes = FourEyes.ALWAYS
    still = staff.put("/v1/retention/pause", OFFICER, {"paused": True})
    assert (still.status, still.json["paused"]) == (200, True)
    staff.put("/v1/retention/pause", OFFICER, {"paused": True})
    assert not staff.put("/v1/retention/pause", OFFICER, {"paused": False}).json["paused"]
    assert [tag for tag, _ in tags(staff)] == [
        "api:retention:pause",
        "api:retention:resume",
    ]


def test_open_and_settled_runs_are_listed_apart(staff: Staff) -> None:
    made = want(staff)
    assert len(staff.get("/v1/retention/runs", OFFICER).json["items"]) == 1
    staff.delete(f"/v1/retention/runs/{made.json['run_id']}", OFFICER)
    assert staff.get("/v1/retention/runs", OFFICER).json["items"] == []
    settled = staff.get("/v1/retention/runs", OFFICER, query={"settled": "true"})
    assert [r["run_id"] for r in settled.json["items"]] == [made.json["run_id"]]


def test_a_run_that_is_not_there_is_not_found(staff: Staff) -> None:
    path = f"/v1/retention/runs/{new_id()}"
    assert staff.get(path, OFFICER).status == 404
    assert staff.delete(path, OFFICER).status == 404
    assert staff.post(f"{path}/confirmation", OFFICER, {}).status == 404
