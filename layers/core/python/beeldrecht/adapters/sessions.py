"""Sessions and their rosters, in the library table."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.sessions import Session

from . import keys
from .audit import Write
from .binding import bind
from .consent_pages import SessionPage
from .errors import ActRefusedError, StaleRevisionError
from .library_items import LibraryItem
from .trail import Trail

_LISTED = keys.work("session")
_TOGETHER = 90
"""Of a roster in the transaction that records a session; the rest joins after it."""


class SessionItem(LibraryItem, discriminator="session"):
    """A shoot or an event."""

    session_id = UnicodeAttribute()
    on = UnicodeAttribute()
    closed = BooleanAttribute()
    head_count = NumberAttribute(null=True)
    attested_by = UnicodeAttribute(null=True)
    from_public_web = BooleanAttribute()
    title = UnicodeAttribute(null=True)
    place = UnicodeAttribute(null=True)
    photographer = UnicodeAttribute(null=True)
    revision = NumberAttribute(null=True)
    """None: the first, of before sessions could be changed."""
    basis = UnicodeAttribute(null=True)
    basis_channels = UnicodeSetAttribute(null=True)
    basis_reference = UnicodeAttribute(null=True)
    basis_assessment_id = UnicodeAttribute(null=True)


class RosterItem(LibraryItem, discriminator="roster"):
    """Somebody who signed at a session."""

    person_id = UnicodeAttribute()


class Sessions:
    """The repository of sessions."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def create(self, session: Session, entry: NewEntry) -> bool:
        """Record a new session with its entry; False when it is on record already."""
        roster = sorted(session.roster)

        def write(act: TransactWrite) -> None:
            act.save(_item_of(session), condition=LibraryItem.pk.does_not_exist())
            for person_id in roster[:_TOGETHER]:
                self.joining(session.session_id, person_id)(act)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        for person_id in roster[_TOGETHER:]:
            self.join(session.session_id, person_id)
        return True

    def save(self, before: Session, after: Session, entry: NewEntry) -> Session:
        """Record a change with its entry; give the session at its new revision.

        The roster is no part of it. Raises StaleRevisionError when somebody changed it
        since it was read, or took a name out of its words.
        """
        saved = replace(after, roster=before.roster, revision=before.revision + 1)

        def write(act: TransactWrite) -> None:
            act.save(_item_of(saved), condition=_at(before.revision))

        try:
            self._trail.record(entry, write)
        except ActRefusedError as error:
            raise StaleRevisionError(before.session_id) from error
        return saved

    def get(self, session_id: str) -> Session | None:
        """A session with its roster."""
        return read_session(session_id)

    def page(self, after: str | None, limit: int) -> SessionPage:
        """A page of sessions with their rosters, the latest day first."""
        beyond = LibraryItem.gsi2sk < after if after else None
        # One more than asked for tells whether there is another page.
        found = list(
            LibraryItem.by_work.query(
                _LISTED, beyond, scan_index_forward=False, limit=limit + 1
            )
        )
        shown = found[:limit]
        read = [self.get(str(i.pk).removeprefix(keys.session(""))) for i in shown]
        return SessionPage(
            tuple(each for each in read if each is not None),
            shown[-1].gsi2sk if len(found) > limit else None,
        )

    def join(self, session_id: str, person_id: str) -> None:
        """Put somebody on the roster; safe to repeat."""
        _roster_item(session_id, person_id).save()

    def joining(self, session_id: str, person_id: str) -> Write:
        """What puts somebody on the roster within another's act, as signing does."""
        return lambda act: act.save(_roster_item(session_id, person_id))


def read_session(session_id: str) -> Session | None:
    """A session with its roster, from the table that is bound."""
    head: SessionItem | None = None
    roster: list[RosterItem] = []
    for item in LibraryItem.query(keys.session(session_id), consistent_read=True):
        if isinstance(item, SessionItem):
            head = item
        elif isinstance(item, RosterItem):
            roster.append(item)
    return None if head is None else _session_of(head, roster)


def write_session(session: Session) -> None:
    """Record a session and its roster without an entry, for who sets the scene."""
    for person_id in sorted(session.roster):
        _roster_item(session.session_id, person_id).save()
    _item_of(session).save()


def _at(revision: int) -> Condition:
    """While it is at that revision."""
    same: Condition = SessionItem.revision == revision
    if revision > 1:
        return same
    unsaid: Condition = SessionItem.pk.exists() & SessionItem.revision.does_not_exist()
    either: Condition = same | unsaid
    return either


def _roster_item(session_id: str, person_id: str) -> RosterItem:
    return RosterItem(
        keys.session(session_id), keys.ROSTER + person_id, person_id=person_id
    )


def _item_of(session: Session) -> SessionItem:
    return SessionItem(
        keys.session(session.session_id),
        keys.META,
        session_id=session.session_id,
        on=session.on.isoformat(),
        closed=session.closed,
        head_count=session.head_count,
        attested_by=session.attested_by,
        from_public_web=session.from_public_web,
        title=session.title or None,
        place=session.place or None,
        photographer=session.photographer,
        revision=session.revision,
        **_basis_parts(session.basis),
        gsi2pk=_LISTED,
        gsi2sk=f"{session.on.isoformat()}#{session.session_id}",
    )


def _basis_parts(basis: BatchBasis | None) -> dict[str, Any]:
    if basis is None:
        return {}
    return {
        "basis": basis.kind.value,
        "basis_channels": {channel.value for channel in basis.channels},
        "basis_reference": basis.reference,
        "basis_assessment_id": basis.assessment_id,
    }


def _basis_of(item: SessionItem) -> BatchBasis | None:
    if item.basis is None:
        return None
    return BatchBasis(
        kind=LegalBasisKind(item.basis),
        channels=frozenset(Channel(each) for each in item.basis_channels or ()),
        reference=item.basis_reference or "",
        assessment_id=item.basis_assessment_id,
    )


def _session_of(item: SessionItem, roster: Iterable[RosterItem]) -> Session:
    return Session(
        session_id=item.session_id,
        on=date.fromisoformat(item.on),
        closed=item.closed,
        head_count=None if item.head_count is None else int(item.head_count),
        attested_by=item.attested_by,
        roster=frozenset(r.person_id for r in roster),
        from_public_web=item.from_public_web,
        title=item.title or "",
        place=item.place or "",
        photographer=item.photographer,
        basis=_basis_of(item),
        revision=1 if item.revision is None else int(item.revision),
    )
