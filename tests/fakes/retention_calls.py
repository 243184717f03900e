"""One good request for each route of what is kept, beside those of `ASKED`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from beeldrecht.domain.recognition import recognises
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import RetentionRun, RunState, change_of
from tests.fakes.call_kinds import asked, plain
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import SOMEBODY_ELSE
from tests.fakes.governance_calls import ASKED
from tests.fakes.samples import NOON
from tests.fakes.staff import Staff

__all__ = ["ASKED", "BODIES", "HERE", "kept"]

SEEN = replace(
    change_of(RetentionPolicy(), {RetentionKind.MAILS: 200}, SOMEBODY_ELSE, NOON),
    state=RunState.PREVIEWED,
    revision=1,
)


HERE: Mapping[str, str] = {"run_id": SEEN.run_id}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "propose_retention": {
        "terms": [{"kind": RetentionKind.MAILS.value, "days": 200}],
        "guard_share": 20,
    },
    "pause_retention": {"paused": True},
    "confirm_retention_run": {"above_guard": True},
}


def kept(staff: Staff) -> RetentionRun:
    """A change that was looked through and waits, made from the policy of now."""
    revision = staff.services.retention.policy().revision
    run = replace(SEEN, base_revision=revision)
    staff.services.retention_runs.runs[run.run_id] = run
    return run


plain("GET", "/v1/retention", Op.RETENTION_READ)
plain("GET", "/v1/retention/runs", Op.RETENTION_READ)
plain("PUT", "/v1/retention/pause", Op.RETENTION_CHANGE, {"paused": True})


@asked("PUT", "/v1/retention")
def _wanted(asker: Asker, user: User) -> Call:
    days = asker.random.randint(120, 300)
    body = {"terms": [{"kind": RetentionKind.MAILS.value, "days": days}]}
    revision = asker.estate.staff.services.retention.policy().revision
    asks = ((Op.RETENTION_CHANGE, None),)
    tagged = asker.tag(revision)
    return Call("PUT", "/v1/retention", asks, body=body, headers=tagged, seen=Scene())


def _about(method: str, end: str, operation: Op, body: Any = None) -> None:
    @asked(method, f"/v1/retention/runs/<run_id>{end}")
    def make(asker: Asker, user: User) -> Call:
        staff = asker.estate.staff
        run = kept(staff)
        mode = staff.world.library.recognition_mode(staff.world.at)
        path = f"/v1/retention/runs/{run.run_id}{end}"
        return Call(
            method,
            path,
            ((operation, None),),
            body=body,
            # Two people confirm where recognition goes on.
            alone=not (end and recognises(mode)),
            seen=Scene(),
        )


_about("GET", "", Op.RETENTION_READ)
_about("DELETE", "", Op.RETENTION_CHANGE)
_about("POST", "/confirmation", Op.RETENTION_CHANGE, {"above_guard": False})
