"""The commands about people: who is on record, and the links to their own pages."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from beeldrecht.domain.channels import ALL_CHANNELS
from beeldrecht.domain.consent import GrantKind, GrantState
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.words import channel_name, last_day_before, moment, say
from cli.words import day as day_in_words

PATH = "/v1/people"
KNOWN = 2000
"""People among whom a typed name is looked for."""
PAGE = 100


def people(desk: Desk, given: argparse.Namespace) -> int:
    """List people, show one with what they agreed to, or put somebody on record."""
    if given.add:
        made = desk.api.post(PATH, {"name": given.add}, key=uuid4().hex)
        desk.print("person_added", name=made["name"], person_id=made["person_id"])
    elif given.person:
        _show(desk, person_meant(desk, given.person))
    else:
        _list(desk, given.limit)
    return DONE


def links(desk: Desk, given: argparse.Namespace) -> int:
    """Make a link to somebody's own page, list theirs, or take one back."""
    person_id = person_meant(desk, given.person)
    path = f"{PATH}/{person_id}/links"
    if given.make:
        made = desk.api.post(path, {})
        desk.print("link_made", until=_moment(desk, made["expires_at"]))
        desk.line(made["url"])
        return DONE
    theirs = {each["link_id"]: each for each in _read(desk, person_id)["links"]}
    if given.revoke:
        link_id = choosing.one(given.revoke, theirs, "error_unknown_link")
        desk.api.delete(f"{path}/{link_id}")
        desk.print("link_taken_back")
        return DONE
    for link_id, each in theirs.items():
        desk.print(
            "link_line",
            link=short(link_id),
            state=say(f"link_{each['state']}", desk.language),
            until=_moment(desk, each["expires_at"]),
        )
    if not theirs:
        desk.print("no_links")
    return DONE


def people_by_id(desk: Desk) -> Mapping[str, str]:
    """Everybody's name by id, among whom somebody may be meant."""
    found = islice(desk.api.each(PATH, "items", limit=PAGE), KNOWN)
    return {each["person_id"]: each["name"] or short(each["person_id"]) for each in found}


def person_meant(desk: Desk, given: str) -> str:
    """The id of the person that somebody means by a name or a few characters."""
    if choosing.is_id(given):
        return given
    return choosing.person(given, people_by_id(desk))


def _list(desk: Desk, limit: int) -> None:
    found = list(islice(desk.api.each(PATH, "items", limit=min(limit, PAGE)), limit))
    for each in found:
        name = each["name"] or say("name_erased", desk.language)
        added = _moment(desk, each["added_at"])
        desk.print("person_line", id=short(each["person_id"]), name=name, added=added)
    if not found:
        desk.print("no_people")


def _show(desk: Desk, person_id: str) -> None:
    view = _read(desk, person_id)
    name = view["name"] or say("name_erased", desk.language)
    desk.print("person_head", name=name, person_id=person_id, count=view["pictures"])
    if view["frozen"]:
        desk.print("person_frozen")
    for grant in view["grants"]:
        desk.line(f"  · {_grant(desk, grant)}")
    if not view["grants"]:
        desk.print("no_grants")
    if view["enrolment_hindrance"]:
        desk.print("not_enrollable", why=view["enrolment_hindrance"]["words"])


def _grant(desk: Desk, grant: Mapping[str, Any]) -> str:
    language, state = desk.language, GrantState(grant["state"])
    named = [channel_name(c, language) for c in ALL_CHANNELS if c in grant["channels"]]
    every = len(named) == len(ALL_CHANNELS)
    where = say("all_channels", language) if every else ", ".join(named)
    what = say(f"grant_{GrantKind(grant['kind'])}", language)
    said = say(f"grant_{state}", language, until=_until(desk, grant, state))
    return f"{what}{f' ({where})' if where else ''}: {said}"


def _until(desk: Desk, grant: Mapping[str, Any], state: GrantState) -> str:
    """The day that a state is about: its end, or when it began or was taken back."""
    if state is GrantState.WITHDRAWN:
        return _moment(desk, grant["withdrawn_at"])
    if state is GrantState.NOT_YET:
        return _moment(desk, grant["starts_at"])
    if not grant["ends_at"]:
        return say("without_end", desk.language)
    last = last_day_before(datetime.fromisoformat(grant["ends_at"]))
    return day_in_words(last, desk.language)


def _read(desk: Desk, person_id: str) -> Mapping[str, Any]:
    view: Mapping[str, Any] = desk.api.get(f"{PATH}/{person_id}").body
    return view


def _moment(desk: Desk, said: str) -> str:
    return moment(datetime.fromisoformat(said), desk.language)
