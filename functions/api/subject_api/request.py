"""What somebody is asked to sign: shown whole before anything is signed (R8)."""

from datetime import datetime
from http import HTTPMethod
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.signing import Evidence
from beeldrecht.domain.wordings import Wording, digest
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.fields import Language

from .asked import Asked, asked_by
from .door import Door
from .pictures import addresses
from .reached import asks_email
from .said import Said, said
from .services import Services


class FormOrder(Frozen):
    """In which language the words are to be shown."""

    language: Language | None = Field(
        default=None, description="None: the one in which this person was asked."
    )


class ShownWording(Frozen):
    """The words that are signed, and the digest that the signature names."""

    name: str
    sha256: str
    title: str
    purpose: str
    controller: str
    notice: list[str]
    image: str
    portrait: str | None
    biometric: str | None
    guardian: str


class OfferedChannel(Frozen):
    """A channel to say yes to, and for how many months."""

    id: Channel
    words: str
    months: int


class GivenBefore(Frozen):
    """What somebody agreed to when they signed before, less what they took back since.

    The same that renewing signs again.
    """

    channels: list[Channel]
    portrait: bool
    biometric: bool


class AskedForm(Frozen):
    """Everything that the page shows and asks; nothing in it is ticked."""

    purpose: LinkPurpose
    language: str
    languages: list[str]
    name: str | None
    wording: ShownWording
    channels: list[OfferedChannel]
    places: list[Said]
    portrait_months: int | None
    biometric_months: int | None
    compensation: str | None
    pictures: list[str]
    """Addresses that work for a minute."""
    ages: dict[str, int]
    """By country: from which age on somebody signs for themselves."""
    asks_email: bool
    before: GivenBefore | None
    photographer: str | None
    ends_at: datetime


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/request`."""

    @api.open_route(HTTPMethod.POST, "/subject/request", summary="What am I asked?")
    def see_request(order: Annotated[FormOrder, Body()]) -> Response[AskedForm]:
        """The notice, the words and the choices; looking uses nothing up.

        In the language that the caller wants, else the one they were asked in, else what
        their browser speaks, else English.
        """
        at = services.now()
        link = door.let_in(
            at, LinkPurpose.SIGN, LinkPurpose.SESSION, LinkPurpose.RENEW
        ).link
        asked = asked_by(services, link, at)
        # A session's form is the same for everybody and shows nothing of anybody.
        if asked.person is not None:
            services.audit.append(
                scope=asked.person.person_id,
                entry_id=f"api:request:read:{services.new_id()}",
                tag="api:request:read",
                at=at,
                actor=link.link_id,
                data={"wording": asked.wording.name, "pictures": len(asked.pictures)},
            )
        language = chosen(asked, order.language, api.language)
        return reply(_form(services, link, asked, language, api.language))


def chosen(asked: Asked, wanted: str | None, browser: str) -> str:
    """The language of the words: the first of these in which they exist."""
    own = asked.request or asked.before
    spoken = browser.lower().replace("_", "-").partition("-")[0]
    there = asked.wording.texts
    for language in (wanted, own.language if own else None, spoken):
        if language is not None and language in there:
            return language
    return asked.wording.text_for("en")[0]


def _form(
    services: Services, link: Link, asked: Asked, language: str, spoken: str
) -> AskedForm:
    wording = asked.wording
    ends = [link.expires_at, *([asked.request.ends_at] if asked.request else [])]
    return AskedForm(
        purpose=link.purpose,
        language=language,
        languages=sorted(wording.texts),
        name=asked.person.name if asked.person else None,
        wording=shown(wording, language),
        channels=[
            OfferedChannel(
                id=channel,
                words=said(channel, spoken).words,
                months=wording.channels[channel],
            )
            for channel in sorted(wording.channels)
        ],
        places=[said(place, spoken) for place in sorted(wording.places)],
        portrait_months=wording.portrait_months,
        biometric_months=wording.biometric_months,
        compensation=wording.compensation,
        pictures=list(addresses(services, asked.pictures).values()),
        ages=dict(services.ages),
        asks_email=asks_email(services, asked.person),
        before=_given(services, asked.before) if asked.before else None,
        photographer=asked.photographer,
        ends_at=min(ends),
    )


def _given(services: Services, before: Evidence) -> GivenBefore:
    person_id, document = before.person_id, before.quitclaim_id
    facts = services.register.facts([person_id])
    left = [
        grant
        for grant in facts.grants
        if grant.quitclaim_id == document
        and not any(each.takes_back(grant) for each in facts.withdrawals)
    ]
    images = [grant for grant in left if grant.kind is GrantKind.IMAGE_CONSENT]
    return GivenBefore(
        channels=sorted({channel for grant in images for channel in grant.channels}),
        portrait=before.choices.portrait,
        biometric=any(grant.kind is GrantKind.BIOMETRIC_CONSENT for grant in left),
    )


def shown(wording: Wording, language: str) -> ShownWording:
    """The words as they are shown, and as they are hashed."""
    text = wording.texts[language]
    return ShownWording(
        name=wording.name,
        sha256=digest(wording, language),
        title=text.title,
        purpose=text.purpose,
        controller=text.controller,
        notice=list(text.notice),
        image=text.image,
        portrait=text.portrait,
        biometric=text.biometric,
        guardian=text.guardian,
    )
