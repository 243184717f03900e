"""Uploads through the API: announced, sent, gone on with after being killed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import cli.uploading
from beeldrecht.domain.access import Role
from beeldrecht.domain.intake import PART_BYTES
from beeldrecht.domain.sessions import Origin
from cli.commands import DONE, NOT_DONE
from cli.files import Candidate
from cli.outbox import KEY_LIVES, PICTURE_WAITS, Outbox
from cli.sending import Store, StoreBusyError, UploadRefusedError
from cli.uploading import LEAVES, Uploads
from tests.fakes.samples import ANN, picture_of
from tests.fakes.world import World
from tests.unit.cli.desks import Nowhere, Office


class Killed(BaseException):
    """The process is gone."""


class Bucket:
    """The store that forms and part addresses lead to: the fake originals of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stops: list[BaseException] = []
        """What happens instead of a sending, one by one; None of it arrives."""
        self.stops_after: list[BaseException] = []
        """What happens once a sending has arrived."""
        self.parts_sent: list[int] = []
        self.forms_sent = 0
        self.store = Store(self.post, self.put, lambda _: None)

    def post(self, form: Mapping[str, Any], file: Candidate, on_bytes: Any) -> None:
        if file.path.stem == "busy":
            raise StoreBusyError
        if self.stops:
            raise self.stops.pop(0)
        key = form["fields"]["key"]
        self.world.originals.put(key.rpartition("/")[2], file.path.read_bytes())
        self.forms_sent += 1
        on_bytes(file.size)
        if self.stops_after:
            raise self.stops_after.pop(0)

    def put(self, part: Mapping[str, Any], file: Candidate, on_bytes: Any) -> str:
        if self.stops:
            raise self.stops.pop(0)
        number = part["number"]
        asset_id, upload_id = _where(part["url"])
        start = (number - 1) * PART_BYTES
        data = file.path.read_bytes()[start : start + part["size"]]
        self.world.originals.put_part(asset_id, upload_id, number, data)
        self.parts_sent.append(number)
        on_bytes(part["size"])
        if self.stops_after:
            raise self.stops_after.pop(0)
        stored = self.world.originals.stored_parts(asset_id, upload_id) or ()
        return next(each.etag for each in stored if each.part.number == number)


def _where(url: str) -> tuple[str, str]:
    """Asset and upload in the address that the fake store gives out."""
    key, query = url.split("?")
    return key.rpartition("/")[2], query.split("&")[0]


@pytest.fixture
def office() -> Office:
    return Office(World()).be(Role.CONTRIBUTOR)


@pytest.fixture
def bucket(office: Office, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """What the command `upload` sends to, with an outbox that no file holds."""
    made, outbox = Bucket(office.world), Outbox(office.desk.api.address, Nowhere())

    def uploads(api: Any) -> Uploads:
        return Uploads(api, outbox, made.store)

    monkeypatch.setattr(cli.uploading, "Uploads", uploads)
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture_of())
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.tif"
    path.write_bytes(b"II*\x00" + b"a" * (2 * PART_BYTES))
    return path


def arrived(office: Office) -> list[str]:
    return [a for a in office.world.library.rows if office.world.originals.exists(a)]


def test_upload_sends_the_good_files_and_names_the_others(
    tmp_path: Path, office: Office, bucket: Bucket
) -> None:
    for name, content in {
        "good.jpg": picture_of(),
        "busy.jpg": picture_of(),
        "text.jpg": b"just words",
        "notes.txt": b"just words",
    }.items():
        (tmp_path / name).write_bytes(content)
    names = ("good.jpg", "busy.jpg", "text.jpg", "notes.txt", "gone.jpg")
    assert office.run("upload", *(str(tmp_path / n) for n in names)) == NOT_DONE
    (asset_id,) = arrived(office)
    assert f"good.jpg: sent as {asset_id}" in office.said
    assert "busy.jpg: not sent: the store does not answer" in office.said
    assert "text.jpg: not sent: its content is no picture" in office.said
    assert "notes.txt: not sent: this kind of file" in office.said
    assert "gone.jpg: not sent: there is no such file" in office.said
    assert "1 sent, 4 not" in office.said


def test_who_uploads_is_who_signed_in(
    photo: Path, office: Office, bucket: Bucket
) -> None:
    assert office.run("upload", str(photo), "--session", ANN) == DONE
    (asset_id,) = arrived(office)
    said = office.world.record(asset_id).announcement
    assert said.uploader_id == office.user_id
    assert said.session_id == ANN
    assert said.media_type == "image/jpeg"


@pytest.mark.parametrize("said", [Origin.OWN, Origin.PUBLIC_WEB, None])
def test_where_it_comes_from_is_passed_on_and_unsaid_is_unknown(
    said: Origin | None, photo: Path, office: Office, bucket: Bucket
) -> None:
    option = [] if said is None else ["--origin", said.value]
    assert office.run("upload", str(photo), *option) == DONE
    (asset_id,) = arrived(office)
    assert office.world.record(asset_id).announcement.origin is said
    assert ("looks for nobody" in office.said) == (said is None)


def test_nobody_says_at_the_upload_that_it_is_an_archive(
    photo: Path, office: Office, bucket: Bucket
) -> None:
    with pytest.raises(SystemExit):
        office.run("upload", str(photo), "--origin", Origin.ARCHIVE.value)
    assert arrived(office) == []


def test_one_file_that_is_named_twice_is_sent_once(
    photo: Path, office: Office, bucket: Bucket
) -> None:
    assert office.run("upload", str(photo), str(photo)) == DONE
    assert bucket.forms_sent == 1


def test_the_same_file_another_time_is_another_picture(
    photo: Path, office: Office, bucket: Bucket
) -> None:
    for _ in range(2):
        assert office.run("upload", str(photo)) == DONE
    assert len(arrived(office)) == 2


def test_a_viewer_uploads_nothing(photo: Path, office: Office, bucket: Bucket) -> None:
    office.be(Role.VIEWER)
    assert office.run("upload", str(photo)) == NOT_DONE
    assert "Your role does not do this" in office.said
    assert office.world.library.rows == {}


@pytest.mark.parametrize("place", ["stops", "stops_after"])
def test_killed_half_way_the_next_run_goes_on_with_the_same_picture(
    photo: Path, office: Office, bucket: Bucket, place: str
) -> None:
    getattr(bucket, place).append(Killed())
    with pytest.raises(Killed):
        office.run("upload", str(photo))
    assert office.run("upload", str(photo)) == DONE
    assert len(office.world.library.rows) == 1
    assert bucket.forms_sent == 1


@pytest.mark.parametrize("place", ["stops", "stops_after"])
def test_killed_among_its_parts_a_large_file_is_not_sent_from_the_start(
    large: Path, office: Office, bucket: Bucket, place: str
) -> None:
    def kill(part: Mapping[str, Any], file: Candidate, on_bytes: Any) -> str:
        if part["number"] == 2:
            getattr(bucket, place).append(Killed())
        return Bucket.put(bucket, part, file, on_bytes)

    store = bucket.store
    bucket.store = Store(bucket.post, kill, lambda _: None)
    with pytest.raises(Killed):
        office.run("upload", str(large))
    bucket.store = store
    assert office.run("upload", str(large)) == DONE
    assert sorted(bucket.parts_sent) == [1, 2, 3]
    (asset_id,) = arrived(office)
    assert f"sent as {asset_id}" in office.said


def test_leave_that_ended_on_the_way_is_asked_for_again(
    large: Path, office: Office, bucket: Bucket
) -> None:
    bucket.stops = [UploadRefusedError("AccessDenied") for _ in range(LEAVES - 1)]
    assert office.run("upload", str(large)) == DONE
    assert len(office.world.library.rows) == 1
    assert bucket.parts_sent == [1, 2, 3]


def test_what_is_refused_again_and_again_is_given_up(
    photo: Path, office: Office, bucket: Bucket
) -> None:
    bucket.stops = [UploadRefusedError("EntityTooLarge") for _ in range(LEAVES)]
    assert office.run("upload", str(photo)) == NOT_DONE
    assert "the store refused it (EntityTooLarge)" in office.said


# -- what is remembered ------------------------------------------------------------------

ANNOUNCED = {"file_name": "a.jpg", "sha256": "0" * 64}


def test_a_key_lives_shorter_here_than_in_the_library() -> None:
    at = 1_000_000.0
    outbox = Outbox("https://x", Nowhere(), lambda: at)
    first = outbox.begin(Path("a.jpg"), ANNOUNCED)
    at += KEY_LIVES - 1
    assert outbox.begin(Path("a.jpg"), ANNOUNCED) == first
    at += 1
    assert outbox.begin(Path("a.jpg"), ANNOUNCED).key != first.key


def test_a_picture_that_was_begun_is_remembered_for_days() -> None:
    at = 1_000_000.0
    outbox = Outbox("https://x", Nowhere(), lambda: at)
    outbox.begin(Path("a.jpg"), ANNOUNCED)
    outbox.note(Path("a.jpg"), ANNOUNCED, ANN)
    at += PICTURE_WAITS - 1
    assert outbox.begin(Path("a.jpg"), ANNOUNCED).asset_id == ANN
    at += 1
    assert outbox.begin(Path("a.jpg"), ANNOUNCED).asset_id is None


def test_another_library_another_place_or_another_content_is_another_upload() -> None:
    memory = Nowhere()
    outbox, other = Outbox("https://x", memory), Outbox("https://y", memory)
    keys = {
        outbox.begin(Path("a.jpg"), ANNOUNCED).key,
        other.begin(Path("a.jpg"), ANNOUNCED).key,
        outbox.begin(Path("b.jpg"), ANNOUNCED).key,
        outbox.begin(Path("a.jpg"), {**ANNOUNCED, "sha256": "1" * 64}).key,
    }
    assert len(keys) == 4
    assert "a.jpg" not in str(memory.read())
