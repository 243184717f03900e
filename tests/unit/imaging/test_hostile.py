"""Files that mean harm: each ends refused with a reason, or as bare JPEGs of ours.

Each is received in a process of its own, whose memory is bounded as the promise has it.
The time is measured in `bench/hostile.py`, which takes ten thousand; nothing here asks a
clock, and one that hangs is ended by the system and fails.
"""

import random
from collections.abc import Iterator

import pytest

from bench.apart import RECEIVED, Apart, Found, flaw_of
from bench.mutations import TAILS, mutated
from intake.receive_upload.imaging import RejectionReason, receive
from tests.unit.imaging.hostile import FAMILIES, HTML, PDF, SVG, ZIP, boundaries
from tests.unit.imaging.pictures import LIMIT, SAMPLES, jpeg_with, sample

MEGABYTES = 512
OUTCOMES = {RECEIVED, *(reason.value for reason in RejectionReason)}
MADE = [(family, name) for family in FAMILIES for name in FAMILIES[family]]


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as helper:
        yield helper


def harmless(found: Found) -> bool:
    return not found.fault and found.megabytes <= MEGABYTES and found.outcome in OUTCOMES


@pytest.mark.parametrize(("family", "name"), MADE)
def test_no_made_file_does_harm(apart: Apart, family: str, name: str) -> None:
    make, expected = FAMILIES[family][name]
    found = apart.receive(make())
    assert harmless(found), found
    assert found.outcome in expected, found


@pytest.mark.parametrize("name", SAMPLES)
def test_no_mutated_file_does_harm(apart: Apart, name: str) -> None:
    sources = [sample(name), sample("jpeg"), sample("png")]
    for number in range(20):
        chance = random.Random(f"{name}:{number}")  # noqa: S311  (the same every time)
        data = mutated(sources[:1] * 9 + sources, chance)
        found = apart.receive(data)
        assert harmless(found), (number, found)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_file_that_stops_at_a_boundary_does_harm(apart: Apart, name: str) -> None:
    data = sample(name)
    for at in boundaries(data)[::6]:
        found = apart.receive(data[:at])
        assert harmless(found), (at, found)


def test_the_helper_tells_a_crash_a_hang_and_a_flood_of_memory_from_an_answer(
    apart: Apart,
) -> None:
    """What the tests above rely on: such an end would be seen."""
    assert apart.receive(sample("jpeg")).outcome == RECEIVED
    assert harmless(Found(RECEIVED, megabytes=MEGABYTES))
    assert not harmless(Found(RECEIVED, megabytes=MEGABYTES + 1))
    assert not harmless(Found("crashed", "SIGSEGV"))
    assert not harmless(Found("hung", "SIGXCPU"))
    assert not harmless(Found(RECEIVED, "segment e1"))


@pytest.mark.parametrize("foreign", [HTML, SVG, PDF, ZIP, *TAILS[:-1]])
def test_a_rendition_with_anything_foreign_in_it_would_be_seen(foreign: bytes) -> None:
    clean = receive(sample("png"), pixel_limit=LIMIT).preview
    assert flaw_of(clean) == ""
    assert flaw_of(clean + foreign)
    assert flaw_of(jpeg_with(clean, (0xFE, foreign)))
    assert flaw_of(jpeg_with(clean, (0xE1, foreign)))
    assert flaw_of(clean[:-2] + b"\xff\xfe\0\x10" + foreign + clean[-2:])
    assert flaw_of(foreign + clean)
