"""Every function of Beeldrecht in one table; tests, documents and checks read it too.

Plain data without CDK, so that a tool can import it without starting Node. What a row is
stands in `function_model`, the rows themselves in `function_rows`, a module each.
"""

from .function_model import (
    CommandSpec,
    FunctionSpec,
    Layer,
    OnExpiry,
    OnLibrary,
    OnMilestone,
    OnPerson,
    OnQueue,
    OnRequest,
    OnSchedule,
    OnState,
    OnStream,
    QueueName,
    Setting,
    Stage,
    Trigger,
)
from .function_rows import (
    api,
    audit,
    certifying,
    clearance,
    consent,
    egress,
    erasing,
    exporting,
    intake,
    keeping,
    library,
    officer,
    recognition,
)
from .function_rows.commands import COMMANDS
from .function_rows.common import PIXEL_LIMIT

__all__ = [
    "COMMANDS",
    "FUNCTIONS",
    "PIXEL_LIMIT",
    "CommandSpec",
    "FunctionSpec",
    "Layer",
    "OnExpiry",
    "OnLibrary",
    "OnMilestone",
    "OnPerson",
    "OnQueue",
    "OnRequest",
    "OnSchedule",
    "OnState",
    "OnStream",
    "QueueName",
    "Setting",
    "Stage",
    "Trigger",
    "function_named",
]

FUNCTIONS: tuple[FunctionSpec, ...] = (
    *intake.ROWS,
    *recognition.ROWS,
    *clearance.ROWS,
    *consent.ROWS,
    *egress.ROWS,
    *library.ROWS,
    *erasing.ROWS,
    *certifying.ROWS,
    *exporting.ROWS,
    *keeping.ROWS,
    *officer.ROWS,
    *api.ROWS,
    *audit.ROWS,
)


def function_named(construct: str) -> FunctionSpec:
    """The function of that construct name; KeyError when there is none."""
    return {spec.construct: spec for spec in FUNCTIONS}[construct]
