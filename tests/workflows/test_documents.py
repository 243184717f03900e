"""Files that cannot be looked through, deployed: kept, declared, released, fetched."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import new_id
from cli.api import Api, ProblemError
from cli.deciding import release_asset
from cli.fetching import fetch
from cli.files import as_it_is
from cli.outbox import Outbox
from cli.state import Remembered
from cli.uploading import Uploads
from cli.web import send
from local.demo.staff import CONTRIBUTOR, EDITOR, VIEWER, Staff
from tests.fakes.reels import PLACE, TRACKED, film_of, flat, followed, shown
from tests.fakes.samples import LETTER
from tests.workflows.way import Way, until_current

WEBSITE = Channel.WEBSITE


def sent(way: Way, path: Path) -> str:
    """Upload a file as it is, and wait until it was decided on."""
    api = way.staff[CONTRIBUTOR]
    outbox = Outbox(api.address, Remembered("outbox.json", way.folder))
    asset_id = Uploads(api, outbox).send(as_it_is(path), None, lambda _: None)
    way.settled(asset_id)
    return asset_id


def found(view: dict[str, Any]) -> set[str]:
    return {each["id"] for each in view["decision"]["findings"]}


def declare(way: Way, api: Api, asset_id: str, *people: str, stays: bool = False) -> None:
    """Declare of the version that is there, and wait until that was decided on."""
    here = f"/v1/assets/{asset_id}"

    def act() -> None:
        read = api.get(here)
        said = {"people": list(people), "rest_stays": stays}
        api.put(f"{here}/declaration", said, if_match=read.etag)

    until_current(act, "the file to be declared")
    way.settled(asset_id)


def test_r14_a_file_that_nothing_opens_leaves_as_somebody_declared_it(
    way: Way, staff: Staff, tmp_path: Path
) -> None:
    editor, letter = staff[EDITOR], tmp_path / "Brief aan bewoners.docx"
    letter.write_bytes(LETTER)
    asset_id = sent(way, letter)
    here = f"/v1/assets/{asset_id}"
    view = editor.get(here).body
    assert (view["sight"], view["renditions"]) == ("not_seen", ["file"])
    assert found(view) == {"file_undeclared", "not_released"}
    # Who declares looks at it first: bytes to be saved, whatever they are.
    leave = editor.get(f"{here}/renditions/file").body
    reply = send("GET", leave["url"])
    assert reply.data == LETTER
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"].startswith("attachment;")
    made = editor.post("/v1/people", {"name": "Door Verklaard"}, key=new_id())
    declare(way, editor, asset_id, made["person_id"])
    assert "no_grant" in found(editor.get(here).body)
    with pytest.raises(ProblemError) as kept:
        release_asset(editor, asset_id, [WEBSITE])
    assert kept.value.code == "not_releasable"
    declare(way, editor, asset_id)
    release_asset(editor, asset_id, [WEBSITE])
    got = fetch(staff[VIEWER], asset_id, WEBSITE, tmp_path / "got", {"rendition": "file"})
    assert got.path.read_bytes() == LETTER
    (copy,) = editor.get(f"{here}/disclosures")["items"]
    assert (copy["rendition"], copy["channel"]) == ("file", WEBSITE)
    # Somebody is in it after all: what was released was another file.
    declare(way, editor, asset_id, made["person_id"])
    with pytest.raises(ProblemError):
        fetch(editor, asset_id, WEBSITE, tmp_path / "no", {"rendition": "file"})


def test_of_a_document_the_first_page_is_looked_through_and_the_rest_declared(
    way: Way, staff: Staff, photos: Path, tmp_path: Path
) -> None:
    editor, brochure = staff[EDITOR], tmp_path / "brochure.pdf"
    with Image.open(photos / "biden.jpg") as photo:
        page = photo.convert("RGB")
        blank = Image.new("RGB", page.size, "white")
        page.save(brochure, "PDF", save_all=True, append_images=[blank])
    asset_id = sent(way, brochure)
    here = f"/v1/assets/{asset_id}"
    view = editor.get(here).body
    assert view["sight"] == "seen_in_part"
    assert len(view["faces"]) == 1
    assert view["notes"][0] == "first_page_only"
    assert {"file_undeclared", "face_unresolved"} <= found(view)
    declare(way, editor, asset_id, stays=True)
    now = found(editor.get(here).body)
    assert "rest_stays" in now
    assert "face_unresolved" in now
    # A document that is none is refused, with the reason.
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing of the kind")
    refused = way.deployed.library.record(sent(way, broken))
    assert refused is not None
    assert refused.rejection is not None
    assert refused.rejection.reason == "corrupt"


def test_a_film_has_a_poster_and_leaves_as_declared_without_where_it_was_taken(
    way: Way, staff: Staff, photos: Path, tmp_path: Path
) -> None:
    """Black, then somebody: their face is on the poster and in the frames after it."""
    size, path = (480, 360), tmp_path / "Straatfeest.mp4"
    face = shown(photos / "biden.jpg", size)
    sent_film = followed(film_of(path, [*[flat(0, size)] * 4, *[face] * 4]))
    path.write_bytes(sent_film)
    editor, asset_id = staff[EDITOR], sent(way, path)
    here = f"/v1/assets/{asset_id}"
    view = editor.get(here).body
    assert view["sight"] == "seen_in_part"
    assert set(view["renditions"]) == {*("file", "frames", "preview", "thumb", "working")}
    assert {"file_undeclared", "face_unresolved"} <= found(view)
    told = editor.get(f"{here}/film").body
    assert (told["duration_ms"], told["codec"]) == (4_000, "mpeg4")
    assert [each["face_count"] for each in told["frames"]] == [0, 0, 1, 1]
    sheet = send("GET", editor.get(f"{here}/renditions/frames").body["url"])
    assert sheet.data.startswith(b"\xff\xd8")
    # Nobody could tell who is on its poster, and nobody else is in it: now it leaves.
    (one,) = view["faces"]
    declare(way, editor, asset_id)
    read = editor.get(here)
    mark = {"mark": "not_recognisable"}
    editor.put(f"{here}/faces/{one['face_id']}/mark", mark, if_match=read.etag)
    way.settled(asset_id)
    release_asset(editor, asset_id, [WEBSITE])
    got = fetch(staff[VIEWER], asset_id, WEBSITE, tmp_path / "got", {"rendition": "file"})
    left = got.path.read_bytes()
    assert len(left) == len(sent_film)
    assert PLACE in sent_film
    assert PLACE not in left
    assert TRACKED not in left
