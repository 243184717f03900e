"""The promises of the buckets."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.adapters.objects import StoredVersion, UploadForm
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import Part, RenditionName, StoredPart


class Originals(Protocol):
    """What both buckets of originals offer."""

    def form(
        self, asset_id: str, media_type: str, size: int, sha256: str, seconds: int
    ) -> UploadForm: ...
    def begin_parts(self, asset_id: str, media_type: str) -> str: ...
    def begun_uploads(self, asset_id: str) -> tuple[str, ...]: ...
    def stored_parts(
        self, asset_id: str, upload_id: str
    ) -> tuple[StoredPart, ...] | None: ...
    def complete(
        self, asset_id: str, upload_id: str, parts: Sequence[StoredPart]
    ) -> bool: ...
    def abort(self, asset_id: str, upload_id: str) -> None: ...
    def first_version(self, asset_id: str) -> StoredVersion | None: ...
    def exists(self, asset_id: str) -> bool: ...
    def asset_ids(self) -> Iterator[str]: ...
    def read(self, asset_id: str, version_id: str) -> bytes: ...
    def newest(self, asset_id: str, size: int) -> tuple[StoredVersion, bytes] | None: ...


class Uploads(Protocol):
    """What happens to a bucket from outside."""

    def put(self, asset_id: str, data: bytes) -> str:
        """Write a version; give its id."""

    def hide(self, asset_id: str) -> None:
        """Delete without saying which version."""

    def put_part(self, asset_id: str, upload_id: str, number: int, data: bytes) -> object:
        """Send a part."""


class Renditions(Protocol):
    """What both buckets of renditions offer."""

    def write(
        self, asset_id: str, name: RenditionName, jpeg: bytes, file_name: str
    ) -> None: ...
    def read(self, asset_id: str, name: RenditionName) -> bytes: ...
    def write_masked(
        self, asset_id: str, name: RenditionName, mask: str, jpeg: bytes, file_name: str
    ) -> None: ...
    def masked_since(self, asset_id: str, mask: str) -> datetime | None: ...


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

    def test_what_lies_there_now_is_read_where_it_has_that_size(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        assert originals.newest(asset_id, 5) is None
        uploads.put(asset_id, b"first")
        second = uploads.put(asset_id, b"other")
        assert originals.newest(asset_id, 5) == (StoredVersion(second, 5), b"other")
        assert originals.newest(asset_id, 6) is None
        uploads.hide(asset_id)
        assert originals.newest(asset_id, 5) is None

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


NAME = "zomerfeest é 012.HEIC"
FIRST, LAST = b"\0" * (5 * 1024 * 1024), b"the end"
"""Only the last part may be smaller than five mebibytes."""


def part(number: int, data: bytes) -> Part:
    return Part(number, len(data), hashlib.sha256(data).hexdigest())


class PartsContract:
    """Each test starts from an empty bucket."""

    @pytest.fixture
    def originals(self) -> Originals:
        raise NotImplementedError("the subclass says which bucket")

    @pytest.fixture
    def uploads(self) -> Uploads:
        raise NotImplementedError("the subclass says how something gets into it")

    def begun(self, originals: Originals, uploads: Uploads) -> tuple[str, str]:
        """An upload of two parts, both sent, the last one first."""
        asset_id = new_id()
        upload_id = originals.begin_parts(asset_id, "image/tiff")
        uploads.put_part(asset_id, upload_id, 2, LAST)
        uploads.put_part(asset_id, upload_id, 1, FIRST)
        return asset_id, upload_id

    def stored(
        self, originals: Originals, asset_id: str, upload_id: str
    ) -> tuple[StoredPart, ...]:
        found = originals.stored_parts(asset_id, upload_id)
        assert found is not None
        return found

    def test_an_upload_is_under_way_from_its_beginning_until_it_is_completed(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        assert originals.begun_uploads(new_id()) == ()
        asset_id, upload_id = self.begun(originals, uploads)
        assert originals.begun_uploads(asset_id) == (upload_id,)
        assert originals.begun_uploads(new_id()) == ()
        assert not originals.exists(asset_id)
        parts = self.stored(originals, asset_id, upload_id)
        assert originals.complete(asset_id, upload_id, parts)
        assert originals.begun_uploads(asset_id) == ()
        assert originals.stored_parts(asset_id, upload_id) is None

    def test_parts_are_told_in_their_order_as_the_store_measured_them(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        found = self.stored(originals, asset_id, upload_id)
        assert [each.part for each in found] == [part(1, FIRST), part(2, LAST)]
        assert all(each.etag and '"' not in each.etag for each in found)

    def test_completed_parts_are_one_object_of_one_version(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        parts = self.stored(originals, asset_id, upload_id)
        assert originals.complete(asset_id, upload_id, parts)
        version = originals.first_version(asset_id)
        assert version is not None
        assert version.size == len(FIRST) + len(LAST)
        assert originals.read(asset_id, version.version_id) == FIRST + LAST

    def test_completing_twice_makes_no_second_version(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        parts = self.stored(originals, asset_id, upload_id)
        originals.complete(asset_id, upload_id, parts)
        first = originals.first_version(asset_id)
        originals.complete(asset_id, upload_id, parts)
        assert originals.first_version(asset_id) == first

    def test_a_part_that_is_sent_again_takes_the_place_of_the_first(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        uploads.put_part(asset_id, upload_id, 2, b"another end")
        found = self.stored(originals, asset_id, upload_id)
        assert [each.part for each in found] == [part(1, FIRST), part(2, b"another end")]

    def test_parts_do_not_overwrite_what_is_there(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        first = uploads.put(asset_id, b"by a form")
        parts = self.stored(originals, asset_id, upload_id)
        assert not originals.complete(asset_id, upload_id, parts)
        assert originals.first_version(asset_id) == StoredVersion(first, 9)

    def test_parts_with_a_wrong_tag_are_not_put_together(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        one, two = self.stored(originals, asset_id, upload_id)
        wrong = [one, StoredPart(two.part, one.etag)]
        assert not originals.complete(asset_id, upload_id, wrong)
        assert not originals.exists(asset_id)

    def test_what_is_given_up_is_gone_and_giving_up_twice_does_no_harm(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        parts = self.stored(originals, asset_id, upload_id)
        originals.abort(asset_id, upload_id)
        originals.abort(asset_id, upload_id)
        assert originals.begun_uploads(asset_id) == ()
        assert originals.stored_parts(asset_id, upload_id) is None
        assert not originals.complete(asset_id, upload_id, parts)

    def test_an_upload_of_one_asset_is_none_of_another(
        self, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id, upload_id = self.begun(originals, uploads)
        parts = self.stored(originals, asset_id, upload_id)
        other = new_id()
        assert originals.stored_parts(other, upload_id) is None
        assert not originals.complete(other, upload_id, parts)
        originals.abort(other, upload_id)
        assert originals.begun_uploads(asset_id) == (upload_id,)


class RenditionsContract:
    """Each test starts from an empty bucket."""

    @pytest.fixture
    def renditions(self) -> Renditions:
        raise NotImplementedError("the subclass says which bucket")

    def test_each_rendition_comes_back_by_its_name(self, renditions: Renditions) -> None:
        asset_id = new_id()
        for name in RenditionName:
            renditions.write(asset_id, name, name.encode(), NAME)
        for name in RenditionName:
            assert renditions.read(asset_id, name) == name.encode()

    def test_a_rendition_is_written_over_by_its_next(
        self, renditions: Renditions
    ) -> None:
        asset_id = new_id()
        renditions.write(asset_id, RenditionName.THUMB, b"one", NAME)
        renditions.write(asset_id, RenditionName.THUMB, b"two", NAME)
        assert renditions.read(asset_id, RenditionName.THUMB) == b"two"

    def test_what_is_not_there_is_an_error(self, renditions: Renditions) -> None:
        asset_id = new_id()
        renditions.write(asset_id, RenditionName.THUMB, b"one", NAME)
        with pytest.raises(MissingObjectError):
            renditions.read(asset_id, RenditionName.PREVIEW)
        with pytest.raises(MissingObjectError):
            renditions.read(new_id(), RenditionName.THUMB)

    def test_a_masked_version_is_known_by_its_faces_and_replaces_no_rendition(
        self, renditions: Renditions
    ) -> None:
        asset_id, mask, other = new_id(), new_id(), new_id()
        renditions.write(asset_id, RenditionName.PREVIEW, b"open", NAME)
        assert renditions.masked_since(asset_id, mask) is None
        renditions.write_masked(asset_id, RenditionName.PREVIEW, mask, b"covered", NAME)
        made = renditions.masked_since(asset_id, mask)
        assert made is not None
        assert made.tzinfo is not None
        assert renditions.masked_since(asset_id, other) is None
        assert renditions.masked_since(new_id(), mask) is None
        assert renditions.read(asset_id, RenditionName.PREVIEW) == b"open"
