"""Before the first picture: sessions, people, and what those signed who did already.

Each goes the way that it would go: staff put people and sessions on record and enter old
forms, whoever is at a session signs by its code, and somebody calls to take it back.

One fact is written past the API, with the rights of whoever runs the local cloud: that a
session was closed, and who attests to it. No function records that yet.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from beeldrecht.domain.channels import Channel
from cli.consents import enter_form, scan_of
from local.demo.organisation import (
    ADDRESSES,
    AT,
    DAYS_AGO,
    ENDS,
    NAMES,
    Gathering,
    Who,
    demo_id,
    signed_on,
)
from local.demo.staff import EDITOR
from local.demo.telling import Telling, grants_of

ON_PAPER: Mapping[Who, tuple[Channel, ...]] = {
    Who.ANNA: (Channel.WEBSITE,),
    Who.WILLEM: (Channel.WEBSITE, Channel.PRINT),
}
"""What is ticked on the forms; these channels last equally long."""
PHOTOGRAPHER = "Fenna Postma"


class Founding:
    """Puts on record what is not."""

    def __init__(
        self,
        telling: Telling,
        output: Path,
        today: date,
        gone: Collection[Who] = (),
    ) -> None:
        self._telling = telling
        self._api = telling.staff[EDITOR]
        self._output = output
        self._today = today
        self._gone = frozenset(gone)
        self._made = 0

    def found(self) -> Mapping[Gathering, str]:
        """Do what is left of it; the sessions by their ids."""
        sessions = self._sessions()
        people = self._telling.people()
        for who in Who:
            if who not in people and who not in self._gone:
                self._come(who, sessions)
        people = self._telling.people()
        for who in (each for each in ADDRESSES if each in people):
            self._reach(who, people[who])
        for who in ON_PAPER:
            self._enter(who, people[who])
        self._take_back(people[Who.SANNE])
        self._attest(sessions[Gathering.STUDIO])
        key = "founded" if self._made else "founded_before"
        self._telling.say(key, count=len(NAMES))
        return sessions

    # -- sessions ----------------------------------------------------------------------

    def _sessions(self) -> dict[Gathering, str]:
        listed = self._api.each("/v1/sessions", "items", limit=100)
        there = {each["title"]: str(each["session_id"]) for each in listed}
        return {each: there.get(each.value) or self._gather(each) for each in Gathering}

    def _gather(self, gathering: Gathering) -> str:
        on = (self._today - timedelta(days=DAYS_AGO[gathering])).isoformat()
        order = {
            "title": gathering.value,
            "on": on,
            "place": "Voorbeeldstad",
            "photographer": PHOTOGRAPHER,
        }
        key = demo_id("session", gathering, on)
        self._made += 1
        return str(self._api.post("/v1/sessions", order, key=key)["session_id"])

    def _attest(self, session_id: str) -> None:
        """Say that nobody but those who signed were there: past the API, see above."""
        library = self._telling.operator.library
        session = library.session(session_id)
        if session is None or session.closed:
            return
        library.save_session(
            replace(
                session,
                closed=True,
                head_count=len(session.roster),
                attested_by=self._telling.staff.user_id(EDITOR),
            )
        )
        self._made += 1

    # -- people ------------------------------------------------------------------------

    def _come(self, who: Who, sessions: Mapping[Gathering, str]) -> None:
        """Somebody comes on record: by signing at a session, or added by staff."""
        self._made += 1
        if who in AT:
            self._sign(who, sessions[AT[who]])
            return
        self._api.post("/v1/people", {"name": NAMES[who]}, key=demo_id("person", who))

    def _reach(self, who: Who, person_id: str) -> None:
        """Say how somebody is reached, unless that is on record."""
        path = f"/v1/people/{person_id}"
        if self._api.get(path)["contact"] is None:
            contact = {"email": ADDRESSES[who], "language": self._telling.language}
            self._api.put(f"{path}/contact", contact)
            self._made += 1

    def _sign(self, who: Who, session_id: str) -> None:
        """Sign by the code of a session; only one may be recognised, who says so."""
        code = self._api.post(f"/v1/sessions/{session_id}/links", {})
        self._telling.page(code["url"]).sign(
            NAMES[who],
            biometric=who is Who.DANIEL,
            attempt=demo_id("attempt", who),
        )
        self._api.delete(f"/v1/sessions/{session_id}/links/{code['link_id']}")

    def _enter(self, who: Who, person_id: str) -> None:
        """Enter the form that somebody signed years ago, with its scan."""
        if self._telling.consents(person_id)["consents"]:
            return
        wording = self._telling.standard()
        [months] = {wording["channels"][channel] for channel in ON_PAPER[who]}
        day = signed_on(self._today + ENDS[who], months)
        order: dict[str, Any] = {
            "wording": wording["wording"],
            "language": "nl",
            "signed_day": day.isoformat(),
            "choices": {
                "channels": [channel.value for channel in ON_PAPER[who]],
                "portrait": False,
                "biometric": False,
            },
            "signer": {"name": NAMES[who], "email": ADDRESSES.get(who)},
        }
        scan = scan_of(self._form(who, day))
        enter_form(self._api, person_id, scan, order, self._telling.store)
        self._made += 1

    def _form(self, who: Who, day: date) -> Path:
        """The scan of a form, drawn once; it appears whole or not at all."""
        path = self._output / "forms" / f"{who}.png"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch = path.with_name(f".{who}.part.png")
            draw_form(who, day).save(scratch)
            scratch.rename(path)
        return path

    def _take_back(self, person_id: str) -> None:
        """Somebody called: staff take back for them everything that can be."""
        if any(
            each["withdrawable"] for each in grants_of(self._telling.consents(person_id))
        ):
            path = f"/v1/people/{person_id}/withdrawals"
            self._api.post(path, {"all": True}, repeatable=True)
            self._made += 1


def draw_form(who: Who, day: date) -> Image.Image:
    """A form as it comes out of a scanner."""
    form = Image.new("L", (827, 1169), 250)
    pen = ImageDraw.Draw(form)
    ticked = [channel for channel in Channel if channel in ON_PAPER[who]]
    lines = [
        "Toestemming voor beeld",
        f"Naam: {NAMES[who]}",
        f"Datum: {day:%d-%m-%Y}",
        *(f"[{'x' if channel in ticked else ' '}] {channel}" for channel in Channel),
        f"Getekend: {NAMES[who]}",
    ]
    font = ImageFont.load_default(28)
    for place, line in enumerate(lines):
        pen.text((80, 90 + 64 * place), line, fill=25, font=font)
    return form
