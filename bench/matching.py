"""What comparing with very many people costs: `python -m bench.matching [people …]`.

One probe and sixteen against a gallery, beside one product of floats over the same
gallery, which is what reading it whole takes, and checked against double precision in the
same run. One thread, in turns, best of the rounds; nothing is asserted here.
"""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported

from dataclasses import dataclass

import numpy as np

from beeldrecht_recognition.exact_search import TOGETHER, ExactSearch
from bench.faces import in_turns

PEOPLE = (10_000, 100_000, 1_000_000)
_ALIKE = 0.02
"""How far apart the two halves of a pair of doubles in the gallery are: near ties."""
_AGREEING = 256


@dataclass(frozen=True, slots=True)
class Matching:
    """One size of gallery; times in milliseconds."""

    people: int
    one: float
    together: float
    """Of sixteen probes, for all of them."""
    all_at_least: float
    floats: float
    agree: int
    probes: int
    megabytes: float
    built: float


def measure(people: int, seed: int = 20261123) -> Matching:
    """Time a gallery of random people, a tenth of whom have a double nearly like them."""
    chance = np.random.default_rng(seed)
    rows = chance.standard_normal((people, 128), np.float32)
    doubled = people // 10
    rows[:doubled] = rows[-doubled:]
    rows[:doubled] += _ALIKE * chance.standard_normal((doubled, 128), np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    probes = rows[chance.integers(people, size=_AGREEING)]
    probes = probes + 0.05 * chance.standard_normal(probes.shape, np.float32)
    probes /= np.linalg.norm(probes, axis=1, keepdims=True)
    one, together = probes[:1], probes[:TOGETHER]
    search = ExactSearch(rows)
    times = in_turns(
        lambda: search.nearest(one),
        lambda: search.nearest(together),
        lambda: search.at_least(one, 0.55),
        lambda: rows @ one[0],
        rounds=9,
    )
    (built,) = in_turns(lambda: ExactSearch(rows), rounds=1)
    found = [row for row, _ in search.nearest(probes)]
    return Matching(
        people=people,
        one=times[0],
        together=times[1],
        all_at_least=times[2],
        floats=times[3],
        agree=sum(a == b for a, b in zip(found, _by_doubles(rows, probes), strict=True)),
        probes=_AGREEING,
        megabytes=people * 128 * 5 / 1e6,
        built=built,
    )


def _by_doubles(rows: np.ndarray, probes: np.ndarray) -> list[int]:
    """The nearest row of each probe, by products of doubles over the whole gallery."""
    best = np.full(len(probes), -np.inf)
    at = np.zeros(len(probes), np.int64)
    wide = probes.astype(np.float64).T
    for first in range(0, len(rows), 50_000):
        alike = rows[first : first + 50_000].astype(np.float64) @ wide
        here = alike.argmax(axis=0)
        value = alike[here, np.arange(len(probes))]
        better = value > best
        best[better], at[better] = value[better], here[better] + first
    return at.tolist()


def main(arguments: list[str]) -> int:
    """Print one row a size."""
    print("people      one   of 16    >=.55   floats  ratio  agree      memory  made in")
    for people in map(int, arguments or map(str, PEOPLE)):
        m = measure(people)
        print(
            f"{m.people:9,} {m.one:6.2f} {m.together / TOGETHER:7.3f} "
            f"{m.all_at_least:8.2f} {m.floats:8.2f} {m.one / m.floats:6.2f} "
            f"{m.agree:4}/{m.probes} {m.megabytes:7.0f} MB {m.built:6.0f} ms"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
