"""The command `users`: who has an account, for administrators, through the API."""

import argparse
from collections.abc import Mapping
from itertools import islice
from typing import Any
from uuid import uuid4

from beeldrecht.domain.access import Role
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.words import say

PATH = "/v1/users"
KNOWN = 500
"""Accounts among which a typed address is looked for."""


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `users`."""

    def text(key: str) -> str:
        return say(f"help_users_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT")
    inviting = acts.add_parser("invite", help=text("invite"))
    inviting.add_argument("email", metavar="EMAIL", help=text("email"))
    appointing = acts.add_parser("appoint", help=text("appoint"))
    roles = [role.value for role in Role]
    for each in (inviting, appointing):
        each.add_argument(
            "--role", action="append", choices=roles, default=[], help=text("role")
        )
    for name in ("disable", "enable"):
        acts.add_parser(name, help=text(name))
    for name in ("appoint", "disable", "enable"):
        acts.choices[name].add_argument("user", metavar="USER", help=text("user"))


def users(desk: Desk, given: argparse.Namespace) -> int:
    """List accounts, invite somebody, give roles, or let somebody in no more."""
    match given.act:
        case None:
            for each in desk.api.each(PATH, "users"):
                _line(desk, each)
        case "invite":
            body = {"email": given.email, "roles": given.role}
            made = desk.api.post(PATH, body, key=uuid4().hex)
            desk.print("user_invited", email=made["email"])
            _line(desk, made.body)
        case "appoint":
            path = f"{PATH}/{_meant(desk, given.user)}/roles"
            _line(desk, desk.api.put(path, {"roles": given.role}).body)
        case act:
            path = f"{PATH}/{_meant(desk, given.user)}/{act}"
            _line(desk, desk.api.post(path, repeatable=True).body)
    return DONE


def _line(desk: Desk, user: Mapping[str, Any]) -> None:
    roles = [say(f"role_{role}", desk.language) for role in user["roles"]]
    desk.print(
        "user_line",
        id=short(user["user_id"]),
        email=user["email"],
        roles=", ".join(roles) or say("user_without_role", desk.language),
        status=say(f"account_{user['status']}", desk.language),
    )


def _meant(desk: Desk, given: str) -> str:
    """The id of the account that somebody means by an address or the beginning of it."""
    if choosing.is_id(given):
        return given
    known = list(islice(desk.api.each(PATH, "users"), KNOWN))
    for each in known:
        if each["email"].casefold() == given.casefold():
            return str(each["user_id"])
    ids = [each["user_id"] for each in known]
    return choosing.one(given, ids, "error_unknown_user")
