"""The promises of conftest.py."""

import socket

import pytest
from hypothesis import settings
from pytest_socket import SocketBlockedError


@pytest.fixture
def refusal_in_a_fixture() -> str:
    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.socket()
    return "refused"


def test_a_unit_test_has_no_network(refusal_in_a_fixture: str) -> None:
    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9))
    assert refusal_in_a_fixture == "refused"


def test_properties_are_bounded_and_in_ci_repeatable() -> None:
    assert settings.get_current_profile_name() in {"unit", "unit-ci"}
    assert settings.default is not None
    assert settings.default.deadline is None
    assert settings.get_profile("unit-ci").derandomize
    assert settings.get_profile("unit-ci").max_examples <= 200
