"""Somebody is erased, and it is proven: planned, confirmed, done, certified, checked.

She is on record at the first run alone. Later runs find her erasure, which is on record
for good, and begin nothing: who was erased does not come back.
"""

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from beeldrecht.domain.erasure import ErasureState, PictureOutcome, erasure_id
from beeldrecht.domain.erasure_texts import TextOutcome
from beeldrecht.domain.subject_requests import (
    Identity,
    Received,
    SubjectRequestKind,
    SubjectRequestState,
)
from beeldrecht.domain.time import AMSTERDAM
from cli.commands import main
from cli.desk import Desk
from cli.web import send
from local.demo.organisation import NAMES, People, Who, demo_id
from local.demo.photos import COVERED, ERASED
from local.demo.rights import REQUESTS, UPHELD, awaited, there, written
from local.demo.showing import here
from local.demo.staff import OFFICER, Staff
from local.demo.telling import Telling
from local.demo.waiting import Waiting

ERASURES: Final = "/v1/erasures"
_BEYOND: Final = (ErasureState.CONFIRMED, ErasureState.ERASING, ErasureState.ERASED)
_PLANNED: Final = (ErasureState.PLANNED, *_BEYOND)
_NOTE: Final = "erasure.txt"
_DIGIT: Final = re.compile(rb'(?<="removed":)[0-9]')


def confirmed(staff: Staff, output: Path) -> str | None:
    """The demonstration's erasure, where it can no longer be stopped.

    Its number is noted beside what the demonstration made: whoever is erased, no record
    tells any more whose erasure it was, and there may be others.
    """
    note = output / _NOTE
    if not note.is_file():
        return None
    number = note.read_text(encoding="utf-8")
    found = staff[OFFICER].each(ERASURES, "items", limit=100)
    return next((number for e in found if _is(e, number)), None)


def _is(erasure: Mapping[str, Any], number: str) -> bool:
    return erasure["erasure_id"] == number and erasure["state"] in _BEYOND


class Erasing:
    """The erasure of one person, from what she asks to a proof that anybody can check."""

    def __init__(
        self,
        telling: Telling,
        waiting: Waiting,
        output: Path,
        people: People,
        on_record: Mapping[str, str],
    ) -> None:
        self._telling = telling
        self._officer = telling.staff[OFFICER]
        self._waiting = waiting
        self._output = output
        self._people = people
        self._on_record = on_record

    def erase(self) -> None:
        """Do what is left of it; a run that was killed goes on where it stopped."""
        name = NAMES[Who.ELS]
        number = confirmed(self._telling.staff, self._output)
        if number is not None and self._proof(number).is_file():
            self._telling.say("erased_before", proof=here(self._proof(number)))
            return
        if number is None:
            number = self._upheld(self._people[Who.ELS])
            written(self._output / _NOTE, number.encode())
            self._telling.say("erasure_asked", name=name)
            self._plan(number)
            self._telling.say("erasure_confirmed")
        path = f"{ERASURES}/{number}"
        awaited(
            self._telling,
            "erasing",
            lambda: there(self._officer, path),
            lambda erasure: erasure["state"] == ErasureState.ERASED,
        )
        self._on_record_no_more()
        self._certify(number)

    # -- asked and confirmed -------------------------------------------------------------

    def _upheld(self, person_id: str) -> str:
        """Enter what she asks at the counter, where her passport was seen; uphold it."""
        listed = self._officer.each(REQUESTS, "items", limit=100)
        kind = SubjectRequestKind.ERASURE
        asked = next(
            (e for e in listed if e["person_id"] == person_id and e["kind"] == kind), None
        )
        if asked is None:
            order = {
                "person_id": person_id,
                "kind": kind.value,
                "asked_day": datetime.now(AMSTERDAM).date().isoformat(),
                "received": Received.COUNTER.value,
                "identity": Identity.DOCUMENT_SEEN.value,
            }
            key = demo_id("erase", person_id)
            asked = self._officer.post(REQUESTS, order, key=key).body
        request_id = str(asked["subject_request_id"])
        if asked["state"] != SubjectRequestState.UPHELD:
            decision = {**UPHELD, "reason": self._telling.text("rights_reason")}
            path = f"{REQUESTS}/{request_id}/decision"
            self._officer.post(path, decision, repeatable=True)
        return erasure_id(request_id)

    def _plan(self, number: str) -> None:
        """Keep the picture with somebody else, and confirm: from here on it is final."""
        path = f"{ERASURES}/{number}"
        plan = awaited(
            self._telling,
            "collecting",
            lambda: there(self._officer, path),
            lambda erasure: erasure["state"] in _PLANNED,
        )
        self._telling.say("erasure_planned", found=sum(plan["found"].values()))
        kept = self._on_record[COVERED]
        if plan["state"] == ErasureState.PLANNED:
            wish = {"asset_id": kept, "outcome": PictureOutcome.MASK.value}
            plan = self._officer.put(f"{path}/plan", {"pictures": [wish]}).body
        names = {self._on_record[each]: each for each in (COVERED, ERASED)}
        for each in plan["pictures"]:
            photo = names.get(each["asset_id"], each["asset_id"])
            words = each["outcome_words"]
            self._telling.say("erasure_planned_picture", photo=photo, words=words)
        # Where somebody typed her name, it goes too.
        named = [
            {"text_id": each["text_id"], "outcome": TextOutcome.REDACT.value}
            for each in plan["texts"]
            if each["outcome"] is None
        ]
        if named and plan["state"] == ErasureState.PLANNED:
            self._officer.put(f"{path}/plan", {"texts": named})
        self._officer.post(f"{path}/confirmation", {}, repeatable=True)

    def _on_record_no_more(self) -> None:
        """Wait until the picture that was kept was decided on without her."""
        self._waiting.until("deciding", [self._on_record[COVERED]])
        for shown in (self._output / "previews").glob(f"{self._on_record[COVERED]}.*"):
            shown.unlink()

    # -- proven --------------------------------------------------------------------------

    def _proof(self, number: str) -> Path:
        return self._output / "certificate" / f"{number}.json"

    def _certify(self, number: str) -> None:
        """Write the certificate with its document, and check it with the file alone."""
        told = self._officer.get(f"{ERASURES}/{number}/certificate")
        file = base64.b64decode(told["file"])
        proof = self._proof(number)
        written(proof.with_suffix(".pdf"), base64.b64decode(told["document"]))
        key = written(
            proof.with_name("key.pem"),
            send("GET", f"{self._telling.staff.address}/certificate-key.pem").data,
        )
        # Last: where it is, nothing is left to be done.
        written(proof, file)
        typed = ["verify", "certificate", str(here(proof))]
        typed += ["--public-key", str(here(key))]
        self._telling.say(
            "certified", command=" ".join([".venv/bin/python -m cli", *typed])
        )
        self._typed(*typed)
        changed = written(
            proof.with_name("changed.json"), _DIGIT.sub(_another, file, count=1)
        )
        self._telling.say("certificate_changed")
        self._typed("verify", "certificate", str(changed))
        changed.unlink()

    def _typed(self, *words: str) -> int:
        """Run the command as it is typed, and print what it prints."""
        language = self._telling.language
        return main(["--language", language, *words], Desk(self._telling.out, language))


def _another(digit: re.Match[bytes]) -> bytes:
    return b"8" if digit[0] == b"9" else b"9"
