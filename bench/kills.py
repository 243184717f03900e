"""Everything ended after each change that it makes, and done again.

`python -m bench.kills [NAME ...]`: every workflow and every function that is started by
itself, or those named, over moto. The suite ends some of them, the same ones each time
(`tests/adapters/test_killed_workflows.py`); this ends all. Prints a table, and where
something ended otherwise what is otherwise then; exits with 1 in that case.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from traceback import format_exc

import pytest
from moto import mock_aws
from rich import box
from rich.table import Table

from cli.progress import console
from tests.adapters.aws import Aws
from tests.adapters.kill_cases import CASES
from tests.adapters.kill_scene import Case, Scene, scene_of
from tests.adapters.killing import every
from tests.adapters.undoing import share_copies
from tests.fakes.runtime import environment

MODELS = Path(__file__).parents[1] / "build/models"


def main(names: Sequence[str]) -> int:
    """Go through the cases of these names, or through all; 1: some ended otherwise."""
    cases = [each for each in CASES if not names or each.name in names]
    table = Table("what", "points", "ended the same", "seconds", box=box.MARKDOWN)
    otherwise: list[str] = []
    with pytest.MonkeyPatch.context() as patch, environment(patch, {}), mock_aws():
        share_copies(patch)
        with scene_of(Aws("moto"), patch, every, str(MODELS)) as scene:
            for case in cases:
                _played(case, scene, table, otherwise)
    console().print(table)
    for each in otherwise:
        print(f"\n{each}")
    return int(bool(otherwise))


def _played(case: Case, scene: Scene, table: Table, otherwise: list[str]) -> None:
    begun = process_time()
    other = scene.begin(case).kill.otherwise
    try:
        case.play(scene)
    except Exception:  # noqa: BLE001  (the others are gone through all the same)
        other.append(f"it did not come to its end: {format_exc()}")
    points = scene.kill.points
    spent = f"{process_time() - begun:.1f}"
    table.add_row(case.name, f"{points:,}", f"{points - len(other):,}", spent)
    otherwise += [f"{case.name}: {each}" for each in other]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
