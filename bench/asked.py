"""Every operation of the API asked over and over, and what that found.

The suite asks a little and always the same (`tests/adapters/test_asked.py`); this asks
for as many minutes as it is told (`python -m bench.asked 30`), another way each time, and
prints what did not answer as described.
"""

import os
import sys
import time
from datetime import UTC, datetime

import pytest
from moto import mock_aws

from tests.adapters.asking import Asking
from tests.adapters.aws import Aws
from tests.adapters.house import house
from tests.fakes.runtime import ENVIRONMENT

_EXAMPLES, _WALKS, _STEPS = 10, 10, 20
_MINUTES = 5.0


def main(minutes: float = _MINUTES) -> int:
    """Ask in rounds, each with a seed of its own; 1 when anything was found."""
    for name in [each for each in os.environ if each.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(ENVIRONMENT)
    start = time.perf_counter()
    seed = int(datetime.now(UTC).timestamp())
    cases = 0
    found: dict[tuple[str, str], tuple[int, str]] = {}
    with mock_aws():
        aws = Aws("moto")
        while time.perf_counter() - start < 60 * minutes:
            with pytest.MonkeyPatch.context() as patch, house(aws, patch) as furnished:
                asking = Asking(furnished, seed)
                asking.ask_each(_EXAMPLES)
                asking.ask_in_turn(_WALKS, _STEPS)
            cases += asking.cases
            found |= {key: (seed, told) for key, told in asking.failures.items()}
            seed += 1
    seconds = time.perf_counter() - start
    print(f"{cases} requests in {seconds:.0f} s ({cases / seconds:.1f}/s)")
    print(f"{len(found)} answers other than described")
    for with_seed, told in found.values():
        print(f"\n-- seed {with_seed}\n{told}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2])))
