"""What a function is told: complete, or a message that says what is missing."""

import pytest
from pydantic import ValidationError

from beeldrecht.runtime.settings import Settings


class Told(Settings):
    """What a function is told, for these tests."""

    library_table: str
    pixel_limit: int = 200


FULL = {"AWS_REGION": "eu-central-1", "LIBRARY_TABLE": "library"}


def test_a_field_is_read_from_its_variable_and_the_rest_has_its_default() -> None:
    told = Told.read(FULL)
    assert (told.library_table, told.aws_region) == ("library", "eu-central-1")
    assert (told.pixel_limit, told.log_level) == (200, "INFO")


def test_a_variable_is_read_as_what_it_is_meant_to_be() -> None:
    assert Told.read(FULL | {"PIXEL_LIMIT": "7"}).pixel_limit == 7
    with pytest.raises(ValidationError, match="pixel_limit"):
        Told.read(FULL | {"PIXEL_LIMIT": "many"})


def test_other_variables_are_none_of_its_business() -> None:
    assert Told.read(FULL | {"AWS_SECRET_ACCESS_KEY": "x", "HOME": "/"}) == Told.read(
        FULL
    )


@pytest.mark.parametrize("missing", FULL)
def test_what_is_missing_is_named(missing: str) -> None:
    present = {k: v for k, v in FULL.items() if k != missing}
    with pytest.raises(ValidationError, match=missing.lower()):
        Told.read(present)


def test_without_anything_given_the_environment_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in FULL.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LIBRARY_TABLE", "from-the-environment")
    assert Told.read().library_table == "from-the-environment"


def test_settings_do_not_change() -> None:
    told = Told.read(FULL)
    with pytest.raises(ValidationError):
        told.library_table = "another"
