"""One good request for each route of the registers, beside those of `ASKED`."""

from dataclasses import replace
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from beeldrecht.domain.governance import RegisterKind
from tests.fakes.call_kinds import ASKED, asked, plain
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import NEVER_MADE
from tests.fakes.registers import (
    BREACH,
    BREACH_ORDER,
    DRAFT,
    EVENT,
    ORDER,
    REASON,
    SIGNATURE,
    SIGNED,
    TEXT,
)

__all__ = ["ASKED"]


@asked("GET", "/v1/governance")
def _listed(asker: Asker, user: User) -> Call:
    kind = asker.random.choice(list(RegisterKind)).value
    asks = ((Op.GOVERNANCE_LIST, None),)
    return Call("GET", "/v1/governance", asks, query={"kind": kind}, seen=Scene())


plain("POST", "/v1/governance", Op.GOVERNANCE_CREATE, ORDER)


plain("GET", "/v1/breaches", Op.BREACH_LIST)
plain("POST", "/v1/breaches", Op.BREACH_CREATE, BREACH_ORDER)


def _about(
    method: str,
    end: str,
    operation: Op,
    record_id: str,
    body: Any = None,
    where: str = "/v1/governance/<record_id>",
) -> None:
    @asked(method, f"{where}{end}")
    def make(asker: Asker, user: User) -> Call:
        path = where.partition("<")[0] + "{}" + end
        call = Call(method, path.format(record_id), ((operation, None),), body=body)
        tagged = asker.tag(1) if operation is Op.GOVERNANCE_CHANGE else {}
        return replace(call, headers=tagged, absent=path.format(NEVER_MADE), seen=Scene())


_about("GET", "", Op.GOVERNANCE_READ, DRAFT)
_about("POST", "/versions", Op.GOVERNANCE_CHANGE, DRAFT, TEXT)
_about("POST", "/signature", Op.GOVERNANCE_SIGN, DRAFT, SIGNATURE)
_about("POST", "/revocation", Op.GOVERNANCE_REVOKE, SIGNED, REASON)

_BREACHES = "/v1/breaches/<breach_id>"
_about("GET", "", Op.BREACH_READ, BREACH, where=_BREACHES)
_about("GET", "/touched", Op.BREACH_READ, BREACH, where=_BREACHES)
_about("POST", "/events", Op.BREACH_CHANGE, BREACH, EVENT, where=_BREACHES)
_about("POST", "/assessment", Op.BREACH_CHANGE, BREACH, where=_BREACHES)
