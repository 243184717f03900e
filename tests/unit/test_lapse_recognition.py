"""Recognition is switched off on record once nothing carries it, and officers hear it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.governance import Revocation
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import Mail, MailKind
from beeldrecht.domain.permits import RecognitionMode
from rights.lapse_recognition.step import SUBJECT, Result, lapse_recognition
from tests.fakes.effects import Killed, When
from tests.fakes.samples import ANN, ASSESSMENT, EDITOR, NOON, TICK
from tests.fakes.staff import Staff, as_
from tests.fakes.users import FakeUsers
from tests.fakes.world import World

OFFICER, SECOND, GONE = (
    derived_id("test", "officer", name) for name in ("first", "second", "gone")
)
END = ASSESSMENT.period.end or NOON
EVENT = Path(__file__).parents[2] / "functions/rights/lapse_recognition/event.json"


class Counted:
    """Mails, each of which is an effect at which the process can stop."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        with self._world.effects.effect("mails.add"):
            return self._world.mails.add(mail, entry)


class Office:
    """A world in which recognition is on, and the accounts of its staff."""

    def __init__(self) -> None:
        self.world = World()
        self.world.recognise(RecognitionMode.CLOSED_SESSION)
        self.users = FakeUsers(self.world.effects)
        for user_id, role, status in (
            (OFFICER, Role.PRIVACY_OFFICER, AccountStatus.ACTIVE),
            (SECOND, Role.PRIVACY_OFFICER, AccountStatus.INVITED),
            (GONE, Role.PRIVACY_OFFICER, AccountStatus.DISABLED),
            (EDITOR, Role.EDITOR, AccountStatus.ACTIVE),
        ):
            self.users.accounts[user_id] = Account(
                user_id, f"{user_id}@example.org", frozenset({role}), status, NOON
            )

    def run(self) -> Result:
        world = self.world
        return lapse_recognition(world.library, self.users, Counted(world), world.at)

    def told(self) -> list[str]:
        mails = self.world.mails.mails.values()
        off = [mail for mail in mails if mail.kind is MailKind.RECOGNITION_OFF]
        assert all(mail.to_staff for mail in off)
        return sorted(mail.to for mail in off)

    def entries(self) -> list[Any]:
        entries = self.world.audit.entries(SUBJECT)
        return [each for each in entries if each.tag == "rights:recognition:lapse"]


@pytest.fixture
def office() -> Office:
    return Office()


def test_r18_as_long_as_the_assessment_holds_nothing_is_switched(office: Office) -> None:
    assert json.loads(EVENT.read_text()) == {}
    for at in (NOON, END - TICK):
        office.world.at = at
        assert office.run() == Result()
    assert office.told() == []
    assert office.world.library.recognition().mode is RecognitionMode.CLOSED_SESSION


def test_r18_once_it_lapsed_the_record_says_off_and_each_officer_is_told(
    office: Office,
) -> None:
    office.world.at = END
    assert office.run() == Result(lapsed=True, told=2)
    setting = office.world.library.recognition()
    assert (setting.mode, setting.assessment) == (RecognitionMode.DETECT, None)
    assert setting.switched_by == "system"
    assert office.told() == sorted([OFFICER, SECOND])
    (entry,) = office.entries()
    assert dict(entry.data) == {"mode": "detect", "before": "closed_session"}
    # An hour later there is nothing to do, and nobody hears it twice.
    office.world.at += timedelta(hours=1)
    assert office.run() == Result()
    assert len(office.told()) == 2


def test_r18_a_revocation_switches_it_off_and_says_since_when(office: Office) -> None:
    records = office.world.governance.records
    record = records[ASSESSMENT.assessment_id]
    records[record.record_id] = replace(
        record, revocation=Revocation(ANN, NOON, "The risk changed.")
    )
    office.world.at = NOON + timedelta(minutes=40)
    assert office.run().lapsed
    mail = next(iter(office.world.mails.mails.values()))
    assert mail.about["since"] == NOON.isoformat()
    assert set(mail.about) == {"revision", "since"}


def test_staff_read_that_nobody_switched_it_but_the_system(office: Office) -> None:
    office.world.at = END
    office.run()
    told = Staff(office.world).get("/v1/recognition", as_(Role.EDITOR))
    assert told.status == 200
    assert (told.json["recorded_mode"], told.json["switched_by"]) == ("detect", "system")


@pytest.mark.parametrize("mode", [RecognitionMode.OFF, RecognitionMode.DETECT])
def test_what_recognises_nobody_needs_no_assessment(
    office: Office, mode: RecognitionMode
) -> None:
    office.world.recognise(mode)
    office.world.at = END
    assert office.run() == Result()


def test_switched_on_again_and_lapsed_again_is_told_again(office: Office) -> None:
    office.world.at = END
    office.run()
    office.world.at = NOON
    office.world.recognise(RecognitionMode.ENROLLED)
    office.world.at = END
    assert office.run() == Result(lapsed=True, told=2)
    assert len(office.told()) == 4


def test_whoever_switches_it_at_that_moment_is_not_written_over(office: Office) -> None:
    world = office.world
    read = world.library.recognition()

    class Meanwhile:
        """Gives what was read before somebody switched."""

        def recognition(self) -> Any:
            return read

        def switch_recognition(self, setting: Any, entry: Any = None) -> None:
            world.library.switch_recognition(setting, entry)

    world.recognise(RecognitionMode.OFF)
    assert not lapse_recognition(Meanwhile(), office.users, world.mails, END).lapsed
    assert world.library.recognition().mode is RecognitionMode.OFF


EFFECTS = ["mails.add", "mails.add", "library.switch_recognition"]


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("place", range(1, len(EFFECTS) + 1))
def test_stopped_at_any_effect_it_ends_an_hour_later_in_the_same_state(
    office: Office, place: int, when: When
) -> None:
    world = office.world
    world.at = END
    world.effects.kill(place, when)
    with pytest.raises(Killed):
        office.run()
    world.at += timedelta(hours=1)
    office.run()
    assert office.told() == sorted([OFFICER, SECOND])
    assert world.library.recognition().mode is RecognitionMode.DETECT
    assert len(office.entries()) == 1


def test_the_effects_are_those_that_are_stopped_at(office: Office) -> None:
    office.world.at = END
    before = len(office.world.effects.names)
    office.run()
    assert office.world.effects.names[before:] == EFFECTS
