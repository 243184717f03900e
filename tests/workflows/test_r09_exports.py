"""R9 on the deployed system: asked, upheld, made, mailed, fetched and opened."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from beeldrecht.adapters.export_files import package_key
from beeldrecht.adapters.exports import Exports
from beeldrecht.domain.exports import export_id as id_of
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.store_registry import STORES
from cli.api import ProblemError
from cli.web import send
from local.demo.inbox import Inbox
from local.demo.staff import EDITOR, OFFICER
from local.demo.subject import SubjectPage
from tests.planting import Planted, Planter
from tests.workflows.consents import Consents
from tests.workflows.test_people_and_links import empty_limits
from tests.workflows.way import Way

REQUESTS = "/v1/subject-requests"
OPENED = {
    *("name", "email", "guardianofcontact"),
    *("signer", "signersmail", "guardian", "signature", "network", "agent"),
    *("photographer", "photographerofrequest", "signedcopy"),
    *("details", "reason", "reference"),
}
"""What was planted of somebody, and has to be in what they get."""
WORDS = {
    *("filename", "previewown"),
    *("title", "caption", "keyword", "credit", "copyright"),
}
"""What is given of a picture, and its bytes as they are, where nobody else is in it: the
detector of the deployed system may have found somebody besides who was planted."""
WITHHELD = {"creator", "template"}
"""The photographer whom the file names is somebody else; a template is not given."""


@pytest.fixture(scope="module")
def ann(way: Way) -> Planted:
    return Planter(way.cloud, way.deployed).plant()


@pytest.fixture(scope="module")
def bob(way: Way, ann: Planted) -> Planted:
    """Somebody else, in a picture with Ann."""
    return Planter(way.cloud, way.deployed).plant(beside=ann)


@pytest.fixture(scope="module")
def made(way: Way, ann: Planted, bob: Planted) -> str:
    """Ann asks by letter, an officer looks at her passport and upholds; the export."""
    assert bob.shared == ann.shared
    officer = way.staff[OFFICER]
    entered = officer.post(
        REQUESTS,
        {
            "person_id": ann.person_id,
            "kind": "export",
            "asked_day": "2026-06-01",
            "received": "asked_by_letter",
            "identity": "not_checked",
        },
        key=new_id(),
    )
    request_id = entered["subject_request_id"]
    export_id = id_of(request_id)
    # As if a run of it had been stopped in the middle of writing the package.
    way.cloud.client("s3").create_multipart_upload(
        Bucket=way.deployed["ExportsBucket"], Key=package_key(export_id)
    )
    path = f"{REQUESTS}/{request_id}"
    officer.post(f"{path}/identity", {"identity": "document_was_seen"})
    reason = "Zoals gevraagd."
    officer.post(f"{path}/decision", {"outcome": "upheld", "reason": reason})
    consents = Consents(way)
    ended = consents.ended(consents.execution("ExportPerson", export_id))
    assert ended == "Packed"
    return export_id


@pytest.fixture(scope="module")
def page(way: Way, ann: Planted, made: str) -> SubjectPage:
    """The page that the mail leads to."""
    assert made
    address = f"{ann.markers['email']}@example.org"
    link = Inbox(way.cloud).awaited(address, "/export")
    empty_limits(way.deployed, way)
    return SubjectPage(way.staff.address, link, "nl")


@pytest.fixture(scope="module")
def files(page: SubjectPage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is in the file, as whoever receives it unpacks it."""
    shown = page.ask("export", {})
    assert shown["url"] is None
    fetched = page.ask("export", {"confirm": True})
    reply = send("GET", fetched["url"])
    assert reply.status == 200
    assert len(reply.data) == shown["size"]
    folder = tmp_path_factory.mktemp("export")
    with zipfile.ZipFile(io.BytesIO(reply.data)) as package:
        assert package.testzip() is None
        package.extractall(folder)
    return folder


def everything(folder: Path) -> bytes:
    return b"\n".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def data_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "data.json").read_text("utf-8"))
    return found


def test_r09_everything_that_was_planted_of_somebody_is_in_what_they_get(
    files: Path, ann: Planted
) -> None:
    whole = everything(files)
    there = {kind for kind, mark in ann.markers.items() if mark.encode() in whole}
    assert there >= OPENED
    assert not there & WITHHELD
    [own] = [p for p in data_of(files)["pictures"] if p["asset_id"] == ann.own]
    assert there & WORDS == (set() if own["covered"] else WORDS)


def test_r09_nothing_of_anybody_else_is_in_it(files: Path, bob: Planted) -> None:
    whole = everything(files)
    assert bob.person_id.encode() not in whole
    assert [k for k, mark in bob.markers.items() if mark.encode() in whole] == []


def test_r09_the_data_is_what_its_schema_says_and_tells_of_each_picture(
    files: Path, ann: Planted, way: Way
) -> None:
    data = data_of(files)
    schema = json.loads((files / "data.schema.json").read_text("utf-8"))
    jsonschema_rs.validate(schema, data)
    pictures: dict[str, Any] = {each["asset_id"]: each for each in data["pictures"]}
    assert set(pictures) == {ann.own, ann.letter, *ann.shared}
    # Nobody else could be covered in a file that nothing opens.
    letter = pictures.pop(ann.letter)
    assert (letter["file"], letter["left_out"]) == (None, "left_out_uncoverable")
    for asset_id in pictures:
        name = files / pictures[asset_id]["file"]
        assert name.read_bytes().startswith(b"\xff\xd8")
    assert all(pictures[each]["covered"] >= 1 for each in ann.shared)
    [used] = [d for d in pictures[ann.own]["disclosures"] if d["to"] == "staff"]
    assert (used["channel"], used["you_were_visible"]) == ("website", True)
    tags = {entry["tag"] for entry in data["audit"]}
    said = {entry.tag for entry in way.deployed.audit.entries(ann.person_id)}
    later = {"rights:export:pack", "api:export:look", "api:export:fetch"}
    assert said - later - {"consent:link:create"} <= tags


def test_r09_every_kind_of_item_about_a_person_has_a_place_in_it(files: Path) -> None:
    """A kind that is added to the registry has to be put into the export, or named here.

    Of the pointers nothing is told but what they point to; templates are not given, and
    what is only about an erasure begins when nobody is left to ask.
    """
    told = {
        "person": "person",
        "contact": "contact",
        "quitclaim": "consents",
        "grant": "consents",
        "withdrawal": "consents",
        "evidence": "consents",
        "document": "consents",
        "restriction": "restrictions",
        "lift": "restrictions",
        "request": "consent_requests",
        "subject_request": "subject_requests",
        "mail": "mails",
        "link": "links",
        "export": "exports",
        "roster": "sessions",
        "appearance": "pictures",
        "disclosure": "pictures",
    }
    # That somebody was enrolled stands among the audit's entries.
    pointers = {"mail_of", "request_of", "subject_request_of", "export_of", "enrolment"}
    erasing = {each.what for each in STORES if each.what.startswith("erasure")}
    about = {each.what for each in STORES if each.about is not None}
    assert about - set(told) - pointers - erasing == set()
    assert set(told.values()) <= set(data_of(files))


def test_r12_that_they_received_it_is_on_record_and_no_part_is_left(
    files: Path, page: SubjectPage, ann: Planted, made: str, way: Way
) -> None:
    assert files.is_dir()
    deployed = way.deployed
    left = way.cloud.client("s3").list_objects_v2(Bucket=deployed["ExportsBucket"])
    keys = [each["Key"] for each in left.get("Contents", []) if made in each["Key"]]
    assert keys == [package_key(made)]
    tags = [entry.tag for entry in deployed.audit.entries(ann.own)]
    assert tags.count("rights:picture:export") == 1
    before = Exports(deployed["ConsentTable"], deployed.region, deployed.audit).get(made)
    assert before is not None
    assert page.ask("export", {"confirm": True})["url"]
    told = way.staff[OFFICER].get(f"/v1/exports/{made}").body
    assert (told["state"], told["fetched"]) == ("export_ready", before.fetched + 1)
    [listed] = [
        each
        for each in way.staff[OFFICER].get("/v1/exports")["items"]
        if each["export_id"] == made
    ]
    assert listed["person_id"] == ann.person_id


def test_staff_have_no_way_to_what_is_in_it(
    way: Way, made: str, page: SubjectPage
) -> None:
    with pytest.raises(ProblemError):
        way.staff[EDITOR].get(f"/v1/exports/{made}")
    with pytest.raises(ProblemError):
        page.ask("page", {})


def test_its_mail_can_be_sent_again_and_brings_another_link(
    way: Way, ann: Planted, made: str, page: SubjectPage
) -> None:
    assert page
    consents = Consents(way)
    way.staff[OFFICER].post(f"/v1/exports/{made}/mail", {})
    told = [
        each
        for each in consents.mails.of_person(ann.person_id)
        if each.kind is MailKind.EXPORT_READY
    ]
    assert len(told) == 2
