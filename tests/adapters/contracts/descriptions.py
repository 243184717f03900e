"""What is promised of where it is recorded what is said of pictures."""

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.adapters.descriptions import KEPT, MetadataEdit, undo_of
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.metadata import Metadata, ModelRelease
from tests.adapters.contracts.library import BOTH, DESCRIPTION, WEEK, original
from tests.fakes.samples import EDITOR, NOON, PICTURE, announcement

EDIT = derived_id("test", "edit")
SAID = Metadata(
    title="Markt",
    keywords=("markt",),
    city="Delft",
    model_release=ModelRelease.LIMITED,
)


def entry(record: AssetRecord, tag: str = "api:metadata:change") -> NewEntry:
    return NewEntry(
        PICTURE, f"{tag}:{record.revision}", tag, NOON, EDITOR, {"edit_id": EDIT}
    )


class DescriptionsContract(ABC):
    """Run with the real ones and with the fake."""

    @pytest.fixture
    @abstractmethod
    def scene(self) -> tuple[Any, Any]:
        """A library, and what records what is said of its pictures."""

    @pytest.fixture
    def received(self, scene: tuple[Any, Any]) -> AssetRecord:
        library, _ = scene
        library.announce(announcement(PICTURE), keep_until=NOON + WEEK)
        record = library.record(PICTURE)
        library.receive(record, original(), DESCRIPTION, BOTH, (), NOON)
        found: AssetRecord = library.record(PICTURE)
        return found

    def test_what_is_said_is_kept_with_what_was_said_before(
        self, scene: tuple[Any, Any], received: AssetRecord
    ) -> None:
        library, descriptions = scene
        assert descriptions.before(received) is None
        descriptions.describe(received, SAID, EDIT, entry(received))
        record = library.record(PICTURE)
        assert (record.description, record.edit_id) == (SAID, EDIT)
        assert record.revision == received.revision + 1
        assert descriptions.before(record) == DESCRIPTION
        descriptions.undo(record, DESCRIPTION, entry(record, "api:metadata:undo"))
        back = library.record(PICTURE)
        assert (back.description, back.edit_id) == (DESCRIPTION, undo_of(EDIT))
        assert descriptions.before(back) is None

    def test_who_read_an_older_one_changes_nothing(
        self, scene: tuple[Any, Any], received: AssetRecord
    ) -> None:
        library, descriptions = scene
        descriptions.describe(received, SAID, EDIT, entry(received))
        for act in (descriptions.describe, descriptions.undo):
            given = (SAID, EDIT) if act == descriptions.describe else (SAID,)
            with pytest.raises(StaleRevisionError):
                act(received, *given, entry(received))
        assert library.record(PICTURE).revision == received.revision + 1

    def test_an_edit_is_known_by_its_pictures_for_a_month(
        self, scene: tuple[Any, Any]
    ) -> None:
        _, descriptions = scene
        edit = MetadataEdit(EDIT, (PICTURE,), EDITOR, NOON)
        assert descriptions.edit(EDIT, NOON) is None
        descriptions.begin(edit)
        descriptions.begin(MetadataEdit(EDIT, (), EDITOR, NOON))
        assert descriptions.edit(EDIT, NOON + KEPT - timedelta(seconds=1)) == edit
        assert descriptions.edit(EDIT, NOON + KEPT) is None
