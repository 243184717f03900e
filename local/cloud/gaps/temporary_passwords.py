"""Cognito: a temporary password is as long as the pool's own rules ask.

MiniStack makes them of twelve characters, and then refuses them itself in a pool that
asks for fifteen: nobody could be invited.
"""

import secrets
import string

from ministack.services import cognito

from local.cloud.gaps import need
from local.cloud.settings import Settings

LENGTH = 24


def close(_: Settings) -> None:
    """Make them long, with a character of each kind that a pool may ask for."""
    need(cognito, "_generate_temp_password")
    cognito._generate_temp_password = temporary_password


def temporary_password() -> str:
    """Give a password that any pool's rules accept."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "!@#$%^&*")
    needed = [secrets.choice(kind) for kind in kinds]
    more = [secrets.choice("".join(kinds)) for _ in range(LENGTH - len(needed))]
    password = needed + more
    secrets.SystemRandom().shuffle(password)
    return "".join(password)
