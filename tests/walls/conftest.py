"""What all the other tests left: calls, lines, messages, histories, keys, outcomes.

    LOCAL_OBSERVED=<folder> pytest tests/local tests/e2e tests/workflows
    LOCAL_OBSERVED=<folder> pytest tests/walls

`make test` does that. Without such a folder there is nothing to read, and these skip.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.left import found
from tests.workflows.grants import Deployment

# What starts the deployed system: without all of it, most grants were never used.
WHOLE = ("e2e", "workflows")


@pytest.fixture(scope="session")
def observed() -> list[dict[str, Any]]:
    """Everything that was kept."""
    return list(found())


@pytest.fixture(scope="session")
def deployment(observed: list[dict[str, Any]]) -> Deployment:
    """The system that the workflow tests deployed."""
    deployed = [entry for entry in observed if entry["kind"] == "deployment"]
    if not deployed:
        pytest.skip("no test of the workflows left anything to read")
    return Deployment(deployed[-1]["template"], deployed[-1]["names"])


@pytest.fixture(scope="session")
def whole_suite(observed: list[dict[str, Any]]) -> None:
    """Skip a test that only means something when all others ran and passed."""
    tests = Path(__file__).parents[1]
    wanted = {str(f) for room in WHOLE for f in (tests / room).rglob("test_*.py")}
    ran = {
        file
        for entry in observed
        if entry["kind"] == "collected"
        for file in entry["files"]
    }
    failed = [entry["test"] for entry in observed if entry["kind"] == "failed"]
    if missing := wanted - ran:
        pytest.skip(f"needs the whole suite: {Path(min(missing)).name} was not run")
    if failed:
        pytest.skip(f"needs the whole suite: {min(failed)} failed")
