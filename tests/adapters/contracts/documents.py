"""The promises of the signed copies and the scanned forms."""

from typing import Protocol

import pytest

from beeldrecht.domain.ids import new_id


class Documents(Protocol):
    """What both stores offer."""

    def keep(self, quitclaim_id: str, sealed: bytes) -> bool: ...
    def read(self, quitclaim_id: str) -> bytes | None: ...
    def upload_form(self, scan_id: str) -> tuple[str, dict[str, str]]: ...
    def scan(self, scan_id: str) -> bytes | None: ...
    def drop_scan(self, scan_id: str) -> None: ...


class DocumentsContract:
    """Each test starts with an empty store."""

    @pytest.fixture
    def documents(self) -> Documents:
        raise NotImplementedError("the subclass says which store")

    def test_r04_the_first_signed_copy_stands(self, documents: Documents) -> None:
        name = new_id()
        assert documents.read(name) is None
        assert documents.keep(name, b"sealed")
        assert not documents.keep(name, b"another")
        assert documents.read(name) == b"sealed"
        assert documents.read(new_id()) is None

    def test_a_scan_that_was_not_posted_is_not_there(self, documents: Documents) -> None:
        scan_id = new_id()
        _, fields = documents.upload_form(scan_id)
        assert fields["key"] == f"paper/{scan_id}"
        assert documents.scan(scan_id) is None
        documents.drop_scan(scan_id)
        assert documents.scan(scan_id) is None
