"""Imports through the API: begun by name, each for who began it, stopped for good."""

import hashlib
from typing import Any

from beeldrecht.domain.access import Role
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.sessions import Origin
from tests.fakes.samples import OTHER, picture_of
from tests.fakes.staff import Staff, as_

SENDER = as_(Role.CONTRIBUTOR)
SOMEBODY_ELSE = as_(Role.CONTRIBUTOR, user_id=OTHER)
ORDER = {"name": "Archief 2009", "count": 2, "origin": "own_picture"}


def file_of(path: str = "a.jpg", **changes: Any) -> dict[str, Any]:
    data = picture_of()
    return {
        "path": path,
        "file_name": path,
        "media_type": "image/jpeg",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        **changes,
    }


def begun(staff: Staff, **changes: Any) -> Any:
    answer = staff.post("/v1/imports", SENDER, {**ORDER, **changes})
    assert answer.status == 201, answer.text
    return answer.json


def test_the_same_name_again_is_the_same_import() -> None:
    staff = Staff()
    first = begun(staff)
    assert begun(staff) == first
    assert first["state"] == "import_open"
    other = staff.post("/v1/imports", SOMEBODY_ELSE, ORDER).json
    assert other["import_id"] != first["import_id"]


def test_the_same_name_with_other_terms_is_refused() -> None:
    staff = Staff()
    begun(staff)
    answer = staff.post("/v1/imports", SENDER, {**ORDER, "origin": "public_web"})
    assert answer.status == 409
    assert answer.json["reason"] == "import_under_other_terms"


def test_files_are_announced_once_and_listed() -> None:
    staff = Staff()
    import_id = begun(staff)["import_id"]
    place = f"/v1/imports/{import_id}"
    body = {"files": [file_of(), file_of("b.jpg", said={"title": "Markt"})]}
    first = staff.post(f"{place}/files", SENDER, body)
    assert first.status == 200, first.text
    assert staff.post(f"{place}/files", SENDER, body).json == first.json
    ids = [each["asset_id"] for each in first.json["files"]]
    assert staff.world.record(ids[0]).announcement.origin is Origin.ARCHIVE
    assert staff.world.record(ids[1]).description.title == "Markt"
    page = staff.get(f"{place}/files", SENDER, query={"limit": "1"}).json
    rest = staff.get(f"{place}/files", SENDER, query={"cursor": page["cursor"]}).json
    listed = [each["asset_id"] for each in (*page["items"], *rest["items"])]
    assert listed == sorted(ids)
    assert staff.get(place, SENDER).json["announced"] == 2


def test_somebody_elses_import_is_not_there() -> None:
    staff = Staff()
    place = f"/v1/imports/{begun(staff)['import_id']}"
    assert staff.get(place, SOMEBODY_ELSE).status == 404
    body = {"files": [file_of()]}
    assert staff.post(f"{place}/files", SOMEBODY_ELSE, body).status == 404
    assert staff.send("DELETE", place, SOMEBODY_ELSE).status == 404


def test_an_import_that_is_stopped_takes_no_more() -> None:
    staff = Staff()
    place = f"/v1/imports/{begun(staff)['import_id']}"
    assert staff.send("DELETE", place, SENDER).json["state"] == "import_stopped"
    answer = staff.post(f"{place}/files", SENDER, {"files": [file_of()]})
    assert (answer.status, answer.json["reason"]) == (409, "import_was_stopped")


def test_a_session_or_collection_that_is_not_there_is_no_place() -> None:
    staff = Staff()
    for name in ("session_id", "collection_id"):
        order = {**ORDER, name: "f" * 32}
        assert staff.post("/v1/imports", SENDER, order).status == 404


def test_into_a_collection_goes_only_what_its_own_may_put_there() -> None:
    staff = Staff()
    closed = Collection("c" * 32, "Gesloten", True, {OTHER: Role.EDITOR}, revision=1)
    staff.services.collections.collections[closed.collection_id] = closed
    order = {**ORDER, "collection_id": closed.collection_id}
    assert staff.post("/v1/imports", SENDER, order).status == 404
    member = as_(Role.EDITOR, user_id=OTHER)
    made = staff.post("/v1/imports", member, order).json
    files = {"files": [file_of()]}
    answer = staff.post(f"/v1/imports/{made['import_id']}/files", member, files)
    (there,) = answer.json["files"]
    record = staff.world.record(there["asset_id"])
    assert record.collection_ids == {closed.collection_id}
