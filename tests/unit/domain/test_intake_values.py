"""Near duplicates: hashes that differ in few bits share a band."""

from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.intake import (
    NEAR_BITS,
    RenditionName,
    bits_apart,
    near_bands,
    original_key,
    rendition_key,
)

hashes = st.integers(0, 2**64 - 1)


def as_hash(value: int) -> str:
    return f"{value:016x}"


@given(value=hashes, flipped=st.frozensets(st.integers(0, 63), max_size=3))
def test_pictures_up_to_three_bits_apart_share_a_band(
    value: int, flipped: frozenset[int]
) -> None:
    near = value ^ sum(1 << bit for bit in flipped)
    assert bits_apart(as_hash(value), as_hash(near)) == len(flipped)
    assert set(near_bands(as_hash(value))) & set(near_bands(as_hash(near)))


@given(value=hashes)
def test_bands_are_the_quarters_in_order(value: int) -> None:
    bands = near_bands(as_hash(value))
    assert [band.split(":")[0] for band in bands] == ["0", "1", "2", "3"]
    assert "".join(band.split(":")[1] for band in bands) == as_hash(value)


def test_one_bit_in_every_quarter_is_near_and_yet_not_found() -> None:
    far = (1 << 0) | (1 << 16) | (1 << 32) | (1 << 48)
    assert bits_apart(as_hash(0), as_hash(far)) == 4 <= NEAR_BITS
    assert not set(near_bands(as_hash(0))) & set(near_bands(as_hash(far)))


def test_every_object_of_an_asset_has_its_own_key() -> None:
    keys = [original_key("a"), *(rendition_key("a", name) for name in RenditionName)]
    pictures = ["a/preview.jpg", "a/thumb.jpg", "a/working.jpg"]
    assert keys == ["originals/a", *pictures, "a/file.bin", "a/frames.jpg"]
