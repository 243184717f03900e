"""Where people appear, and who enrols them, in memory."""

from collections.abc import Sequence

from beeldrecht.adapters.appearances import Portrayals
from beeldrecht.domain.enrolment import Enrolment, EnrolmentPhoto
from beeldrecht.domain.people import AppearanceStatus
from tests.fakes.library import FakeLibrary


class FakeAppearances:
    """In which pictures of a library somebody is confirmed."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def confirmed_in(self, person_id: str) -> frozenset[str]:
        found: set[str] = set()
        for asset_id, row in self._library.rows.items():
            for each in row.appearances.values():
                confirmed = each.status is AppearanceStatus.CONFIRMED
                if each.person_id == person_id and confirmed:
                    found.add(asset_id)
        return frozenset(found)

    def page(self, person_id: str, after: str | None, limit: int) -> Portrayals:
        """Those that were only suggested count towards the limit, as in the index."""
        known = sorted(
            asset_id
            for asset_id, row in self._library.rows.items()
            if any(each.person_id == person_id for each in row.appearances.values())
            and (after is None or asset_id > after)
        )
        confirmed = self.confirmed_in(person_id)
        looked = known[:limit]
        return Portrayals(
            tuple(each for each in looked if each in confirmed),
            looked[-1] if len(known) > limit else None,
        )


class FakeEnroller:
    """Answers what a test gave it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, tuple[EnrolmentPhoto, ...]]] = []
        self.fails: Exception | None = None
        self.answer = Enrolment(True, 1, (), None)

    def enrol(
        self, person_id: str, actor_id: str, photos: Sequence[EnrolmentPhoto]
    ) -> Enrolment:
        self.asked.append((person_id, actor_id, tuple(photos)))
        if self.fails is not None:
            raise self.fails
        return self.answer
