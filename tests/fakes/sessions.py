"""Sessions in memory, with their rosters."""

from dataclasses import replace

from beeldrecht.adapters.consent_pages import SessionPage
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.sessions import Session
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.lists import page_back


class FakeSessions:
    """Sessions by identifier."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.sessions: dict[str, Session] = {}
        self._rosters: dict[str, set[str]] = {}

    def create(self, session: Session, entry: NewEntry) -> bool:
        if session.session_id in self.sessions:
            return False

        def write() -> None:
            self.sessions[session.session_id] = session
            for person_id in session.roster:
                self.join(session.session_id, person_id)

        self._trail.record(entry, write)
        return True

    def save(self, before: Session, after: Session, entry: NewEntry) -> Session:
        saved = replace(after, revision=before.revision + 1, roster=frozenset())
        there = self.sessions.get(before.session_id)
        if there is None or there.revision != before.revision:
            raise StaleRevisionError(before.session_id)

        def write() -> None:
            self.sessions[before.session_id] = saved

        self._trail.record(entry, write)
        return replace(saved, roster=before.roster)

    def get(self, session_id: str) -> Session | None:
        there = self.sessions.get(session_id)
        if there is None:
            return None
        return replace(there, roster=frozenset(self._rosters.get(session_id, set())))

    def page(self, after: str | None, limit: int) -> SessionPage:
        places = {f"{s.on.isoformat()}#{i}": i for i, s in self.sessions.items()}
        shown, following = page_back(places, after, limit)
        found = [self.get(each) for each in shown]
        return SessionPage(tuple(s for s in found if s is not None), following)

    def join(self, session_id: str, person_id: str) -> None:
        self._rosters.setdefault(session_id, set()).add(person_id)
