"""The accounts of the staff: who may sign in, and as what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .access import Role


class AccountStatus(StrEnum):
    """Whether somebody can sign in."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on the staff; without a role an account opens nothing."""

    user_id: str
    email: str
    roles: frozenset[Role]
    status: AccountStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Some accounts, and where the next ones begin; None after the last."""

    accounts: tuple[Account, ...]
    next: str | None
