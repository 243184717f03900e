"""What somebody gets of what is theirs."""

from cdk.constructs.function_model import FunctionSpec

ROWS: tuple[FunctionSpec, ...] = ()
