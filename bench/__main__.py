"""`python -m bench`: every table, with the machine and the date above them.

`--quick` leaves out the chain, which deploys a local cloud first, and most consents.
"""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import access, asked, audit, chain, consents, day, faces, imaging, masking


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
    print("\n== faces that are covered")
    masking.main([])
    print("\n== a picture's first day")
    day.main()
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
