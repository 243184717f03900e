"""Archives on their way in, and a line for each picture that they announced."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.imports import ArchiveImport, ImportTally, ImportTerms
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.sessions import Origin

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import bind
from .errors import ActRefusedError
from .import_counts import count_announced, recount, tally_of
from .library_items import LibraryItem

_REFUSED = "ConditionalCheckFailedException"


class ImportItem(LibraryItem, discriminator="import"):
    """An import."""

    import_id = UnicodeAttribute()
    title = UnicodeAttribute()
    file_count = NumberAttribute()
    origin = UnicodeAttribute(null=True)
    session_id = UnicodeAttribute(null=True)
    collection_id = UnicodeAttribute(null=True)
    basis = UnicodeAttribute(null=True)
    begun_by = UnicodeAttribute()
    begun_at = UTCDateTimeAttribute()
    stopped_at = UTCDateTimeAttribute(null=True)


class ImportedFileItem(LibraryItem, discriminator="imported_file"):
    """That an import announced a picture; nothing of what it was called or where."""

    import_id = UnicodeAttribute()
    asset_id = UnicodeAttribute()
    announced_at = UTCDateTimeAttribute()


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """Some of the pictures of an import, and after which to go on."""

    asset_ids: tuple[str, ...]
    after: str | None


class Imports:
    """The repository of imports, in the library table."""

    def __init__(self, table: str, region: str, trail: AuditTrail | None = None) -> None:
        self._acts = Acts(bind(LibraryItem, table, region), trail)

    def begin(self, new: ArchiveImport, entry: NewEntry) -> ArchiveImport:
        """Record an import with its entry; the one that is there, where it is there."""
        item = _item_of(new)

        def write(act: TransactWrite) -> None:
            act.save(item, condition=LibraryItem.pk.does_not_exist())

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            recount(new)  # whoever begins again may have been killed while counting
        return self.get(new.import_id) or new

    def get(self, import_id: str) -> ArchiveImport | None:
        """What is on record of it; None when nothing is."""
        try:
            item = ImportItem.get(
                keys.archive_import(import_id), keys.META, consistent_read=True
            )
        except DoesNotExist:
            return None
        return _import_of(item)

    def stop(self, found: ArchiveImport, at: datetime, entry: NewEntry) -> None:
        """Record that it takes no more; stopped again it stays stopped since then."""
        key = ImportItem(keys.archive_import(found.import_id), keys.META)
        goes_on = LibraryItem.pk.exists() & ImportItem.stopped_at.does_not_exist()

        def write(act: TransactWrite) -> None:
            act.update(
                key,
                actions=[ImportItem.stopped_at.set(at)],
                condition=goes_on,
            )

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            return  # somebody stopped it meanwhile, or it is over

    def of_user(self, user_id: str, most: int) -> tuple[ArchiveImport, ...]:
        """What somebody began, the newest first; so many at most."""
        found = LibraryItem.by_lookup.query(
            keys.imports_of(user_id), scan_index_forward=False, limit=most
        )
        wanted = [(each.pk, each.sk) for each in found]
        items = list(LibraryItem.batch_get(wanted, consistent_read=True))
        imports = [_import_of(each) for each in items if isinstance(each, ImportItem)]
        return tuple(sorted(imports, key=lambda each: each.begun_at, reverse=True))

    def note(self, found: ArchiveImport, asset_id: str, at: datetime) -> bool:
        """Record that it announced this picture; whether that was not on record yet.

        Safe to repeat: the first stands.
        """
        item = ImportedFileItem(
            keys.archive_import(found.import_id),
            keys.FILE + asset_id,
            import_id=found.import_id,
            asset_id=asset_id,
            announced_at=at,
            expires_at=int(found.ends_at.timestamp()),
        )
        try:
            item.save(condition=LibraryItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise
            return False
        return True

    def count(self, found: ArchiveImport, count: int, at: datetime) -> None:
        """Add so many to the announced ones; `begin` again counts them one by one."""
        count_announced(found, count, at)

    def tally(self, import_id: str) -> ImportTally:
        """How many of its pictures stand where."""
        return tally_of(import_id)

    def page(self, import_id: str, after: str | None, limit: int) -> ImportedPage:
        """Some of the pictures that it announced, in the order of their ids."""
        place = LibraryItem.sk.between(keys.FILE + (after or ""), keys.FILE + "g")
        rows = LibraryItem.query(
            keys.archive_import(import_id), place, limit=limit + 2, consistent_read=True
        )
        found = [each.sk.removeprefix(keys.FILE) for each in rows]
        beyond = [each for each in found if each != after]
        shown = tuple(beyond[:limit])
        return ImportedPage(shown, shown[-1] if len(beyond) > limit else None)


def _item_of(new: ArchiveImport) -> ImportItem:
    terms = new.terms
    return ImportItem(
        keys.archive_import(new.import_id),
        keys.META,
        import_id=new.import_id,
        title=new.name,
        file_count=new.count,
        origin=terms.origin.value if terms.origin else None,
        session_id=terms.session_id,
        collection_id=terms.collection_id,
        basis=terms.basis.value if terms.basis else None,
        begun_by=new.begun_by,
        begun_at=new.begun_at,
        stopped_at=new.stopped_at,
        gsi1pk=keys.imports_of(new.begun_by),
        gsi1sk=new.begun_at.astimezone(UTC).isoformat(timespec="microseconds"),
        expires_at=int(new.ends_at.timestamp()),
    )


def _import_of(item: ImportItem) -> ArchiveImport:
    return ArchiveImport(
        import_id=item.import_id,
        name=item.title,
        count=int(item.file_count),
        terms=ImportTerms(
            origin=Origin(item.origin) if item.origin else None,
            session_id=item.session_id,
            collection_id=item.collection_id,
            basis=LegalBasisKind(item.basis) if item.basis else None,
        ),
        begun_by=item.begun_by,
        begun_at=item.begun_at,
        stopped_at=item.stopped_at,
    )
