"""The promises of the buckets."""

from collections.abc import Iterator
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.adapters.objects import StoredVersion, UploadForm
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import RenditionName


class Originals(Protocol):
    """What both buckets of originals offer."""

    def form(
        self, asset_id: str, media_type: str, size: int, seconds: int
    ) -> UploadForm: ...
    def first_version(self, asset_id: str) -> StoredVersion | None: ...
    def exists(self, asset_id: str) -> bool: ...
    def asset_ids(self) -> Iterator[str]: ...
    def read(self, asset_id: str, version_id: str) -> bytes: ...


class Uploads(Protocol):
    """What happens to a bucket from outside."""

    def put(self, asset_id: str, data: bytes) -> str:
        """Write a version; give its id."""

    def hide(self, asset_id: str) -> None:
        """Delete without saying which version."""


class Renditions(Protocol):
    """What both buckets of renditions offer."""

    def write(self, asset_id: str, name: RenditionName, jpeg: bytes) -> None: ...
    def read(self, asset_id: str, name: RenditionName) -> bytes: ...


class OriginalsContract:
    """Each test starts from an empty bucket."""

    @pytest.fixture
    def originals(self) -> Originals:
        raise NotImplementedError("the subclass says which bucket")

    @pytest.fixture
    def uploads(self) -> Uploads:
        raise NotImplementedError("the subclass says how something gets into it")

    def test_nothing_is_there_before_it_is_uploaded(self, originals: Originals) -> None:
        assert originals.first_version(new_id()) is None
        assert not originals.exists(new_id())
        assert list(originals.asset_ids()) == []

    def test_the_first_version_counts_however_many_come_after(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        first = uploads.put(asset_id, b"first")
        for n in range(6):
            uploads.put(asset_id, b"later version %d" % n)
        found = originals.first_version(asset_id)
        assert found == StoredVersion(first, len(b"first"))
        assert originals.read(asset_id, first) == b"first"

    def test_a_newer_version_can_be_read_by_its_own_id(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        uploads.put(asset_id, b"first")
        second = uploads.put(asset_id, b"second")
        assert originals.read(asset_id, second) == b"second"

    def test_deleting_without_a_version_hides_and_does_not_remove(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        first = uploads.put(asset_id, b"first")
        uploads.hide(asset_id)
        assert originals.exists(asset_id)
        assert originals.first_version(asset_id) == StoredVersion(first, 5)
        assert originals.read(asset_id, first) == b"first"
        assert list(originals.asset_ids()) == []

    def test_an_upload_after_a_delete_does_not_become_the_first(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        first = uploads.put(asset_id, b"first")
        uploads.hide(asset_id)
        uploads.put(asset_id, b"second")
        assert originals.first_version(asset_id) == StoredVersion(first, 5)
        assert list(originals.asset_ids()) == [asset_id]

    def test_what_is_not_there_is_an_error(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        one, two = new_id(), new_id()
        uploads.put(one, b"one")
        version_of_two = uploads.put(two, b"two")
        with pytest.raises(MissingObjectError):
            originals.read(new_id(), version_of_two)
        with pytest.raises(MissingObjectError):
            originals.read(one, version_of_two)

    def test_assets_are_listed_once_each_in_the_order_of_their_keys(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        ids = [new_id() for _ in range(12)]
        for asset_id in ids:
            uploads.put(asset_id, b"x")
            uploads.put(asset_id, b"y")
        assert list(originals.asset_ids()) == sorted(ids)


class RenditionsContract:
    """Each test starts from an empty bucket."""

    @pytest.fixture
    def renditions(self) -> Renditions:
        raise NotImplementedError("the subclass says which bucket")

    def test_each_rendition_comes_back_by_its_name(self, renditions: Renditions) -> None:
        asset_id = new_id()
        for name in RenditionName:
            renditions.write(asset_id, name, name.encode())
        for name in RenditionName:
            assert renditions.read(asset_id, name) == name.encode()

    def test_a_rendition_is_written_over_by_its_next(
        self, renditions: Renditions
    ) -> None:
        asset_id = new_id()
        renditions.write(asset_id, RenditionName.THUMB, b"one")
        renditions.write(asset_id, RenditionName.THUMB, b"two")
        assert renditions.read(asset_id, RenditionName.THUMB) == b"two"

    def test_what_is_not_there_is_an_error(self, renditions: Renditions) -> None:
        asset_id = new_id()
        renditions.write(asset_id, RenditionName.THUMB, b"one")
        with pytest.raises(MissingObjectError):
            renditions.read(asset_id, RenditionName.PREVIEW)
        with pytest.raises(MissingObjectError):
            renditions.read(new_id(), RenditionName.THUMB)
