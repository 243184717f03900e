"""The `beeldrecht` command: what staff do with a deployed library, from a shell.

It runs from a clone, where the rules and the functions' words are found by path.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

for _path in ("layers/core/python", "functions"):
    if str(ROOT / _path) not in sys.path:
        sys.path.append(str(ROOT / _path))
