"""The command `breaches`: a drill is held, shown with its drafts, noted and closed."""

import argparse
from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.breaches import Touched
from beeldrecht.domain.stores import DataCategory
from cli.breaches import breaches
from cli.commands import DONE, NOT_DONE, parser
from tests.fakes.governance import noted
from tests.fakes.samples import ANN, NOON, PICTURE
from tests.fakes.scenes import ready
from tests.unit.cli.desks import Office

DRILL = (
    *("drill", "--from", "2026-05-01", "--to", "2026-06-01T10:00", "--role", "editor"),
    *("--aware", "2026-06-01T11:00", "--description", "A laptop was stolen."),
)


def given(*typed: str) -> argparse.Namespace:
    return parser("en").parse_args(["breaches", *typed])


def counted(office: Office) -> None:
    """What the function that is begun records, a moment later."""
    for breach_id in office.staff.services.assessor.started:
        touched = Touched(
            frozenset({ANN}),
            frozenset({PICTURE}),
            frozenset({DataCategory.PORTRAIT}),
            entries=4,
            found_at=NOON,
        )
        entry = noted(breach_id, NOON, "test:breach:find")
        office.staff.services.breaches.found(breach_id, touched, NOON, entry)


@pytest.fixture
def office() -> Office:
    return Office(ready()).be(Role.PRIVACY_OFFICER)


def hold(office: Office) -> str:
    assert breaches(office.desk, given(*DRILL), lambda _: counted(office)) == DONE
    [breach_id] = office.staff.services.breaches.breaches
    return breach_id


def test_r17_a_drill_is_held_and_shown_with_whom_it_touches_and_its_drafts(
    office: Office,
) -> None:
    breach_id = hold(office)
    breach = office.staff.services.breaches.breaches[breach_id]
    # As it was typed: by the clock in Amsterdam.
    assert breach.aware_at == NOON - timedelta(hours=3)
    assert breach.scope.role is Role.EDITOR
    assert "1 people, 1 pictures, by 4 entries" in office.said
    assert "to be told by 4 June 2026 11:00" in office.said
    assert "DRILL: nothing of this happened." in office.said
    assert "Notification of a personal data breach" in office.said
    assert "OEFENING" not in office.said


def test_what_takes_longer_is_shown_as_far_as_it_is_known(office: Office) -> None:
    waited: list[float] = []
    assert breaches(office.desk, given(*DRILL), waited.append) == DONE
    assert sum(waited) == 30
    assert "is being looked up" in office.said


def test_what_was_done_is_noted_until_it_is_closed(office: Office) -> None:
    breach_id = hold(office)
    why = ("--reason", "By their form.")
    for event in ("authority-told", "people-not-told", "closed"):
        assert office.run("breaches", "note", breach_id[:8], event, *why) == DONE
    assert "It is closed." in office.said
    assert office.run("breaches") == DONE
    assert office.said.splitlines()[-1].endswith("It is closed.")


def test_whom_it_touches_is_listed_by_name_for_who_may_know_it(office: Office) -> None:
    breach_id = hold(office)
    assert office.run("breaches", "people", breach_id) == DONE
    assert office.said.splitlines()[-1].startswith(ANN)


def test_a_breach_that_nobody_recorded_is_not_found(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("breaches") == DONE
    assert "No breach and no drill" in office.said
    assert office.run("breaches", "show", "ff") == NOT_DONE
    assert "No breach begins with ff" in capsys.readouterr().err
