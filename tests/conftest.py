"""What the whole suite shares: one folder in which everything that was said is kept.

Every emulator that a test starts writes there what functions asked for, logged and were
handed (`local.cloud.observe`); every log line of ours that a test makes in its own
process goes there too, and what each run of pytest ran. The tests in `tests/walls` read
it when all others are done, whichever processes ran those.
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
from tests.left import FOLDER, leave
from tests.proof import outcomes_of

WALLS = Path(__file__).parent / "walls"
_DESELECTED = pytest.StashKey[bool]()
_MADE = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, once for all processes of a run; begin to keep log lines."""
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
        item.config.stash[_DESELECTED] = True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Put what reads the others' traces last, and write down which files are run."""
    items.sort(key=lambda item: WALLS in item.path.parents)
    single = any("::" in argument for argument in config.args)
    if not single and not config.stash.get(_DESELECTED, False):
        leave("collected", {"files": sorted({str(item.path) for item in items})})


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down that a test failed: what it would have left may be missing."""
    if report.failed:
        leave("failed", {"test": report.nodeid})
