"""The page that somebody opens about themselves."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from http import HTTPMethod

from aws_lambda_powertools.event_handler import Response

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.consent import GrantState, Quitclaim
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.own_page import (
    OwnGrant,
    current,
    own_grants,
    own_notes,
    withdrawable,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply

from .door import Door
from .pictures import MOST, OwnPicture, own_pictures
from .said import Said, SubjectRequestView, not_valid, request_view, said
from .services import Services


class Agreed(Frozen):
    """One thing that the person agreed to, and how it stands."""

    grant_id: OpaqueId
    kind: Said
    state: Said
    channel: Said | None
    """None where it is about no one channel: recognition, and a portrait agreement."""
    places: list[Said]
    starts_at: datetime
    ends_at: datetime | None
    last_day: date | None
    withdrawn_at: datetime | None
    withdrawable: bool


class Consent(Frozen):
    """One signed document, and what it carries."""

    quitclaim_id: OpaqueId
    title: str | None
    signed_at: datetime
    signed_on: Said
    guardian: bool
    """Whether a guardian signed it."""
    document: bool
    """Whether the copy was made."""
    renewable: bool
    offered: list[Said]
    """The channels that the wording offers, each to be said yes or no to."""
    offers_biometric: bool
    grants: list[Agreed]


class Page(Frozen):
    """What somebody sees about themselves, and about nobody else."""

    name: str | None
    notes: list[Said]
    consents: list[Consent]
    pictures: list[OwnPicture]
    """In which somebody confirmed that it is them."""
    more_pictures: int
    """How many there are besides."""
    requests: list[SubjectRequestView]
    link_ends_at: datetime


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/page`."""

    @api.open_route(HTTPMethod.POST, "/subject/page", summary="What is mine?")
    def own_page() -> Response[Page]:
        """What a person agreed to; a POST, for programs that open links send none.

        Looking uses nothing up. It is recorded before it is answered, in the name of
        the link: who holds it is not known.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.OWN_PAGE).link
        person_id = link.subject_id
        name = _name(services, link)
        facts = services.register.facts([person_id])
        grants = own_grants(person_id, facts.grants, facts.withdrawals, at)
        notes = own_notes(person_id, grants, facts.restrictions, at)
        pictures = sorted(services.appearances.confirmed_in(person_id))
        services.audit.append(
            scope=person_id,
            entry_id=f"api:subject:read:{services.new_id()}",
            tag="api:subject:read",
            at=at,
            actor=link.link_id,
            data={"grants": len(grants), "pictures": len(pictures)},
        )
        language = api.language
        return reply(
            Page(
                name=name,
                notes=[said(note, language) for note in notes],
                consents=_consents(services, person_id, grants, language),
                pictures=own_pictures(services, person_id, pictures[:MOST], language, at),
                more_pictures=len(pictures[MOST:]),
                requests=[
                    request_view(each, language)
                    for each in services.subject_requests.of_person(person_id)
                ],
                link_ends_at=link.expires_at,
            )
        )


def _name(services: Services, link: Link) -> str | None:
    """The name; None once it was erased. A link to nobody is no link."""
    try:
        person = services.register.person(link.subject_id, services.names)
    except KeyDestroyedError:
        return None
    if person is None:
        raise not_valid()
    return person.name


def _consents(
    services: Services, person_id: str, grants: Iterable[OwnGrant], language: str
) -> list[Consent]:
    """The documents, the last one first; what counts of each stands within it."""
    own: dict[str, list[OwnGrant]] = {}
    for each in grants:
        own.setdefault(each.grant.quitclaim_id, []).append(each)
    signed = services.signatures.quitclaims(person_id)
    last = current(signed)
    newest_first = sorted(signed, key=lambda q: (q.signed_at, q.quitclaim_id))[::-1]
    return [
        _consent(
            services,
            each,
            own.get(each.quitclaim_id, []),
            language,
            is_last=each.quitclaim_id in last,
        )
        for each in newest_first
    ]


def _consent(
    services: Services,
    signed: Quitclaim,
    grants: list[OwnGrant],
    language: str,
    *,
    is_last: bool,
) -> Consent:
    wording = services.wordings.get(signed.wording_version)
    text = wording.texts.get(signed.language) if wording else None
    sha256 = services.signatures.document_sha256(signed.person_id, signed.quitclaim_id)
    left = any(own.state is not GrantState.WITHDRAWN for own in grants)
    return Consent(
        quitclaim_id=signed.quitclaim_id,
        title=text.title if text else None,
        signed_at=signed.signed_at,
        signed_on=said(Delivery(signed.signed_on), language),
        guardian=signed.guardian,
        document=sha256 is not None,
        renewable=is_last and left and text is not None,
        offered=_all(wording.channels, language) if wording and is_last else [],
        offers_biometric=bool(
            is_last and wording and text and text.biometric and wording.biometric_months
        ),
        grants=[_agreed(own, language) for own in grants],
    )


def _agreed(own: OwnGrant, language: str) -> Agreed:
    grant = own.grant
    one = next(iter(grant.channels)) if len(grant.channels) == 1 else None
    return Agreed(
        grant_id=grant.grant_id,
        kind=said(grant.kind, language),
        state=said(own.state, language),
        channel=said(one, language) if one else None,
        places=_all(grant.places, language),
        starts_at=grant.period.start,
        ends_at=grant.period.end,
        last_day=grant.last_day,
        withdrawn_at=own.withdrawn_at,
        withdrawable=withdrawable(own),
    )


def _all(values: Iterable[StrEnum], language: str) -> list[Said]:
    return [said(each, language) for each in sorted(values)]
