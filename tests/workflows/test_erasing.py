"""R11 on the deployed system: a picture by itself, and an erasure that is stopped.

Every step is the system's own, with every role's rights enforced. The erasure of a person
from end to end is the demonstration's: `test_second_the_demo.py`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from beeldrecht.domain.erasure import ErasureState, asset_erasure, erasure_id
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import original_key
from beeldrecht.domain.time import day_of
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
    planned = other.stands(ErasureState.PLANNED)
    assert {e["asset_id"] for e in planned["pictures"]} == {other.own, other.shared}
    assert planned["found"]["store_consent/person"] == 1
    stopped = other.officer.delete(f"{PATH}/{other.erasure_id}")
    assert stopped["state"] == ErasureState.CANCELLED.value
    assert way.deployed.register.knows(other.person_id)
