"""Legal bases other than consent, in the library table: recorded, ended, kept."""

from collections.abc import Iterator
from datetime import date, datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.legal_bases import LegalBasis, LegalBasisKind, as_weighed
from beeldrecht.domain.time import Period

from . import keys
from .binding import bind
from .consent_items import cut_short
from .errors import ActRefusedError
from .governance import read_record
from .library_items import LibraryItem
from .trail import Trail


class BasisItem(LibraryItem, discriminator="basis"):
    """One basis for one picture in one channel."""

    asset_id = UnicodeAttribute()
    basis_id = UnicodeAttribute()
    channel = UnicodeAttribute()
    basis_kind = UnicodeAttribute()
    reference = UnicodeAttribute()
    start = UTCDateTimeAttribute()
    end = UTCDateTimeAttribute(null=True)
    recorded_by = UnicodeAttribute()
    recorded_at = UTCDateTimeAttribute()
    assessment_id = UnicodeAttribute(null=True)
    assessment_sha256 = UnicodeAttribute(null=True)
    person_id = UnicodeAttribute(null=True)
    died_on = UnicodeAttribute(null=True)


class BasisEndItem(LibraryItem, discriminator="basis_end"):
    """That a basis is over: beside it, for it stays as it was recorded."""

    asset_id = UnicodeAttribute()
    basis_id = UnicodeAttribute()
    ended_at = UTCDateTimeAttribute()


class LegalBases:
    """The repository of legal bases."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def record(self, basis: LegalBasis, entry: NewEntry) -> bool:
        """Record a basis with its entry; False when it is on record already."""

        def write(act: TransactWrite) -> None:
            act.save(_item_of(basis), condition=LibraryItem.pk.does_not_exist())

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]:
        """Every basis ever recorded for a picture, the first first, read consistently.

        One that somebody ended has a period that ends then; a legitimate interest ends
        with the assessment that carries it, as the register has that now.
        """
        found: list[BasisItem] = []
        ends: dict[str, datetime] = {}
        for item in LibraryItem.query(keys.bases(asset_id), consistent_read=True):
            if isinstance(item, BasisItem):
                found.append(item)
            elif isinstance(item, BasisEndItem):
                ends[item.basis_id] = item.ended_at
        named = {item.assessment_id for item in found if item.assessment_id}
        weighed = {each: read_record(each) for each in named}
        bases = [
            as_weighed(
                _basis_of(item, ends.get(item.basis_id)),
                weighed.get(item.assessment_id or ""),
            )
            for item in found
        ]
        return tuple(sorted(bases, key=lambda b: (b.recorded_at, b.basis_id)))

    def resting_on(self, assessment_id: str) -> Iterator[str]:
        """The pictures of which a basis rests on this assessment, each once."""
        seen: set[str] = set()
        for item in LibraryItem.by_lookup.query(keys.weighed(assessment_id)):
            asset_id = str(item.pk).removeprefix(keys.bases(""))
            if asset_id not in seen:
                seen.add(asset_id)
                yield asset_id

    def end(self, basis: LegalBasis, at: datetime, entry: NewEntry) -> bool:
        """Record that a basis is over; False when there is none such, or it was."""
        pk = keys.bases(basis.asset_id)

        def write(act: TransactWrite) -> None:
            act.condition_check(
                BasisItem,
                pk,
                keys.BASIS + basis.basis_id,
                condition=LibraryItem.pk.exists(),
            )
            act.save(
                BasisEndItem(
                    pk,
                    keys.END + basis.basis_id,
                    asset_id=basis.asset_id,
                    basis_id=basis.basis_id,
                    ended_at=at,
                ),
                condition=LibraryItem.pk.does_not_exist(),
            )

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True


def notes_about(asset_id: str, people: frozenset[str]) -> list[LibraryItem]:
    """What is on record of a picture about these people's deaths, and its ends."""
    found = list(LibraryItem.query(keys.bases(asset_id), consistent_read=True))
    about = {
        item.basis_id
        for item in found
        if isinstance(item, BasisItem) and item.person_id in people
    }
    return [
        item
        for item in found
        if isinstance(item, BasisItem | BasisEndItem) and item.basis_id in about
    ]


def _item_of(basis: LegalBasis) -> BasisItem:
    return BasisItem(
        keys.bases(basis.asset_id),
        keys.BASIS + basis.basis_id,
        asset_id=basis.asset_id,
        basis_id=basis.basis_id,
        channel=basis.channel.value,
        basis_kind=basis.kind.value,
        reference=basis.reference,
        start=basis.period.start,
        end=basis.period.end,
        recorded_by=basis.recorded_by,
        recorded_at=basis.recorded_at,
        assessment_id=basis.assessment_id,
        assessment_sha256=basis.assessment_sha256,
        person_id=basis.person_id,
        died_on=basis.died_on and basis.died_on.isoformat(),
        gsi1pk=keys.weighed(basis.assessment_id) if basis.assessment_id else None,
        gsi1sk=f"{basis.asset_id}#{basis.basis_id}" if basis.assessment_id else None,
    )


def _basis_of(item: BasisItem, ended_at: datetime | None) -> LegalBasis:
    return LegalBasis(
        basis_id=item.basis_id,
        asset_id=item.asset_id,
        channel=Channel(item.channel),
        kind=LegalBasisKind(item.basis_kind),
        reference=item.reference,
        period=cut_short(Period(item.start, item.end), ended_at),
        recorded_by=item.recorded_by,
        recorded_at=item.recorded_at,
        assessment_id=item.assessment_id,
        assessment_sha256=item.assessment_sha256,
        person_id=item.person_id,
        died_on=date.fromisoformat(item.died_on) if item.died_on else None,
    )
