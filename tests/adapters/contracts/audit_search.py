"""The promises of searching the audit log."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.audit_search import AuditPage, Position, Search
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.time import Period
from tests.adapters.contracts.audit import another_of_the_chain
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE

BESIDE = another_of_the_chain()
MIDNIGHT = datetime(2026, 6, 2, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
EVERYTHING = Search(period=Period(NOON - 10 * DAY, NOON + 10 * DAY))


class Writes(Protocol):
    """What writes entries."""

    def record(self, entry: NewEntry) -> None: ...


class Finds(Protocol):
    """What both searches offer."""

    def page(
        self,
        search: Search,
        limit: int,
        after: Position | None = None,
        *,
        newest_first: bool = True,
        most: int = 2_000,
    ) -> AuditPage: ...


class AuditSearchContract:
    """Each test starts from an empty log."""

    @pytest.fixture
    def written(self) -> Writes:
        raise NotImplementedError("the subclass says where to")

    @pytest.fixture
    def search(self) -> Finds:
        raise NotImplementedError("the subclass says which")

    def write(self, written: Writes, name: str, **said: object) -> None:
        right: dict[str, object] = {
            "subject": PICTURE,
            "tag": "a:b:c",
            "at": NOON,
            "actor": EDITOR,
        }
        written.record(NewEntry(entry_id=name, **(right | said)))  # type: ignore[arg-type]  # as each test says

    def names(
        self, search: Finds, what: Search, *, newest_first: bool = True
    ) -> list[str]:
        page = search.page(what, 50, newest_first=newest_first)
        assert page.after is None
        return [e.entry_id for e in page.entries]

    def test_r16_what_happened_to_a_subject_is_found_the_newest_first(
        self, written: Writes, search: Finds
    ) -> None:
        for name in ("one", "two", "three"):
            self.write(written, name)
            self.write(written, f"{name}-beside", subject=BESIDE)
        found = Search(subject=PICTURE)
        assert self.names(search, found) == ["three", "two", "one"]
        assert self.names(search, found, newest_first=False) == ["one", "two", "three"]
        assert self.names(search, Search(subject=ANN)) == []

    def test_r16_what_happened_in_a_period_is_found_in_the_order_of_time(
        self, written: Writes, search: Finds
    ) -> None:
        """Whatever it happened to, and over midnight."""
        for n, subject in enumerate((PICTURE, ANN, BOB, BESIDE)):
            at = MIDNIGHT + (n - 2) * timedelta(minutes=1)
            self.write(written, f"e{n}", subject=subject, at=at)
        assert self.names(search, EVERYTHING) == ["e3", "e2", "e1", "e0"]
        late = Search(period=Period(MIDNIGHT, MIDNIGHT + DAY))
        assert self.names(search, late, newest_first=False) == ["e2", "e3"]

    def test_a_period_is_half_open(self, written: Writes, search: Finds) -> None:
        for n in (-1, 0, 1):
            self.write(written, f"e{n}", at=NOON + n * TICK)
        hour = timedelta(hours=1)
        from_noon = Search(period=Period(NOON, NOON + hour))
        until_noon = Search(period=Period(NOON - hour, NOON))
        assert self.names(search, from_noon) == ["e1", "e0"]
        assert self.names(search, until_noon) == ["e-1"]

    def test_who_did_it_and_what_it_was_narrow_a_search(
        self, written: Writes, search: Finds
    ) -> None:
        self.write(written, "one", tag="intake:asset:receive", actor=ANN)
        self.write(written, "two", tag="intake:asset:reject", actor=BOB)
        self.write(written, "three", tag="clearance:asset:decide", actor=BOB)
        assert self.names(search, Search(subject=PICTURE, actor=BOB)) == ["three", "two"]
        assert self.names(search, Search(subject=PICTURE, tag="intake:asset")) == [
            "two",
            "one",
        ]
        for tag in ("intake:ass", "in", "intake:asset:rejected"):
            assert self.names(search, Search(subject=PICTURE, tag=tag)) == []
        both = Search(EVERYTHING.subject, EVERYTHING.period, BOB, "intake")
        assert self.names(search, both) == ["two"]
        never = Search(subject=PICTURE, period=Period(NOON + TICK, NOON + DAY))
        assert self.names(search, never) == []

    @pytest.mark.parametrize("newest_first", [True, False])
    @pytest.mark.parametrize("by_subject", [True, False])
    @pytest.mark.parametrize("limit", [1, 3, 7])
    def test_pages_follow_one_another_without_a_gap_or_a_repeat(
        self,
        written: Writes,
        search: Finds,
        limit: int,
        by_subject: bool,
        newest_first: bool,
    ) -> None:
        """Several at one instant, too."""
        for n in range(7):
            self.write(written, f"e{n}", at=NOON + (n // 3) * TICK)
            self.write(written, f"f{n}", subject=ANN, at=NOON + (n // 3) * TICK)
        what = Search(subject=PICTURE) if by_subject else EVERYTHING
        whole = self.names(search, what, newest_first=newest_first)
        assert len(whole) == (7 if by_subject else 14)
        found: list[str] = []
        after: Position | None = None
        for _ in range(len(whole) + 1):
            page = search.page(what, limit, after, newest_first=newest_first)
            assert len(page.entries) <= limit
            found += [e.entry_id for e in page.entries]
            after = page.after
            if after is None:
                break
        assert found == whole

    def test_a_search_that_finds_little_reads_only_so_much_at_a_time(
        self, written: Writes, search: Finds
    ) -> None:
        for n in range(6):
            self.write(written, f"e{n}", actor=ANN if n == 0 else BOB)
        what = Search(subject=PICTURE, actor=ANN)
        first = search.page(what, 5, most=4)
        assert first.entries == ()
        assert first.after is not None
        second = search.page(what, 5, first.after, most=4)
        assert [e.entry_id for e in second.entries] == ["e0"]
        assert second.after is None

    def test_a_search_for_everything_ever_is_none(self, search: Finds) -> None:
        for what in (Search(), Search(actor=ANN), Search(period=Period(NOON))):
            with pytest.raises(ValueError, match="needs"):
                search.page(what, 5)
