"""The promises of the recalls on record."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.recalls import (
    LOOK_AFTER,
    Recall,
    RecallReason,
    RecallState,
    asking,
    recall_id,
    reminded,
    told,
)
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from tests.fakes.samples import EDITOR, NOON, UPLOADER

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Recalls(Protocol):
    """What both repositories offer."""

    def open(self, recall: Recall, mail: Mail, entry: NewEntry) -> bool: ...
    def get(self, recall_id: str, at: datetime) -> Recall | None: ...
    def of_asset(self, asset_id: str, at: datetime) -> tuple[Recall, ...]: ...
    def page(
        self, state: RecallState, at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Recall, ...], str | None]: ...
    def due(self, at: datetime) -> Iterator[Recall]: ...
    def change(
        self,
        before: Recall,
        after: Recall,
        entry: NewEntry | None = None,
        mails: Iterable[Mail] = (),
    ) -> bool: ...


class Mails(Protocol):
    """The mails that stand with them."""

    def get(self, mail_id: str) -> Mail | None: ...


class Trail(Protocol):
    """What was recorded."""

    def entries(self, subject: str) -> Iterable[Entry]: ...


def recall(
    asset_id: str | None = None, recipient_id: str = EDITOR, at: datetime = NOON
) -> Recall:
    """A recall of a new fact."""
    asset, fact = asset_id or new_id(), new_id()
    return Recall(
        recall_id(fact, asset, recipient_id),
        asset,
        recipient_id,
        fact,
        frozenset({Channel.WEBSITE, Channel.PRINT}),
        at,
        RecallReason.WITHDRAWAL,
        next_at=at + LOOK_AFTER,
    )


def entry_of(each: Recall, what: str = "recall") -> NewEntry:
    """The entry of what happens to a recall."""
    tag = f"consent:recipient:{what}"
    name = f"{tag}:{each.recall_id}:{each.reminders}"
    return NewEntry(each.asset_id, name, tag, NOON, "system")


class RecallsContract:
    """Each test uses pictures of its own."""

    @pytest.fixture
    def recalls(self) -> Recalls:
        raise NotImplementedError("the subclass says which repository")

    @pytest.fixture
    def mails(self) -> Mails:
        raise NotImplementedError("the subclass says which mails")

    @pytest.fixture
    def trail(self) -> Trail:
        raise NotImplementedError("the subclass says which trail")

    def opened(self, recalls: Recalls, each: Recall | None = None) -> Recall:
        made = each or recall()
        assert recalls.open(made, asking(made, made.opened_at), entry_of(made))
        return made

    def tags(self, trail: Trail, each: Recall) -> list[str]:
        return [found.tag for found in trail.entries(each.asset_id)]

    def test_r12_a_recall_stands_with_its_mail_and_its_entry_and_once(
        self, recalls: Recalls, mails: Mails, trail: Trail
    ) -> None:
        made = self.opened(recalls)
        mail = asking(made, NOON)
        assert recalls.get(made.recall_id, NOON) == made
        assert mails.get(mail.mail_id) == mail
        assert self.tags(trail, made) == ["consent:recipient:recall"]
        assert not recalls.open(made, mail, entry_of(made))
        assert self.tags(trail, made) == ["consent:recipient:recall"]

    def test_what_was_never_opened_is_not_there(self, recalls: Recalls) -> None:
        assert recalls.get(new_id(), NOON) is None
        assert recalls.of_asset(new_id(), NOON) == ()

    def test_the_recalls_of_a_picture_are_told_in_the_order_they_were_opened(
        self, recalls: Recalls
    ) -> None:
        asset_id = new_id()
        made = [
            self.opened(recalls, recall(asset_id, who, NOON + n * MINUTE))
            for n, who in ((1, EDITOR), (0, UPLOADER))
        ]
        self.opened(recalls)
        assert recalls.of_asset(asset_id, NOON) == (made[1], made[0])

    def test_open_ones_are_due_at_their_instant_the_longest_waiting_first(
        self, recalls: Recalls
    ) -> None:
        made = [self.opened(recalls, recall(at=NOON + n * DAY)) for n in (1, 0, 2)]
        first, second = made[1], made[0]
        for at, due in (
            (NOON + LOOK_AFTER - MINUTE, []),
            (NOON + LOOK_AFTER, [first]),
            (NOON + DAY + LOOK_AFTER, [first, second]),
        ):
            assert list(recalls.due(at)) == due

    def test_a_change_is_read_back_whole_and_moves_it_to_its_list(
        self, recalls: Recalls, trail: Trail
    ) -> None:
        made = self.opened(recalls)
        sent = told(made, NOON + MINUTE)
        assert recalls.change(made, sent)
        gone = replace(
            sent,
            state=RecallState.REMOVED,
            acknowledged_at=NOON + DAY,
            acknowledged_by=UPLOADER,
            next_at=None,
        )
        assert recalls.change(sent, gone, entry_of(sent, "acknowledge"))
        assert recalls.get(made.recall_id, NOON) == gone
        assert list(recalls.due(NOON + 99 * DAY)) == []
        pages = {state: recalls.page(state, NOON, None, 10)[0] for state in RecallState}
        assert pages.pop(RecallState.REMOVED) == (gone,)
        assert not any(pages.values())
        assert self.tags(trail, made)[-1] == "consent:recipient:acknowledge"

    def test_r12_a_reminder_stands_with_what_it_reminds_of(
        self, recalls: Recalls, mails: Mails
    ) -> None:
        made = self.opened(recalls)
        again = reminded(made, NOON + DAY)
        mail = asking(again, NOON + DAY)
        assert recalls.change(made, again, entry_of(again, "remind"), [mail])
        assert mails.get(mail.mail_id) == mail
        assert recalls.get(made.recall_id, NOON) == again

    def test_of_two_who_change_it_at_once_one_is_refused_whole(
        self, recalls: Recalls, mails: Mails, trail: Trail
    ) -> None:
        made = self.opened(recalls)
        removed = replace(
            made, state=RecallState.REMOVED, acknowledged_at=NOON, next_at=None
        )
        assert recalls.change(made, removed, entry_of(made, "acknowledge"))
        again = reminded(made, NOON)
        mail = asking(again, NOON)
        assert not recalls.change(made, again, entry_of(again, "remind"), [mail])
        assert not recalls.change(made, told(made, NOON))
        assert recalls.get(made.recall_id, NOON) == removed
        assert mails.get(mail.mail_id) is None
        assert self.tags(trail, made)[1:] == ["consent:recipient:acknowledge"]

    def test_told_and_reminded_are_changes_too(self, recalls: Recalls) -> None:
        made = self.opened(recalls)
        sent = told(made, NOON)
        assert recalls.change(made, sent)
        assert not recalls.change(made, reminded(made, NOON))
        assert recalls.change(sent, reminded(sent, NOON))
        assert not recalls.change(sent, replace(sent, state=RecallState.UNREACHABLE))

    def test_one_that_is_not_there_cannot_be_changed(self, recalls: Recalls) -> None:
        assert not recalls.change(recall(), told(recall(), NOON))

    def test_pages_leave_nothing_out_and_say_nothing_twice(
        self, recalls: Recalls
    ) -> None:
        made = [self.opened(recalls, recall(at=NOON + n * MINUTE)) for n in range(5)]
        for limit in (1, 2, 5, 6):
            found: list[Recall] = []
            after: str | None = None
            while True:
                shown, after = recalls.page(RecallState.OPEN, NOON, after, limit)
                assert len(shown) <= limit
                found += shown
                if after is None:
                    break
            assert found == made

    def test_what_is_kept_no_longer_is_not_read_though_it_is_there(
        self, recalls: Recalls
    ) -> None:
        made = self.opened(recalls)
        end = RetentionPolicy().ends(RetentionKind.DISCLOSURES, NOON)
        assert end is not None
        before = end - timedelta(seconds=1)
        assert recalls.get(made.recall_id, before) == made
        assert recalls.of_asset(made.asset_id, before) == (made,)
        assert list(recalls.due(before)) == [made]
        assert recalls.get(made.recall_id, end) is None
        assert recalls.of_asset(made.asset_id, end) == ()
        assert recalls.page(RecallState.OPEN, end, None, 5) == ((), None)
        assert list(recalls.due(end)) == []
