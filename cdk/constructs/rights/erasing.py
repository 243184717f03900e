"""What erasing takes, and certifying it."""

from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


def grant(functions: StageFunctions, stores: Stores) -> None:
    """Give each function what it does its work with, and no more."""
