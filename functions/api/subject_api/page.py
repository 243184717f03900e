"""The page that somebody opens about themselves."""

from datetime import date, datetime
from enum import StrEnum
from http import HTTPMethod

from aws_lambda_powertools.event_handler import Response

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.messages import words
from beeldrecht.domain.own_page import OwnGrant, own_grants, own_notes
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .door import Door
from .services import Services


class Said(Frozen):
    """Something with its words, in the language that was asked for."""

    id: str
    words: str


class Agreed(Frozen):
    """One thing that the person agreed to, and how it stands."""

    grant_id: OpaqueId
    kind: Said
    state: Said
    channels: list[Said]
    places: list[Said]
    starts_at: datetime
    ends_at: datetime | None
    last_day: date | None
    withdrawn_at: datetime | None


class Page(Frozen):
    """What somebody sees about themselves, and about nobody else."""

    name: str | None
    notes: list[Said]
    grants: list[Agreed]
    pictures: int
    """In how many pictures somebody confirmed that it is them."""
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
        link = door.let_in(LinkPurpose.OWN_PAGE, at)
        person_id = link.subject_id
        name = _name(services, person_id)
        facts = services.register.facts([person_id])
        grants = own_grants(person_id, facts.grants, facts.withdrawals, at)
        notes = own_notes(person_id, grants, facts.restrictions, at)
        pictures = len(services.appearances.confirmed_in(person_id))
        services.audit.append(
            scope=person_id,
            entry_id=f"api:subject:read:{services.new_id()}",
            tag="api:subject:read",
            at=at,
            actor=link.link_id,
            data={"grants": len(grants), "pictures": pictures},
        )
        return reply(
            Page(
                name=name,
                notes=[_said(note, api.language) for note in notes],
                grants=[_agreed(own, api.language) for own in grants],
                pictures=pictures,
                link_ends_at=link.expires_at,
            )
        )


def _name(services: Services, person_id: str) -> str | None:
    """The name; None once it was erased. A link to nobody is no link."""
    try:
        person = services.register.person(person_id, services.names)
    except KeyDestroyedError:
        return None
    if person is None:
        raise ProblemError(Problem.LINK_NOT_VALID)
    return person.name


def _agreed(own: OwnGrant, language: str) -> Agreed:
    grant = own.grant
    return Agreed(
        grant_id=grant.grant_id,
        kind=_said(grant.kind, language),
        state=_said(own.state, language),
        channels=[_said(each, language) for each in sorted(grant.channels)],
        places=[_said(each, language) for each in sorted(grant.places)],
        starts_at=grant.period.start,
        ends_at=grant.period.end,
        last_day=grant.last_day,
        withdrawn_at=own.withdrawn_at,
    )


def _said(value: StrEnum, language: str) -> Said:
    return Said(id=value.value, words=words(value, language))
