"""What anybody may ask: whether a copy may still be used, and what a website embeds.

No account, no link, and nothing about anybody: who asks is told a picture's standing by
the name that is in its file, and a picture that is unknown stands like one that may not
be used. Whoever visits a website that embeds a picture is counted, and not known.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from http import HTTPMethod, HTTPStatus
from math import ceil
from typing import Annotated, Final

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from beeldrecht.domain.channel_renditions import CropRefusedError
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.publications import (
    CopyUse,
    PublicationState,
    PublicationWay,
    state_at,
    uses,
)
from beeldrecht.domain.rate_limits import RateLimit
from beeldrecht.domain.time import day_of, midnight
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import gather
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.http.problems import ProblemError
from egress.download_asset import step as download_step

from .said import Said, said
from .seen import network
from .services import Services
from .share import leave_by

PER_CHECKER: Final = RateLimit(burst=60, interval=timedelta(seconds=1))
"""An editorial office that looks through its archive."""
PER_EMBEDDER: Final = RateLimit(burst=600, interval=timedelta(milliseconds=100))
"""A whole network that reads a website with many pictures."""
CACHED_SECONDS: Final = 30
"""How long a browser may follow the same redirect: together with the minute for which an
address is signed, and less than that address lasts."""
_NOTHING: Final = "text/plain; charset=utf-8"
_PAGES: Final = {
    "nl": ("Mag deze foto nog worden gebruikt?", "Gebruik", "Antwoord"),
    "en": ("May this picture still be used?", "Use", "Answer"),
    "de": ("Darf dieses Foto noch verwendet werden?", "Nutzung", "Antwort"),
    "fr": ("Cette photo peut-elle encore être utilisée ?", "Usage", "Réponse"),
}


class CheckedUse(Frozen):
    """One use, and whether a copy may be used so."""

    channel: Said
    may: Said


class CheckedCopy(Frozen):
    """How a copy stands, as of now."""

    public_id: OpaqueId
    place: Place
    at: datetime
    uses: list[CheckedUse]


def add_routes(api: Api, services: Services) -> None:
    """Add `GET /check/{public_id}` and `GET /embed/{publication_id}`."""
    desk = _Desk(api, services)

    @api.open_route(
        HTTPMethod.GET,
        "/check/<public_id>",
        summary="Whether a published copy of a picture may still be used",
    )
    def check_copy(
        public_id: OpaqueId, place: Annotated[Place, Query()] = Place.WORLD
    ) -> Response[CheckedCopy | str]:
        """A page for who asks with a browser. What is unknown may not be used."""
        at = services.now()
        desk.within("check", PER_CHECKER, at)
        told = desk.uses(public_id, place, at)
        view = CheckedCopy(
            public_id=public_id,
            place=place,
            at=at,
            uses=[
                CheckedUse(
                    channel=said(channel, api.language), may=said(may, api.language)
                )
                for channel, may in told.items()
            ],
        )
        if "text/html" in desk.header("accept"):
            return Response(
                status_code=HTTPStatus.OK,
                content_type="text/html; charset=utf-8",
                body=page(view, api.language),
            )
        return Response(
            status_code=HTTPStatus.OK, content_type="application/json", body=view
        )

    @api.open_route(
        HTTPMethod.GET,
        "/embed/<publication_id>",
        summary="A picture that a website embeds, while it may be shown",
        status_code=HTTPStatus.FOUND,
        responses={
            HTTPStatus.FOUND: {"description": "Where it is, for a minute."},
            HTTPStatus.GONE: {"description": "It is dark, or there is none such."},
        },
    )
    def show_embed(publication_id: OpaqueId) -> Response[str]:
        """Decided now; a redirect that is kept for half a minute, or 410 once dark."""
        at = services.now()
        desk.within("embed", PER_EMBEDDER, at)
        api.embed()
        result = desk.embedded(publication_id, at)
        if result is None:
            return Response(
                status_code=HTTPStatus.GONE,
                content_type=_NOTHING,
                body="",
                headers={"Cache-Control": "no-store"},
            )
        lasts = int((result.expires_at - services.now()).total_seconds())
        kept = max(0, min(CACHED_SECONDS, lasts - CACHED_SECONDS))
        return Response(
            status_code=HTTPStatus.FOUND,
            content_type=_NOTHING,
            body="",
            headers={
                "Location": result.url,
                "Cache-Control": f"private, max-age={kept}",
                "Cross-Origin-Resource-Policy": "cross-origin",
            },
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Answers both, a bounded number of times."""

    api: Api
    services: Services

    def within(self, what: str, limit: RateLimit, at: datetime) -> None:
        """Let a network ask so often and no more; raises ProblemError."""
        context = self.api.app.current_event.get("requestContext") or {}
        asked_by = context.get("http", {}).get("sourceIp")
        bucket = f"{what}:{network(asked_by) or 'unknown'}"
        empty = self.services.buckets.take(bucket, limit, at)
        if empty is not None:
            wait = max(1, ceil(empty.wait.total_seconds()))
            raise ProblemError(
                Problem.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)}
            )

    def header(self, name: str) -> str:
        """What a request says under that name."""
        headers = self.api.app.current_event.get("headers") or {}
        return next((str(v) for k, v in headers.items() if k.lower() == name), "")

    def uses(self, public_id: str, place: Place, at: datetime) -> dict[Channel, CopyUse]:
        """By channel, whether a copy may be used; of what is unknown, for none."""
        services = self.services
        asset_id = services.disclosures.of_public(public_id)
        found = services.library.picture(asset_id) if asset_id else None
        if found is None or found[0].refused or found[0].over(at):
            return dict(uses(None))
        _, asset, appearances = found
        facts = gather(asset, appearances, services.register, services.bases, at)
        return dict(uses(decide(facts, at, place)))

    def embedded(self, publication_id: str, at: datetime) -> download_step.Result | None:
        """Have an embedded picture leave, once a day on record; None: it is dark."""
        found = self.services.publications.get(publication_id, at)
        if found is None or found.way is not PublicationWay.EMBEDDED:
            return None
        if state_at(found, at) is not PublicationState.RUNNING:
            return None
        event = download_step.Event(
            asset_id=found.asset_id,
            actor_id=found.publication_id,
            recipient_id=found.responsible_id,
            channel=found.channel,
            place=found.place,
            rendition=None if found.size else RenditionName.PREVIEW,
            size=found.size,
            kind=DisclosureKind.PUBLICATION,
            since=midnight(day_of(at)),
        )
        try:
            result = leave_by(self.services, event)
        except (
            download_step.UnknownAssetError,
            download_step.NotClearedError,
            download_step.AboutToChangeError,
            download_step.ChangedMeanwhileError,
            UncoverableError,
            CropRefusedError,
        ):
            return None
        self.services.publications.count(found, at)
        return result


def page(view: CheckedCopy, language: str) -> str:
    """The same as a page that needs nothing else: no script, no style, no picture."""
    code = language.lower()[:2]
    code = code if code in _PAGES else "en"
    title, use, answer = (escape(each) for each in _PAGES[code])
    rows = "".join(
        f"<tr><th scope=row>{escape(each.channel.words)}</th>"
        f"<td>{escape(each.may.words)}</td></tr>"
        for each in view.uses
    )
    return (
        f"<!doctype html><html lang={code}><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width, initial-scale=1'>"
        "<meta name=robots content='noindex, nofollow'>"
        "<meta name=color-scheme content='light dark'>"
        f"<title>{title}</title><main><h1>{title}</h1><table><thead><tr>"
        f"<th scope=col>{use}</th><th scope=col>{answer}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></main></html>"
    )
