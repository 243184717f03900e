"""What the whole suite shares: one folder in which everything that was said is kept.

Every emulator that a test starts writes there what functions asked for, logged and were
handed (`local.cloud.observe`), and every log line of ours that a test makes in its own
process goes there too. The tests marked `last` read it when all others are done.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.runtime.logs import AllowListFormatter
from tests.browsing import any_page, browser, page  # noqa: F401  # fixtures of all rooms
from tests.proof import outcomes_of

FOLDER = "LOCAL_OBSERVED"
# What starts the deployed system: without all of it, most grants were never used.
WHOLE = ("e2e", "workflows")
_PARTIAL = pytest.StashKey[str]()
_MADE = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, once for all processes of a run; begin to keep log lines."""
    config.addinivalue_line("markers", "last: reads what all other tests left behind")
    if FOLDER not in os.environ:
        config.stash[_MADE] = Path(tempfile.mkdtemp(prefix="observed-"))
        os.environ[FOLDER] = str(config.stash[_MADE])
    _keep_log_lines(Path(os.environ[FOLDER]) / f"tests-{os.getpid()}.jsonl")
    if outcomes := outcomes_of(config):
        config.pluginmanager.register(outcomes, "outcomes")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Throw the folder away."""
    if made := config.stash.get(_MADE, None):
        del os.environ[FOLDER]
        shutil.rmtree(made)


def _keep_log_lines(file: Path) -> None:
    serialize = AllowListFormatter.serialize
    file.parent.mkdir(parents=True, exist_ok=True)

    def serialize_keeping(self: AllowListFormatter, log: Any) -> str:
        line = serialize(self, log)
        test = os.environ.get("PYTEST_CURRENT_TEST", "")
        with file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps({"kind": "line", "message": line, "test": test}) + "\n")
        return line

    AllowListFormatter.serialize = serialize_keeping  # type: ignore[method-assign]


def pytest_deselected(items: Iterable[pytest.Item]) -> None:
    """Remember that somebody left tests out."""
    for item in items:
        item.config.stash[_PARTIAL] = "some tests were deselected"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Put what is marked `last` last, and see whether the rest is there."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
    here = Path(__file__).parent
    wanted = {file for folder in WHOLE for file in (here / folder).rglob("test_*.py")}
    if missing := wanted - {item.path for item in items}:
        config.stash[_PARTIAL] = f"{min(missing).name} was not collected"
    elif any("::" in argument for argument in config.args):
        config.stash[_PARTIAL] = "single tests were asked for"
    elif "PYTEST_XDIST_WORKER" in os.environ:
        config.stash[_PARTIAL] = "another process ran the other tests"


@pytest.fixture(scope="session")
def observed() -> list[dict[str, Any]]:
    """Everything that was kept so far; for tests marked `last`."""
    return [
        json.loads(line)
        for file in sorted(Path(os.environ[FOLDER]).glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture
def whole_suite(request: pytest.FixtureRequest) -> None:
    """Skip a test that only means something when all others ran and passed."""
    reason = request.config.stash.get(_PARTIAL, None)
    if reason is None and request.session.testsfailed:
        reason = "a test failed before this one"
    if reason:
        pytest.skip(f"needs the whole suite: {reason}")
