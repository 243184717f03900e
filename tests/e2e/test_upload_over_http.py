"""The form over a real connection: what a store gets, and how its answers are read."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.intake import PART_BYTES
from cli import sending
from cli.files import Candidate
from cli.sending import StoreBusyError, UploadRefusedError, post, put, send


class Store(ThreadingHTTPServer):
    """Answers with what it is told, then with 204; keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers: list[tuple[int, bytes]] = []
        self.received: list[tuple[str, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/bucket"


class Answering(BaseHTTPRequestHandler):
    server: Store

    def do_POST(self) -> None:
        self._take(self.headers["Content-Type"])

    def do_PUT(self) -> None:
        self._take(self.headers["x-amz-checksum-sha256"])

    def _take(self, header: str) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((header, body))
        status, answer = self.server.answers.pop(0) if self.server.answers else (204, b"")
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("ETag", '"the-tag"')
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # its name there
        """Stay quiet."""


@pytest.fixture
def store() -> Iterator[Store]:
    with Store() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def photo(tmp_path: Path) -> Candidate:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff" + bytes(range(256)) * 1000)
    return Candidate(path, "image/jpeg", path.stat().st_size)


def form(store: Store) -> dict[str, Any]:
    return {"url": store.url, "fields": {"key": "originals/x", "policy": "p"}}


def test_the_store_gets_the_whole_form(store: Store, photo: Candidate) -> None:
    progress: list[int] = []
    post(form(store), photo, progress.append)
    ((kind, body),) = store.received
    assert kind.startswith("multipart/form-data; boundary=")
    assert body.index(b'name="key"') < body.index(b'name="file"')
    assert photo.path.read_bytes() in body
    assert sum(progress) == photo.size
    assert len(progress) > 1


def test_the_store_gets_a_part_alone_and_gives_its_tag(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "large.tif"
    path.write_bytes(b"a" * PART_BYTES + b"the end")
    large = Candidate(path, "image/tiff", path.stat().st_size)
    part = {
        "number": 2,
        "size": 7,
        "url": f"{store.url}?partNumber=2",
        "headers": {"x-amz-checksum-sha256": "digest=="},
    }
    progress: list[int] = []
    assert put(part, large, progress.append) == '"the-tag"'
    assert store.received == [("digest==", b"the end")]
    assert sum(progress) == 7
    store.answers = [(403, b"<Error><Code>AccessDenied</Code></Error>")]
    with pytest.raises(UploadRefusedError, match="AccessDenied"):
        put(part, large, progress.append)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_busy_store_gets_it_again(store: Store, photo: Candidate, status: int) -> None:
    store.answers = [(status, b"<Error><Code>SlowDown</Code></Error>")]
    answer = {"asset_id": "a" * 32, "form": form(store)}
    sent = send(
        photo,
        None,
        lambda _: answer,
        lambda *_: None,
        lambda _: None,
        sending.Store(pause=lambda _: None),
    )
    assert sent == "a" * 32
    assert len(store.received) == 2
    files = [body.split(b"image/jpeg\r\n\r\n")[1][:1000] for _, body in store.received]
    assert files[0] == files[1]


def test_a_timeout_of_the_store_itself_is_worth_another_try(
    store: Store, photo: Candidate
) -> None:
    store.answers = [(400, b"<Error><Code>RequestTimeout</Code></Error>")]
    with pytest.raises(StoreBusyError):
        post(form(store), photo, lambda _: None)


def test_a_refusal_says_the_stores_own_word(store: Store, photo: Candidate) -> None:
    store.answers = [(403, b"<Error><Code>AccessDenied</Code></Error>")]
    with pytest.raises(UploadRefusedError, match="AccessDenied"):
        post(form(store), photo, lambda _: None)


def test_a_store_that_is_not_there_is_busy(photo: Candidate) -> None:
    nowhere = {"url": "http://127.0.0.1:9/bucket", "fields": {}}
    with pytest.raises(StoreBusyError):
        post(nowhere, photo, lambda _: None)
