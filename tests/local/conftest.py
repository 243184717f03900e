"""One private emulator for the session, and what the probes deploy to it."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local.client import LocalCloud
from local.testing import private_cloud
from tests.local.stacks import Probe

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "master")


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with private_cloud(tmp_path_factory.mktemp("cloud"), worker=WORKER) as cloud:
        yield cloud


@pytest.fixture
def real_time(cloud: LocalCloud) -> Iterator[None]:
    """Put the movable clock back afterwards."""
    yield
    cloud.reset_clock()


@pytest.fixture(scope="session")
def probe(cloud: LocalCloud) -> Callable[..., Probe]:
    """Deploy one function with what it needs, under a name of its own."""

    def deploy(name: str, **wishes: Any) -> Probe:
        return Probe.deployed(cloud, name, **wishes)

    return deploy


@pytest.fixture(scope="session")
def eventually() -> Callable[..., object]:
    """Wait for something that is neither None, False nor empty, and give it."""

    def wait[T](look: Callable[[], T], seconds: float = 10) -> T:
        deadline = time.monotonic() + seconds
        while not (found := look()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    return wait
