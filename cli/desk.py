"""What every command works with: where to print, who is signed in, and the library."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from rich.console import Console

from cli import failures
from cli.api import Api
from cli.names import Names
from cli.pictures import now
from cli.sending import Store
from cli.session import Session
from cli.stack import Deployed
from cli.web import Send, send
from cli.words import say

DONE, NOT_DONE, USAGE, INTERRUPTED = 0, 1, 2, 130


@dataclass
class Desk:
    """One run of the command, for one person in one language."""

    out: Console
    language: str
    session: Session = field(default_factory=Session)
    send: Send = send
    find: Callable[[], Deployed] = Deployed.find
    now: Callable[[], datetime] = now
    store: Store = field(default_factory=Store)

    @cached_property
    def api(self) -> Api:
        """The library, as whoever signed in may see it; raises SignedOutError."""
        return Api(
            self.session.place.address, self.session, self.language, send=self.send
        )

    @cached_property
    def deployed(self) -> Deployed:
        """The deployment itself, for an operator with credentials of the account."""
        return self.find()

    @cached_property
    def names(self) -> Names:
        """People's names, as far as the caller may read them."""
        return Names(self.api)

    def print(self, key: str, **values: object) -> None:
        """Say a phrase, exactly as it is."""
        self.line(say(key, self.language, **values))

    def line(self, text: str) -> None:
        """Print a line, exactly as it is."""
        self.out.print(text, markup=False, highlight=False, soft_wrap=True)

    def sentence(self, error: Exception) -> str:
        """A failure in one sentence."""
        return failures.sentence(error, self.language)
