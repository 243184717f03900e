"""The promises of the library: decisions, and what waits for the next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from beeldrecht.adapters.library_pages import Place
from beeldrecht.domain.assets import (
    AssetStatus,
    Release,
)
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Outcome
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import (
    Rejection,
)
from beeldrecht.domain.people import AppearanceStatus
from tests.adapters.contracts.library_samples import (
    HOUR,
    WEEK,
    Library,
    OfALibrary,
    appearance,
    face,
    said,
)
from tests.fakes.samples import (
    EDITOR,
    NOON,
)


class ListsContract(OfALibrary):
    """What is decided on a picture, and where it waits."""

    # -- decisions -------------------------------------------------------------------

    def test_a_decision_is_cached_under_the_revision_it_was_taken_on(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        decision = self.decision(library, record.asset_id)
        assert decision.outcome is Outcome.READY
        library.decide(record, decision, None)
        after = self.recorded(library, record.asset_id)
        assert after.status is AssetStatus.READY
        assert after.decided_revision == record.revision
        cached = library.cached_decision(record.asset_id)
        assert cached is not None
        assert cached["outcome"] == "ready"
        assert {f["id"] for f in cached["findings"]} == {"no_face_found", "not_released"}

    def test_a_decision_without_a_release_leaves_the_release_that_was(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        release = Release(
            released_by=EDITOR,
            at=NOON,
            channels={Channel.PRINT: Verdict.CLEAR, Channel.WEBSITE: Verdict.MASKED},
            face_ids=frozenset({"x"}),
        )
        decision = self.decision(library, record.asset_id)
        library.decide(record, decision, release)
        record = self.recorded(library, record.asset_id)
        assert record.release == release
        library.decide(record, decision, None)
        assert self.recorded(library, record.asset_id).release == release

    def test_a_decision_ends_the_count_of_attempts_and_our_own_failure(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        library.count_attempt(record, NOON)
        record = self.recorded(library, record.asset_id)
        library.reject(record, Rejection("processing_failed"), NOON)
        record = self.recorded(library, record.asset_id)
        library.decide(record, self.decision(library, record.asset_id), None)
        after = self.recorded(library, record.asset_id)
        assert (after.attempts, after.rejection) == (0, None)

    # -- work lists ------------------------------------------------------------------

    def walked(
        self, library: Library, limit: int, between: Callable[[], object]
    ) -> list[str]:
        """Every page of what is expected, with something done after the first."""
        seen: list[str] = []
        place: Place | None = None
        while True:
            page, place = library.page(AssetStatus.EXPECTED, place, limit)
            assert len(page) <= limit
            seen += [record.asset_id for _, record in page]
            if place is None:
                return seen
            between()
            between = list

    @pytest.mark.parametrize("limit", [1, 2, 3, 5, 9])
    def test_pages_show_each_asset_once_in_the_order_of_waiting(
        self, library: Library, limit: int
    ) -> None:
        first = self.announced(library, NOON).asset_id
        twins = {self.announced(library, NOON + HOUR).asset_id for _ in range(3)}
        last = self.announced(library, NOON + 2 * HOUR).asset_id
        late = new_id()
        seen = self.walked(
            library,
            limit,
            lambda: library.announce(said(late, NOON + 3 * HOUR), NOON + WEEK),
        )
        assert [seen[0], seen[4]] == [first, last]
        assert set(seen[1:4]) == twins
        assert set(seen[5:]) <= {late}

    def test_a_page_begins_after_a_place_that_somebody_made_up(
        self, library: Library
    ) -> None:
        early, late = (self.announced(library, NOON + n * HOUR).asset_id for n in (1, 2))
        middle = (NOON + 1.5 * HOUR).isoformat(timespec="microseconds")
        page, following = library.page(AssetStatus.EXPECTED, Place(middle, early), 9)
        assert [record.asset_id for _, record in page] == [late]
        assert following is None

    def test_a_page_gives_what_is_on_record_under_that_status_now(
        self, library: Library
    ) -> None:
        record = self.announced(library, NOON)
        library.reject(record, Rejection("unreadable"), NOON)
        assert library.page(AssetStatus.EXPECTED, None, 9) == ([], None)
        [(_, rejected)], _ = library.page(AssetStatus.REJECTED, None, 9)
        assert rejected == self.recorded(library, record.asset_id)

    def test_what_waits_longest_comes_first_and_the_boundary_is_included(
        self, library: Library
    ) -> None:
        late, early, middle = (
            self.announced(library, NOON + n * HOUR).asset_id for n in (3, 1, 2)
        )
        waiting = [AssetStatus.EXPECTED]
        assert list(library.due(waiting, NOON + 3 * HOUR)) == [early, middle, late]
        assert list(library.due(waiting, NOON + 2 * HOUR)) == [early, middle]
        tick = timedelta(microseconds=1)
        assert list(library.due(waiting, NOON + 2 * HOUR - tick)) == [early]
        assert [r.asset_id for r in library.in_status(AssetStatus.EXPECTED)] == [
            early,
            middle,
            late,
        ]

    def test_a_picture_waits_in_one_list_since_its_last_step(
        self, library: Library
    ) -> None:
        record = self.received(library)
        assert list(library.due([AssetStatus.EXPECTED], NOON + WEEK)) == []
        received = [AssetStatus.RECEIVED]
        assert list(library.due(received, NOON + HOUR)) == [record.asset_id]
        library.count_attempt(record, NOON + 2 * HOUR)
        assert list(library.due(received, NOON + HOUR)) == []
        assert list(library.due(received, NOON + 2 * HOUR)) == [record.asset_id]
        both = [AssetStatus.EXPECTED, AssetStatus.RECEIVED]
        assert list(library.due(both, NOON + WEEK)) == [record.asset_id]

    def test_settling_does_not_change_where_a_picture_waits(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        yes = appearance(record.asset_id, face("a"), status=AppearanceStatus.CONFIRMED)
        library.settle(record, yes)
        assert list(library.due([AssetStatus.EXAMINED], NOON + 2 * HOUR)) == [
            record.asset_id
        ]

    def test_a_decision_that_holds_for_ever_is_never_due(self, library: Library) -> None:
        record = self.examined(library)
        endless = replace(self.decision(library, record.asset_id), valid_until=None)
        library.decide(record, endless, None)
        far = datetime(9998, 12, 31, tzinfo=NOON.tzinfo)
        assert list(library.due([AssetStatus.READY], far)) == []
        assert [r.asset_id for r in library.in_status(AssetStatus.READY)] == [
            record.asset_id
        ]

    def test_a_picture_carries_the_end_of_its_term_and_is_due_at_it(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        found = library.picture(record.asset_id)
        assert record.ends_at is not None
        assert found is not None
        assert found[1].ends_at == record.ends_at
        assert not record.over(NOON)
        assert record.over(record.ends_at)
        decision = self.decision(library, record.asset_id)
        assert decision.valid_until == record.ends_at

    def test_a_file_that_was_not_taken_in_ends_sooner_than_a_picture(
        self, library: Library
    ) -> None:
        refused, taken = new_id(), self.examined(library)
        library.announce(said(refused), NOON + WEEK)
        library.reject(self.recorded(library, refused), Rejection("unreadable"), NOON)
        ends_at = self.recorded(library, refused).ends_at
        assert ends_at is not None
        assert taken.ends_at is not None
        assert ends_at < taken.ends_at

    def test_a_decision_is_due_when_it_ends(self, library: Library) -> None:
        record = self.examined(library)
        ends = replace(
            self.decision(library, record.asset_id), valid_until=NOON + 5 * HOUR
        )
        library.decide(record, ends, None)
        ready = [AssetStatus.READY]
        tick = timedelta(microseconds=1)
        assert list(library.due(ready, NOON + 5 * HOUR - tick)) == []
        assert list(library.due(ready, NOON + 5 * HOUR)) == [record.asset_id]
