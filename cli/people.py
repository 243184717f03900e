"""The commands about people: who is on record, and the links to their own pages."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from beeldrecht.domain.channels import ALL_CHANNELS
from beeldrecht.domain.consent import GrantKind, GrantState
from beeldrecht.domain.contacts import AddressState
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.typed import day_in
from cli.words import channel_name, last_day_before, moment, say
from cli.words import day as day_in_words

PATH = "/v1/people"
KNOWN = 2000
"""People among whom a typed name is looked for."""
PAGE = 100
_NOTHING_AGAINST = frozenset({AddressState.FINE, AddressState.NONE})


def people(desk: Desk, given: argparse.Namespace) -> int:
    """List people, show one, put somebody on record, or say how they are reached."""
    if given.add:
        made = desk.api.post(PATH, {"name": given.add}, key=uuid4().hex)
        desk.print("person_added", name=made["name"], person_id=made["person_id"])
        if _reaches(given):
            _reach(desk, made["person_id"], given)
    elif given.person and _reaches(given):
        _reach(desk, person_meant(desk, given.person), given)
    elif given.person:
        _show(desk, person_meant(desk, given.person))
    else:
        _list(desk, given.limit)
    return DONE


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `people`."""

    def text(key: str) -> str:
        return say(f"help_{key}", language)

    made.add_argument("person", nargs="?", metavar="PERSON", help=text("person"))
    made.add_argument("--add", metavar="NAME", help=text("add"))
    made.add_argument("--limit", type=int, default=50, help=text("limit_people"))
    reached = made.add_mutually_exclusive_group()
    reached.add_argument("--email", metavar="EMAIL", help=text("people_email"))
    reached.add_argument("--no-email", action="store_true", help=text("people_no_email"))
    made.add_argument("--speaks", metavar="LANGUAGE", help=text("people_speaks"))
    made.add_argument(
        "--born", type=day_in(language), metavar="DATE", help=text("people_born")
    )
    made.add_argument("--country", metavar="NL", help=text("people_country"))
    made.add_argument("--guardian", metavar="NAME", help=text("people_guardian"))


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
    if view["contact"]:
        contact = view["contact"]
        address = contact["email"] or say("no_address", desk.language)
        desk.print("person_contact", address=address, spoken=contact["language"])
        if contact["address"]["id"] not in _NOTHING_AGAINST:
            desk.line(f"  {contact['address']['words']}")
    for grant in view["grants"]:
        desk.line(f"  · {grant_line(desk, grant)}")
    if not view["grants"]:
        desk.print("no_grants")
    if view["enrolment_hindrance"]:
        desk.print("not_enrollable", why=view["enrolment_hindrance"]["words"])


def grant_line(desk: Desk, grant: Mapping[str, Any]) -> str:
    """What somebody agreed to, where, and how it stands, in one line."""
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


def _reaches(given: argparse.Namespace) -> bool:
    """Whether something is typed of how somebody is reached."""
    said = (given.email, given.speaks, given.born, given.country, given.guardian)
    return given.no_email or any(said)


def _reach(desk: Desk, person_id: str, given: argparse.Namespace) -> None:
    """Say how somebody is reached; what is not typed stays as it is on record."""
    there = _read(desk, person_id)["contact"] or {}
    born = given.born.isoformat() if given.born else there.get("birth_date")
    email = None if given.no_email else given.email or there.get("email")
    contact = {
        "email": email,
        "language": given.speaks or there.get("language") or desk.language,
        "birth_date": born,
        "country": given.country or there.get("country") or "NL",
        "guardian_name": given.guardian or there.get("guardian_name"),
    }
    said = desk.api.put(f"{PATH}/{person_id}/contact", contact)
    address = said["email"] or say("no_address", desk.language)
    desk.print("person_contact", address=address, spoken=said["language"])


def _read(desk: Desk, person_id: str) -> Mapping[str, Any]:
    view: Mapping[str, Any] = desk.api.get(f"{PATH}/{person_id}").body
    return view


def _moment(desk: Desk, said: str) -> str:
    return moment(datetime.fromisoformat(said), desk.language)
