"""What a command asks of the deployment, what it prints, and how it ends."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import cli.commands
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.intake import original_key
from beeldrecht.domain.people import AppearanceStatus
from cli.commands import DONE, NOT_DONE, USAGE, main
from cli.files import Candidate
from cli.sending import StoreBusyError
from tests.fakes import scenes
from tests.fakes.samples import ANN, PICTURE, face_id, grant, picture_of
from tests.fakes.world import World
from tests.unit.cli.desks import OUTPUTS, desk_over

ANNS_NAME = f"name of {ANN}"


def test_show_prints_who_is_in_it_and_what_each_channel_allows() -> None:
    desk, _, printed = desk_over(scenes.ready())
    assert main(["show"], desk) == DONE
    line = printed.getvalue().splitlines()[0].split("\t")
    assert line[:4] == ["zomerfeest-012.jpg", PICTURE[:8], "ready", "1"]
    assert line[4] == ANNS_NAME
    assert "✓ allowed: website, print" in line[5]


def test_show_asks_the_decision_anew_and_not_what_was_cached() -> None:
    world = scenes.ready()
    world.register = World().register  # every consent is gone, the cache is not
    world.know(ANN)
    desk, _, printed = desk_over(world)
    main(["show"], desk)
    assert "✓" not in printed.getvalue()
    assert "has agreed to no use" in printed.getvalue()


def test_show_of_an_empty_library_says_how_to_begin() -> None:
    desk, _, printed = desk_over(World(), "nl")
    assert main(["show"], desk) == DONE
    assert "python -m cli upload" in printed.getvalue()


def test_show_says_what_it_left_out() -> None:
    world = scenes.ready()
    desk, _, printed = desk_over(world)
    main(["show", "--limit", "0"], desk)
    assert "and 1 more" in printed.getvalue()


def test_a_refused_file_is_shown_with_its_reason() -> None:
    world = World()
    world.announce()
    world.upload(b"no picture at all, but more than a few bytes of it")
    world.receive()
    desk, _, printed = desk_over(world, "nl")
    main(["show"], desk)
    assert "geweigerd" in printed.getvalue()
    assert "Dit is geen foto" in printed.getvalue()


def test_confirm_takes_a_face_by_its_number_and_has_the_picture_decided_on() -> None:
    world = scenes.examined(2)
    desk, deployed, printed = desk_over(world)
    assert main(["confirm", PICTURE[:6], "2", ANN], desk) == DONE
    (appearance,) = world.appearances()
    assert appearance.status is AppearanceStatus.CONFIRMED
    assert appearance.face_id == face_id(1)
    assert world.clearance.started == [PICTURE]
    assert "Face 2 is" in printed.getvalue()
    assert deployed.calls[0][1]["actor_id"] == deployed.actor_id


def test_a_person_is_found_by_the_name_that_show_prints() -> None:
    world = scenes.ready()
    desk, deployed, _ = desk_over(world)
    assert main(["reject", PICTURE, "1", ANNS_NAME.upper()], desk) == DONE
    assert deployed.calls[0][1]["person_id"] == ANN
    assert world.appearances()[0].status is AppearanceStatus.REJECTED


def test_the_same_answer_twice_is_said_to_be_on_record() -> None:
    desk, _, printed = desk_over(scenes.ready())
    assert main(["confirm", PICTURE, "1", ANN], desk) == DONE
    assert "on record already" in printed.getvalue()


def test_release_tells_for_which_channels_and_until_when() -> None:
    world = scenes.ready()
    desk, _, printed = desk_over(world)
    assert main(["release", PICTURE, "--channel", "website"], desk) == DONE
    assert "Released: ✓ allowed: website." in printed.getvalue()
    assert "This holds" in printed.getvalue()
    assert world.record().status is AssetStatus.RELEASED


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["release", PICTURE], "Nothing of that may be released"),
        (["confirm", PICTURE, "9", ANN], "no face 9"),
        (["confirm", PICTURE, "1", "nobody"], "Nobody is known as nobody"),
        (["confirm", PICTURE, "1", "0" * 32], "no such person"),
        (["show", "ffff"], "No picture has the id ffff"),
        (["retry", "0" * 32], "No picture has the id"),
    ],
)
def test_what_cannot_be_done_ends_with_one_and_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, _, printed = desk_over(scenes.examined())
    assert main(arguments, desk) == NOT_DONE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert printed.getvalue() == ""


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
    world = scenes.examined()
    desk, _, _ = desk_over(world)
    assert main(["retry", PICTURE[:5]], desk) == DONE
    assert world.uploads.sent == [PICTURE]


# -- upload ----------------------------------------------------------------------------


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    """What is sent; a file that is called `busy` finds no store."""
    sent: list[Candidate] = []

    def send(candidate: Candidate, *_: Any) -> str:
        if candidate.path.stem == "busy":
            raise StoreBusyError
        sent.append(candidate)
        return PICTURE

    monkeypatch.setattr(cli.commands, "send", send)
    return sent


def test_upload_sends_the_good_files_and_names_the_others(
    tmp_path: Path, sending: list[Candidate]
) -> None:
    for name, content in {
        "good.jpg": picture_of(),
        "busy.jpg": picture_of(),
        "text.jpg": b"just words",
        "notes.txt": b"just words",
    }.items():
        (tmp_path / name).write_bytes(content)
    desk, _, printed = desk_over(World())
    names = ("good.jpg", "busy.jpg", "text.jpg", "notes.txt", "gone.jpg")
    assert main(["upload", *(str(tmp_path / n) for n in names)], desk) == NOT_DONE
    assert [c.path.name for c in sending] == ["good.jpg"]
    said = printed.getvalue()
    assert f"good.jpg: sent as {PICTURE}" in said
    assert "busy.jpg: not sent: the store does not answer" in said
    assert "text.jpg: not sent: its content is no picture" in said
    assert "notes.txt: not sent: this kind of file" in said
    assert "gone.jpg: not sent: there is no such file" in said
    assert "1 sent, 4 not" in said


def test_upload_of_good_files_ends_with_zero(
    tmp_path: Path, sending: list[Candidate]
) -> None:
    (tmp_path / "a.png").write_bytes(picture_of("PNG"))
    desk, _, _ = desk_over(World())
    assert main(["upload", str(tmp_path / "a.png"), "--session", ANN], desk) == DONE
    assert sending[0].media_type == "image/png"


# -- dead letters ------------------------------------------------------------------------


def test_dead_letters_are_listed_with_their_reason_and_stay() -> None:
    world = World()
    world.announce()
    desk, deployed, printed = desk_over(world)
    sqs: Any = deployed.sqs
    event = {"Records": [{"s3": {"object": {"key": original_key(PICTURE)}}}]}
    sqs.put(OUTPUTS["UploadsDeadQueueUrl"], json.dumps(event))
    sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], json.dumps({"asset_id": "f" * 32}))
    sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], "not ours")
    for _ in range(2):
        assert main(["dead-letters"], desk) == NOT_DONE
    said = printed.getvalue()
    assert said.count("Receiving it failed five times") == 2
    assert "/aws/lambda/ReceiveUpload" in said
    assert said.count("not on record any more") == 2
    assert said.count("not of a shape") == 2


def test_redrive_puts_every_message_back_as_it_was() -> None:
    desk, deployed, printed = desk_over(World())
    sqs: Any = deployed.sqs
    bodies = [json.dumps({"asset_id": f"{n:032x}"}) for n in range(5)]
    for body in bodies:
        sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], body)
    assert main(["redrive"], desk) == DONE
    assert list(sqs.messages[OUTPUTS["DetectionsQueueUrl"]].values()) == bodies
    assert sqs.messages[OUTPUTS["DetectionsDeadQueueUrl"]] == {}
    assert "5 messages are back" in printed.getvalue()


def test_redrive_leaves_alone_what_fails_again_meanwhile() -> None:
    desk, deployed, _ = desk_over(World())
    sqs: Any = deployed.sqs
    sqs.put(OUTPUTS["DetectionsDeadQueueUrl"], "late")
    sqs.sent_at = 9_999_999_999_999
    main(["redrive"], desk)
    assert list(sqs.messages[OUTPUTS["DetectionsDeadQueueUrl"]].values()) == ["late"]


def test_no_dead_letters_is_good_news() -> None:
    desk, _, printed = desk_over(World())
    assert main(["dead-letters"], desk) == DONE
    assert "No dead letters" in printed.getvalue()


def test_names_that_may_not_be_opened_are_shown_as_ids() -> None:
    world = scenes.ready()
    world.keys.destroy(ANN)
    desk, _, printed = desk_over(world)
    main(["show"], desk)
    assert ANNS_NAME not in printed.getvalue()
    assert ANN[:8] in printed.getvalue()


def test_an_ended_consent_is_dated_by_its_last_day() -> None:
    world = scenes.examined()
    world.sign(grant(ANN, until=world.at))
    world.answer(face_id(0), ANN)
    world.check()
    desk, _, printed = desk_over(world)
    main(["show"], desk)
    assert "Its last day was 1 June 2026." in printed.getvalue()


@pytest.mark.parametrize(("width", "headings"), [(160, True), (80, False)])
def test_a_terminal_gets_a_table_where_it_has_room_for_one(
    width: int, headings: bool
) -> None:
    desk, _, printed = desk_over(scenes.ready())
    desk.out = Console(file=printed, width=width, force_terminal=True, no_color=True)
    main(["show"], desk)
    said = printed.getvalue()
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
