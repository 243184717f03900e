"""Signing: the document, its grants, its evidence and all that goes with them, as one.

A signature is one transaction over everything that it changes: the link is used up, the
request answered, the person and their contact recorded, mails put out and the entry added
to the audit trail, or nothing of all that happens. What was signed is never written over.

The evidence lies in a partition of its own, sealed with the person's key for proofs,
which outlives the one of their name: decisions read a person's partition, and have no use
for it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Quitclaim
from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import Evidence, Signed, evidence_bytes, evidence_from

from . import keys
from .acts import Acts
from .audit import Write
from .binding import bind
from .consent import ProofSeals, Seals
from .consent_items import (
    ConsentItem,
    QuitclaimItem,
    grant_item,
    person_item,
    quitclaim_item,
    quitclaim_of,
)
from .consent_pages import Ending
from .consent_requests import answered
from .contacts import contact_item
from .dates import is_kept
from .errors import ActRefusedError, UnwiredSessionsError
from .links import use_with
from .outbox import add_mails
from .pages import stamp
from .sessions import Sessions
from .trail import Trail


class EvidenceItem(ConsentItem, discriminator="evidence"):
    """What proves a signature."""

    quitclaim_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    sealed = BinaryAttribute(legacy_encoding=False)


class DocumentItem(ConsentItem, discriminator="document"):
    """That the signed copy was made, and its digest before it was sealed."""

    quitclaim_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    sha256 = UnicodeAttribute()


class Signatures:
    """The repository of what was signed; `sessions` where people sign at one."""

    def __init__(
        self, table: str, region: str, trail: Trail, sessions: Sessions | None = None
    ) -> None:
        self._acts = Acts(bind(ConsentItem, table, region), None)
        self._trail = trail
        self._sessions = sessions

    def record(
        self,
        signed: Signed,
        seals: ProofSeals,
        entry: NewEntry,
        *,
        link: str | None,
        request: ConsentRequest | None,
        contact: Contact | None,
        person: Person | None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record a signature whole; False when this document is on record already.

        `link` is the digest of the token that was signed with: it has to work at the
        instant of signing, and is used up when it works once. `request` is what is
        answered, `contact` what was given to be reached by, `person` somebody new. Who
        signs at a session is on its roster from then on.

        Safe to repeat, and what is on record stands: False is what the retry of a
        signature gets whose answer was lost. Raises ActRefusedError when the link was
        used, ended or taken back, the request is no longer open, or the person is not
        new; then nothing was written and nothing used up.
        """
        document = signed.quitclaim
        person_id, at = document.person_id, document.signed_at
        if self._holds(person_id, document.quitclaim_id):
            return False
        told = tuple(mails)
        # Sealed and looked up once; what they add to the act is made for each try.
        parts = [
            *_signed_with(link, at, entry),
            *_put(_facts(signed, seals), new=True),
            *self._joined(signed.evidence, entry),
        ]
        if person is not None:
            name = seals.seal(person.person_id, person.name.encode())
            parts += _put([person_item(person.person_id, name, at)], new=True)
        if contact is not None:
            reached = contact_item(person_id, contact, seals, at, entry.entry_id)
            parts += _put([reached], new=False)
        if request is not None:
            parts.append(answered(request, document.quitclaim_id, at))

        def write(act: TransactWrite) -> None:
            for part in parts:
                part(act)
            add_mails(act, told)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            if self._holds(person_id, document.quitclaim_id):
                return False
            raise
        return True

    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None:
        """What proves a signature of that person; None when there is none such.

        `seals` are those for proofs. Raises KeyDestroyedError when its term is over.
        """
        try:
            item = EvidenceItem.get(
                keys.evidence(quitclaim_id), keys.META, consistent_read=True
            )
        except DoesNotExist:
            return None
        if item.person_id != person_id or not is_kept(item):
            return None
        return evidence_from(seals.open(person_id, item.sealed))

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        """What somebody signed, the first first."""
        found = QuitclaimItem.query(
            keys.person(person_id),
            ConsentItem.sk.startswith(keys.QUITCLAIM),
            consistent_read=True,
        )
        signed = [quitclaim_of(item) for item in found]
        return tuple(sorted(signed, key=lambda q: (q.signed_at, q.quitclaim_id)))

    def ending(self, first: datetime, last: datetime) -> Iterator[Ending]:
        """Grants whose period ends from `first` through `last`, the earliest first.

        By the index alone, which follows within moments; withdrawn and renewed ones are
        among them.
        """
        # A place is an instant, `#` and an id; `$` comes after every `#`.
        within = ConsentItem.gsi1sk.between(stamp(first), f"{stamp(last)}$")
        for month in _months(first, last):
            for item in ConsentItem.by_lookup.query(keys.ends(month), within):
                ends_at, _, quitclaim_id = str(item.gsi1sk).partition("#")
                yield Ending(
                    person_id=str(item.pk).removeprefix(keys.person("")),
                    quitclaim_id=quitclaim_id,
                    grant_id=str(item.sk).removeprefix(keys.GRANT),
                    ends_at=datetime.fromisoformat(ends_at),
                )

    def note_document(self, person_id: str, quitclaim_id: str, sha256: str) -> bool:
        """Record that the signed copy was made; the first one stands.

        False when one was recorded before, or that person signed no such document.
        """

        def write(act: TransactWrite) -> None:
            act.condition_check(
                EvidenceItem,
                keys.evidence(quitclaim_id),
                keys.META,
                condition=EvidenceItem.person_id == person_id,
            )
            act.save(
                DocumentItem(
                    keys.evidence(quitclaim_id),
                    keys.DOCUMENT,
                    quitclaim_id=quitclaim_id,
                    person_id=person_id,
                    sha256=sha256,
                ),
                condition=ConsentItem.pk.does_not_exist(),
            )

        try:
            self._acts.write(write, None)
        except ActRefusedError:
            return False
        return True

    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None:
        """The digest of the signed copy; None as long as there is none."""
        try:
            item = DocumentItem.get(
                keys.evidence(quitclaim_id), keys.DOCUMENT, consistent_read=True
            )
        except DoesNotExist:
            return None
        return item.sha256 if item.person_id == person_id and is_kept(item) else None

    # -- inside ----------------------------------------------------------------------

    def _joined(self, said: Evidence, entry: NewEntry) -> list[Write]:
        if said.session_id is None:
            return []
        if self._sessions is None:
            raise UnwiredSessionsError(entry.tag)
        return [self._sessions.joining(said.session_id, said.person_id)]

    @staticmethod
    def _holds(person_id: str, quitclaim_id: str) -> bool:
        try:
            QuitclaimItem.get(
                keys.person(person_id),
                keys.QUITCLAIM + quitclaim_id,
                consistent_read=True,
            )
        except DoesNotExist:
            return False
        return True


def _signed_with(link: str | None, at: datetime, entry: NewEntry) -> list[Write]:
    if link is None:
        return []
    use = use_with(link, at)
    if use is None:
        raise ActRefusedError(entry.tag)
    return [use]


def _facts(signed: Signed, seals: ProofSeals) -> list[ConsentItem]:
    said = signed.evidence
    person_id, quitclaim_id = said.person_id, said.quitclaim_id
    return [
        quitclaim_item(signed.quitclaim, said.request_id, said.session_id, said.replaces),
        *(grant_item(grant) for grant in signed.grants),
        EvidenceItem(
            keys.evidence(quitclaim_id),
            keys.META,
            quitclaim_id=quitclaim_id,
            person_id=person_id,
            sealed=seals.proof.seal(person_id, evidence_bytes(said)),
        ),
    ]


def _put(items: Iterable[ConsentItem], *, new: bool) -> list[Write]:
    def putting(item: ConsentItem) -> Write:
        condition = ConsentItem.pk.does_not_exist() if new else None
        return lambda act: act.save(item, condition=condition)

    return [putting(item) for item in items]


def _months(first: datetime, last: datetime) -> Iterator[datetime]:
    """An instant in each month of UTC that has a part of it between the two."""
    month = first.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0)
    while month <= last:
        yield month
        month = month.replace(
            year=month.year + month.month // 12, month=month.month % 12 + 1
        )
