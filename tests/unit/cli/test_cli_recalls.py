"""The commands `disclosures` and `recalls`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.recalls import Recall, RecallState
from cli.commands import DONE, NOT_DONE
from tests.fakes.recall_calls import recall
from tests.fakes.recipients import copy
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE, UPLOADER, face_id
from tests.fakes.scenes import released
from tests.unit.cli.desks import Office

DAY = timedelta(days=1)


@pytest.fixture
def office() -> Office:
    return Office(released(), roles=frozenset({Role.PRIVACY_OFFICER}))


def give(office: Office, each: Disclosure) -> None:
    said = NewEntry(PICTURE, each.disclosure_id, "test:copy:give", each.at, EDITOR)
    assert office.staff.services.disclosures.record(each, said)


def put(office: Office, made: Recall) -> Recall:
    office.staff.services.recalls.recalls[made.recall_id] = made
    return made


def test_r12_who_received_a_picture_is_listed(office: Office) -> None:
    give(office, copy())
    covered = frozenset({face_id(0)})
    give(office, copy(None, ANN, NOON, kind=DisclosureKind.EXPORT, masked=covered))
    put(office, recall())
    assert office.run("disclosures", PICTURE) == DONE
    assert f"{EDITOR[:8]}, for website: Fetched by somebody who works" in office.said
    assert "recall" in office.said
    assert "Asked to remove it; no answer yet." in office.said
    assert "no use in particular" in office.said
    assert "with 1 faces covered" in office.said


def test_of_a_picture_that_nobody_received_it_says_so(office: Office) -> None:
    assert office.run("disclosures", PICTURE) == DONE
    assert "Nobody has received this picture." in office.said


def test_more_than_are_listed_are_counted(office: Office) -> None:
    for n in range(4):
        give(office, copy(at=NOON - n * DAY))
    assert office.run("disclosures", PICTURE, "--limit", "1") == DONE
    assert "and 3 before that" in office.said


def test_r12_open_recalls_are_listed_and_others_when_asked(office: Office) -> None:
    made = put(office, recall())
    missed = replace(made, recall_id=new_id(), recipient_id=UPLOADER)
    put(office, replace(missed, state=RecallState.UNREACHABLE, next_at=None))
    assert office.run("recalls") == DONE
    assert f"{EDITOR[:8]}, picture {PICTURE[:8]}, for website" in office.said
    assert UPLOADER[:8] not in office.said
    assert office.run("recalls", "--state", "unreachable") == DONE
    assert UPLOADER[:8] in office.said


def test_where_there_are_none_it_says_so(office: Office) -> None:
    assert office.run("recalls") == DONE
    assert "Nobody has to remove anything." in office.said


def test_one_is_shown_with_why_by_the_beginning_of_its_id(office: Office) -> None:
    made = put(office, recall(told_at=NOON, reminders=2))
    assert office.run("recalls", "show", made.recall_id[:6]) == DONE
    assert "Somebody in it took consent back." in office.said
    assert "reminded 2 times" in office.said


def test_r12_that_it_is_removed_is_noted_in_ones_own_name(office: Office) -> None:
    made = put(office, recall())
    assert office.run("recalls", "removed", made.recall_id[:6]) == DONE
    assert "noted that it is removed" in office.said
    there = office.staff.services.recalls.recalls[made.recall_id]
    assert there.state is RecallState.REMOVED
    assert there.acknowledged_by is not None


def test_what_the_recipient_said_is_told_as_theirs(office: Office) -> None:
    gone = recall(state=RecallState.REMOVED, acknowledged_at=NOON, next_at=None)
    made = put(office, gone)
    assert office.run("recalls", "show", made.recall_id) == DONE
    assert "The recipient said on" in office.said


def test_one_that_is_not_there_is_said_not_to_be(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("recalls", "show", "ffff") == NOT_DONE
    assert "No recall begins with ffff" in capsys.readouterr().err
