"""A picture that may leave with faces covered alone, on the deployed system."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from beeldrecht.adapters.objects import MASKED_TAG
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.time import AMSTERDAM
from beeldrecht_vision.masking import FILL
from cli.api import Api, ProblemError
from cli.certificates import pem
from cli.deciding import release_asset, say_who
from cli.fetching import fetch, fetched
from cli.statements import check
from cli.web import send
from local.demo.staff import EDITOR, VIEWER, Staff
from tests.workflows.way import Way, until, until_current

WEBSITE = "website"


def mark(api: Api, asset_id: str, face_id: str, value: str) -> None:
    """Mark a face; a decision that is made meanwhile is looked at again."""

    def act() -> None:
        read = api.get(f"/v1/assets/{asset_id}")
        path = f"/v1/assets/{asset_id}/faces/{face_id}/mark"
        api.put(path, {"mark": value}, if_match=read.etag)

    until_current(act, "the face to be marked")


def colour_at(jpeg: bytes, face: dict[str, Any], width: int) -> np.ndarray:
    """The pixels around the middle of a face, in a file of another size."""
    pixels = simplejpeg.decode_jpeg(jpeg, "RGB")
    scale = pixels.shape[1] / width
    box = face["box"]
    x = int((box["x"] + box["width"] / 2) * scale)
    y = int((box["y"] + box["height"] / 2) * scale)
    return np.asarray(pixels[y - 8 : y + 8, x - 8 : x + 8]).astype(int)


def test_r12_r14_who_is_not_cleared_is_covered_seen_so_released_so_and_fetched_so(
    way: Way, staff: Staff, photos: Path, tmp_path: Path
) -> None:
    editor = staff[EDITOR]
    asset_id = way.upload(photos / "composed/trio.jpg")
    way.settled(asset_id)
    here = f"/v1/assets/{asset_id}"
    first, second, third = editor.get(here)["faces"]
    made = editor.post("/v1/people", {"name": "Truus Wethouder"}, key=new_id())
    say_who(editor, asset_id, first["face_id"], made["person_id"], "confirm")
    order = {
        "channels": [WEBSITE],
        "kind": "public_task",
        "reference": "Raadsbesluit 2026-115",
        "first_day": datetime.now(AMSTERDAM).date().isoformat(),
    }
    editor.post(f"{here}/bases", order, key=new_id())
    # Nobody says who the two others are: as long as that is so, nothing leaves at all.
    with pytest.raises(ProblemError) as unknown:
        editor.get(f"{here}/masked", channel=WEBSITE)
    assert unknown.value.code == "not_cleared"
    for face in (second, third):
        mark(editor, asset_id, face["face_id"], "mask")
    until(lambda: way.of_website(asset_id) == "masked" or None, "the marks to count")
    # Decided on for the last mark too: a release is of the version that was read.
    way.settled(asset_id)
    with pytest.raises(ProblemError) as unseen:
        until_current(lambda: release_asset(editor, asset_id, [WEBSITE]), "a release")
    assert unseen.value.code == "masked_version_not_seen"
    shown = until_current(
        lambda: editor.get(f"{here}/masked", channel=WEBSITE).body, "what would leave"
    )
    assert set(shown["faces"]) == {second["face_id"], third["face_id"]}
    jpeg, width = fetched(shown["url"]), editor.get(here)["original"]["width"]
    for face in (second, third):
        assert np.abs(colour_at(jpeg, face, width) - FILL).max() <= 1
    assert np.abs(colour_at(jpeg, first, width) - FILL).max() > 20

    released = until_current(
        lambda: release_asset(editor, asset_id, [WEBSITE], [shown["mask_id"]]),
        "what was seen to be released",
    )
    assert released["decision"]["leaves"] == {WEBSITE: "masked"}
    path, covered = fetch(staff[VIEWER], asset_id, Channel.WEBSITE, tmp_path)
    assert (path.read_bytes(), covered) == (jpeg, 2)
    assert path.name.endswith("-preview-masked.jpg")

    # Made once, beside the renditions, and tagged for the lifecycle to take away.
    s3, bucket = way.cloud.client("s3"), way.deployed["RenditionsBucket"]
    listed = s3.list_objects_v2(Bucket=bucket, Prefix=f"{asset_id}/masked/")["Contents"]
    assert [each["Key"] for each in listed] == [
        f"{asset_id}/masked/{shown['mask_id']}.jpg"
    ]
    tags = s3.get_object_tagging(Bucket=bucket, Key=listed[0]["Key"])["TagSet"]
    assert [(tag["Key"], tag["Value"]) for tag in tags] == [MASKED_TAG]
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    tagged = {"Tag": dict(zip(("Key", "Value"), MASKED_TAG, strict=True))}
    assert tagged in [rule["Filter"] for rule in rules]

    _for_a_channel(way, staff, asset_id, tmp_path, (first, second, third), width)

    told = [entry.tag for entry in way.deployed.audit.entries(asset_id)]
    assert told.count("clearance:face:mark") == 2
    assert told.index("egress:mask:view") < told.index("clearance:asset:release")
    assert told.count("egress:asset:download") == 3

    # Unmarked it goes dark at the next request: a face nobody spoke of is unknown.
    mark(editor, asset_id, third["face_id"], "unmarked")
    with pytest.raises(ProblemError):
        fetch(staff[VIEWER], asset_id, Channel.WEBSITE, tmp_path / "again.jpg")


def _for_a_channel(
    way: Way,
    staff: Staff,
    asset_id: str,
    folder: Path,
    faces: tuple[dict[str, Any], ...],
    width: int,
) -> None:
    """In the size and format of a channel: covered as well, or cut out of it."""
    title = {"values": {"title": "Zomerfeest"}}
    here = f"/v1/assets/{asset_id}/metadata"
    order = {"asset_ids": [asset_id], **title}
    edit = staff[EDITOR].post("/v1/metadata/edits", order, key=new_id())
    assert staff[EDITOR].get(here)["said"]["title"] == "Zomerfeest"
    make = {"size": "medium_size", "format": "png"}
    whole, covered = fetch(staff[VIEWER], asset_id, Channel.WEBSITE, folder, make)
    assert (whole.suffix, covered) == (".png", 2)
    with Image.open(whole) as opened:
        assert b"Zomerfeest" in whole.read_bytes()
        scale, shown = opened.width / width, opened.convert("RGB")
    for face, hidden in zip(faces, (False, True, True), strict=True):
        box = face["box"]
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        x, y = (int(part * scale) for part in middle)
        near = np.asarray(shown)[y - 4 : y + 4, x - 4 : x + 4].astype(int)
        assert bool(np.abs(near - FILL).max() <= 1) is hidden
    _says_what_was_decided(way, staff, whole, folder / "picture-key.pem")
    small = {"size": "social_square", "crop": "whole_picture", "format": "webp"}
    fetch(staff[VIEWER], asset_id, Channel.WEBSITE, folder, small)
    staff[EDITOR].delete(f"/v1/metadata/edits/{edit['edit_id']}")
    assert staff[EDITOR].get(here)["said"]["title"] is None
    s3, bucket = way.cloud.client("s3"), way.deployed["RenditionsBucket"]
    listed = s3.list_objects_v2(Bucket=bucket, Prefix=f"{asset_id}/masked/")["Contents"]
    tags = [s3.get_object_tagging(Bucket=bucket, Key=o["Key"])["TagSet"] for o in listed]
    assert [[(t["Key"], t["Value"]) for t in each] for each in tags] == [[MASKED_TAG]] * 3


def _says_what_was_decided(way: Way, staff: Staff, file: Path, key: Path) -> None:
    """Signed by a key that everybody can fetch, and that nobody else signs with."""
    key.write_bytes(send("GET", f"{staff.address}/picture-key.pem", headers={}).data)
    assert pem(way.deployed.picture_key).encode() == key.read_bytes()
    assert way.deployed.picture_key != way.deployed.certificate_key
    said = check(file, key)
    assert said.known_key
    assert said.statement.use.channel is Channel.WEBSITE
    assert said.statement.masked
    path = said.statement.check.partition("/check/")[2]
    answer = send("GET", f"{staff.address}/check/{path}", headers={})
    assert json.loads(answer.data)["public_id"] == said.statement.public_id
