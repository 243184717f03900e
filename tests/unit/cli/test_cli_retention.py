"""The command `retention`: terms are shown, wanted, seen, confirmed and paused."""

from dataclasses import replace

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.retention_runs import Counted, RunState
from cli.commands import DONE, NOT_DONE
from tests.unit.cli.desks import Office

MAILS = RetentionKind.MAILS


@pytest.fixture
def office() -> Office:
    return Office(roles=frozenset({Role.PRIVACY_OFFICER}))


def looked(office: Office, ends: int = 1, state: RunState = RunState.PREVIEWED) -> str:
    """The workflow has looked; the run's id."""
    runs = office.staff.services.retention_runs
    (run,) = runs.runs.values()
    found = {MAILS: Counted(50, 40, ends)}
    runs.save(replace(run, state=state, found=found))
    return run.run_id


def days(office: Office, kind: RetentionKind = MAILS) -> int | None:
    return office.staff.services.retention.policy().days(kind)


def test_the_terms_are_shown_with_their_bounds(office: Office) -> None:
    assert office.run("retention") == DONE
    assert "exports: 7 days (from 1 to 30)." in office.said
    assert "more than 10 of a hundred" in office.said
    assert office.run("retention", "show") == DONE


def test_a_wish_says_where_to_see_what_it_would_end(office: Office) -> None:
    assert office.run("retention", "change", "mails=200", "assets=none") == DONE
    (run,) = office.staff.services.retention_runs.runs.values()
    assert run.chosen == {MAILS: 200, RetentionKind.ASSETS: None}
    assert f"retention preview {run.run_id[:8]}" in office.said
    assert days(office) == 365


def test_what_was_seen_is_shown_and_confirmed(office: Office) -> None:
    office.run("retention", "change", "kept_mails=200")
    run_id = looked(office)
    assert office.run("retention", "preview", run_id[:6]) == DONE
    assert "mails: 50 there are, 40 get another date, 1 end at once." in office.said
    assert office.run("retention", "confirm", run_id[:6]) == DONE
    assert "Dates are being written." in office.said
    assert days(office) == 200


def test_above_the_guard_it_says_how_to_say_yes(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.run("retention", "change", "mails=200", "--guard", "20")
    run_id = looked(office, ends=30, state=RunState.GUARDED)
    office.run("retention", "preview", run_id)
    assert "--above-guard" in office.said
    assert office.run("retention", "confirm", run_id) == NOT_DONE
    assert "more than the guard" in capsys.readouterr().err
    assert office.run("retention", "confirm", run_id, "--above-guard") == DONE
    assert office.staff.services.retention.policy().guard_share == 20


def test_where_two_are_wanted_it_says_what_the_other_types(office: Office) -> None:
    office.staff.services.four_eyes = FourEyes.ALWAYS
    office.run("retention", "change", "mails=200")
    assert office.run("retention", "confirm", looked(office)) == DONE
    assert "proposals approve" in office.said
    assert days(office) == 365


def test_a_run_is_given_up(office: Office) -> None:
    office.run("retention", "change", "mails=200")
    assert office.run("retention", "drop", looked(office)) == DONE
    assert "nothing was changed" in office.said


def test_runs_stand_still_and_go_on(office: Office) -> None:
    assert office.run("retention", "pause") == DONE
    assert "Runs stand still" in office.said
    assert office.staff.services.retention.policy().paused
    assert office.run("retention", "resume") == DONE
    assert not office.staff.services.retention.policy().paused


@pytest.mark.parametrize("given", ["mails", "mails=soon", "letters=3", "mails=-1"])
def test_what_says_no_term_is_refused_before_anything_is_asked(
    office: Office, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("retention", "change", given) == NOT_DONE
    assert f"{given} says no term" in capsys.readouterr().err


def test_out_of_bounds_is_said_in_words(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("retention", "change", "exports=31") == NOT_DONE
    assert "Choose within the bounds" in capsys.readouterr().err


def test_a_run_that_is_not_there_is_said_not_to_be(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("retention", "preview", "ffff") == NOT_DONE
    assert "No run begins with ffff" in capsys.readouterr().err
