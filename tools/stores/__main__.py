"""`python -m tools.stores`, or `make stores`: write docs/security/stores.md."""

import sys

from . import ROOT
from .page import FILE, text


def main() -> int:
    """Write it."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    print(f"wrote {FILE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
