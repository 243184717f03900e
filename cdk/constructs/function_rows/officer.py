"""What reminds the officer, and what lapses."""

from cdk.constructs.function_model import FunctionSpec

ROWS: tuple[FunctionSpec, ...] = ()
