"""Days and instants as somebody types them; what is none is said in their language."""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime

from beeldrecht.domain.time import AMSTERDAM
from cli.words import say


def day_in(language: str) -> Callable[[str], date]:
    """Read a day, such as 2026-11-23."""

    def read(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            told = say("error_no_day", language, given=text)
            raise argparse.ArgumentTypeError(told) from error

    return read


def instant_in(language: str) -> Callable[[str], datetime]:
    """Read an instant, to the second; by Amsterdam's clock where no zone is typed."""

    def read(text: str) -> datetime:
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            told = say("error_no_instant", language, given=text)
            raise argparse.ArgumentTypeError(told) from error
        at = at.replace(tzinfo=AMSTERDAM) if at.tzinfo is None else at
        return at.astimezone(UTC).replace(microsecond=0)

    return read
