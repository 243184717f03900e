"""Whatever the bytes: an answer or a RejectedFileError, in bounded memory and time."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intake.receive_upload.imaging import (
    Header,
    Received,
    RejectedFileError,
    inspect,
    receive,
)
from intake.receive_upload.imaging.binary import ShortReadError
from intake.receive_upload.imaging.containers.av1 import coded_sizes
from tests.unit.imaging.boxes import grid_heic
from tests.unit.imaging.measure import peak_of
from tests.unit.imaging.pictures import ALPHA_SAMPLES, LIMIT, SAMPLES, sample

MEGABYTE = 1024 * 1024

FUZZ_LIMIT = 1_000_000
"""Pixels. Decoded, turned, converted and encoded they take some 30 bytes each at most."""

MEMORY = 30 * FUZZ_LIMIT + 24 * MEGABYTE
SECONDS = 8

MAGICS = [
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\0\0\0WEBPVP8X", b"II*\0", b"MM\0*",
    b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypmif1\0\0\0\0avif", b"",
]  # fmt: skip

WILD = [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\x03\xe8", b"\x10\0"]


@st.composite
def mutated(draw: st.DrawFn, name: str) -> bytes:
    """A valid file with up to six edits, most of them where the structure is."""
    data = bytearray(sample(name))
    for _ in range(draw(st.integers(1, 6))):
        reach = draw(st.sampled_from([64, 600, len(data)]))
        at = draw(st.integers(0, max(0, min(reach, len(data)) - 1)))
        if draw(st.booleans()):
            at = len(data) - 1 - at if reach == 600 else at  # directories at the end
        match draw(st.integers(0, 4)):
            case 0:
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case 1:
                patch = draw(st.sampled_from(WILD))
                data[at : at + len(patch)] = patch
            case 2:
                del data[at : at + draw(st.integers(1, 40))]
            case 3:
                data[at:at] = draw(st.binary(min_size=1, max_size=12))
            case _:
                source = draw(st.integers(0, len(data)))
                data[at:at] = data[source : source + draw(st.integers(1, 2000))]
    return bytes(data)


def judged(data: bytes) -> Header | RejectedFileError:
    try:
        return inspect(data, pixel_limit=FUZZ_LIMIT)
    except RejectedFileError as error:
        return error


def outcome(data: bytes) -> Received | RejectedFileError:
    try:
        return receive(data, pixel_limit=FUZZ_LIMIT)
    except RejectedFileError as error:
        return error


def check(data: bytes) -> None:
    """Receive within bounds; what is accepted must agree with its header."""
    header = judged(data)
    results: list[Received | RejectedFileError] = []
    grown, seconds = peak_of(lambda: results.append(outcome(data)))
    assert grown < MEMORY
    assert seconds < SECONDS
    result = results[0]
    if isinstance(header, RejectedFileError):
        assert isinstance(result, RejectedFileError)
        assert result.reason is header.reason
    elif isinstance(result, Received):
        assert result.width * result.height <= header.pixels <= FUZZ_LIMIT
        assert len(result.perceptual_hash) == 16


NAMES = [*SAMPLES, *(f"alpha-{name}" for name in ALPHA_SAMPLES)]


@pytest.mark.parametrize("name", NAMES)
def test_no_mutation_of_a_valid_file_breaks_anything(name: str) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(mutated(name))
    def run(data: bytes) -> None:
        check(data)

    run()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_at_any_place_is_received_whole_or_refused(name: str) -> None:
    data = sample(name)
    whole = receive(data, pixel_limit=FUZZ_LIMIT)
    step = max(1, len(data) // 25)
    for end in range(0, len(data), step):
        result = outcome(data[:end])
        # What remains passes only if every pixel is still there.
        if isinstance(result, Received):
            assert result.perceptual_hash == whole.perceptual_hash
            assert result.preview == whole.preview


@given(st.sampled_from(MAGICS), st.binary(max_size=2000))
@example(b"", b"")
def test_arbitrary_bytes_are_judged_by_inspect(magic: bytes, noise: bytes) -> None:
    try:
        header = inspect(magic + noise, pixel_limit=LIMIT)
    except RejectedFileError:
        return
    assert 1 <= header.pixels <= LIMIT


@given(st.sampled_from(MAGICS), st.binary(max_size=2000))
def test_arbitrary_bytes_are_never_received(magic: bytes, noise: bytes) -> None:
    with pytest.raises(RejectedFileError):
        receive(magic + noise, pixel_limit=FUZZ_LIMIT)


@given(
    st.tuples(st.integers(0, 70_000), st.integers(0, 70_000)),
    st.tuples(st.integers(0, 70_000), st.integers(0, 70_000)),
    st.integers(0, 5000),
)
def test_no_grid_is_accepted_whose_tiles_outgrow_it(
    size: tuple[int, int], tile: tuple[int, int], tiles: int
) -> None:
    try:
        header = inspect(grid_heic(size, tile, tiles), pixel_limit=LIMIT)
    except RejectedFileError:
        return
    assert header.pixels <= LIMIT
    assert tiles * tile[0] * tile[1] <= 2 * size[0] * size[1] + 4_000_000


@given(st.binary(max_size=120))
def test_an_av1_stream_is_measured_or_refused(stream: bytes) -> None:
    try:
        sizes = coded_sizes(stream)
    except ShortReadError:
        return
    assert all(1 <= side <= 65_536 for size in sizes for side in size)
