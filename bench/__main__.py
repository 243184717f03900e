"""`python -m bench`: every table, with the machine and the date above them.

`--quick` leaves out what deploys a local cloud first (the chain and the canary), and most
consents. The canary has `python -m bench.canary` for a thousand people; here it has some.
"""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    access,
    asked,
    audit,
    canary,
    chain,
    channels,
    consents,
    day,
    faces,
    imaging,
    importing,
    masking,
    matching,
    rights,
    search,
    web,
)

CANARIES = "20"
"""People; most of the time of each goes into erasing half of them."""


def machine() -> str:
    """The processor, as the system names it, and how many cores there are."""
    names = {
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    }
    return ", ".join(sorted(names)) or platform.processor()


def main() -> int:
    """Print the tables one after another."""
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {machine()}, Python {platform.python_version()}"
    )
    print("\n== receive_upload: header to renditions")
    imaging.main()
    print("\n== faces: detection, and recognition under a permit")
    faces.main([])
    print("\n== comparing with very many people")
    matching.main([])
    print("\n== versions for channels")
    channels.main()
    print("\n== faces that are covered")
    masking.main([])
    print("\n== keeping, exporting, erasing, restoring")
    rights.main([])
    print("\n== finding pictures again")
    search.main([])
    print("\n== the web app, with very many pictures")
    web.main([])
    print("\n== a picture's first day")
    day.main()
    print("\n== bringing in an archive")
    importing.main([])
    print("\n== generated calls: who may do what")
    access.main([])
    print("\n== the audit log: verified, forged, written by many")
    audit.main(sys.argv[1:])
    print("\n== ten years of consents")
    consents.main(["1000"] if "--quick" in sys.argv[1:] else [])
    if "--quick" not in sys.argv[1:]:
        print("\n== everything that the API can be asked")
        asked.main()
        print("\n== end to end")
        chain.main()
        print("\n== the canary")
        return canary.main([CANARIES])
    return 0


if __name__ == "__main__":
    sys.exit(main())
