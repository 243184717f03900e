"""What `make demo` promises, on the chain that the first tests of this folder left.

It comes after `test_first_day.py` by name: that one proves a run without any template,
and this one, which enrols somebody, that templates would have been counted.
"""

from pathlib import Path

import pytest

from beeldrecht.adapters.audit import broken_at
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import FindingId, Outcome
from cli.pictures import Seen
from local.demo.flow import Outcome as Demo
from local.demo.flow import run_demo
from tests.workflows.way import Way


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(way: Way, folder: Path) -> Demo:
    return run_demo(way.cloud, folder, language="en")


@pytest.fixture(scope="module")
def pictures(demo: Demo) -> dict[str, Seen]:
    return {seen.record.announcement.file_name: seen for seen in demo.pictures}


def test_every_kind_of_consent_decides_as_it_should(pictures: dict[str, Seen]) -> None:
    daniel = pictures["portret-daniel-1.jpg"].decision
    anna = pictures["portret-anna.png"].decision
    guests = pictures["nieuwjaarsborrel.jpg"].decision
    assert daniel is not None
    assert anna is not None
    assert guests is not None
    assert set(daniel.leaves.values()) == {Verdict.CLEAR}
    assert anna.per_channel[Channel.WEBSITE] is Verdict.CLEAR
    assert anna.per_channel[Channel.PRESS] is Verdict.MASKED
    assert guests.outcome is Outcome.EMBARGOED
    assert {
        FindingId.GRANT_ENDED,
        FindingId.GRANT_WITHDRAWN,
        FindingId.NO_GRANT,
        FindingId.FACE_UNRESOLVED,
    } <= {f.id for f in guests.findings}


def test_a_withdrawn_picture_that_was_released_is_dark(pictures: dict[str, Seen]) -> None:
    henk = pictures["portret-henk.jpg"]
    assert henk.decision is not None
    assert not henk.decision.leaves
    assert henk.record.status is AssetStatus.EMBARGOED


def test_every_format_came_through_and_every_bad_file_was_refused(
    pictures: dict[str, Seen],
) -> None:
    for name in ("portret-anna.heic", "lege-zaal.avif", "opening-gedraaid.jpg"):
        assert pictures[name].decision is not None
    refused = {
        name: seen.record.rejection.reason
        for name, seen in pictures.items()
        if seen.record.rejection is not None
    }
    assert refused == {
        "afgebroken.jpg": "truncated",
        "notulen.jpg": "not_an_image",
        "uitvergroting.png": "too_many_pixels",
    }


def test_an_exact_duplicate_names_one_before_it(
    way: Way, pictures: dict[str, Seen]
) -> None:
    copy = pictures["portret-henk-kopie.jpg"].record
    assert copy.duplicate_of is not None
    before = way.deployed.library.record(copy.duplicate_of)
    assert before is not None
    assert before.original is not None
    assert copy.original is not None
    assert before.original.sha256 == copy.original.sha256
    assert before.announcement.announced_at < copy.announcement.announced_at


def test_r22_the_one_recognition_is_logged_and_a_person_confirmed_it(
    way: Way, pictures: dict[str, Seen]
) -> None:
    assert way.templates_computed() > 0
    studio = pictures["studio-daniel.jpg"]
    tags = [entry.tag for entry in way.deployed.audit.entries(studio.asset_id)]
    assert tags.index("recognition:people:suggest") < tags.index(
        "clearance:appearance:confirm"
    )
    assert [face.person_ids for face in studio.faces] == [
        pictures["portret-daniel-1.jpg"].faces[0].person_ids
    ]
    assert studio.decision is not None
    assert studio.decision.outcome is Outcome.READY


def test_r01_no_other_picture_was_compared_with_anybody(
    way: Way, pictures: dict[str, Seen]
) -> None:
    compared = {
        name
        for name, seen in pictures.items()
        if any(
            entry.tag == "recognition:people:suggest"
            for entry in way.deployed.audit.entries(seen.asset_id)
        )
    }
    assert compared == {"studio-daniel.jpg"}


def test_r16_every_audit_chain_holds(way: Way, pictures: dict[str, Seen]) -> None:
    for seen in pictures.values():
        assert broken_at(way.deployed.audit.entries(seen.asset_id)) is None


def test_a_second_walk_sends_nothing_and_changes_nothing(
    way: Way, folder: Path, demo: Demo, pictures: dict[str, Seen]
) -> None:
    def entries() -> int:
        audit = way.deployed.audit
        return sum(len(list(audit.entries(p.asset_id))) for p in pictures.values())

    before = entries()
    again = run_demo(way.cloud, folder, language="en")
    assert again.sent == 0
    assert {p.asset_id for p in again.pictures} == {p.asset_id for p in demo.pictures}
    assert entries() == before
    assert again.sheet.read_text().count("<svg") == demo.sheet.read_text().count("<svg")
