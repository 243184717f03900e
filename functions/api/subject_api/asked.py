"""What a link asks of whoever holds it: the words to sign, and what they are about."""

from dataclasses import dataclass
from datetime import datetime

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.people import Person
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.signing import Evidence
from beeldrecht.domain.wordings import Wording

from .said import not_valid
from .services import Services


@dataclass(frozen=True, slots=True)
class Asked:
    """What can be signed by a link; exactly one of the three it came from is there."""

    wording: Wording
    delivery: Delivery
    person: Person | None = None
    """Whom it asks; None: whoever is at the session."""
    request: ConsentRequest | None = None
    session: Session | None = None
    before: Evidence | None = None
    """What was signed before and is to be renewed."""

    @property
    def photographer(self) -> str | None:
        """Who takes the pictures, as far as it is known."""
        if self.request is not None:
            return self.request.photographer
        if self.session is not None:
            return self.session.photographer
        return self.before.photographer if self.before else None

    @property
    def session_id(self) -> str | None:
        """The session at which it is signed."""
        if self.request is not None:
            return self.request.session_id
        return self.session.session_id if self.session else None

    @property
    def pictures(self) -> tuple[str, ...]:
        """What it is about, to be shown before anything is signed."""
        return self.request.pictures if self.request else ()


def asked_by(services: Services, link: Link, at: datetime) -> Asked:
    """What a link that works asks; raises ProblemError where that is over.

    Whoever was asked and answered by another way, whoever was erased and whoever asks
    for a session that is not there hold links that work no more.
    """
    match link.purpose:
        case LinkPurpose.SIGN:
            return _by_request(services, link, at)
        case LinkPurpose.SESSION:
            return _by_session(services, link)
        case _:
            return _by_renewal(services, link)


def person_of(services: Services, link: Link) -> Person:
    """Whose link it is; a link to nobody, or to somebody who was erased, is no link."""
    try:
        person = services.register.person(link.subject_id, services.names)
    except KeyDestroyedError as error:
        raise not_valid() from error
    if person is None:
        raise not_valid()
    return person


def _by_request(services: Services, link: Link, at: datetime) -> Asked:
    request = services.requests.get(link.about) if link.about else None
    if (
        request is None
        or request.person_id != link.subject_id
        or request.state is not ConsentRequestState.OPEN
        or at >= request.ends_at
    ):
        raise not_valid()
    wording = services.wordings.get(request.wording)
    if wording is None:
        raise not_valid()
    return Asked(
        wording,
        delivery=request.delivery,
        person=person_of(services, link),
        request=request,
    )


def _by_session(services: Services, link: Link) -> Asked:
    session = services.sessions.get(link.subject_id)
    wording = services.wordings.get(link.about) if link.about else None
    if session is None or wording is None:
        raise not_valid()
    return Asked(wording, delivery=Delivery.QR, session=session)


def _by_renewal(services: Services, link: Link) -> Asked:
    person = person_of(services, link)
    before = (
        services.signatures.evidence(link.subject_id, link.about, services.names.proof)
        if link.about
        else None
    )
    wording = latest_of(services, before) if before else None
    if before is None or wording is None:
        raise not_valid()
    return Asked(wording, delivery=Delivery.LINK, person=person, before=before)


def latest_of(services: Services, before: Evidence) -> Wording | None:
    """The last version of the wording that was signed."""
    return services.wordings.latest(before.wording.rpartition(".")[0])
