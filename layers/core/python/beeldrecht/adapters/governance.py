"""The registers of governance, in the library table: written, signed and revoked once.

They stand where recognition and legal bases are read, so that what rests on a record asks
the register itself, in a consistent read, and no copy of what it once said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.governance import (
    FormField,
    GovernanceRecord,
    OfficerSignature,
    RecordVersion,
    RegisterKind,
    Revocation,
)

from . import keys
from .audit import Write
from .binding import bind
from .errors import ActRefusedError
from .library_items import LibraryItem
from .pages import place
from .trail import Trail


class RecordItem(LibraryItem, discriminator="governance"):
    """A record and the number of its latest version, listed from its first day on."""

    record_id = UnicodeAttribute()
    register = UnicodeAttribute()
    version = NumberAttribute()


class RecordVersionItem(LibraryItem, discriminator="governance_version"):
    """One version, whole."""

    record_id = UnicodeAttribute()
    register = UnicodeAttribute()
    version = NumberAttribute()
    title = UnicodeAttribute()
    answers = JSONAttribute()
    written_by = UnicodeAttribute()
    written_at = UTCDateTimeAttribute()


class RecordSignatureItem(LibraryItem, discriminator="governance_signature"):
    """That a version was signed, and through which day."""

    record_id = UnicodeAttribute()
    version = NumberAttribute()
    sha256 = UnicodeAttribute()
    signed_by = UnicodeAttribute()
    signed_at = UTCDateTimeAttribute()
    last_day = UnicodeAttribute()


class RevocationItem(LibraryItem, discriminator="governance_revocation"):
    """That a record holds no more."""

    record_id = UnicodeAttribute()
    revoked_by = UnicodeAttribute()
    revoked_at = UTCDateTimeAttribute()
    reason = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records, and where the page after them begins."""

    records: tuple[GovernanceRecord, ...]
    after: str | None


class Governance:
    """The repository of the registers."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def add(self, version: RecordVersion, entry: NewEntry) -> bool:
        """Record the next version with its entry; False when it is not the next one.

        Versions are counted from 1 without gaps: of two people who write the same next
        version at once, one has to look at what the other wrote. None is added to a
        record that was revoked.
        """
        pk = keys.record(version.record_id)

        def write(act: TransactWrite) -> None:
            item = RecordVersionItem(
                pk,
                keys.version(version.version),
                record_id=version.record_id,
                register=version.kind.value,
                version=version.version,
                title=version.title,
                answers={field.value: said for field, said in version.answers.items()},
                written_by=version.written_by,
                written_at=version.written_at,
            )
            act.save(item, condition=LibraryItem.pk.does_not_exist())
            _unrevoked(act, pk)
            if version.version == 1:
                head = RecordItem(
                    pk,
                    keys.META,
                    record_id=version.record_id,
                    register=version.kind.value,
                    version=1,
                    gsi1pk=keys.register(version.kind),
                    gsi1sk=place(version.written_at, version.record_id),
                )
                act.save(head, condition=LibraryItem.pk.does_not_exist())
            else:
                act.update(
                    RecordItem(pk, keys.META),
                    actions=[RecordItem.version.set(version.version)],
                    condition=RecordItem.version == version.version - 1,
                )

        return self._written(entry, write)

    def sign(self, record_id: str, signature: OfficerSignature, entry: NewEntry) -> bool:
        """Record a signature under the latest version; False when it is that no more.

        Also when that version was signed before, or the record was revoked.
        """
        pk = keys.record(record_id)

        def write(act: TransactWrite) -> None:
            item = RecordSignatureItem(
                pk,
                keys.signature(signature.version),
                record_id=record_id,
                version=signature.version,
                sha256=signature.sha256,
                signed_by=signature.signed_by,
                signed_at=signature.signed_at,
                last_day=signature.last_day.isoformat(),
            )
            act.save(item, condition=LibraryItem.pk.does_not_exist())
            _unrevoked(act, pk)
            act.condition_check(
                RecordItem,
                pk,
                keys.META,
                condition=RecordItem.version == signature.version,
            )

        return self._written(entry, write)

    def revoke(self, record_id: str, revocation: Revocation, entry: NewEntry) -> bool:
        """Record that a record holds no more; False when it did not, or is unknown."""
        pk = keys.record(record_id)

        def write(act: TransactWrite) -> None:
            act.condition_check(
                RecordItem, pk, keys.META, condition=LibraryItem.pk.exists()
            )
            item = RevocationItem(
                pk,
                keys.REVOCATION,
                record_id=record_id,
                revoked_by=revocation.revoked_by,
                revoked_at=revocation.revoked_at,
                reason=revocation.reason,
            )
            act.save(item, condition=LibraryItem.pk.does_not_exist())

        return self._written(entry, write)

    def get(self, record_id: str) -> GovernanceRecord | None:
        """A record with its whole history, read consistently."""
        return read_record(record_id)

    def page(self, kind: RegisterKind, after: str | None, limit: int) -> RecordPage:
        """The next records of a kind, the one that was begun first first."""
        beyond = None if after is None else LibraryItem.gsi1sk > after
        # One more than asked for tells whether there is another page.
        found = list(
            LibraryItem.by_lookup.query(keys.register(kind), beyond, limit=limit + 1)
        )
        shown, more = found[:limit], len(found) > limit
        return RecordPage(
            tuple(_listed(item) for item in shown), shown[-1].gsi1sk if more else None
        )

    def every(self, *kinds: RegisterKind) -> Iterator[GovernanceRecord]:
        """Every record of these kinds, or of all of them."""
        for kind in kinds or tuple(RegisterKind):
            for item in LibraryItem.by_lookup.query(keys.register(kind)):
                yield _listed(item)

    def _written(self, entry: NewEntry, write: Write) -> bool:
        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True


def read_record(record_id: str) -> GovernanceRecord | None:
    """A record, read consistently from the table that a repository was bound to."""
    versions: list[RecordVersion] = []
    signatures: list[OfficerSignature] = []
    revocation: Revocation | None = None
    for item in LibraryItem.query(keys.record(record_id), consistent_read=True):
        if isinstance(item, RecordVersionItem):
            versions.append(_version_of(item))
        elif isinstance(item, RecordSignatureItem):
            signatures.append(
                OfficerSignature(
                    version=int(item.version),
                    sha256=item.sha256,
                    signed_by=item.signed_by,
                    signed_at=item.signed_at,
                    last_day=date.fromisoformat(item.last_day),
                )
            )
        elif isinstance(item, RevocationItem):
            revocation = Revocation(item.revoked_by, item.revoked_at, item.reason)
    if not versions:
        return None
    return GovernanceRecord(
        record_id=record_id,
        kind=versions[0].kind,
        versions=tuple(versions),
        signatures=tuple(signatures),
        revocation=revocation,
    )


def _unrevoked(act: TransactWrite, pk: str) -> None:
    act.condition_check(
        RevocationItem,
        pk,
        keys.REVOCATION,
        condition=LibraryItem.pk.does_not_exist(),
    )


def _listed(item: LibraryItem) -> GovernanceRecord:
    record = read_record(str(item.gsi1sk).rpartition("#")[2])
    assert record is not None  # noqa: S101  # nothing of a register is ever taken away
    return record


def _version_of(item: RecordVersionItem) -> RecordVersion:
    answers: dict[str, str] = item.answers
    return RecordVersion(
        record_id=item.record_id,
        kind=RegisterKind(item.register),
        version=int(item.version),
        title=item.title,
        answers={FormField(field): said for field, said in answers.items()},
        written_by=item.written_by,
        written_at=item.written_at,
    )
