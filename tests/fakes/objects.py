"""The buckets in memory: versions of originals, and renditions."""

from collections.abc import Iterator

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.adapters.objects import StoredVersion, UploadForm
from beeldrecht.domain.intake import RenditionName, original_key
from tests.fakes.effects import Effects


class FakeOriginals:
    """Versioned: nothing is ever written over."""

    def __init__(self) -> None:
        self._versions: dict[str, list[tuple[str, bytes]]] = {}
        self._hidden: set[str] = set()
        self._count = 0
        self.reads: list[str] = []

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

    def form(self, asset_id: str, media_type: str, size: int, seconds: int) -> UploadForm:
        return UploadForm(
            "https://originals.invalid/",
            {
                "key": original_key(asset_id),
                "Content-Type": media_type,
                "size": str(size),
                "seconds": str(seconds),
            },
        )

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


class FakeRenditions:
    """Written over by what is the same."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.stored: dict[tuple[str, RenditionName], bytes] = {}

    def write(self, asset_id: str, name: RenditionName, jpeg: bytes) -> None:
        with self._effects.effect("renditions.write"):
            self.stored[asset_id, name] = jpeg

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        try:
            return self.stored[asset_id, name]
        except KeyError as error:
            raise MissingObjectError(asset_id) from error
