"""What every chapter of the demonstration has: staff, somewhere to print, and sight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from cli.pictures import Seen, seen_of
from cli.sending import Store
from cli.stack import Deployed
from cli.tables import channels_in_words, status_of
from cli.web import Send, send
from cli.words import status_name
from local.demo.catalogue import say
from local.demo.organisation import NAMES, People
from local.demo.staff import EDITOR, Staff
from local.demo.subject import SubjectPage


@dataclass
class Telling:
    """Says what happens, in one language."""

    staff: Staff
    operator: Deployed
    """Only for what no function does yet, to wait, and for proving the log."""
    out: Console
    language: str
    send: Send = send
    """How pages without an account are reached."""
    store: Store = field(default_factory=Store)

    def text(self, key: str, **values: object) -> str:
        """A phrase."""
        return say(key, self.language, **values)

    def say(self, key: str, **values: object) -> None:
        """Print a phrase."""
        self.out.print(self.text(key, **values), markup=False, soft_wrap=True)

    def see(self, asset_id: str, name: str = EDITOR) -> Seen:
        """A picture as somebody on the staff sees it now."""
        return seen_of(self.staff[name].get(f"/v1/assets/{asset_id}").body)

    def stands(self, seen: Seen) -> str:
        """Where a picture stands and where it may leave for, in one line."""
        leaves = seen.decision.leaves if seen.decision else {}
        channels = channels_in_words(leaves, self.language).replace("\n", "; ")
        return self.text(
            "leaves",
            status=status_name(status_of(seen), self.language),
            channels=channels or self.text("nowhere"),
        )

    def page(self, link: str) -> SubjectPage:
        """What somebody without an account sees by a link."""
        return SubjectPage(self.staff.address, link, self.language, self.send)

    def people(self) -> People:
        """Everybody of the demonstration who is on record, by name."""
        listed = self.staff[EDITOR].each("/v1/people", "items", limit=100)
        ids = {each["name"]: str(each["person_id"]) for each in listed}
        return {who: ids[name] for who, name in NAMES.items() if name in ids}

    def consents(self, person_id: str) -> Mapping[str, Any]:
        """What somebody was asked, signed and was told."""
        view: Mapping[str, Any]
        view = self.staff[EDITOR].get(f"/v1/people/{person_id}/consents").body
        return view

    def standard(self) -> Mapping[str, Any]:
        """The wording that comes with the system."""
        listed = self.staff[EDITOR].each("/v1/wordings", "items")
        return next(each for each in listed if each["standard"])


def grants_of(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every grant of every document that somebody signed."""
    return [grant for each in view["consents"] for grant in each["grants"]]
