"""People's names for staff to read; whoever may not open them sees a short id."""

from typing import Any, Protocol

from cli.api import Answer, ProblemError

SHORT = 8
"""Characters of an id that are shown where it stands for a name."""


class Reads(Protocol):
    """What answers questions about people."""

    def get(self, path: str, **query: object) -> Answer:
        """Read something."""
        ...


class Names:
    """Asks for each name once; the library says who may know it."""

    def __init__(self, api: Reads) -> None:
        self._api = api
        self._known: dict[str, str] = {}

    def __getitem__(self, person_id: str) -> str:
        """The name, or a short id when there is none that we may read."""
        if person_id not in self._known:
            self._known[person_id] = self._ask(person_id) or short(person_id)
        return self._known[person_id]

    def _ask(self, person_id: str) -> str | None:
        try:
            name: Any = self._api.get(f"/v1/people/{person_id}").body.get("name")
        except ProblemError as error:
            # Not for this caller, or erased: the two are one answer.
            if error.status in {403, 404}:
                return None
            raise
        return str(name) if name else None


def short(identifier: str) -> str:
    """The beginning of an id, to read out or type in."""
    return identifier[:SHORT]
