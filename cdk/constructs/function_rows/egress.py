"""What leaves, and as what."""

from cdk.constructs.function_model import FunctionSpec

ROWS: tuple[FunctionSpec, ...] = ()
