"""The embedded local cloud: starts, fills and stops an AWS on this machine.

    python -m local up | deploy | outputs | env | status | down

From Python: `local.current()` is the running cloud, `local.cloud_env()` what a process
needs to reach it. Tests that want a cloud of their own use `local.testing`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.client import LocalCloud


def current() -> "LocalCloud":
    """Give the cloud that `python -m local up` started.

    Raises local.environments.LocalCloudError when none is running.
    """
    # Imported here: the emulator's own interpreter reads this file and has no boto3.
    from local.server import Server  # noqa: PLC0415

    return Server().running_or_fail()


def cloud_env() -> dict[str, str]:
    """Give the environment variables with which a client reaches the running cloud."""
    return current().env
