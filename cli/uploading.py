"""The command `upload`: files to the library, each announced, sent and gone on with."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from cli.api import Api, OddAnswerError, ProblemError
from cli.desk import DONE, NOT_DONE, USAGE, Desk
from cli.files import Candidate, FileRefusedError, as_it_is, candidate
from cli.looking import asset_meant
from cli.outbox import Outbox
from cli.progress import bar
from cli.sending import Store, StoreBusyError, UploadRefusedError, send
from cli.web import UnreachableError
from cli.words import say

AT_ONCE = 4
"""Files that are sent side by side."""
LEAVES = 4
"""How often leave to send is asked for: it may end while a file is on its way."""
_OF_ONE_FILE = (
    UploadRefusedError,
    StoreBusyError,
    ProblemError,
    OddAnswerError,
    UnreachableError,
)
"""What stops one file and no other."""


def upload(desk: Desk, given: argparse.Namespace) -> int:
    """Send files; one failure stops no other.

    What is no picture stays here, unless it is to be kept as it is.
    """
    good: list[Candidate] = []
    refused = 0
    files = list(dict.fromkeys(given.files))
    if given.replaces and len(files) > 1:
        desk.print("replaces_one")
        return USAGE
    replaces = asset_meant(desk, given.replaces) if given.replaces else None
    for path in files:
        try:
            good.append(as_it_is(path) if given.as_is else candidate(path))
        except FileRefusedError as error:
            refused += 1
            desk.print("not_sent", name=path.name, why=desk.sentence(error))
    sent = _send_all(desk, good, given.session, given.origin, replaces)
    refused += len(good) - sent
    if len(files) > 1:
        desk.print("sent_summary", sent=sent, refused=refused)
    if sent and given.origin is None:
        desk.print("sent_origin_unknown")
    return NOT_DONE if refused else DONE


def _send_all(
    desk: Desk,
    files: Sequence[Candidate],
    session_id: str | None,
    origin: str | None,
    replaces: str | None,
) -> int:
    if not files:
        return 0
    uploads = Uploads(desk.api)
    total = sum(file.size for file in files)
    lines: list[tuple[str, dict[str, str]]] = []
    with (
        bar(desk.out, say("uploading", desk.language), total) as shown,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):

        def one(file: Candidate) -> bool:
            shown.note(file.path.name)
            name = file.path.name
            try:
                asset_id = uploads.send(file, session_id, shown.advance, origin, replaces)
            except _OF_ONE_FILE as error:
                lines.append(("not_sent", {"name": name, "why": desk.sentence(error)}))
                return False
            lines.append(("sent", {"name": name, "asset_id": asset_id}))
            return True

        sent = sum(pool.map(one, files))
    for key, values in lines:
        desk.print(key, **values)
    return sent


class Uploads:
    """Sends files to the library of one API, and remembers how far it came."""

    def __init__(
        self, api: Api, outbox: Outbox | None = None, store: Store | None = None
    ) -> None:
        self._api = api
        self._outbox = outbox or Outbox(api.address)
        self._store = store

    def send(
        self,
        file: Candidate,
        session_id: str | None,
        on_bytes: Callable[[int], object],
        origin: str | None = None,
        replaces: str | None = None,
    ) -> str:
        """Announce a file and send it; the id of the asset that it becomes.

        `origin` is where it comes from (`own_picture`, `public_web`); None: unknown.
        `replaces` is the picture of which it is a newer file.

        Safe to repeat after any failure and after being killed: the same picture is gone
        on with. A leave to send that ended meanwhile is asked for again.
        """
        for again in range(LEAVES):
            one = _Upload(self._api, self._outbox, file.path, on_bytes, replaces)
            try:
                asset_id = send(
                    file,
                    session_id,
                    one.request,
                    one.complete,
                    one.on_bytes,
                    self._store,
                    origin,
                )
            except UploadRefusedError:
                one.take_back()
                if again == LEAVES - 1:
                    raise
            else:
                self._outbox.done(file.path, one.announced)
                return asset_id
        raise AssertionError("a loop that returns or raises has ended")


class _Upload:
    """One try of one file."""

    def __init__(
        self,
        api: Api,
        outbox: Outbox,
        path: Path,
        on_bytes: Callable[[int], object],
        replaces: str | None,
    ) -> None:
        # What is left out replaces nothing.
        self._more = {"replaces": replaces} if replaces else {}
        self._api = api
        self._outbox = outbox
        self._path = path
        self._on_bytes = on_bytes
        self._shown = 0
        self.announced: Mapping[str, Any] = {}

    def request(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Ask for leave to send; what is there already counts as sent."""
        self.announced = event = {**event, **self._more}
        leave = self._leave(event)
        parts = (leave.get("multipart") or {}).get("parts", [])
        missing = event["size"] if leave.get("form") else sum(p["size"] for p in parts)
        self.on_bytes(event["size"] - missing)
        return leave

    def _leave(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Go on with what an earlier run began, where the library knows of it."""
        begun = self._outbox.begin(self._path, event)
        if begun.asset_id:
            try:
                return dict(self._api.get(f"/v1/uploads/{begun.asset_id}").body)
            except ProblemError as error:
                if error.status != 404:
                    raise
            self._outbox.done(self._path, event)
            begun = self._outbox.begin(self._path, event)
        leave = dict(self._api.post("/v1/uploads", event, key=begun.key).body)
        self._outbox.note(self._path, event, leave["asset_id"])
        return leave

    def complete(self, asset_id: str, sent: Mapping[str, Any]) -> None:
        """Have the parts put together."""
        self._api.post(f"/v1/uploads/{asset_id}/complete", sent, repeatable=True)

    def on_bytes(self, count: int) -> None:
        """So much more was sent."""
        self._shown += count
        self._on_bytes(count)

    def take_back(self) -> None:
        """Nothing of this try counts."""
        self._on_bytes(-self._shown)
