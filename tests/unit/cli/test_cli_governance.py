"""The command `governance`: a form is filled in, kept, signed and revoked."""

import json
import re
from pathlib import Path

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.governance import FORMS, RegisterKind
from cli.commands import DONE, NOT_DONE
from tests.fakes.registers import ORDER
from tests.fakes.world import World
from tests.unit.cli.desks import Office


def office() -> Office:
    return Office(World()).be(Role.PRIVACY_OFFICER)


def written(desk: Office, tmp_path: Path, order: object = ORDER) -> str:
    """A record from a file; gives its id."""
    file = tmp_path / "record.json"
    file.write_text(json.dumps(order), encoding="utf-8")
    assert desk.run("governance", "add", str(file)) == DONE
    [record_id] = desk.world.governance.records
    return record_id


def test_a_form_is_given_as_a_file_to_fill_in() -> None:
    desk = office()
    assert desk.run("governance", "form", "processing_agreement") == DONE
    lines = desk.said.splitlines()
    empty = json.loads("\n".join(line for line in lines if not line.startswith("#")))
    asked = [each.value for each in FORMS[RegisterKind.PROCESSING_AGREEMENT]]
    assert empty["kind"] == "processing_agreement"
    assert list(empty["answers"]) == asked
    assert [line.split()[1].rstrip(":") for line in lines if line[0] == "#"] == asked


def test_r18_an_assessment_is_written_signed_and_revoked_at_the_desk(
    tmp_path: Path,
) -> None:
    desk = office()
    record_id = written(desk, tmp_path)
    assert "Nobody has signed it yet." in desk.said
    last_day = ("--last-day", "2027-01-31")
    assert desk.run("governance", "sign", record_id[:8], *last_day) == DONE
    # What is signed is shown whole before it is.
    assert desk.said.count(ORDER["title"]) == 2
    assert "signed and in force, through 31 January 2027" in desk.said
    why = ("--reason", "The risk changed.")
    assert desk.run("governance", "revoke", record_id, *why) == DONE
    assert desk.said.splitlines()[-1].startswith("It was revoked")
    record = desk.world.governance.records[record_id]
    assert record.revocation is not None
    assert record.revocation.reason == "The risk changed."


def test_the_next_version_is_written_on_the_one_that_was_seen(tmp_path: Path) -> None:
    desk = office()
    record_id = written(desk, tmp_path)
    file = tmp_path / "next.json"
    file.write_text(json.dumps({**ORDER, "title": "Anew"}), encoding="utf-8")
    assert desk.run("governance", "change", record_id, str(file)) == DONE
    assert "Anew, version 2" in desk.said


def test_every_register_is_listed_with_what_the_system_comes_with() -> None:
    desk = office()
    assert desk.run("governance") == DONE
    for kind in ("Processing agreement", "Sub-processor", "Processing activity"):
        assert kind in desk.said
    assert len(re.findall(r"version 0", desk.said)) == 6
    assert "Nothing yet." in desk.said


@pytest.mark.parametrize("content", ["[]", "{", None])
def test_a_file_that_is_no_record_ends_with_one_sentence(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "record.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert office().run("governance", "add", str(file)) == NOT_DONE
    assert capsys.readouterr().err.count("\n") == 1
