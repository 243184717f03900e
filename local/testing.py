"""A local cloud for one test session, and one account of it per test worker.

    @pytest.fixture(scope="session")
    def cloud(tmp_path_factory) -> Iterator[LocalCloud]:
        with private_cloud(tmp_path_factory.mktemp("cloud")) as cloud:
            yield cloud

With pytest-xdist every worker has an emulator of its own; the accounts keep their bucket
names and log lines apart all the same. Nothing of it touches `python -m local up`.
"""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local import environments
from local.client import LocalCloud
from local.environments import ROOT, LocalCloudError
from local.server import START_SECONDS, launch_command, stop_process


def worker_account(worker: str) -> str:
    """Give the account number of one test worker ("master", "gw0", "gw1", …)."""
    number = int(worker.removeprefix("gw")) + 1 if worker.startswith("gw") else 0
    return f"1{number:011d}"


@contextmanager
def private_cloud(
    folder: Path, *options: str, worker: str = "master"
) -> Iterator[LocalCloud]:
    """Run an emulator that forgets everything; yield one empty account of it.

    It ends with the test process, even one that is killed, since it watches its input.
    `options` are those of local.cloud.launch.
    """
    environments.ensure_environments()
    cloud = LocalCloud(free_port(), worker_account(worker))
    log = folder / "cloud.log"
    command = launch_command(cloud.port, folder, "--until-stdin-closes", *options)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            if not cloud.wait_until_ready(START_SECONDS):
                raise LocalCloudError(f"The local cloud did not start: {log.read_text()}")
            yield cloud
        finally:
            stop_process(process.pid, seconds=10)


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
