"""Starts and stops the emulator's process, and knows whether one runs.

What is known of a running emulator is in `.local/server.json`; whether that process is
ours is asked of the system (its command line names our state folder), so that a file left
by a crash, or a process number used again, never leads to killing another program.

State survives a clean stop: pictures, tables, the deployed stacks. After any other stop
the tables would be older than the pictures, so the next start begins empty and says so.
Kept state also belongs to a port (queue addresses carry it) and to the locked versions.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from local import environments
from local.client import LocalCloud
from local.environments import ROOT, LocalCloudError

STATE = ROOT / ".local"
FIRST_PORT = 4566
START_SECONDS = 60
STOP_SECONDS = 60
"""A stop writes the layers' packages to disk, some 250 MB."""


@dataclass(frozen=True)
class Process:
    """A started emulator."""

    pid: int
    port: int


@dataclass(frozen=True)
class Kept:
    """What kept state belongs to."""

    port: int
    versions: str


class Server:
    """The one emulator whose files are in `folder`."""

    def __init__(
        self, folder: Path = STATE, say: Callable[[str], object] = print
    ) -> None:
        self._folder = folder
        self._say = say
        self._file = folder / "server.json"
        self._kept = folder / "kept.json"
        self._state = folder / "cloud"
        self._child: subprocess.Popen[bytes] | None = None
        self.log = folder / "cloud.log"

    def running(self) -> LocalCloud | None:
        """Give the running cloud, or None."""
        process = self._process()
        return LocalCloud(process.port) if process else None

    def running_or_fail(self) -> LocalCloud:
        """Give the running cloud; raise LocalCloudError when there is none."""
        cloud = self.running()
        if cloud is None:
            raise LocalCloudError("No local cloud is running: python -m local up")
        return cloud

    def up(self) -> LocalCloud:
        """Start the emulator unless it runs; return when it answers."""
        with self._alone():
            if cloud := self.running():
                self._say(f"The local cloud is already up at {cloud.endpoint}.")
                return cloud
            environments.ensure_environments()
            port = self._port()
            self._kept.unlink(missing_ok=True)
            process = self._start(port)
            cloud = LocalCloud(port)
            if not self._answers(process, cloud):
                self._stop(Process(process.pid, port))
                raise LocalCloudError(
                    f"The local cloud did not start:\n{self._log_end()}"
                )
            self._say(
                f"The local cloud is up at {cloud.endpoint}; its log is {self.log}."
            )
            return cloud

    def down(self, *, forget: bool = False) -> None:
        """Stop the emulator and its functions if they run; keep or forget the state."""
        with self._alone():
            process = self._process()
            if process is None:
                self._say("No local cloud is running.")
            elif self._stop(process):
                self._keep(process)
                self._say("The local cloud is down.")
            else:
                self._say("The local cloud did not stop cleanly; its state is lost.")
            if forget:
                self._forget()
                self._say("Its state is forgotten.")
            elif process and self._kept.exists():
                self._say("Its state is kept for the next start.")

    def _process(self) -> Process | None:
        try:
            process = Process(**json.loads(self._file.read_text()))
        except FileNotFoundError:
            return None
        if str(self._state) in _command_line(process.pid):
            return process
        self._file.unlink()
        self._reap()
        return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _port(self) -> int:
        """Choose the port: the kept state's, the one asked for, or the first free one."""
        kept = self._usable_kept()
        wish = os.environ.get("LOCAL_CLOUD_PORT")
        if kept and kept.port == int(wish or kept.port):
            if is_free(kept.port):
                return kept.port
            raise LocalCloudError(
                f"Port {kept.port}, which the kept state needs, is taken: "
                "free it, or forget the state with: python -m local down --forget"
            )
        self._forget()
        if wish:
            if is_free(int(wish)):
                return int(wish)
            raise LocalCloudError(f"Port {wish} (LOCAL_CLOUD_PORT) is taken.")
        port = next(filter(is_free, range(FIRST_PORT, FIRST_PORT + 100)))
        if port != FIRST_PORT:
            self._say(f"Port {FIRST_PORT} is taken by another program; using {port}.")
        return port

    def _usable_kept(self) -> Kept | None:
        try:
            kept = Kept(**json.loads(self._kept.read_text()))
        except FileNotFoundError:
            if self._state.exists():
                self._say("The last stop was not a clean one; starting empty.")
            return None
        if kept.versions != environments.lock_digest():
            self._say("The emulator's versions changed; starting empty.")
            return None
        return kept

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        command = launch_command(port, self._state, "--keep")
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # its functions die with its process group
            )
        self._file.write_text(json.dumps(asdict(Process(process.pid, port))))
        self._child = process
        return process

    def _reap(self) -> None:
        """Let the system forget a child that has ended."""
        if self._child is not None:
            self._child.wait()
            self._child = None

    def _answers(self, process: subprocess.Popen[bytes], cloud: LocalCloud) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if cloud.wait_until_ready(0.2):
                return True
        return False

    def _stop(self, process: Process) -> bool:
        """Stop the emulator and its functions; tell whether it ended by itself."""
        clean = stop_process(process.pid, STOP_SECONDS)
        self._reap()
        self._file.unlink(missing_ok=True)
        return clean and b"failed to save" not in self.log.read_bytes()

    def _keep(self, process: Process) -> None:
        kept = Kept(process.port, environments.lock_digest())
        self._kept.write_text(json.dumps(asdict(kept)))

    def _forget(self) -> None:
        self._kept.unlink(missing_ok=True)
        shutil.rmtree(self._state, ignore_errors=True)

    def _log_end(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])


def launch_command(port: int, state: Path, *options: str) -> Sequence[str]:
    """Give the command that runs an emulator with its files in `state`."""
    return (
        *(str(environments.EMULATOR / "bin" / "python"), "-m", "local.cloud.launch"),
        *("--port", str(port)),
        *("--state", str(state)),
        *("--cache", str(environments.CACHE)),
        *("--runtime", str(environments.FUNCTIONS)),
        *options,
    )


def stop_process(pid: int, seconds: float) -> bool:
    """End an emulator, then whatever is left of its process group.

    Returns whether the emulator ended by itself, and so saved its state.
    """
    os.kill(pid, signal.SIGTERM)
    clean = _has_ended(pid, seconds)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return clean


def _has_ended(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not _command_line(pid):
            return True
        time.sleep(0.05)
    return False


def _command_line(pid: int) -> str:
    """Give a process's command line; empty when it has ended."""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=,args=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return "" if shown.startswith("Z") else shown


def is_free(port: int) -> bool:
    """Tell whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
