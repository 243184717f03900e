"""Pictures that are the same, or look it: found through the library table."""

from beeldrecht.domain.intake import NEAR_BITS, bits_apart, near_bands

from . import keys
from .library_items import AssetItem, BandItem, LibraryItem


def exact_duplicate(asset_id: str, sha256: str) -> str | None:
    """The earliest other asset with the same bytes, if there is one."""
    same = LibraryItem.by_lookup.query(keys.digest(sha256))
    assets = (i.asset_id for i in same if isinstance(i, AssetItem))
    return next((other for other in assets if other != asset_id), None)


def near_duplicates(asset_id: str, perceptual_hash: str) -> tuple[str, ...]:
    """Other assets whose perceptual hash is within NEAR_BITS of this one."""
    near = {
        item.asset_id
        for band in near_bands(perceptual_hash)
        for item in BandItem.query(keys.band(band))
        if item.asset_id != asset_id
        and bits_apart(item.perceptual_hash, perceptual_hash) <= NEAR_BITS
    }
    return tuple(sorted(near))


def put_bands(asset_id: str, perceptual_hash: str) -> None:
    """List a picture under the quarters of its perceptual hash; safe to repeat."""
    for band in near_bands(perceptual_hash):
        BandItem(
            keys.band(band),
            keys.asset(asset_id),
            asset_id=asset_id,
            perceptual_hash=perceptual_hash,
        ).save()
