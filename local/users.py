"""The demonstration's users: one for each role, and pairs for what two people do.

    python -m local users

Their passwords and authenticator keys are made at deployment, by chance, on this machine.
They are kept in the cloud itself, which forgets them with everything else, and shown in
`.local/cloud/users.json`, which only its owner can read. Each was signed in once, so that
the authenticator was set up as a person would; doing it again keeps who is there.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.client import LocalCloud
from local.environments import LocalCloudError
from local.server import STATE
from local.sign_in import Account, outputs_of, sign_in, totp

FILE = STATE / "cloud" / "users.json"
_KEPT = "/beeldrecht/local/users"

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "viewer": ("viewer",),
    "contributor": ("contributor",),
    "editor": ("editor",),
    "second-editor": ("editor",),
    "recogniser": ("editor", "recogniser"),
    "second-recogniser": ("editor", "recogniser"),
    "officer": ("privacy_officer", "recogniser"),
    "second-officer": ("privacy_officer",),
    "administrator": ("administrator",),
    "second-administrator": ("administrator",),
    "nobody": (),
}
"""Names and roles. Two of a kind, for what one person may not do alone; one without any
role, as somebody from the organisation's directory begins."""


@dataclass(frozen=True)
class DemoUser:
    """Somebody who can sign in to this cloud."""

    name: str
    roles: tuple[str, ...]
    user_id: str
    account: Account


def ensure_users(cloud: LocalCloud, file: Path | None = None) -> Sequence[DemoUser]:
    """Make whoever is missing; write them all to a file when one is named."""
    pool_id = outputs_of(cloud)["UserPoolId"]
    kept = {user.name: user for user in _kept(cloud)}
    there = set(_user_ids(cloud, pool_id))
    users = []
    for name, roles in PEOPLE.items():
        user = kept.get(name)
        if user is None or user.user_id not in there:
            user = _made(cloud, pool_id, name, roles)
        users.append(user)
    if {user.name: user for user in users} != kept:
        _keep(cloud, users)
    if file is not None:
        _write(file, users)
    return users


def user_named(cloud: LocalCloud, name: str) -> DemoUser:
    """Give one of the users; raises LocalCloudError when there is none of that name."""
    for user in _kept(cloud):
        if user.name == name:
            return user
    raise LocalCloudError(f"No user {name} was made here: python -m local deploy")


def shown(cloud: LocalCloud) -> str:
    """Give the users as lines to read, each with the code of this moment."""
    lasts = f"a code lasts {30 - int(time.time()) % 30} s more"
    lines = [f"{'email':34}{'password':22}code    roles ({lasts})"]
    for user in _kept(cloud):
        account = user.account
        code = totp(account.totp_secret)
        roles = ", ".join(user.roles) or "none"
        lines.append(f"{account.email:34}{account.password:22}{code}  {roles}")
    return "\n".join([*lines, f"Sign in at {outputs_of(cloud)['ApiUrl']}/"])


def _made(cloud: LocalCloud, pool_id: str, name: str, roles: tuple[str, ...]) -> DemoUser:
    pools = cloud.client("cognito-idp")
    email = f"{name}@example.org"
    _remove(pools, pool_id, email)
    made = pools.admin_create_user(
        UserPoolId=pool_id,
        Username=email,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": email},
            {"Name": "email_verified", "Value": "true"},
        ],
    )["User"]
    account = Account(email, secrets.token_urlsafe(15))
    pools.admin_set_user_password(
        UserPoolId=pool_id, Username=email, Password=account.password, Permanent=True
    )
    for role in roles:
        pools.admin_add_user_to_group(UserPoolId=pool_id, Username=email, GroupName=role)
    sign_in(cloud, account)  # sets the authenticator up
    return DemoUser(name, roles, _user_id(made["Attributes"]), account)


def _remove(pools: Any, pool_id: str, email: str) -> None:
    """Take away somebody of whom no password is known."""
    with suppress(pools.exceptions.UserNotFoundException):
        pools.admin_delete_user(UserPoolId=pool_id, Username=email)


def _user_ids(cloud: LocalCloud, pool_id: str) -> Iterator[str]:
    pages = cloud.client("cognito-idp").get_paginator("list_users")
    for page in pages.paginate(UserPoolId=pool_id):
        for user in page["Users"]:
            yield _user_id(user["Attributes"])


def _user_id(attributes: Sequence[Mapping[str, str]]) -> str:
    [sub] = [each["Value"] for each in attributes if each["Name"] == "sub"]
    return sub.replace("-", "")


def _kept(cloud: LocalCloud) -> list[DemoUser]:
    parameters = cloud.client("ssm")
    try:
        found = parameters.get_parameter(Name=_KEPT, WithDecryption=True)
    except parameters.exceptions.ParameterNotFound:
        return []
    return [_read(each) for each in json.loads(found["Parameter"]["Value"])]


def _keep(cloud: LocalCloud, users: Sequence[DemoUser]) -> None:
    cloud.client("ssm").put_parameter(
        Name=_KEPT,
        Value=json.dumps([_plain(user) for user in users]),
        Type="SecureString",
        Tier="Advanced",  # more than four thousand characters
        Overwrite=True,
    )


def _write(file: Path, users: Sequence[DemoUser]) -> None:
    """Write them where only the owner reads, from the first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".new")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        json.dump([_plain(user) for user in users], opened, indent=2)
    scratch.replace(file)


def _plain(user: DemoUser) -> dict[str, Any]:
    return {
        "name": user.name,
        "roles": list(user.roles),
        "user_id": user.user_id,
        "email": user.account.email,
        "password": user.account.password,
        "totp_secret": user.account.totp_secret,
    }


def _read(plain: Mapping[str, Any]) -> DemoUser:
    account = Account(plain["email"], plain["password"], plain["totp_secret"])
    return DemoUser(plain["name"], tuple(plain["roles"]), plain["user_id"], account)
