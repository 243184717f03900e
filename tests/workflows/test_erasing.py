"""R11 on the deployed system: asked, upheld, planned, confirmed, done, and proven.

Every step is the system's own, with every role's rights enforced.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplejpeg

from beeldrecht.domain.erasure import ErasureState, asset_erasure, erasure_id
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import original_key
from beeldrecht.domain.time import day_of
from beeldrecht_vision.masking import FILL
from cli.api import ProblemError
from cli.deciding import say_who
from local.demo.staff import EDITOR, OFFICER
from tests.workflows.consents import Consents, now
from tests.workflows.way import Way, until

PATH = "/v1/erasures"
REQUESTS = "/v1/subject-requests"


class Gone:
    """Somebody alone in one picture and among others in another, and their erasure."""

    def __init__(self, way: Way, photos: Path) -> None:
        self.way = way
        self.consents = Consents(way)
        self.editor, self.officer = way.staff[EDITOR], way.staff[OFFICER]
        self.person_id = self.consents.person()
        self.consents.sign(self.person_id)
        reached = {
            "email": f"{self.person_id[:8]}@example.org",
            "language": "nl",
            "birth_date": None,
            "country": "NL",
            "guardian_name": None,
        }
        self.editor.put(f"/v1/people/{self.person_id}/contact", reached)
        self.own = self.consents.picture_of(self.person_id)
        self.shared = way.upload(photos / "composed/trio.jpg")
        way.settled(self.shared)
        faces = self.editor.get(f"/v1/assets/{self.shared}")["faces"]
        self.face, *self.others = faces
        say_who(self.editor, self.shared, self.face["face_id"], self.person_id, "confirm")
        self.erasure_id = self._upheld()

    def _upheld(self) -> str:
        order = {
            "person_id": self.person_id,
            "kind": "erasure",
            "asked_day": day_of(now()).isoformat(),
            "received": "asked_at_counter",
            "identity": "document_was_seen",
        }
        entered = self.officer.post(REQUESTS, order, key=new_id())
        request_id = entered["subject_request_id"]
        said = {"outcome": "upheld", "reason": "Zoals gevraagd."}
        self.officer.post(f"{REQUESTS}/{request_id}/decision", said)
        return erasure_id(request_id)

    def stands(self, state: ErasureState) -> Mapping[str, Any]:
        return stands(self.way, self.erasure_id, state)


def stands(way: Way, erasure: str, state: ErasureState) -> Mapping[str, Any]:
    """Wait until an erasure is that far."""
    officer = way.staff[OFFICER]

    def look() -> Mapping[str, Any] | None:
        try:
            found: Mapping[str, Any] = officer.get(f"{PATH}/{erasure}").body
        except ProblemError as error:
            if error.status != 404:
                raise
            return None
        return found if found["state"] == state.value else None

    return until(look, f"the erasure to be {state}")


def versions_of(way: Way, asset_id: str) -> list[str]:
    """Every version of an original, and every upload that was begun of it."""
    s3, bucket = way.cloud.client("s3"), way.deployed["OriginalsBucket"]
    key = original_key(asset_id)
    found = s3.list_object_versions(Bucket=bucket, Prefix=key)
    begun = s3.list_multipart_uploads(Bucket=bucket, Prefix=key)
    return [
        *(each["VersionId"] for each in found.get("Versions", [])),
        *(each["VersionId"] for each in found.get("DeleteMarkers", [])),
        *(each["UploadId"] for each in begun.get("Uploads", [])),
    ]


@pytest.fixture(scope="module")
def gone(way: Way, photos: Path) -> Gone:
    """Somebody who was erased; the picture with others was kept, masked."""
    made = Gone(way, photos)
    planned = made.stands(ErasureState.PLANNED)
    assert {each["asset_id"] for each in planned["pictures"]} == {made.own, made.shared}
    assert planned["found"]["store_consent/person"] == 1
    wish = [{"asset_id": made.shared, "outcome": "erasure_mask"}]
    made.officer.put(f"{PATH}/{made.erasure_id}/plan", {"pictures": wish})
    made.officer.post(f"{PATH}/{made.erasure_id}/confirmation", {})
    made.stands(ErasureState.ERASED)
    return made


def test_r11_what_was_asked_is_done_and_the_receipts_say_so(gone: Gone) -> None:
    told = gone.officer.get(f"{PATH}/{gone.erasure_id}").body
    receipts = {(each["store"], each["what"]): each for each in told["receipts"]}
    assert all(picture["done"] for picture in told["pictures"])
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


def test_r11_the_person_is_nobody_any_more(gone: Gone) -> None:
    with pytest.raises(ProblemError) as missing:
        gone.editor.get(f"/v1/people/{gone.person_id}")
    assert missing.value.status == 404
    assert not gone.way.deployed.register.knows(gone.person_id)


def test_r11_a_picture_of_them_alone_is_nowhere(gone: Gone) -> None:
    with pytest.raises(ProblemError) as missing:
        gone.editor.get(f"/v1/assets/{gone.own}")
    assert missing.value.status == 404
    assert versions_of(gone.way, gone.own) == []
    found = gone.way.cloud.client("s3").list_objects_v2(
        Bucket=gone.way.deployed["RenditionsBucket"], Prefix=f"{gone.own}/"
    )
    assert found["KeyCount"] == 0


def test_r11_in_the_picture_with_others_they_are_covered_and_found_no_more(
    gone: Gone,
) -> None:
    way, s3 = gone.way, gone.way.cloud.client("s3")
    [version] = versions_of(way, gone.shared)
    way.settled(gone.shared)
    record = way.deployed.library.record(gone.shared)
    assert record is not None
    assert record.original is not None
    assert record.original.version_id == version
    key = original_key(gone.shared)
    body = s3.get_object(Bucket=way.deployed["OriginalsBucket"], Key=key)["Body"].read()
    box, pixels = gone.face["box"], simplejpeg.decode_jpeg(body, "RGB").astype(int)
    x, y = int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2)
    assert (np.abs(pixels[y - 20 : y + 20, x - 20 : x + 20] - FILL) <= 2).all()
    left = {f["face_id"] for f in gone.editor.get(f"/v1/assets/{gone.shared}")["faces"]}
    assert left == {each["face_id"] for each in gone.others}


def test_r11_the_certificate_is_there(gone: Gone) -> None:
    told = gone.officer.get(f"{PATH}/{gone.erasure_id}/certificate")
    assert told.status == 200


def test_r11_a_picture_by_itself_is_erased_and_an_erasure_can_be_stopped(
    way: Way, photos: Path
) -> None:
    asset_id = way.upload(photos / "composed/trio.jpg")
    way.settled(asset_id)
    begun = way.staff[OFFICER].post(f"/v1/assets/{asset_id}/erasure", {})
    assert begun["asset_id"] == asset_id
    stands(way, asset_erasure(asset_id, "", now()).erasure_id, ErasureState.ERASED)
    assert versions_of(way, asset_id) == []
    other = Gone(way, photos)
    other.stands(ErasureState.PLANNED)
    stopped = other.officer.delete(f"{PATH}/{other.erasure_id}")
    assert stopped["state"] == ErasureState.CANCELLED.value
    assert way.deployed.register.knows(other.person_id)
