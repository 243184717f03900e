"""How long things are kept, and what follows when they end."""

from cdk.constructs.function_model import FunctionSpec

ROWS: tuple[FunctionSpec, ...] = ()
