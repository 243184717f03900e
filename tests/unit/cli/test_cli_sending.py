"""The form is what a browser sends, and a busy store is tried again."""

import hashlib
from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.intake import PART_BYTES
from cli.files import Candidate
from cli.sending import (
    PAUSE,
    TRIES,
    FormBody,
    Store,
    StoreBusyError,
    UploadRefusedError,
    send,
)

ASSET = "a" * 32
FORM = {"url": "https://bucket/", "fields": {"key": "originals/x", "policy": "p=="}}


@pytest.fixture
def photo(tmp_path: Path) -> Candidate:
    path = tmp_path / 'a "b".jpg'
    path.write_bytes(bytes(range(256)) * 700)
    return Candidate(path, "image/jpeg", path.stat().st_size)


def parts(body: FormBody) -> list[tuple[str, str | None, bytes]]:
    """Read the form with another parser than the writer's."""
    head = f"Content-Type: multipart/form-data; boundary={body.boundary}\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head.encode() + b"".join(body))
    found = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = part.get_param("name", header="content-disposition")
        found.append((str(name), part.get_filename(), content))
    return found


def test_the_fields_come_first_and_the_file_last(photo: Candidate) -> None:
    with photo.path.open("rb") as file:
        body = FormBody(FORM["fields"], photo, file, lambda _: None)  # type: ignore[arg-type]
        found = parts(body)
    assert [name for name, _, _ in found] == ["key", "policy", "file"]
    assert found[0][2] == b"originals/x"
    assert found[2][1] == "a %22b%22.jpg"
    assert found[2][2] == photo.path.read_bytes()


def test_the_announced_length_is_the_length(photo: Candidate) -> None:
    counted: list[int] = []
    with photo.path.open("rb") as file:
        body = FormBody({"key": "é"}, photo, file, counted.append)
        assert len(b"".join(body)) == body.length
    assert sum(counted) == photo.size


class Busy:
    """A store that refuses as often as it is told, half-way through what is sent."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals = list(refusals)
        self.sent: list[Any] = []
        self.pauses: list[float] = []
        self.store = Store(self.post, self.put, self.pauses.append)

    def post(self, form: Mapping[str, Any], candidate: Candidate, on_bytes: Any) -> None:
        self._take(form, candidate.size, on_bytes)

    def put(self, part: Mapping[str, Any], candidate: Candidate, on_bytes: Any) -> str:
        self._take(part, part["size"], on_bytes)
        return f"tag-{part['number']}"

    def _take(self, what: Any, size: int, on_bytes: Any) -> None:
        self.sent.append(what)
        if self.refusals:
            on_bytes(size // 2)
            raise self.refusals.pop(0)
        on_bytes(size)


class Desk:
    """Answers with leave to send, and hears what was completed."""

    def __init__(self, **leave: Any) -> None:
        self.leave = leave
        self.asked: list[dict[str, Any]] = []
        self.completed: list[tuple[str, Any]] = []
        self.progress: list[int] = []

    def request(self, event: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(dict(event))
        return {"asset_id": ASSET, **self.leave}

    def complete(self, asset_id: str, what: Mapping[str, Any]) -> None:
        self.completed.append((asset_id, what))

    def send(self, file: Candidate, busy: Busy) -> str:
        return send(
            file, None, self.request, self.complete, self.progress.append, busy.store
        )


def test_a_file_is_announced_once_and_posted_with_its_form(photo: Candidate) -> None:
    desk, busy = Desk(form=FORM, multipart=None), Busy()
    assert desk.send(photo, busy) == ASSET
    assert desk.asked == [
        {
            "file_name": photo.path.name,
            "media_type": "image/jpeg",
            "size": photo.size,
            "sha256": hashlib.sha256(photo.path.read_bytes()).hexdigest(),
            "part_sha256": [],
            "session_id": None,
        }
    ]
    assert busy.sent == [FORM]
    assert sum(desk.progress) == photo.size
    assert busy.pauses == []
    assert desk.completed == []


def test_a_busy_store_is_tried_again_with_the_same_form(photo: Candidate) -> None:
    desk, busy = Desk(form=FORM), Busy(*(StoreBusyError() for _ in range(TRIES - 1)))
    desk.send(photo, busy)
    assert len(desk.asked) == 1
    assert busy.sent == [FORM] * TRIES
    assert sum(desk.progress) == photo.size  # what was sent in vain is taken off the bar
    assert busy.pauses == [PAUSE, PAUSE * 2, PAUSE * 4]


def test_a_store_that_stays_busy_is_given_up(photo: Candidate) -> None:
    busy = Busy(*(StoreBusyError() for _ in range(TRIES)))
    with pytest.raises(StoreBusyError):
        Desk(form=FORM).send(photo, busy)
    assert busy.refusals == []


def test_a_refused_form_is_not_tried_again(photo: Candidate) -> None:
    busy = Busy(UploadRefusedError("EntityTooLarge"))
    with pytest.raises(UploadRefusedError, match="EntityTooLarge"):
        Desk(form=FORM).send(photo, busy)
    assert len(busy.sent) == 1


# -- in parts --------------------------------------------------------------------------

SIZES = (PART_BYTES, PART_BYTES, 3)
PARTS = [{"number": n, "size": size} for n, size in enumerate(SIZES, start=1)]
MULTIPART = {"upload_id": "the-upload", "parts": PARTS}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    path = tmp_path_factory.mktemp("large") / "large.tif"
    path.write_bytes(b"a" * PART_BYTES + b"b" * PART_BYTES + b"end")
    return Candidate(path, "image/tiff", path.stat().st_size)


def test_a_large_file_is_sent_part_by_part_and_then_completed(large: Candidate) -> None:
    desk, busy = Desk(form=None, multipart=MULTIPART), Busy()
    assert desk.send(large, busy) == ASSET
    digests = [
        hashlib.sha256(part).hexdigest()
        for part in (b"a" * PART_BYTES, b"b" * PART_BYTES, b"end")
    ]
    assert desk.asked[0]["part_sha256"] == digests
    assert busy.sent == PARTS
    tags = [{"number": n, "etag": f"tag-{n}"} for n in (1, 2, 3)]
    assert desk.completed == [(ASSET, {"upload_id": "the-upload", "parts": tags})]
    assert sum(desk.progress) == large.size


def test_only_the_part_that_met_a_busy_store_is_sent_again(large: Candidate) -> None:
    desk, busy = Desk(multipart=MULTIPART), Busy(StoreBusyError())
    desk.send(large, busy)
    assert [part["number"] for part in busy.sent] == [1, 1, 2, 3]
    assert sum(desk.progress) == large.size
    assert len(desk.completed) == 1


def test_what_was_not_sent_whole_is_not_completed(large: Candidate) -> None:
    desk, busy = Desk(multipart=MULTIPART), Busy(UploadRefusedError("AccessDenied"))
    with pytest.raises(UploadRefusedError):
        desk.send(large, busy)
    assert desk.completed == []
