"""Pages of what is asked and signed, as the repositories give them."""

from dataclasses import dataclass
from datetime import datetime

from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.subject_requests import SubjectRequest
from beeldrecht.domain.wordings import Wording


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Some consent requests, the last one asked first."""

    requests: tuple[ConsentRequest, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


@dataclass(frozen=True, slots=True)
class SubjectRequestPage:
    """Some of what people asked for themselves, the oldest first: it is due first."""

    requests: tuple[SubjectRequest, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


@dataclass(frozen=True, slots=True)
class WordingPage:
    """Some wordings in their latest versions, the one made last first."""

    wordings: tuple[Wording, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Some sessions, the latest day first."""

    sessions: tuple[Session, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A grant that ends; whether that matters, its person's other grants say."""

    person_id: str
    quitclaim_id: str
    grant_id: str
    ends_at: datetime
