"""Exact search: whatever the first pass rounds away, the answer is that of doubles."""

from fractions import Fraction

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import TensorProto, helper

from beeldrecht_recognition import exact_search
from beeldrecht_recognition.exact_search import BLOCK, MODEL, TOGETHER, ExactSearch

Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.float64]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


def doubles(probes: Vectors, rows: Vectors) -> NDArray[np.float64]:
    found: NDArray[np.float64] = probes.astype(np.float64) @ rows.astype(np.float64).T
    return found


def exactly(probe: Vectors, row: Vectors) -> Fraction:
    """The similarity without any rounding at all."""
    pairs = zip(probe.tolist(), row.tolist(), strict=True)
    return sum((Fraction(a) * Fraction(b) for a, b in pairs), Fraction(0))


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Vectors, Vectors]:
    """People who look more or less alike: down to one step of a float from each other."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    people, probes = draw(st.integers(1, 300)), draw(st.integers(1, TOGETHER + 3))
    length = draw(st.sampled_from([3, 16, 128]))
    spread = draw(st.sampled_from([1e-7, 1e-4, 0.02, 1.0, 30.0]))
    centre = chance.normal(size=length)
    rows = unit(centre + spread * chance.normal(size=(people, length)))
    seen = unit(centre + spread * chance.normal(size=(probes, length)))
    if draw(st.booleans()):  # one number so large that the others hardly get a step
        rows[chance.integers(people), 0] = 50
    if draw(st.booleans()):
        rows[-1] = rows[0]
    return rows, seen


@settings(max_examples=60)
@given(crowds())
def test_the_nearest_is_the_nearest_of_exact_numbers(
    crowd: tuple[Vectors, Vectors],
) -> None:
    rows, probes = crowd
    for probe, (row, alike) in zip(
        probes, ExactSearch(rows).nearest(probes), strict=True
    ):
        by_doubles = doubles(probe[None, :], rows)[0]
        close = np.flatnonzero(by_doubles >= by_doubles.max() - 1e-11)
        exact = [exactly(probe, rows[n]) for n in close]
        best = [
            n for n, e in zip(close, exact, strict=True) if float(e) >= float(max(exact))
        ]
        assert row == best[0]
        assert alike == pytest.approx(by_doubles.max(), abs=1e-12)


@settings(max_examples=60)
@given(crowds(), st.floats(-1, 1))
def test_all_that_are_alike_enough_are_found_and_nobody_else(
    crowd: tuple[Vectors, Vectors], least: float
) -> None:
    rows, probes = crowd
    found = ExactSearch(rows).at_least(probes, least)
    alike = doubles(probes, rows)
    pairs = set(zip(found.probes.tolist(), found.rows.tolist(), strict=True))
    surely = set(map(tuple, np.argwhere(alike >= least + 1e-11).tolist()))
    perhaps = set(map(tuple, np.argwhere(alike >= least - 1e-11).tolist()))
    assert surely <= pairs <= perhaps
    assert np.allclose(found.alike, alike[found.probes, found.rows], rtol=0, atol=1e-12)
    order = list(zip(found.probes.tolist(), found.rows.tolist(), strict=True))
    assert order == sorted(order)


def test_two_that_differ_in_the_last_bit_of_one_number_are_told_apart() -> None:
    """Rounding to bytes cannot see it, and doubles hardly can."""
    chance = np.random.default_rng(7)
    rows = unit(chance.normal(size=(64, 128)))
    probe = rows[40].copy()
    largest = int(np.abs(probe).argmax())
    near = probe.copy()
    towards = np.float32(np.sign(probe[largest]) * 2)
    near[largest] = np.nextafter(probe[largest], towards)
    rows[10], rows[50] = near, near
    ((row, _),) = ExactSearch(rows).nearest(probe[None, :])
    assert row == 10, "longer by one step, and the first of the two"


def test_no_sum_of_products_is_cut_off() -> None:
    """All numbers at their largest: what does not fit sixteen bits shows here."""
    rows = np.ones((40, 128), np.float32)
    rows[1::2] = -1
    probes = np.stack([rows[0], rows[1]])
    found = ExactSearch(rows).at_least(probes, 127.999)
    assert found.rows.tolist() == [*range(0, 40, 2), *range(1, 40, 2)]
    guesses = next(iter(ExactSearch(rows)._guesses(probes)))[1]
    assert np.allclose(np.abs(guesses), 128, rtol=1e-5)


def test_blocks_are_one_crowd() -> None:
    chance = np.random.default_rng(3)
    rows = unit(chance.normal(size=(2 * BLOCK + 5, 16)))
    search = ExactSearch(rows)
    wanted = [0, BLOCK - 1, BLOCK, 2 * BLOCK + 4]
    assert [row for row, _ in search.nearest(rows[wanted])] == wanted
    assert search.at_least(rows[wanted], 0.9999).rows.tolist() == wanted
    assert len(search) == 2 * BLOCK + 5


def test_the_second_look_is_at_few() -> None:
    """Of people who are not alike, hardly any have to be compared in doubles."""
    chance = np.random.default_rng(11)
    rows = unit(chance.normal(size=(BLOCK, 128)))
    probes = unit(chance.normal(size=(8, 128)))
    looked = []
    plain = exact_search._doubles

    def counted(one: Vectors, other: Vectors) -> NDArray[np.float64]:
        looked.append(len(other))
        return plain(one, other)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact_search, "_doubles", counted)
        ExactSearch(rows).nearest(probes)
    assert max(looked) < 200


def test_nobody_and_nothing() -> None:
    nobody = ExactSearch(np.empty((0, 128), np.float32))
    assert nobody.at_least(np.ones((1, 128), np.float32), 0.1).rows.size == 0
    with pytest.raises(ValueError, match="nothing"):
        nobody.nearest(np.ones((1, 128), np.float32))
    some = ExactSearch(np.zeros((2, 128), np.float32))
    assert some.at_least(np.empty((0, 128), np.float32), 0.1).rows.size == 0
    assert some.nearest(np.ones((1, 128), np.float32)) == [(0, 0.0)]
    with pytest.raises(ValueError, match="number"):
        ExactSearch(np.full((1, 128), np.nan, np.float32))


def test_the_multiplication_is_what_onnx_writes() -> None:
    def matrix(name: str, kind: int, *sides: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, list(sides))

    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["y"])],
        "compare",
        [
            matrix("a", TensorProto.UINT8, "n", "d"),
            matrix("b", TensorProto.INT8, "d", "m"),
        ],
        [matrix("y", TensorProto.INT32, "n", "m")],
    )
    written = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 13)],
        ir_version=8,
        producer_name="",
    )
    assert written.SerializeToString() == MODEL
