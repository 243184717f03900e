"""What people have a right to, and get: covered, a copy of their own, called back.

Each chapter looks at what is on record and does what is missing, like all the others.
"""

import io
import json
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from beeldrecht.domain.exports import ExportState, export_id
from beeldrecht.domain.recalls import RecallState
from beeldrecht.domain.subject_requests import SubjectRequestKind, SubjectRequestState
from beeldrecht.domain.time import day_of
from cli.api import Api, ProblemError
from cli.deciding import release_asset
from cli.fetching import fetch, fetched
from cli.progress import bar
from cli.words import channel_name, day
from local.demo.inbox import Inbox
from local.demo.organisation import ADDRESSES, NAMES, People, Who
from local.demo.photos import GIVEN, PARTLY, WITHDRAWN
from local.demo.showing import SHOWN_FOR, here
from local.demo.staff import EDITOR, OFFICER, VIEWER
from local.demo.telling import Telling
from local.demo.waiting import LOOK_EVERY, STALLED, StalledError

EXPORT, RECALL = "/export", "/recall"
REQUESTS = "/v1/subject-requests"
MAIL_COMES = 60.0
"""Seconds in which a mail is made and sent."""
UPHELD = {"outcome": SubjectRequestState.UPHELD.value}


def awaited(
    telling: Telling,
    label: str,
    look: Callable[[], Mapping[str, Any] | None],
    done: Callable[[Mapping[str, Any]], bool] = lambda _: True,
) -> Mapping[str, Any]:
    """Look until it is there and done, and show how far it is.

    Raises StalledError when nothing of it changed for as long as pictures may take.
    """
    with bar(telling.out, telling.text(label), 1) as shown:
        found, moved = look(), time.monotonic()
        while found is None or not done(found):
            if time.monotonic() - moved > STALLED:
                raise StalledError([telling.text(label)])
            far = str(found["state_words"]) if found and "state_words" in found else ""
            shown.note(far.rstrip(".") or telling.text("rights_wait"))
            time.sleep(LOOK_EVERY)
            if (again := look()) != found:
                found, moved = again, time.monotonic()
        shown.advance(1)
    return found


class Rights:
    """A picture that leaves masked, a copy, and a recall."""

    def __init__(
        self,
        telling: Telling,
        inbox: Inbox,
        output: Path,
        people: People,
        on_record: Mapping[str, str],
    ) -> None:
        self._telling = telling
        self._staff = telling.staff
        self._inbox = inbox
        self._output = output
        self._people = people
        self._on_record = on_record

    # -- called back ---------------------------------------------------------------------

    def answer_recall(self) -> None:
        """Have whoever fetched the picture that went dark say that their copy is gone."""
        asset_id = self._on_record[WITHDRAWN]
        if not self._disclosed(asset_id):
            return
        recall = awaited(self._telling, "recalling", lambda: self._recall(asset_id))
        if recall["recall_state"] != RecallState.OPEN:
            self._telling.say("recalled_before", photo=WITHDRAWN)
            return
        copy = self._output / "downloads" / WITHDRAWN
        try:
            link = self._recall_link(asset_id)
        except StalledError:
            # The cloud was started anew and forgot its mails: they say it signed in.
            copy.unlink(missing_ok=True)
            path = f"/v1/recalls/{recall['recall_id']}/acknowledgement"
            self._staff[VIEWER].post(path, repeatable=True)
        else:
            self._telling.say("recalled", photo=WITHDRAWN, link=link)
            copy.unlink(missing_ok=True)
            self._telling.page(link).ask("recall", {"removed": True})
        self._telling.say("recall_answered", photo=WITHDRAWN)

    def _disclosed(self, asset_id: str) -> list[Mapping[str, Any]]:
        """Who received it, as an officer reads it."""
        found = self._staff[OFFICER].get(f"/v1/assets/{asset_id}/disclosures")
        return [
            each
            for each in found["items"]
            if each["recipient_id"] == self._staff.user_id(VIEWER)
        ]

    def _recall(self, asset_id: str) -> Mapping[str, Any] | None:
        return next((e for e in self._disclosed(asset_id) if e["recall_id"]), None)

    def _recall_link(self, asset_id: str) -> str:
        """The link in the viewer's mail about this picture; raises StalledError."""
        began, seen = time.monotonic(), ""
        while time.monotonic() - began < MAIL_COMES:
            link = self._inbox.link(self._staff.email(VIEWER), RECALL)
            if link and link != seen:
                seen = link
                if self._telling.page(link).ask("recall", {})["asset_id"] == asset_id:
                    return link
            time.sleep(LOOK_EVERY)
        raise StalledError([WITHDRAWN])

    # -- masked --------------------------------------------------------------------------

    def leave_masked(self) -> None:
        """Look at a picture in which some are not cleared, as it would leave; release it.

        It is looked at first: what was not seen covered is not released.
        """
        asset_id, editor = self._on_record[PARTLY], self._staff[EDITOR]
        kept = self._output / "masked" / PARTLY
        telling = self._telling
        if not telling.see(asset_id).released:
            shown = editor.get(
                f"/v1/assets/{asset_id}/masked", channel=SHOWN_FOR.value
            ).body
            written(kept, fetched(shown["url"]))
            release_asset(editor, asset_id, [SHOWN_FOR.value], [shown["mask_id"]])
            telling.say(
                "masked",
                photo=PARTLY,
                count=len(shown["faces"]),
                channel=channel_name(SHOWN_FOR, telling.language),
            )
        path = self._output / "downloads" / PARTLY
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            fetch(self._staff[VIEWER], asset_id, SHOWN_FOR, path)
        telling.say("masked_left", photo=PARTLY, path=here(path))

    # -- a copy --------------------------------------------------------------------------

    def give_copy(self) -> None:
        """Let somebody ask for all that is kept of them, and look at what they get."""
        telling, name = self._telling, NAMES[Who.ANNA]
        folder = self._output / "copy"
        if (folder / "data.json").is_file() and self._exports():
            telling.say("copied_before", name=name, path=here(folder))
            return
        self._let_it_be_used()
        if not self._exports():
            telling.say("copy_asked", name=name)
            self._ask_copy()
        asked = self._exports()[0]
        path = f"/v1/exports/{asked['export_id']}"
        officer = self._staff[OFFICER]
        awaited(
            telling,
            "copying",
            lambda: officer.get(path).body,
            lambda export: export["state"] == ExportState.READY,
        )
        try:
            link = self._inbox.awaited(ADDRESSES[Who.ANNA], EXPORT, MAIL_COMES)
        except StalledError:
            officer.post(f"{path}/mail", {}, repeatable=True)
            link = self._inbox.awaited(ADDRESSES[Who.ANNA], EXPORT)
        given = telling.page(link).ask("export", {"confirm": True})
        package = fetched(given["url"])
        with zipfile.ZipFile(io.BytesIO(package)) as files:
            files.extractall(folder)
        self._tell_copy(folder, len(package))

    def _exports(self) -> list[Mapping[str, Any]]:
        """This person's copies, the last one first."""
        found = self._staff[OFFICER].each("/v1/exports", "items", limit=100)
        return [e for e in found if e["person_id"] == self._people[Who.ANNA]]

    def _ask_copy(self) -> None:
        """They ask on their own page, whose link proves who they are; it is upheld."""
        path = f"/v1/people/{self._people[Who.ANNA]}/links"
        link = str(self._staff[EDITOR].post(path, {})["url"])
        asked = self._telling.page(link).ask(
            "ask", {"kind": SubjectRequestKind.EXPORT.value}
        )["request"]
        decision = {**UPHELD, "reason": self._telling.text("rights_reason")}
        officer, request_id = self._staff[OFFICER], asked["request_id"]
        officer.post(f"{REQUESTS}/{request_id}/decision", decision, repeatable=True)
        made = f"/v1/exports/{export_id(request_id)}"
        awaited(self._telling, "deciding_request", lambda: there(officer, made))

    def _let_it_be_used(self) -> None:
        """Release a picture that they are in, and let a viewer fetch it."""
        asset_id = self._on_record[GIVEN]
        if not self._telling.see(asset_id).released:
            release_asset(self._staff[EDITOR], asset_id, [SHOWN_FOR.value])
        path = self._output / "downloads" / GIVEN
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            fetch(self._staff[VIEWER], asset_id, SHOWN_FOR, path)

    def _tell_copy(self, folder: Path, size: int) -> None:
        telling = self._telling
        data = json.loads((folder / "data.json").read_text("utf-8"))
        given = [each for each in data["pictures"] if each["file"]]
        telling.say(
            "copied",
            pictures=len(given),
            covered=sum(each["covered"] for each in given),
            size=f"{size / 1_000_000:.1f}",
            path=here(folder / "index.html"),
        )
        names = {asset_id: name for name, asset_id in self._on_record.items()}
        for picture in given:
            for use in picture["disclosures"]:
                if use["to"] == "staff":
                    telling.say(
                        "copy_tells",
                        photo=names.get(picture["asset_id"], picture["asset_id"]),
                        channel=channel_name(SHOWN_FOR, telling.language),
                        day=day(
                            day_of(datetime.fromisoformat(use["at"])), telling.language
                        ),
                    )


def there(api: Api, path: str) -> Mapping[str, Any] | None:
    """What lies at a path, once it does."""
    try:
        found: Mapping[str, Any] = api.get(path).body
    except ProblemError as error:
        if error.status != 404:
            raise
        return None
    return found


def written(path: Path, data: bytes) -> Path:
    """Write a file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.part")
    scratch.write_bytes(data)
    scratch.rename(path)
    return path
