"""The first administrator: made by whoever holds credentials of the account.

Everybody after that is invited by an administrator, through the API. So this works once:
where somebody can already administer users, it says so and does nothing.
"""

from collections.abc import Iterator
from datetime import datetime

from beeldrecht.adapters.users import Users
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.ids import derived_id
from cli.stack import Deployed

PAGE = 20


class AdministratorThereError(Exception):
    """Somebody can invite others already."""


def invite_first(deployed: Deployed, address: str, at: datetime) -> bool:
    """Invite somebody as administrator; whether they still have to accept.

    Recorded before it takes hold, like what the API does; again for the same address
    mails anew. Raises AdministratorThereError, and UserExistsError when the address has
    an account that this did not make.
    """
    users, email = deployed.users, address.lower()
    others = (each for each in _everybody(users) if each.email != email)
    if any(_administers(each) for each in others):
        raise AdministratorThereError
    invitation_id = derived_id("first-administrator", email)
    account = users.add(email, invitation_id)
    deployed.audit.append(
        account.user_id,
        invitation_id,
        "api:user:create",
        at,
        deployed.actor_id,
        {"roles": Role.ADMINISTRATOR},
    )
    users.appoint(account.user_id, account.roles | {Role.ADMINISTRATOR})
    invited = account.status is AccountStatus.INVITED
    if invited:
        users.send_invitation(account)
    return invited


def _everybody(users: Users) -> Iterator[Account]:
    position: str | None = None
    while True:
        page = users.page(PAGE, position)
        yield from page.accounts
        position = page.next
        if position is None:
            return


def _administers(account: Account) -> bool:
    enabled = account.status is not AccountStatus.DISABLED
    return enabled and Role.ADMINISTRATOR in account.roles
