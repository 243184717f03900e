"""The full-size pixels of a picture, wherever they are, as a JPEG and how to turn it."""

from typing import Protocol

from beeldrecht.domain.intake import AssetRecord, RenditionName


class NotReceivedError(Exception):
    """The picture is not on record as received yet; what asked for it comes again."""


class OriginalBytes(Protocol):
    """The originals."""

    def read(self, asset_id: str, version_id: str) -> bytes:
        """The bytes of a version."""
        ...


class RenditionBytes(Protocol):
    """The renditions."""

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        """The bytes of a rendition."""
        ...


class FullSize:
    """Reads the original where it is a plain JPEG, else the working rendition."""

    def __init__(self, originals: OriginalBytes, renditions: RenditionBytes) -> None:
        self._originals = originals
        self._renditions = renditions

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """The JPEG and its EXIF orientation, 1 to 8; raises NotReceivedError."""
        if record.original is None:
            raise NotReceivedError(record.asset_id)
        if record.pixels_in is not None:
            return self._renditions.read(record.asset_id, record.pixels_in), 1
        version = record.original.version_id
        return self._originals.read(record.asset_id, version), record.original.orientation
