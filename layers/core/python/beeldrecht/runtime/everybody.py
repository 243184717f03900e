"""Everybody who enrolled, to compare one picture of our own with (mode `enrolled`).

The ground is the one that the officer signed for, and each person's own consent besides:
who took it back, or is frozen, is in no gallery. Whoever is compared with is read anew
for each picture, with their key, so that who was erased is absent from the next one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.permits import Permit, PermitRefusedError, permit_enrolled
from beeldrecht.domain.recognition import RecognitionSetting, effective_mode
from beeldrecht.domain.sessions import Origin, Session

from .facts import Register, known_facts
from .suggesting import Enrolled

MOST: Final = 200
"""People that one picture is compared with: each is a read and a key. Of more, nobody is:
a part of them would be named where another one should have been."""
LOOKED_AT: Final = 2000
"""People on record who are asked about for one picture, enrolled or not."""
_PAGE: Final = 100


class Everybody(Protocol):
    """Who is on record, by their ids."""

    def page(self, after: str | None, limit: int) -> tuple[Sequence[str], str | None]:
        """The next people, and where the page after them begins."""
        ...


@dataclass(frozen=True, slots=True)
class Circle:
    """A picture, and by what people may be looked for in it."""

    record: AssetRecord
    session: Session | None
    setting: RecognitionSetting
    register: Register

    def permit(self, people: Iterable[str], at: datetime) -> Permit:
        """Leave to compare it with these; raises PermitRefusedError.

        What the officer signed is the ground: the assessment's own form asks for it.
        """
        origin = self.record.announcement.origin
        if self.session is not None and self.session.from_public_web:
            origin = Origin.PUBLIC_WEB
        assessment, asset_id = self.setting.assessment, self.record.asset_id
        subjects = frozenset(people)
        return permit_enrolled(
            subjects,
            frozenset({asset_id}),
            effective_mode(self.setting, at),
            assessment.assessment_id if assessment else None,
            assessment,
            known_facts(self.register, subjects, asset_id, at),
            frozenset({origin}),
            at,
        )

    def may(self, person_id: str, at: datetime) -> bool:
        """Whether this one may be looked for in it."""
        try:
            self.permit([person_id], at)
        except PermitRefusedError:
            return False
        return True

    def gallery(
        self, everybody: Everybody, enrolled: Enrolled, model_id: str, at: datetime
    ) -> dict[str, bytes]:
        """The templates of all who may be looked for in it; none where they are too many.

        Raises PermitRefusedError before anybody is read, where nobody may be.
        """
        self.permit((), at)
        found: dict[str, bytes] = {}
        for number, person_id in enumerate(_walk(everybody), start=1):
            if number > LOOKED_AT:
                return {}
            template = None
            if self.may(person_id, at):
                template = enrolled.load(person_id, model_id)
            if template is not None:
                found[person_id] = template
            if len(found) > MOST:
                return {}
        return found


def _walk(everybody: Everybody) -> Iterator[str]:
    after: str | None = None
    while True:
        ids, after = everybody.page(after, _PAGE)
        yield from ids
        if after is None:
            return
