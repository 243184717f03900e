"""The states of a workflow's definition, those within its maps too."""

from collections.abc import Iterator, Mapping
from typing import Any


def states_of(definition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each state with its name, in the order of the file."""
    for name, state in definition["States"].items():
        yield name, state
        if state["Type"] == "Map":
            yield from states_of(state["ItemProcessor"])
