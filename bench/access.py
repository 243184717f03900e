"""Generated calls: any role, collection, route and state, and nothing forbidden succeeds.

Every call goes as an event into the whole of the staff's APIs, over stores in memory.
What the description of the roles says of it comes from `tests/fakes/access_oracle.py`,
which does not read the table of the policy. Exits with 1 where anything was otherwise.
"""

import logging
import sys
import time
from collections import Counter

from tests.fakes.asked_kinds import ASKED
from tests.fakes.calls import Judge
from tests.fakes.estate import PLACES, Estate, State

CALLS = 60_000


def main(arguments: list[str] | None = None) -> int:
    """Make the calls and print what came of them."""
    given = sys.argv[1:] if arguments is None else arguments
    calls, seed = int(given[0]) if given else CALLS, 2026
    logging.disable()
    estate = Estate()
    kinds = {
        (str(method), path): ASKED[str(method), path]
        for api in estate.apis
        for method, path in api.operations
    }
    start = time.perf_counter()
    tally = Judge(estate, kinds, seed).run(calls)
    seconds = time.perf_counter() - start
    statuses = Counter({int(status): n for status, n in tally.statuses.items()})
    print(
        f"{tally.calls} calls of {len(estate.users)} users on {len(kinds)} routes, "
        f"{len(State)} states, {len(PLACES)} placements, seed {seed}; "
        f"{seconds:.0f} s, {1000 * seconds / tally.calls:.1f} ms each"
    )
    print(f"answers: {', '.join(f'{s}: {n}' for s, n in sorted(statuses.items()))}")
    print(
        f"{tally.permitted} permitted, {tally.forbidden} forbidden; "
        f"{tally.compared} refusals compared with the answer to what never was"
    )
    for kind, told in (
        ("forbidden and done", tally.holes),
        ("forbidden and not plainly refused", tally.told),
        ("told apart from what is not there", tally.unlike),
        ("permitted and refused", tally.shut),
        ("done alone where it takes two", tally.alone),
        ("offered or listed and not theirs", tally.offered),
    ):
        print(f"{len(told):6d} {kind}")
        for each in told[:5]:
            print(f"       {each}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
