"""The erasure ledger, in the `audit` table, and the marks beside it in other tables.

`LEDGER / ENTRY#<number>` is put before an erasure deletes anything and `DONE#<number>`
when it is over; nothing of it is ever changed. What happens to pictures lies in pages of
its own, since somebody can be in thousands. Between the two, each table that can be
restored gets `LEDGER / ERASED#<number>`: a backup from before lacks it.

Entries do not expire: a backup that somebody made by hand can be of any age.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Protocol

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import place_of
from beeldrecht.domain.erasure import PictureOutcome
from beeldrecht.domain.erasure_texts import TextPlace
from beeldrecht.domain.ledger import Erased, ErasedPicture, ErasedText, LedgerEntry
from beeldrecht.domain.stores import Store

from . import keys
from .audit_items import AuditItem
from .binding import bind
from .consent_items import ConsentItem
from .errors import BusyError, UnmarkedError
from .library_items import LibraryItem

_TRIES = 50
_PAGE = 500
"""Pictures or texts in one item, which holds 400 KiB at most."""
_KEYS_ALONE = ["pk", "sk", "kind"]
_REFUSED = "ConditionalCheckFailedException"
_CANCELLED = "TransactionCanceledException"


class LedgerEntryItem(AuditItem, discriminator="ledger_entry"):
    """One erasure that begins."""

    erasure_id = UnicodeAttribute()
    person_id = UnicodeAttribute(null=True)
    asset_id = UnicodeAttribute(null=True)
    proof_kept = BooleanAttribute()
    pages = NumberAttribute()
    text_pages = NumberAttribute(null=True)
    at = UTCDateTimeAttribute()


class LedgerPicturesItem(AuditItem, discriminator="ledger_pictures"):
    """What an erasure does to some pictures."""

    pictures = JSONAttribute()


class LedgerTextsItem(AuditItem, discriminator="ledger_texts"):
    """Where an erasure takes a name out of texts; nothing of what they say."""

    texts = JSONAttribute()


class LedgerOfItem(AuditItem, discriminator="ledger_of"):
    """Under which number an erasure stands."""

    number = NumberAttribute()


class LedgerDoneItem(AuditItem, discriminator="ledger_done"):
    """That an erasure is over."""

    at = UTCDateTimeAttribute()


class LibraryMarkItem(LibraryItem, discriminator="erased_mark"):
    """That an erasure was carried out on the library table as it is."""

    at = UTCDateTimeAttribute()


class ConsentMarkItem(ConsentItem, discriminator="erased_mark"):
    """That an erasure was carried out on the consent table as it is."""

    at = UTCDateTimeAttribute()


class Marks(Protocol):
    """The marks of one table that can be restored."""

    def put(self, number: int, at: datetime) -> None:
        """Mark an erasure as carried out on this table; safe to repeat."""
        ...

    def numbers(self) -> frozenset[int]:
        """Every erasure that shows in this table."""
        ...


class LibraryMarks:
    """The marks of the library table."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    def put(self, number: int, at: datetime) -> None:
        """Mark an erasure as carried out on this table; safe to repeat."""
        LibraryMarkItem(keys.LEDGER, keys.ERASED + place_of(number), at=at).save()

    def numbers(self) -> frozenset[int]:
        """Every erasure that shows in this table, read consistently."""
        found = LibraryItem.query(
            keys.LEDGER,
            LibraryItem.sk.startswith(keys.ERASED),
            consistent_read=True,
            attributes_to_get=_KEYS_ALONE,
        )
        return _numbers((item.sk for item in found), keys.ERASED)


class ConsentMarks:
    """The marks of the consent table."""

    def __init__(self, table: str, region: str) -> None:
        bind(ConsentItem, table, region)

    def put(self, number: int, at: datetime) -> None:
        """Mark an erasure as carried out on this table; safe to repeat."""
        ConsentMarkItem(keys.LEDGER, keys.ERASED + place_of(number), at=at).save()

    def numbers(self) -> frozenset[int]:
        """Every erasure that shows in this table, read consistently."""
        found = ConsentItem.query(
            keys.LEDGER,
            ConsentItem.sk.startswith(keys.ERASED),
            consistent_read=True,
            attributes_to_get=_KEYS_ALONE,
        )
        return _numbers((item.sk for item in found), keys.ERASED)


class Ledger:
    """The repository of the ledger; `marks` of every table that can be restored."""

    def __init__(self, table: str, region: str, marks: Sequence[Marks] = ()) -> None:
        self._connection = bind(AuditItem, table, region)
        self._marks = tuple(marks)

    def begin(self, erased: Erased, at: datetime) -> int:
        """Enter an erasure before anything of it is deleted; give its number.

        Safe to repeat: the first entry of an erasure stands. Raises BusyError when
        others kept getting in between; then nothing was entered.
        """
        known = self.number_of(erased.erasure_id)
        if known is not None:
            return known
        pages = list(batched(erased.pictures, _PAGE))
        for place, page in enumerate(pages):
            self._put_page(erased.erasure_id, place, page)
        told = list(batched(erased.texts, _PAGE))
        for place, texts in enumerate(told):
            self._put_texts(erased.erasure_id, place, texts)
        for _ in range(_TRIES):
            number = self.last() + 1
            if self._entered(number, erased, len(pages), len(told), at):
                return number
            known = self.number_of(erased.erasure_id)
            if known is not None:
                return known
        raise BusyError(erased.erasure_id)

    def mark(self, number: int, at: datetime) -> None:
        """Mark an erasure in every table that can be restored; safe to repeat.

        Once all of it was carried out on them, and before `done`.
        """
        for marks in self._marks:
            marks.put(number, at)

    def done(self, number: int, at: datetime) -> None:
        """Note that an erasure is over; safe to repeat, the first instant stands.

        Raises UnmarkedError when a table does not show it: noted all the same, every
        function that serves from that table would stop.
        """
        if not all(number in marks.numbers() for marks in self._marks):
            raise UnmarkedError(number)
        item = LedgerDoneItem(keys.LEDGER, keys.LEDGER_DONE + place_of(number), at=at)
        try:
            item.save(condition=AuditItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise

    def number_of(self, erasure_id: str) -> int | None:
        """Under which number an erasure stands; None as long as it has not begun."""
        try:
            item = LedgerOfItem.get(
                keys.LEDGER, keys.LEDGER_OF + erasure_id, consistent_read=True
            )
        except DoesNotExist:
            return None
        return int(item.number)

    def last(self) -> int:
        """The number of the newest entry; 0 when nothing was ever erased."""
        newest = AuditItem.query(
            keys.LEDGER,
            AuditItem.sk.startswith(keys.ENTRY),
            scan_index_forward=False,
            limit=1,
            consistent_read=True,
            attributes_to_get=_KEYS_ALONE,
        )
        return max(_numbers((item.sk for item in newest), keys.ENTRY), default=0)

    def done_numbers(self) -> frozenset[int]:
        """Every erasure that is over."""
        found = AuditItem.query(
            keys.LEDGER,
            AuditItem.sk.startswith(keys.LEDGER_DONE),
            consistent_read=True,
            attributes_to_get=_KEYS_ALONE,
        )
        return _numbers((item.sk for item in found), keys.LEDGER_DONE)

    def entries(self) -> Iterator[LedgerEntry]:
        """Every erasure that ever began, in order, with its pictures."""
        over = LedgerDoneItem.query(
            keys.LEDGER,
            AuditItem.sk.startswith(keys.LEDGER_DONE),
            consistent_read=True,
        )
        done = {_number(item.sk, keys.LEDGER_DONE): item.at for item in over}
        began = LedgerEntryItem.query(
            keys.LEDGER, AuditItem.sk.startswith(keys.ENTRY), consistent_read=True
        )
        for item in began:
            number = _number(item.sk, keys.ENTRY)
            yield LedgerEntry(number, item.at, self._erased(item), done.get(number))

    def _entered(
        self, number: int, erased: Erased, pages: int, texts: int, at: datetime
    ) -> bool:
        """Whether the entry stands now; False when somebody else was first."""
        new = AuditItem.pk.does_not_exist()
        try:
            with TransactWrite(connection=self._connection) as act:
                act.save(
                    LedgerEntryItem(
                        keys.LEDGER,
                        keys.ENTRY + place_of(number),
                        erasure_id=erased.erasure_id,
                        person_id=erased.person_id,
                        asset_id=erased.asset_id,
                        proof_kept=erased.proof_kept,
                        pages=pages,
                        text_pages=texts,
                        at=at,
                    ),
                    condition=new,
                )
                act.save(
                    LedgerOfItem(
                        keys.LEDGER, keys.LEDGER_OF + erased.erasure_id, number=number
                    ),
                    condition=new,
                )
        except TransactWriteError as error:
            if error.cause_response_code != _CANCELLED:
                raise
            return False
        return True

    @staticmethod
    def _put_page(erasure_id: str, place: int, page: Iterable[ErasedPicture]) -> None:
        """Put a page once: what is there is what the first try was told."""
        _put_once(
            LedgerPicturesItem(
                keys.erased_pictures(erasure_id),
                f"{keys.LEDGER_PICTURES}{place_of(place)}",
                pictures=[
                    [p.asset_id, p.outcome.value, sorted(p.face_ids)] for p in page
                ],
            )
        )

    @staticmethod
    def _put_texts(erasure_id: str, place: int, texts: Iterable[ErasedText]) -> None:
        """Put a page once, as those of pictures."""
        _put_once(
            LedgerTextsItem(
                keys.erased_pictures(erasure_id),
                f"{keys.TEXT}{place_of(place)}",
                texts=[
                    [
                        *(t.place.store.value, t.place.kind, t.place.pk, t.place.sk),
                        *(t.place.path, [list(span) for span in t.spans], t.digest),
                    ]
                    for t in texts
                ],
            )
        )

    @staticmethod
    def _texts(item: LedgerEntryItem) -> tuple[ErasedText, ...]:
        if not item.text_pages:
            return ()
        pages = LedgerTextsItem.query(
            keys.erased_pictures(item.erasure_id),
            AuditItem.sk.startswith(keys.TEXT),
            consistent_read=True,
        )
        return tuple(
            ErasedText(
                TextPlace(Store(store), kind, pk, sk, path),
                tuple((int(start), int(end)) for start, end in spans),
                told,
            )
            for page in list(pages)[: int(item.text_pages)]
            for store, kind, pk, sk, path, spans, told in page.texts
        )

    @classmethod
    def _erased(cls, item: LedgerEntryItem) -> Erased:
        pages: list[LedgerPicturesItem] = []
        if item.pages:
            pages = list(
                LedgerPicturesItem.query(
                    keys.erased_pictures(item.erasure_id),
                    AuditItem.sk.startswith(keys.LEDGER_PICTURES),
                    consistent_read=True,
                )
            )
        return Erased(
            erasure_id=item.erasure_id,
            person_id=item.person_id,
            asset_id=item.asset_id,
            pictures=tuple(
                ErasedPicture(asset_id, PictureOutcome(outcome), frozenset(face_ids))
                for page in pages[: int(item.pages)]
                for asset_id, outcome, face_ids in page.pictures
            ),
            proof_kept=item.proof_kept,
            texts=cls._texts(item),
        )


def _put_once(item: AuditItem) -> None:
    """What is there is what the first try was told."""
    try:
        item.save(condition=AuditItem.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != _REFUSED:
            raise


def _number(sk: str, beginning: str) -> int:
    return int(sk.removeprefix(beginning))


def _numbers(sks: Iterable[str], beginning: str) -> frozenset[int]:
    return frozenset(_number(sk, beginning) for sk in sks)
