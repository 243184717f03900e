"""What `make demo` promises, on the chain that the first tests of this folder left.

It comes after `test_first_day.py` by name: that one proves a run without any template,
and this one, which enrols somebody, that templates would have been counted.
"""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.domain.access import Operation
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.certificates import ForgedCertificateError
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import FindingId, Outcome
from beeldrecht.domain.erasure import ErasureState, PictureOutcome
from beeldrecht.domain.four_eyes import proposal_id
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import original_key
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.recalls import RecallState
from beeldrecht_vision.masking import FILL
from cli.api import ProblemError
from cli.certificates import check
from cli.pictures import Seen
from cli.web import send
from local.demo.flow import Outcome as Demo
from local.demo.flow import run_demo
from local.demo.inbox import Inbox
from local.demo.organisation import ADDRESSES, NAMES, Who
from local.demo.photos import (
    COVERED,
    GIVEN,
    PARTLY,
    RELEASED,
    WITHDRAWN,
    Shot,
    shots,
)
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
from tests.workflows.test_erasing import versions_of
from tests.workflows.way import Way, until
from tools.photos import Box


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


def test_who_enrolled_is_looked_for_again_in_pictures_that_a_permit_allows(
    way: Way, folder: Path, pictures: dict[str, Seen], tmp_path: Path
) -> None:
    """The enrolment had them looked at; this asks for it again, with more there.

    By then templates are turned by another secret, which changes nothing for anybody.
    """
    renewed = way.deployed.invoke("RenewTemplates", {"actor_id": new_id(), "walk": None})
    assert renewed["outcome"] == "again"
    assert renewed["renewed"] > 0
    states, arn = way.cloud.client("stepfunctions"), way.deployed["RelookArn"]
    studio = pictures["studio-daniel.jpg"]
    [daniel] = studio.faces[0].person_ids
    followed = states.list_executions(stateMachineArn=arn)["executions"]
    ended = {
        states.describe_execution(executionArn=e["executionArn"])["status"]
        for e in followed
    }
    assert ended == {"SUCCEEDED"}, "the stream told of the enrolment"
    again = tmp_path / "studio-again.jpg"
    with Image.open(folder / "photos/studio-daniel.jpg") as picture:
        picture.save(again, quality=93)
    record = way.deployed.library.record(studio.asset_id)
    assert record is not None
    asset_id = way.upload(again, record.announcement.session_id)
    way.settled(asset_id)
    started = states.start_execution(
        stateMachineArn=arn,
        name=new_id(),
        input=json.dumps({"person_id": daniel, "enrolment_id": new_id()}),
    )["executionArn"]

    def over() -> dict[str, Any] | None:
        found: dict[str, Any] = states.describe_execution(executionArn=started)
        return None if found["status"] == "RUNNING" else found

    assert (
        json.loads(until(over, "the pictures to be looked at")["output"])["look"][
            "outcome"
        ]
        == "all"
    )
    tags = [entry.tag for entry in way.deployed.audit.entries(asset_id)]
    assert "recognition:people:relook" in tags
    found = way.deployed.library.picture(asset_id)
    assert found is not None
    assert {(a.person_id, a.status) for a in found[2]} == {
        (daniel, AppearanceStatus.SUGGESTED)
    }
    assert way.log_lines("RelookPictures")[-1]["outcome"] == "all"


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


def test_r12_who_had_the_picture_that_went_dark_removed_it_and_said_so(
    way: Way, folder: Path, pictures: dict[str, Seen]
) -> None:
    henk = pictures[WITHDRAWN].asset_id
    told = way.staff[OFFICER].get(f"/v1/assets/{henk}/disclosures")
    [use] = [e for e in told["items"] if e["recipient_id"] == way.staff.user_id(VIEWER)]
    assert use["recall_state"] == RecallState.REMOVED
    assert not (folder / "downloads" / WITHDRAWN).exists()


def test_r12_what_left_masked_is_what_was_looked_at(
    way: Way, folder: Path, demo: Demo
) -> None:
    left = (folder / "downloads" / PARTLY).read_bytes()
    assert left == (folder / "masked" / PARTLY).read_bytes()
    daniel, sanne, willem = (
        flat(left, box, (2400, 1200)) for box in shot(PARTLY).boxes()
    )
    assert (daniel, sanne, willem) == (False, True, True)
    assert demo.sheet.read_text().count('<article class="pair"') == 2


def test_r09_the_copy_says_who_received_what_and_covers_everybody_else(
    folder: Path, pictures: dict[str, Seen]
) -> None:
    data = json.loads((folder / "copy" / "data.json").read_text("utf-8"))
    given = {each["asset_id"]: each for each in data["pictures"]}
    opening = given[pictures[GIVEN].asset_id]
    used = [e for e in opening["disclosures"] if e["to"] == "staff"]
    assert [(e["channel"], e["you_were_visible"]) for e in used] == [("website", True)]
    assert given[pictures["nieuwjaarsborrel.jpg"].asset_id]["covered"] == 8
    jpeg = (folder / "copy" / opening["file"]).read_bytes()
    anna, daniel = (flat(jpeg, box, (1800, 1200)) for box in shot(GIVEN).boxes())
    assert (anna, daniel) == (False, True)


@pytest.fixture(scope="module")
def erasure(way: Way, folder: Path, demo: Demo) -> dict[str, Any]:
    """The erasure of the one person, as an officer reads it when it is over."""
    [proof] = (folder / "certificate").glob("*.json")
    found: dict[str, Any] = way.staff[OFFICER].get(f"/v1/erasures/{proof.stem}").body
    return found


def test_r11_what_was_asked_is_done_and_the_receipts_say_so(
    erasure: dict[str, Any],
) -> None:
    assert erasure["state"] == ErasureState.ERASED
    receipts = {(each["store"], each["what"]): each for each in erasure["receipts"]}
    assert all(picture["done"] for picture in erasure["pictures"])
    for place in (
        ("store_consent", "person"),
        ("store_consent", "contact"),
        ("store_keys", "key"),
        ("store_originals", "originals/"),
        ("store_library", "appearance"),
    ):
        receipt = receipts[place]
        assert receipt["found"] > 0, place
        assert receipt["remains"] == 0, place
    # That they were erased stays, under an identifier that points at nobody.
    assert receipts["store_consent", "erasure"]["remains"] == 1


def test_r11_the_person_is_nobody_any_more(way: Way, erasure: dict[str, Any]) -> None:
    with pytest.raises(ProblemError) as missing:
        way.staff[EDITOR].get(f"/v1/people/{erasure['person_id']}")
    assert missing.value.status == 404
    assert not way.deployed.register.knows(erasure["person_id"])


def test_r11_a_picture_of_them_alone_is_nowhere(
    way: Way, erasure: dict[str, Any]
) -> None:
    [own] = of_outcome(erasure, PictureOutcome.DELETE)
    with pytest.raises(ProblemError) as missing:
        way.staff[EDITOR].get(f"/v1/assets/{own}")
    assert missing.value.status == 404
    assert versions_of(way, own) == []
    found = way.cloud.client("s3").list_objects_v2(
        Bucket=way.deployed["RenditionsBucket"], Prefix=f"{own}/"
    )
    assert found["KeyCount"] == 0


def test_r11_in_the_picture_with_others_they_are_covered_and_found_no_more(
    way: Way, erasure: dict[str, Any], pictures: dict[str, Seen]
) -> None:
    [kept] = of_outcome(erasure, PictureOutcome.MASK)
    [version] = versions_of(way, kept)
    record = way.deployed.library.record(kept)
    assert record is not None
    assert record.original is not None
    assert record.original.version_id == version
    place = {"Bucket": way.deployed["OriginalsBucket"], "Key": original_key(kept)}
    body = way.cloud.client("s3").get_object(**place)["Body"].read()
    els, daniel = (flat(body, box, (1800, 1200)) for box in shot(COVERED).boxes())
    assert (els, daniel) == (True, False)
    # The name of the file could have been theirs: it is the picture's own id now.
    [face] = pictures[f"{kept}.jpg"].faces
    assert face.person_ids == pictures[RELEASED].faces[0].person_ids


def test_r11_the_proof_is_checked_with_the_file_alone_and_one_digit_shows(
    folder: Path, erasure: dict[str, Any], tmp_path: Path
) -> None:
    proof = folder / "certificate" / f"{erasure['erasure_id']}.json"
    checked = check(proof, folder / "certificate" / "key.pem")
    assert checked.document
    assert checked.certificate.pictures == {
        PictureOutcome.DELETE: 1,
        PictureOutcome.MASK: 1,
    }
    changed = tmp_path / "changed.json"
    changed.write_bytes(proof.read_bytes().replace(b'"removed":1', b'"removed":2', 1))
    with pytest.raises(ForgedCertificateError):
        check(changed)


def test_the_evidence_is_written_and_says_which_setting_is_not_right(
    folder: Path, demo: Demo
) -> None:
    report = json.loads((folder / "evidence" / "evidence.json").read_text("utf-8"))
    wrong = [
        s["what"] for r in report["requirements"] for s in r["settings"] if not s["ok"]
    ]
    assert wrong == []
    assert (folder / "evidence" / "evidence.pdf").read_bytes().startswith(b"%PDF")


def of_outcome(erasure: dict[str, Any], outcome: PictureOutcome) -> list[str]:
    return [e["asset_id"] for e in erasure["pictures"] if e["outcome"] == outcome]


def shot(name: str) -> Shot:
    return next(each for each in shots() if each.name == name)


def flat(jpeg: bytes, box: Box, size: tuple[int, int]) -> bool:
    """Whether the middle of a face is the colour that covers; the box is of that size."""
    pixels = simplejpeg.decode_jpeg(jpeg, "RGB").astype(int)
    scale = pixels.shape[1] / size[0]
    x, y, width, height = (side * scale for side in box)
    down, along = int(y + height / 2), int(x + width / 2)
    middle = pixels[down - 8 : down + 8, along - 8 : along + 8]
    return bool((np.abs(middle - FILL) <= 2).all())


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
