"""The audit log, for whoever oversees it: searched, and taken along as a file.

Reading the log is reading about people, by their identifiers: each search and each file
is itself on record before it is answered.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import StringConstraints

from beeldrecht.adapters.audit_search import AuditPage, Position, Search
from beeldrecht.domain.access import Operation, User, affordances
from beeldrecht.domain.audit import NUMBER_DIGITS, SHARDS
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.time import AMSTERDAM, Period
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Clocked

from ..audit_views import EntryList, EntryView, csv_of

ROWS = 5_000
"""In one file: under the six megabytes that a function may answer with."""
_READ = 20_000
"""Entries that are read for one file at most: narrowing a search waits no longer."""
_LONGEST = timedelta(days=31)
_PLACE = re.compile(rf"[0-9]{{{NUMBER_DIGITS}}}")

Name = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32}|[a-z][a-z_]{0,31})$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]+(:[a-z]+){0,2}$")]
Subject = Annotated[Name | None, Query(description="What it happened to.")]
Day = Annotated[date | None, Query(description="The first day, as lived in Amsterdam.")]
Until = Annotated[date | None, Query(description="The last day; `day` alone is one.")]
Actor = Annotated[Name | None, Query(description="Who did it.")]
Tagged = Annotated[Tag | None, Query(description="What was done, or how that begins.")]
Cursor = Annotated[str | None, Query()]


class Log(Protocol):
    """The audit log, to be searched."""

    def page(
        self,
        search: Search,
        limit: int,
        after: Position | None = None,
        *,
        newest_first: bool = True,
        most: int = 2_000,
    ) -> AuditPage:
        """A page of what is looked for."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def audit_log(self) -> Log:
        """The audit log."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/audit`."""

    @api.route(
        HTTPMethod.GET,
        "/v1/audit",
        Operation.AUDIT_SEARCH,
        summary="What happened, the last first",
    )
    def search_audit(
        subject: Subject = None,
        day: Day = None,
        until: Until = None,
        actor: Actor = None,
        tag: Tagged = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Cursor = None,
    ) -> Response[EntryList]:
        """By subject, or by day: today when neither is given."""
        user = api.require(Operation.AUDIT_SEARCH)
        search = _search(subject, day, until, actor, tag, services.now())
        page = services.audit_log.page(search, limit, _after(cursor))
        _record(services, "api:audit:search", user, search, len(page.entries))
        may = affordances(user, services.now())
        return reply(
            EntryList(
                items=[EntryView.of(entry) for entry in page.entries],
                cursor=cursor_of(page.after) if page.after else None,
                affordances=sorted(may & {Operation.AUDIT_EXPORT}),
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/audit/export",
        Operation.AUDIT_EXPORT,
        summary="What happened, as a file for a spreadsheet",
        responses={
            HTTPStatus.OK: {
                "description": "A row for each entry, under a row of names.",
                "content": {"text/csv": {"schema": {"type": "string"}}},
            }
        },
    )
    def export_audit(
        subject: Subject = None,
        day: Day = None,
        until: Until = None,
        actor: Actor = None,
        tag: Tagged = None,
        cursor: Cursor = None,
    ) -> Response[str]:
        """The oldest first; where a file ends early, its `Link` leads to the next."""
        user = api.require(Operation.AUDIT_EXPORT)
        search = _search(subject, day, until, actor, tag, services.now())
        page = services.audit_log.page(
            search, ROWS, _after(cursor), newest_first=False, most=_READ
        )
        _record(services, "api:audit:export", user, search, len(page.entries))
        headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
        if page.after is not None:
            asked = {
                "subject": subject,
                "day": day,
                "until": until,
                "actor": actor,
                "tag": tag,
                "cursor": cursor_of(page.after),
            }
            query = urlencode({k: str(v) for k, v in asked.items() if v is not None})
            headers["Link"] = f'</v1/audit/export?{query}>; rel="next"'
        return Response(
            status_code=HTTPStatus.OK,
            content_type="text/csv; charset=utf-8; header=present",
            body=csv_of(page.entries),
            headers=dict(headers),
        )


def _search(
    subject: str | None,
    day: date | None,
    until: date | None,
    actor: str | None,
    tag: str | None,
    at: datetime,
) -> Search:
    """What is looked for; raises ProblemError for days that are no period."""
    if day is None and until is not None:
        raise ProblemError(Problem.INVALID_REQUEST)
    if day is None and subject is None:
        day = at.astimezone(AMSTERDAM).date()
    if day is None:
        return Search(subject, None, actor, tag)
    last = until or day
    if not day <= last < day + _LONGEST:
        raise ProblemError(Problem.INVALID_REQUEST)
    return Search(subject, Period.of_days(day, last), actor, tag)


def _after(cursor: str | None) -> Position | None:
    """Where a cursor says that the next page begins; raises ProblemError."""
    position = position_of(cursor, 3)
    if position is None:
        return None
    at, shard, place = position
    try:
        instant = datetime.fromisoformat(at)
    except ValueError as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error
    if instant.tzinfo is None or shard not in SHARDS or not _PLACE.fullmatch(place):
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return at, shard, place


def _record(services: Services, tag: str, user: User, search: Search, count: int) -> None:
    """Put a look at the log on record, under what it was about or else who looked."""
    period = search.period
    services.audit.append(
        scope=search.subject or user.user_id,
        entry_id=f"{tag}:{services.new_id()}",
        tag=tag,
        at=services.now(),
        actor=user.user_id,
        data={
            "count": count,
            "since": period.start.isoformat() if period else None,
            "until": period.end.isoformat() if period and period.end else None,
            "actor": search.actor,
            "tag": search.tag,
        },
    )
