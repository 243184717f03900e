"""docs/security/stores.md is what the registry says."""

from beeldrecht.domain.store_registry import STORES
from tools.stores.page import FILE, text


def test_the_page_is_what_the_registry_says() -> None:
    assert text() == FILE.read_text("utf-8"), "write it anew: make stores"


def test_every_entry_has_its_row() -> None:
    rows = [line for line in text().splitlines() if line.startswith("| ")]
    headings = sum(line.startswith("| what ") for line in rows)
    assert len(rows) - headings == len(STORES)
