"""The life of one consent: asked by mail, signed, a picture ready; taken back, and dark.

Nothing here starts what follows from it: the mails, the decisions and the dark picture
come of themselves, and this waits for them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli.deciding import release_asset
from cli.fetching import fetch
from cli.pictures import Seen
from local.demo.inbox import Inbox
from local.demo.organisation import ADDRESSES, NAMES, People, Who, demo_id
from local.demo.photos import WITHDRAWN
from local.demo.showing import SHOWN_FOR
from local.demo.staff import EDITOR, VIEWER
from local.demo.subject import OWN_PAGE, SIGN
from local.demo.telling import Telling, grants_of
from local.demo.waiting import StalledError, Waiting

COPY_COMES = 60.0
"""Seconds in which the signed copy is made and sent."""


class Consenting:
    """Everything between a question and a picture that is dark again."""

    def __init__(
        self,
        telling: Telling,
        inbox: Inbox,
        waiting: Waiting,
        people: People,
        on_record: Mapping[str, str],
        output: Path,
    ) -> None:
        self._telling = telling
        self._api = telling.staff[EDITOR]
        self._inbox = inbox
        self._waiting = waiting
        self._people = people
        self._on_record = on_record
        self._output = output

    def live(self) -> None:
        """Do what is left of it; a run that was killed goes on where it stopped."""
        self._ask(Who.HENK, WITHDRAWN)
        self._sign()
        self._release()
        self._take_back()
        self._ask(Who.MARC)

    # -- asked, and signed ---------------------------------------------------------------

    def _ask(self, who: Who, *photos: str) -> None:
        """Let the editor ask somebody by mail, with the pictures that it is about."""
        view = self._view(who)
        if view["requests"] or view["consents"]:
            return
        order = {
            "people": [{"person_id": self._people[who]}],
            "wording": self._telling.standard()["wording"],
            "delivery": "link",
            "pictures": [self._on_record[photo] for photo in photos],
        }
        answer = self._api.post("/v1/consent-requests", order, key=demo_id("ask", who))
        if problem := answer["items"][0]["problem"]:
            raise StalledError([f"{NAMES[who]}: {problem['words']}"])
        self._inbox.awaited(ADDRESSES[who], SIGN)
        self._telling.say("asked", name=NAMES[who], address=ADDRESSES[who])
        self._telling.say("in_the_inbox", inbox=self._inbox.address)

    def _sign(self) -> None:
        """Open the link in the mail, sign every channel, and wait for the picture."""
        telling, name = self._telling, NAMES[Who.HENK]
        if self._view(Who.HENK)["consents"]:
            telling.say("signed_before", name=name)
            return
        before = telling.stands(self._seen())
        link = self._inbox.link(ADDRESSES[Who.HENK], SIGN) or self._reminded()
        telling.say("opens", name=name, link=link)
        telling.page(link).sign(name)
        telling.say("signed", name=name, photo=WITHDRAWN)
        telling.say("before", decision=before)
        self._decided()
        telling.say("after", decision=telling.stands(self._seen()))

    def _reminded(self) -> str:
        """Another link, where the cloud was started anew and forgot its mails."""
        [asked] = self._view(Who.HENK)["requests"]
        path = f"/v1/consent-requests/{asked['request_id']}/reminders"
        self._api.post(path, repeatable=True)
        return self._inbox.awaited(ADDRESSES[Who.HENK], SIGN)

    # -- released, and taken back --------------------------------------------------------

    def _release(self) -> None:
        """Release the picture, as long as the consent for it stands."""
        taken_back = any(g["withdrawn_at"] for g in grants_of(self._view(Who.HENK)))
        self._decided()
        if taken_back or self._seen().released:
            return
        telling, before = self._telling, self._telling.stands(self._seen())
        release_asset(self._api, self._on_record[WITHDRAWN])
        telling.say("released", photo=WITHDRAWN)
        telling.say("before", decision=before)
        telling.say("after", decision=telling.stands(self._seen()))
        path = self._output / "downloads" / WITHDRAWN
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            fetch(telling.staff[VIEWER], self._on_record[WITHDRAWN], SHOWN_FOR, path)
        telling.say("fetched_first", photo=WITHDRAWN)

    def _take_back(self) -> None:
        """Take all of it back on one's own page: dark from the answer on."""
        telling, name = self._telling, NAMES[Who.HENK]
        if not any(each["withdrawable"] for each in grants_of(self._view(Who.HENK))):
            telling.say("withdrawn_before", name=name)
            self._decided()
            return
        before, link = telling.stands(self._seen()), self._own_page()
        telling.say("own_page", name=name, link=link)
        telling.page(link).ask("withdraw", {"all": True})
        telling.say("withdrawn", name=name, photo=WITHDRAWN)
        telling.say("before", decision=before)
        telling.say("after", decision=telling.stands(self._seen()))
        self._decided()

    def _own_page(self) -> str:
        """The link that came with the signed copy, or another one that staff make."""
        try:
            return self._inbox.awaited(ADDRESSES[Who.HENK], OWN_PAGE, COPY_COMES)
        except StalledError:
            # The cloud was started anew and forgot its mails, or this one never came.
            path = f"/v1/people/{self._people[Who.HENK]}/links"
            return str(self._api.post(path, {})["url"])

    # -- inside --------------------------------------------------------------------------

    def _view(self, who: Who) -> Mapping[str, Any]:
        return self._telling.consents(self._people[who])

    def _seen(self) -> Seen:
        return self._telling.see(self._on_record[WITHDRAWN])

    def _decided(self) -> None:
        """Wait until all of this person's pictures were decided on since then."""
        facts = [
            datetime.fromisoformat(said)
            for each in self._view(Who.HENK)["consents"]
            for said in (
                each["signed_at"],
                *(grant["withdrawn_at"] for grant in each["grants"]),
            )
            if said
        ]
        since = max(facts, default=_LONG_AGO)
        library = self._telling.operator.library

        def decided(asset_id: str) -> bool:
            cached = library.cached_decision(asset_id)
            return cached is not None and datetime.fromisoformat(cached["at"]) >= since

        theirs = {a for a, _ in library.appearances_of(self._people[Who.HENK])}
        self._waiting.until(
            "deciding", theirs, lambda summary: decided(summary["asset_id"])
        )


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
