"""The demonstration's staff: each signs in as a person does, and works with the API.

    staff = Staff(cloud, "nl")
    staff["editor"].get("/v1/assets")

Who may do what is decided over there; here is only who somebody is.
"""

import threading
import time

from cli.api import Api
from cli.demo_users import place_in, sign_in_as
from cli.session import MARGIN, Tokens
from local.client import LocalCloud
from local.users import user_named

VIEWER = "viewer"
CONTRIBUTOR = "contributor"
EDITOR = "editor"
RECOGNISER = "recogniser"
SECOND_RECOGNISER = "second-recogniser"
OFFICER = "officer"
SECOND_OFFICER = "second-officer"


class Staff:
    """Everybody who works there, by the name of their account."""

    def __init__(self, cloud: LocalCloud, language: str) -> None:
        self._cloud = cloud
        self._language = language
        self.address = place_in(cloud).address
        self._apis: dict[str, Api] = {}

    def __getitem__(self, name: str) -> Api:
        """The library as this person sees it."""
        if name not in self._apis:
            held = _Held(name, self._cloud)
            self._apis[name] = Api(self.address, held, self._language)
        return self._apis[name]

    def user_id(self, name: str) -> str:
        """How the library calls this person."""
        return user_named(self._cloud, name).user_id

    def email(self, name: str) -> str:
        """Where this person's mail goes."""
        return user_named(self._cloud, name).account.email


class _Held:
    """One person's tokens, for as long as the demonstration runs; in no file."""

    def __init__(self, name: str, cloud: LocalCloud) -> None:
        self._name = name
        self._cloud = cloud
        self._tokens: Tokens | None = None
        self._one_at_a_time = threading.Lock()

    def token(self, *, instead_of: str | None = None) -> str:
        """A token in force: whoever has none signs in, again if need be."""
        with self._one_at_a_time:
            held = self._tokens
            good = held and held.access != instead_of
            if held is None or not good or time.time() > held.until - MARGIN:
                _, held = sign_in_as(self._name, self._cloud)
                self._tokens = held
            return held.access
