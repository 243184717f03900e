"""What `make demo` promises, on the chain that the first tests of this folder left.

It comes after `test_first_day.py` by name: that one proves a run without any template,
and this one, which enrols somebody, that templates would have been counted.
"""

import io
from pathlib import Path

import pytest
from PIL import Image

from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.domain.access import Operation
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import FindingId, Outcome
from beeldrecht.domain.four_eyes import proposal_id
from cli.api import ProblemError
from cli.pictures import Seen
from cli.web import send
from local.demo.flow import Outcome as Demo
from local.demo.flow import run_demo
from local.demo.inbox import Inbox
from local.demo.organisation import ADDRESSES, NAMES, Who
from local.demo.staff import (
    CONTRIBUTOR,
    EDITOR,
    OFFICER,
    RECOGNISER,
    SECOND_OFFICER,
    SECOND_RECOGNISER,
    VIEWER,
)
from local.demo.subject import OWN_PAGE, SIGN, SubjectPage
from tests.workflows.way import Way


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(way: Way, folder: Path) -> Demo:
    return run_demo(way.cloud, folder, language="en")


@pytest.fixture(scope="module")
def pictures(demo: Demo) -> dict[str, Seen]:
    return {seen.file_name: seen for seen in demo.pictures}


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
    assert henk.status is AssetStatus.EMBARGOED


def test_the_mails_of_who_was_asked_lie_in_the_inbox(way: Way, demo: Demo) -> None:
    inbox = Inbox(way.cloud)
    assert inbox.link(ADDRESSES[Who.MARC], SIGN) is not None
    assert inbox.link(ADDRESSES[Who.HENK], OWN_PAGE) is not None
    shown = send("GET", inbox.address).data.decode()
    assert ADDRESSES[Who.HENK] in shown
    assert ADDRESSES[Who.MARC] in shown


def test_who_was_asked_signed_and_took_back_has_the_proof_of_it_all(
    way: Way, demo: Demo
) -> None:
    editor = way.staff[EDITOR]
    [henk] = [
        each["person_id"]
        for each in editor.each("/v1/people", "items", limit=100)
        if each["name"] == NAMES[Who.HENK]
    ]
    view = editor.get(f"/v1/people/{henk}/consents").body
    [request] = view["requests"]
    [signed] = view["consents"]
    assert request["state"] == "answered"
    assert request["quitclaim_id"] == signed["quitclaim_id"]
    assert {each["state"] for each in signed["grants"]} == {"withdrawn"}
    document = editor.get(
        f"/v1/people/{henk}/quitclaims/{signed['quitclaim_id']}/document"
    )
    assert document["media_type"] == "application/pdf"
    kinds = {each["kind"] for each in view["mails"]}
    assert {"mail_ask", "mail_copy", "mail_withdrawn"} <= kinds


def test_a_link_that_was_used_opens_nothing(way: Way, demo: Demo) -> None:
    used = Inbox(way.cloud).link(ADDRESSES[Who.HENK], SIGN)
    assert used is not None
    with pytest.raises(ProblemError) as refused:
        SubjectPage(way.staff.address, used, "nl").ask("request", {})
    assert refused.value.code == "link_not_valid"


def test_every_format_came_through_and_every_bad_file_was_refused(
    pictures: dict[str, Seen],
) -> None:
    for name in ("portret-anna.heic", "lege-zaal.avif", "opening-gedraaid.jpg"):
        assert pictures[name].decision is not None
    refused = {
        name: seen.rejection.reason
        for name, seen in pictures.items()
        if seen.rejection is not None
    }
    assert refused == {
        "afgebroken.jpg": "truncated",
        "notulen.jpg": "not_an_image",
        "uitvergroting.png": "too_many_pixels",
    }


def test_an_exact_duplicate_names_one_before_it(
    way: Way, pictures: dict[str, Seen]
) -> None:
    seen = pictures["portret-henk-kopie.jpg"]
    copy = way.deployed.library.record(seen.asset_id)
    assert copy is not None
    assert copy.duplicate_of is not None
    assert copy.duplicate_of == seen.duplicate_of
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
    reader = AuditReader(way.cloud.client("dynamodb"), way.deployed["AuditTable"])
    verified = verify(reader.chains())
    assert verified.findings == ()
    assert verified.entries > len(pictures)


def test_r14_a_suggestion_took_two_people_and_they_are_not_one(
    way: Way, pictures: dict[str, Seen]
) -> None:
    studio = pictures["studio-daniel.jpg"]
    (face,) = studio.faces
    what = {
        "asset_id": studio.asset_id,
        "face_id": face.face_id,
        "person_id": face.person_ids[0],
    }
    subject = proposal_id(Operation.SUGGESTION_CONFIRM, what)
    actors = {entry.tag: entry.actor for entry in way.deployed.audit.entries(subject)}
    assert actors == {
        "api:proposal:propose": way.staff.user_id(RECOGNISER),
        "api:proposal:approve": way.staff.user_id(SECOND_RECOGNISER),
    }


def test_r18_recognition_was_switched_on_by_two_officers_on_an_assessment(
    way: Way, demo: Demo
) -> None:
    setting = way.staff[OFFICER].get("/v1/recognition")
    assert setting["mode"] == "closed_session"
    assert setting["assessment"]["signed_by"] == way.staff.user_id(OFFICER)
    assert setting["switched_by"] == way.staff.user_id(SECOND_OFFICER)


def test_what_leaves_is_a_rendition_without_metadata_and_never_the_original(
    folder: Path, demo: Demo
) -> None:
    name = "portret-daniel-1.jpg"
    left = (folder / "downloads" / name).read_bytes()
    assert left != (folder / "photos" / name).read_bytes()
    with Image.open(io.BytesIO(left)) as picture:
        assert not picture.getexif()


def test_whoever_acted_is_on_record_as_themselves(
    way: Way, pictures: dict[str, Seen]
) -> None:
    """What functions do by themselves has no person as its actor."""
    released = pictures["portret-daniel-1.jpg"]
    actors = {e.tag: e.actor for e in way.deployed.audit.entries(released.asset_id)}
    assert actors["clearance:asset:release"] == way.staff.user_id(EDITOR)
    assert actors["egress:asset:download"] == way.staff.user_id(VIEWER)
    assert actors["intake:asset:receive"] == way.staff.user_id(CONTRIBUTOR)
    assert actors["recognition:faces:detect"] == "system"
    assert actors["clearance:asset:decide"] == "system"
    assert released.uploader_id == way.staff.user_id(CONTRIBUTOR)


def test_r05_a_withdrawn_picture_leaves_for_nobody(
    way: Way, pictures: dict[str, Seen]
) -> None:
    henk = pictures["portret-henk.jpg"].asset_id
    for name, status in ((EDITOR, 409), (VIEWER, 404)):
        with pytest.raises(ProblemError) as refused:
            way.staff[name].post(f"/v1/assets/{henk}/downloads", {"channel": "website"})
        assert refused.value.status == status


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
