"""The form is what a browser sends, and a busy store is tried again."""

from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

import pytest

from cli.files import Candidate
from cli.sending import (
    PAUSE,
    TRIES,
    FormBody,
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


class Store:
    """Refuses as often as it is told, half-way through the file."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals = list(refusals)
        self.forms: list[Any] = []

    def __call__(self, form: Any, candidate: Candidate, on_bytes: Any) -> None:
        self.forms.append(form)
        if self.refusals:
            on_bytes(candidate.size // 2)
            raise self.refusals.pop(0)
        on_bytes(candidate.size)


def sent_with(
    store: Store, photo: Candidate
) -> tuple[str, list[dict[str, Any]], int, list[float]]:
    asked: list[dict[str, Any]] = []
    pauses: list[float] = []
    progress: list[int] = []

    def request(event: Any) -> dict[str, Any]:
        asked.append(event)
        return {"asset_id": ASSET, "form": FORM}

    asset_id = send(photo, "u" * 32, None, request, progress.append, store, pauses.append)
    return asset_id, asked, sum(progress), pauses


def test_a_file_is_announced_once_and_posted_with_its_form(photo: Candidate) -> None:
    asset_id, asked, progress, pauses = sent_with(Store(), photo)
    assert asset_id == ASSET
    assert asked == [
        {
            "file_name": photo.path.name,
            "media_type": "image/jpeg",
            "size": photo.size,
            "uploader_id": "u" * 32,
            "session_id": None,
        }
    ]
    assert progress == photo.size
    assert pauses == []


def test_a_busy_store_is_tried_again_with_the_same_form(photo: Candidate) -> None:
    store = Store(*(StoreBusyError() for _ in range(TRIES - 1)))
    _, asked, progress, pauses = sent_with(store, photo)
    assert len(asked) == 1
    assert store.forms == [FORM] * TRIES
    assert progress == photo.size  # what was sent in vain is taken off the bar
    assert pauses == [PAUSE, PAUSE * 2, PAUSE * 4]


def test_a_store_that_stays_busy_is_given_up(photo: Candidate) -> None:
    with pytest.raises(StoreBusyError):
        sent_with(Store(*(StoreBusyError() for _ in range(TRIES))), photo)


def test_a_refused_form_is_not_tried_again(photo: Candidate) -> None:
    store = Store(UploadRefusedError("EntityTooLarge"))
    with pytest.raises(UploadRefusedError, match="EntityTooLarge"):
        sent_with(store, photo)
    assert len(store.forms) == 1
