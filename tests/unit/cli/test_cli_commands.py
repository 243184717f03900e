"""What a command asks of the library, what it prints, and how it ends."""

import json
import re
import subprocess
import sys

import pytest
from rich.console import Console

from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import original_key
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from cli.commands import DONE, NOT_DONE, USAGE, main
from tests.fakes import scenes
from tests.fakes.governance import DPIA
from tests.fakes.samples import ANN, PICTURE, face_id, grant
from tests.fakes.world import World
from tests.unit.cli.desks import OUTPUTS, Office

ANNS_NAME = f"name of {ANN}"
SOMEBODY_ELSE = derived_id("test", "somebody else")


def test_show_prints_who_is_in_it_and_what_each_channel_allows() -> None:
    office = Office(scenes.ready())
    assert office.run("show") == DONE
    line = office.said.splitlines()[0].split("\t")
    assert line[:4] == ["zomerfeest-012.jpg", PICTURE[:8], "ready", "1"]
    assert line[4] == ANNS_NAME
    assert "✓ allowed: website, print" in line[5]


def test_show_asks_the_decision_anew_and_not_what_was_cached() -> None:
    world = scenes.ready()
    world.register = World().register  # every consent is gone, the cache is not
    world.know(ANN)
    office = Office(world)
    office.run("show")
    assert "✓" not in office.said
    assert "has agreed to no use" in office.said


def test_show_of_an_empty_library_says_how_to_begin() -> None:
    office = Office(World(), language="nl")
    assert office.run("show") == DONE
    assert "python -m cli upload" in office.said


def test_show_says_what_it_left_out() -> None:
    office = Office(scenes.ready())
    office.run("show", "--limit", "0")
    assert "and 1 more" in office.said


def test_show_can_be_asked_for_one_status() -> None:
    office = Office(scenes.ready())
    office.run("show", "--status", "embargoed")
    assert "no pictures yet" in office.said


def test_a_refused_file_is_shown_with_its_reason() -> None:
    world = World()
    world.announce()
    world.upload(b"no picture at all, but more than a few bytes of it")
    world.receive()
    office = Office(world, language="nl")
    office.run("show")
    assert "geweigerd" in office.said
    assert "Dit is geen foto" in office.said


def test_a_viewer_sees_what_was_released_and_not_who_is_in_it() -> None:
    embargoed = Office(scenes.ready()).be(Role.VIEWER)
    embargoed.run("show")
    assert "zomerfeest" not in embargoed.said
    released = Office(scenes.released()).be(Role.VIEWER)
    released.run("show")
    assert "zomerfeest-012.jpg" in released.said
    assert ANNS_NAME not in released.said
    assert ("GET", f"/v1/people/{ANN}") not in released.sent


def test_confirm_takes_a_face_by_its_number_and_has_the_picture_decided_on() -> None:
    world = scenes.examined(2)
    office = Office(world)
    assert office.run("confirm", PICTURE[:6], "2", ANN) == DONE
    (appearance,) = world.appearances()
    assert appearance.status is AppearanceStatus.CONFIRMED
    assert appearance.face_id == face_id(1)
    assert appearance.settled_by == office.user_id
    assert world.clearance.started == [PICTURE]
    assert f"Face 2 is {ANNS_NAME}" in office.said


def test_a_person_is_found_by_name() -> None:
    office = Office(scenes.ready())
    assert office.run("reject", PICTURE, "1", ANNS_NAME.upper()) == DONE
    assert office.world.appearances()[0].person_id == ANN
    assert office.world.appearances()[0].status is AppearanceStatus.REJECTED


def test_the_same_answer_twice_is_said_to_be_on_record() -> None:
    office = Office(scenes.ready())
    assert office.run("confirm", PICTURE, "1", ANN) == DONE
    assert "on record already" in office.said


def test_release_tells_for_which_channels_and_until_when() -> None:
    office = Office(scenes.ready())
    assert office.run("release", PICTURE, "--channel", "website") == DONE
    assert "Released: ✓ allowed: website." in office.said
    assert "This holds" in office.said
    assert office.world.record().status is AssetStatus.RELEASED


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["release", PICTURE], "Nothing of that may be released"),
        (["confirm", PICTURE, "9", ANN], "no face 9"),
        (["confirm", PICTURE, "1", "nobody"], "Nobody is known as nobody"),
        (["confirm", PICTURE, "1", "0" * 32], "nothing here"),
        (["show", "ffff"], "No picture has the id ffff"),
        (["show", "f" * 32], "No picture has the id"),
        (["retry", "0" * 32], "nothing here"),
        (["people", "nobody"], "Nobody is known as nobody"),
        (["links", ANN, "--revoke", "ff"], "No link begins with ff"),
        (["proposals", "approve", "ff"], "Nothing that waits begins with ff"),
        (["recognition", "enrolled"], "assessment"),
        (["recognition", "enrolled", "--assessment", ANN], "assessment"),
        (["recognition", "enrolled", "--assessment", "ff"], "No record begins with ff"),
        (["governance", "show", "ff"], "No record begins with ff"),
    ],
)
def test_what_cannot_be_done_ends_with_one_and_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(scenes.examined())
    office.be(Role.EDITOR, Role.PRIVACY_OFFICER, Role.RECOGNISER)
    assert office.run(*arguments) == NOT_DONE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert office.said == ""


@pytest.mark.parametrize("command", ["release", "confirm", "reject", "retry", "links"])
def test_a_viewer_is_told_nothing_of_what_only_editors_do(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(scenes.ready()).be(Role.VIEWER)
    rest = {"confirm": ["1", ANN], "reject": ["1", ANN], "links": ["--make"]}
    target = ANN if command == "links" else PICTURE
    assert office.run(command, target, *rest.get(command, [])) == NOT_DONE
    assert capsys.readouterr().err.count("\n") == 1
    assert office.world.record().status is AssetStatus.READY


def test_wrong_use_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["release", PICTURE, "--channel", "television"])
    assert ended.value.code == USAGE
    assert "television" in capsys.readouterr().err


def test_help_is_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "nl", "--help"])
    assert "geef een foto vrij" in capsys.readouterr().out


def test_retry_says_again_that_the_picture_was_uploaded() -> None:
    world = World()
    world.announce()
    office = Office(world)
    assert office.run("retry", PICTURE[:5]) == DONE
    assert world.uploads.sent == [PICTURE]


# -- what takes two ----------------------------------------------------------------------


def suggested() -> World:
    """A picture in which software thinks that it knows Ann."""
    world = scenes.examined()
    waits = Appearance(
        PICTURE,
        face_id(0),
        ANN,
        AppearanceStatus.SUGGESTED,
        band=SuggestionBand.LIKELY,
    )
    world.library.suggest([waits])
    return world


def test_the_same_word_of_a_second_person_settles_a_suggestion() -> None:
    office = Office(suggested())
    assert office.run("confirm", PICTURE, "1", ANN) == DONE
    assert "takes a second person" in office.said
    assert office.world.appearances()[0].status is AppearanceStatus.SUGGESTED
    office.be(Role.EDITOR, Role.RECOGNISER, user_id=SOMEBODY_ELSE)
    assert office.run("confirm", PICTURE, "1", ANN) == DONE
    assert f"Face 1 is {ANNS_NAME}" in office.said
    assert office.world.appearances()[0].settled_by == SOMEBODY_ELSE


def test_a_proposal_is_listed_and_approved_by_somebody_else_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = Office(suggested())
    office.run("confirm", PICTURE, "1", ANN)
    (proposal,) = re.findall(r"proposals approve (\w+)", office.said)
    assert office.run("proposals", "approve", proposal) == NOT_DONE
    assert capsys.readouterr().err.count("\n") == 1
    office.be(Role.EDITOR, Role.RECOGNISER, user_id=SOMEBODY_ELSE)
    office.run("proposals")
    assert f"person_id {ANN}" in office.said
    assert office.run("proposals", "approve", proposal) == DONE
    assert office.world.appearances()[0].status is AppearanceStatus.CONFIRMED
    office.run("proposals")
    assert "Nothing waits" in office.said


def test_a_proposal_can_be_turned_down() -> None:
    office = Office(suggested())
    office.run("confirm", PICTURE, "1", ANN)
    (proposal,) = re.findall(r"proposals approve (\w+)", office.said)
    assert office.run("proposals", "reject", proposal) == DONE
    assert office.world.appearances()[0].status is AppearanceStatus.SUGGESTED


def test_recognition_is_switched_on_by_two_and_off_by_one() -> None:
    office = Office(World()).be(Role.PRIVACY_OFFICER)
    office.run("recognition")
    assert "detecting only" in office.said
    office.world.governance.records[DPIA.record_id] = DPIA
    on = ("recognition", "closed_session", "--assessment", DPIA.record_id[:8])
    assert office.run(*on) == DONE
    assert "takes a second person" in office.said
    office.be(Role.PRIVACY_OFFICER, user_id=SOMEBODY_ELSE)
    assert office.run(*on) == DONE
    assert "in closed sessions" in office.said
    assert "through 1 May 2027" in office.said
    assert office.run("recognition", "off") == DONE
    assert "off: no face" in office.said


# -- people ------------------------------------------------------------------------------


def test_people_are_added_listed_and_shown_with_what_they_agreed_to() -> None:
    office = Office(scenes.ready())
    assert office.run("people", "--add", "Els Bakker") == DONE
    office.run("people")
    assert "Els Bakker" in office.said
    assert ANNS_NAME in office.said
    office.run("people", ANNS_NAME)
    assert "in 1 pictures" in office.said
    assert "Consent to pictures (website, print): in force through" in office.said


def test_a_link_is_shown_once_and_taken_back() -> None:
    office = Office(scenes.ready())
    assert office.run("links", ANN) == DONE
    assert "No links" in office.said
    assert office.run("links", ANN, "--make") == DONE
    (token,) = re.findall(r"https://\S+#(\S+)", office.said)
    office.run("links", ANN)
    (link,) = re.findall(r"^(\w{8})  works", office.said, re.MULTILINE)
    assert office.run("links", ANN, "--revoke", link) == DONE
    office.run("links", ANN)
    assert "was taken back" in office.said
    assert office.said.count(token) == 1


# -- dead letters ------------------------------------------------------------------------


def test_dead_letters_are_listed_with_their_reason_and_stay() -> None:
    world = World()
    world.announce()
    office = Office(world)
    sqs = office.sqs
    event = {"Records": [{"s3": {"object": {"key": original_key(PICTURE)}}}]}
    sqs.put(OUTPUTS["UploadsDeadQueueUrl"], json.dumps(event))
    sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], json.dumps({"asset_id": "f" * 32}))
    sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], "not ours")
    for _ in range(2):
        assert office.run("dead-letters") == NOT_DONE
    said = office.said
    assert said.count("Receiving it failed five times") == 2
    assert "/aws/lambda/ReceiveUpload" in said
    assert said.count("not on record any more") == 2
    assert said.count("not of a shape") == 2


def test_a_mail_that_failed_for_good_is_listed_and_put_back() -> None:
    office = Office()
    mail, event = {"mail_id": "a" * 32}, {"mail_id": ["b" * 32], "event": "Email Sent"}
    office.sqs.put(OUTPUTS["MailsDeadQueueUrl"], json.dumps(mail))
    for body in (json.dumps(event), json.dumps({"mail_id": "b" * 32}), '{"mail_id": []}'):
        office.sqs.put(OUTPUTS["DeliveriesDeadQueueUrl"], body)
    assert office.run("dead-letters") == NOT_DONE
    said = " ".join(office.said.split())
    assert "/aws/lambda/DeliverMail" in said
    assert "/aws/lambda/NoteDelivery" in said
    assert said.count("not of a shape") == 2
    assert office.run("redrive") == DONE
    there = office.sqs.messages
    assert list(there[OUTPUTS["MailsQueueUrl"]].values()) == [json.dumps(mail)]
    assert len(there[OUTPUTS["DeliveriesQueueUrl"]]) == 3


def test_redrive_puts_every_message_back_as_it_was() -> None:
    office = Office()
    sqs = office.sqs
    bodies = [json.dumps({"asset_id": f"{n:032x}"}) for n in range(5)]
    for body in bodies:
        sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], body)
    assert office.run("redrive") == DONE
    assert list(sqs.messages[OUTPUTS["DetectionsQueueUrl"]].values()) == bodies
    assert sqs.messages[OUTPUTS["DetectionsDeadQueueUrl"]] == {}
    assert "5 messages are back" in office.said


def test_redrive_leaves_alone_what_fails_again_meanwhile() -> None:
    office = Office()
    sqs = office.sqs
    sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], "late")
    sqs.sent_at = 9_999_999_999_999
    office.run("redrive")
    assert list(sqs.messages[OUTPUTS["DetectionsDeadQueueUrl"]].values()) == ["late"]


def test_no_dead_letters_is_good_news() -> None:
    office = Office()
    assert office.run("dead-letters") == DONE
    assert "No dead letters" in office.said


def test_names_that_may_not_be_opened_are_shown_as_ids() -> None:
    world = scenes.ready()
    world.keys.destroy(ANN)
    office = Office(world)
    office.run("show")
    assert ANNS_NAME not in office.said
    assert ANN[:8] in office.said


def test_an_ended_consent_is_dated_by_its_last_day() -> None:
    world = scenes.examined()
    world.sign(grant(ANN, until=world.at))
    world.answer(face_id(0), ANN)
    world.check()
    office = Office(world)
    office.run("show")
    assert "Its last day was 1 June 2026." in office.said


@pytest.mark.parametrize(("width", "headings"), [(160, True), (80, False)])
def test_a_terminal_gets_a_table_where_it_has_room_for_one(
    width: int, headings: bool
) -> None:
    office = Office(scenes.ready())
    office.desk.out = Console(
        file=office.printed, width=width, force_terminal=True, no_color=True
    )
    office.run("show")
    said = office.said
    assert ("Decision per channel" in said) is headings
    for part in ("zomerfeest-012.jpg", PICTURE[:8], "ready", "website, print", "✕ not"):
        assert part in said
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert max(len(line) for line in plain.splitlines()) <= width


def test_a_reader_that_has_seen_enough_is_no_failure() -> None:
    command = [sys.executable, "-c", _CLOSED_PIPE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


_CLOSED_PIPE = """
import sys, os
from cli import commands
def show(desk, given):
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)
    os.write(1, b"x")
commands.COMMANDS = {**commands.COMMANDS, "show": show}
sys.exit(commands.main(["show"]))
"""
