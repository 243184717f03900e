"""Erasing a person or a picture, and proving it."""

from cdk.constructs.function_model import FunctionSpec

ROWS: tuple[FunctionSpec, ...] = ()
