"""What goes dark soon, counted for those who released it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.time import day_of, midnight
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather

AHEAD = 30
"""Days before pictures go dark at which staff are told."""
MISSED = 3
"""Days for which a sweep that could not run makes up."""
MORNING = timedelta(hours=6)
"""Nobody reads a digest at midnight."""


class Ends(Protocol):
    """A grant that ends."""

    @property
    def person_id(self) -> str:
        """Whose it is."""
        ...


class Documents(Protocol):
    """What people signed."""

    def ending(self, first: datetime, last: datetime) -> Iterator[Ends]:
        """Every grant that ends from the first through the last instant."""
        ...


class Appearances(Protocol):
    """In which pictures somebody is."""

    def confirmed_in(self, person_id: str) -> frozenset[str]:
        """The pictures in which a person said who this is."""
        ...


def digests(
    library: Pictures,
    register: Register,
    bases: Bases,
    documents: Documents,
    appearances: Appearances,
    at: datetime,
) -> Iterator[Mail]:
    """The digest of each day that is to be told now, one for each who released something.

    Its id follows from the day and the reader, so it is told once, however often it is
    made; it holds counts and words of ours alone.
    """
    today = day_of(at)
    if at < midnight(today) + MORNING:
        today -= timedelta(days=1)
    for missed in range(MISSED):
        dark_on = today + timedelta(days=AHEAD - missed)
        found = _going_dark(library, register, bases, documents, appearances, dark_on, at)
        for user_id, counts in sorted(found.items()):
            day = dark_on.isoformat()
            yield Mail(
                mail_id(MailKind.DIGEST, user_id, day),
                MailKind.DIGEST,
                to=user_id,
                created_at=at,
                about={
                    "day": day,
                    "days": str(AHEAD - missed),
                    **{channel.value: str(n) for channel, n in sorted(counts.items())},
                },
                to_staff=True,
            )


def _going_dark(
    library: Pictures,
    register: Register,
    bases: Bases,
    documents: Documents,
    appearances: Appearances,
    dark_on: date,
    at: datetime,
) -> dict[str, Counter[Channel]]:
    """By who released them: pictures on a channel that leave now and not that day.

    By the rule that decides on every use, asked for both instants; so a consent that was
    renewed, or never was the only ground, darkens nothing.
    """
    first = midnight(dark_on)
    last = midnight(dark_on + timedelta(days=1)) - timedelta(microseconds=1)
    people = {each.person_id for each in documents.ending(first, last)}
    pictures = {a for person_id in people for a in appearances.confirmed_in(person_id)}
    found: dict[str, Counter[Channel]] = {}
    for asset_id in pictures:
        picture = library.picture(asset_id)
        if picture is None or picture[0].refused or picture[1].release is None:
            continue
        _, asset, known = picture
        facts = gather(asset, known, register, bases, at)
        dark = decide(facts, at).leaves.keys() - decide(facts, last).leaves.keys()
        if dark:
            found.setdefault(picture[1].release.released_by, Counter()).update(dark)
    return found
