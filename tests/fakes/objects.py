"""The buckets in memory: versions of originals, and renditions."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.adapters.objects import PartAddress, StoredVersion, UploadForm
from beeldrecht.domain.egress import rendition_file_name
from beeldrecht.domain.intake import Part, RenditionName, StoredPart, original_key
from tests.fakes.effects import Effects
from tests.fakes.samples import NOON


class FakeOriginals:
    """Versioned: nothing is ever written over."""

    def __init__(self) -> None:
        self._versions: dict[str, list[tuple[str, bytes]]] = {}
        self._hidden: set[str] = set()
        self._count = 0
        self.reads: list[str] = []
        self.uploads: dict[tuple[str, str], dict[int, bytes]] = {}

    def put(self, asset_id: str, data: bytes) -> str:
        """Write a new version, as an upload does; give its id."""
        self._count += 1
        version_id = f"version-{self._count}"
        self._versions.setdefault(asset_id, []).append((version_id, data))
        self._hidden.discard(asset_id)
        return version_id

    def hide(self, asset_id: str) -> None:
        """What a delete without a version does in a versioned bucket."""
        self._hidden.add(asset_id)

    def erase(self, asset_id: str) -> None:
        """Delete every version."""
        del self._versions[asset_id]

    def put_part(
        self, asset_id: str, upload_id: str, number: int, data: bytes
    ) -> StoredPart:
        """Send a part, as a browser does; the store measures it."""
        self.uploads[asset_id, upload_id][number] = data
        return _stored(number, data)

    def form(
        self, asset_id: str, media_type: str, size: int, sha256: str, seconds: int
    ) -> UploadForm:
        return UploadForm(
            "https://originals.invalid/",
            {
                "key": original_key(asset_id),
                "Content-Type": media_type,
                "size": str(size),
                "sha256": sha256,
                "seconds": str(seconds),
            },
        )

    def begin_parts(self, asset_id: str, media_type: str) -> str:
        self._count += 1
        upload_id = f"upload-{self._count:06}"
        self.uploads[asset_id, upload_id] = {}
        return upload_id

    def begun_uploads(self, asset_id: str) -> tuple[str, ...]:
        return tuple(sorted(u for a, u in self.uploads if a == asset_id))

    def part_address(
        self, asset_id: str, upload_id: str, part: Part, seconds: int
    ) -> PartAddress:
        key = original_key(asset_id)
        return PartAddress(
            part,
            f"https://originals.invalid/{key}?{upload_id}&{part.number}&{seconds}",
            {"x-amz-checksum-sha256": part.sha256},
        )

    def stored_parts(
        self, asset_id: str, upload_id: str
    ) -> tuple[StoredPart, ...] | None:
        there = self.uploads.get((asset_id, upload_id))
        if there is None:
            return None
        return tuple(_stored(number, data) for number, data in sorted(there.items()))

    def complete(
        self, asset_id: str, upload_id: str, parts: Sequence[StoredPart]
    ) -> bool:
        there = self.uploads.get((asset_id, upload_id))
        hidden = asset_id in self._hidden
        if there is None or (self.exists(asset_id) and not hidden):
            return False
        if [_stored(p.part.number, there[p.part.number]) for p in parts] != list(parts):
            return False
        del self.uploads[asset_id, upload_id]
        self.put(asset_id, b"".join(there[p.part.number] for p in parts))
        return True

    def abort(self, asset_id: str, upload_id: str) -> None:
        self.uploads.pop((asset_id, upload_id), None)

    def first_version(self, asset_id: str) -> StoredVersion | None:
        for version_id, data in self._versions.get(asset_id, []):
            return StoredVersion(version_id, len(data))
        return None

    def exists(self, asset_id: str) -> bool:
        return self.first_version(asset_id) is not None

    def asset_ids(self) -> Iterator[str]:
        yield from sorted(set(self._versions) - self._hidden)

    def read(self, asset_id: str, version_id: str) -> bytes:
        self.reads.append(version_id)
        for known, data in self._versions.get(asset_id, []):
            if known == version_id:
                return data
        raise MissingObjectError(asset_id)

    def newest(self, asset_id: str, size: int) -> tuple[StoredVersion, bytes] | None:
        versions = self._versions.get(asset_id, [])
        if not versions or asset_id in self._hidden or len(versions[-1][1]) != size:
            return None
        version_id, data = versions[-1]
        self.reads.append(version_id)
        return StoredVersion(version_id, size), data


def _stored(number: int, data: bytes) -> StoredPart:
    digest = hashlib.sha256(data).hexdigest()
    etag = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return StoredPart(Part(number, len(data), digest), etag)


class FakeRenditions:
    """Written over by what is the same."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.stored: dict[tuple[str, RenditionName], bytes] = {}
        self.file_names: dict[tuple[str, RenditionName], str] = {}
        self.masked: dict[tuple[str, str], tuple[bytes, str]] = {}
        self.masked_at: dict[tuple[str, str], datetime] = {}
        self.at = NOON

    def write(
        self, asset_id: str, name: RenditionName, jpeg: bytes, file_name: str
    ) -> None:
        with self._effects.effect("renditions.write"):
            self.stored[asset_id, name] = jpeg
            self.file_names[asset_id, name] = file_name

    def link(self, asset_id: str, name: RenditionName, seconds: int) -> str:
        with self._effects.effect("renditions.link"):
            return f"https://renditions.invalid/{asset_id}/{name}?{seconds}"

    def write_masked(
        self, asset_id: str, name: RenditionName, mask: str, jpeg: bytes, file_name: str
    ) -> None:
        with self._effects.effect("renditions.write_masked"):
            called = rendition_file_name(file_name, name, masked=True)
            self.masked[asset_id, mask] = (jpeg, called)
            self.masked_at[asset_id, mask] = self.at

    def masked_since(self, asset_id: str, mask: str) -> datetime | None:
        return self.masked_at.get((asset_id, mask))

    def masked_link(self, asset_id: str, mask: str, seconds: int) -> str:
        with self._effects.effect("renditions.link"):
            return f"https://renditions.invalid/{asset_id}/masked/{mask}?{seconds}"

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        try:
            return self.stored[asset_id, name]
        except KeyError as error:
            raise MissingObjectError(asset_id) from error
