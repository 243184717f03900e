"""Wordings with their versions, in the `consent` table: added, never changed."""

from dataclasses import asdict
from typing import Any

from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.wordings import Wording, WordingText

from . import keys
from .binding import bind
from .consent_items import ConsentItem
from .consent_lists import listed
from .consent_pages import WordingPage
from .errors import ActRefusedError
from .pages import place
from .trail import Trail

_PARAGRAPHS = "notice"


class WordingItem(ConsentItem, discriminator="wording"):
    """A wording and the number of its latest version, listed from its first day on."""

    wording_id = UnicodeAttribute()
    version = NumberAttribute()


class WordingVersionItem(ConsentItem, discriminator="wording_version"):
    """One version, whole."""

    wording_id = UnicodeAttribute()
    version = NumberAttribute()
    texts = JSONAttribute()
    offer = JSONAttribute()
    created_by = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()


class Wordings:
    """The repository of wordings."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail

    def add(self, wording: Wording, entry: NewEntry) -> bool:
        """Record the next version with its entry; False when it is not the next one.

        Versions are counted from 1 without gaps: of two people who write the same next
        version at once, one has to look at what the other wrote.
        """
        pk = keys.wording(wording.wording_id)

        def write(act: TransactWrite) -> None:
            act.save(_item_of(wording), condition=ConsentItem.pk.does_not_exist())
            if wording.version == 1:
                head = WordingItem(
                    pk,
                    keys.META,
                    wording_id=wording.wording_id,
                    version=1,
                    gsi1pk=keys.WORDINGS,
                    gsi1sk=place(wording.created_at, wording.wording_id),
                )
                act.save(head, condition=ConsentItem.pk.does_not_exist())
            else:
                act.update(
                    WordingItem(pk, keys.META),
                    actions=[WordingItem.version.set(wording.version)],
                    condition=WordingItem.version == wording.version - 1,
                )

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def get(self, name: str) -> Wording | None:
        """A version by its name, `<wording id>.<number>`; None when there is none."""
        wording_id, _, number = name.rpartition(".")
        if not (number.isascii() and number.isdigit()) or number.startswith("0"):
            return None
        try:
            item = WordingVersionItem.get(
                keys.wording(wording_id),
                keys.version(int(number)),
                consistent_read=True,
            )
        except DoesNotExist:
            return None
        return _wording_of(item)

    def latest(self, wording_id: str) -> Wording | None:
        """The latest version; None when there is no such wording."""
        newest = WordingVersionItem.query(
            keys.wording(wording_id),
            ConsentItem.sk.startswith(keys.VERSION),
            scan_index_forward=False,
            limit=1,
            consistent_read=True,
        )
        item = next(iter(newest), None)
        return None if item is None else _wording_of(item)

    def page(self, after: str | None, limit: int) -> WordingPage:
        """A page of wordings in their latest versions, the one made last first."""
        found, following = listed(keys.WORDINGS, after, limit, newest_first=True)
        read = [self.latest(str(item.gsi1sk).rpartition("#")[2]) for item in found]
        return WordingPage(tuple(each for each in read if each is not None), following)


def _item_of(wording: Wording) -> WordingVersionItem:
    return WordingVersionItem(
        keys.wording(wording.wording_id),
        keys.version(wording.version),
        wording_id=wording.wording_id,
        version=wording.version,
        texts={language: asdict(text) for language, text in wording.texts.items()},
        offer={
            "channels": {c.value: months for c, months in wording.channels.items()},
            "places": sorted(each.value for each in wording.places),
            "portrait_months": wording.portrait_months,
            "biometric_months": wording.biometric_months,
            "compensation": wording.compensation,
        },
        created_by=wording.created_by,
        created_at=wording.created_at,
    )


def _wording_of(item: WordingVersionItem) -> Wording:
    texts: dict[str, dict[str, Any]] = item.texts
    offer: dict[str, Any] = item.offer
    return Wording(
        wording_id=item.wording_id,
        version=int(item.version),
        texts={
            language: WordingText(**{**said, _PARAGRAPHS: tuple(said[_PARAGRAPHS])})
            for language, said in texts.items()
        },
        channels={Channel(c): months for c, months in offer["channels"].items()},
        places=frozenset(Place(each) for each in offer["places"]),
        portrait_months=offer["portrait_months"],
        biometric_months=offer["biometric_months"],
        compensation=offer["compensation"],
        created_by=item.created_by,
        created_at=item.created_at,
    )
