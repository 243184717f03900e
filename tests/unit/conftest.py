"""What holds for every unit test: no network, and bounded, repeatable properties."""

import os

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket

# A slow machine is no reason to fail: time is measured in bench/, never asserted here.
_UNTIMED = [HealthCheck.too_slow]
settings.register_profile(
    "unit", deadline=None, max_examples=60, suppress_health_check=_UNTIMED
)
# In CI a red run must be red again: the same examples every time, and more of them.
settings.register_profile(
    "unit-ci",
    deadline=None,
    max_examples=200,
    suppress_health_check=_UNTIMED,
    derandomize=True,
    database=None,
    print_blob=True,
)
settings.load_profile("unit-ci" if os.environ.get("CI") else "unit")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Shut the network before fixtures run; pytest-socket opens it after each test."""
    disable_socket()
