"""The wordings that can be asked in: those on record, and the standard one.

The standard wording comes with the system and with whom this deployment names as
responsible. It is on record from its first use on, so that what somebody signed can be
read whatever a later deployment says; when that says something else, it is the next
version.
"""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.consent_pages import WordingPage
from beeldrecht.domain.access import Operation
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.wordings import Wording
from beeldrecht.runtime.http.api import Api


class Wordings(Protocol):
    """Where wordings are on record."""

    def add(self, wording: Wording, entry: NewEntry) -> bool:
        """Record a version; False when it is not the next one."""
        ...

    def get(self, name: str) -> Wording | None:
        """A version."""
        ...

    def latest(self, wording_id: str) -> Wording | None:
        """The last version."""
        ...

    def page(self, after: str | None, limit: int) -> WordingPage:
        """Some wordings, each in its last version."""
        ...


class Services(Protocol):
    """What the shelf holds."""

    @property
    def wordings(self) -> Wordings:
        """Those on record."""
        ...

    @property
    def standard_wording(self) -> Wording:
        """The one that comes with the system, as its first version."""
        ...


class Shelf:
    """Finds wordings, wherever they are."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def standard_id(self) -> str:
        """The identifier of the standard wording."""
        return self._services.standard_wording.wording_id

    def standard(self) -> Wording:
        """The standard wording as it is to be asked in now."""
        shipped = self._services.standard_wording
        last = self._services.wordings.latest(shipped.wording_id)
        if last is None:
            return shipped
        same = replace(
            shipped,
            version=last.version,
            created_by=last.created_by,
            created_at=last.created_at,
        )
        return last if same == last else replace(shipped, version=last.version + 1)

    def find(self, name: str) -> Wording | None:
        """A version by its name."""
        found = self._services.wordings.get(name)
        if found is None and name.startswith(self.standard_id):
            standard = self.standard()
            found = standard if standard.name == name else None
        return found

    def latest(self, wording_id: str) -> Wording | None:
        """The last version of a wording."""
        if wording_id == self.standard_id:
            return self.standard()
        return self._services.wordings.latest(wording_id)

    def page(self, after: str | None, limit: int) -> WordingPage:
        """The standard wording first, then what is on record besides."""
        page = self._services.wordings.page(after, limit)
        rest = tuple(w for w in page.wordings if w.wording_id != self.standard_id)
        first = () if after else (self.standard(),)
        return replace(page, wordings=first + rest)

    def taken(self, api: Api, name: str, operation: Operation, at: datetime) -> Wording:
        """A version that is asked in from now on: on record, whoever wrote it.

        Raises ProblemError when there is none such. Safe to repeat: the first stands.
        """
        found = self.find(name)
        if found is None:
            raise api.missing(operation)
        if found.wording_id == self.standard_id:
            tag = "api:wording:take"
            entry = NewEntry(
                subject=found.wording_id,
                entry_id=f"{tag}:{found.name}",
                tag=tag,
                at=at,
                actor=api.user.user_id,
                data={"wording": found.name},
            )
            recorded = replace(found, created_at=at)
            if self._services.wordings.get(name) is None:
                self._services.wordings.add(recorded, entry)
        return found
