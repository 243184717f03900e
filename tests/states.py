"""The states of a workflow's definition, those within its maps too."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

DEFINITIONS: Final[Mapping[str, Any]] = {
    path.name.removesuffix(".asl.json"): json.loads(path.read_text())
    for path in sorted(Path(__file__).parents[1].glob("statemachines/*.asl.json"))
}
"""Every state machine as its file says, by its name."""


def states_of(definition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each state with its name, in the order of the file."""
    for name, state in definition["States"].items():
        yield name, state
        if state["Type"] == "Map":
            yield from states_of(state["ItemProcessor"])
