"""The command that restores: what is typed, and what is said when it refuses."""

from datetime import UTC, datetime

import pytest

from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.stores import Store
from cli.commands import parser
from cli.failures import sentence
from cli.replaying import HARMLESS_TO_A_PICTURE, NARROWING, StillThereError, freeze_id
from cli.restoring import (
    NOT_BACK,
    STORES,
    LiveTableRestoredError,
    NotACopyError,
    NotReplayedError,
    NotRestorableError,
)

ERRORS = (
    LiveTableRestoredError,
    NotACopyError,
    NotReplayedError,
    NotRestorableError,
    StillThereError,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-06-01T12:00:00", datetime(2026, 6, 1, 10, tzinfo=UTC)),
        ("2026-01-01T12:00:00", datetime(2026, 1, 1, 11, tzinfo=UTC)),
        ("2026-06-01T12:00:00+00:00", datetime(2026, 6, 1, 12, tzinfo=UTC)),
        ("2026-06-01T12:00:00.900000+02:00", datetime(2026, 6, 1, 10, tzinfo=UTC)),
    ],
)
def test_an_instant_is_by_the_clock_in_amsterdam_unless_it_says_so(
    typed: str, meant: datetime
) -> None:
    for of in STORES:
        given = parser("en").parse_args(["restore", of, "--at", typed])
        assert (given.act, given.at) == (of, meant)


def test_a_table_is_never_restored_as_of_no_time() -> None:
    for arguments in (["library"], ["library", "--at", "noon"], ["audit"], []):
        with pytest.raises(SystemExit):
            parser("en").parse_args(["restore", *arguments])


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("error", ERRORS)
def test_each_refusal_is_one_sentence_with_the_name(
    error: type[Exception], language: str
) -> None:
    said = sentence(error("Beeldrecht-Copy"), language)
    assert "Beeldrecht-Copy" in said
    assert said != sentence(error("Beeldrecht-Copy"), "nl" if language == "en" else "en")


def test_a_restore_freezes_somebody_once_however_often_it_is_replayed() -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    ann, bob = derived_id("ann"), derived_id("bob")
    assert freeze_id(ann, at) == freeze_id(ann, at)
    assert (
        len(
            {
                freeze_id(ann, at),
                freeze_id(bob, at),
                freeze_id(ann, at.replace(year=2027)),
            }
        )
        == 3
    )


def test_both_tables_with_backups_can_be_restored_and_no_other() -> None:
    assert set(STORES.values()) == {Store.LIBRARY, Store.CONSENT}
    assert all(NOT_BACK.values())
    assert not {
        tag for tag in NARROWING if tag.partition(":")[0] in HARMLESS_TO_A_PICTURE
    }
