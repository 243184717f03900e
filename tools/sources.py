"""Puts our own source folders on Python's path: the folders that layers put there on AWS.

Importing this module is enough. Tests do the same through pytest's `pythonpath`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SOURCES = (
    "functions",
    "layers/core/python",
    "layers/vision/python",
    "layers/recognition/python",
    "layers/mail/python",
)

for _source in SOURCES:
    if str(ROOT / _source) not in sys.path:
        sys.path.append(str(ROOT / _source))
