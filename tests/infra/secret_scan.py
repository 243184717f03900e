"""Finds what looks like a secret in text: known forms, and words that are too random.

Ruff's own rules (S105 to S107) look at passwords in code that runs; this looks at every
file that is kept, tests, locks and documents too, and at the templates.
"""

import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cdk.deployment import ROOT

FORMS = {
    "AWS access key": re.compile(r"\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b"),
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "token of GitHub": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "token of npm": re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"),
    "token of PyPI": re.compile(r"\bpypi-[A-Za-z0-9_-]{50,}"),
    "token of Slack": re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    "JSON Web Token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "TOTP secret": re.compile(r"otpauth://\S+secret=[A-Z2-7]{16,}"),
    "signed address": re.compile(r"X-Amz-Signature=[0-9a-f]{64}"),
    "password in an address": re.compile(r"\b[a-z]+://[^\s/:@{}<>]+:[^\s/:@{}<>]+@"),
}
_WORD = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
# A random word of 32 base64 characters has about 4.5 bits a character; English joined by
# dashes or camel case stays below.
RANDOM = 4.3
# Chance goes from one kind of letter to another at six of ten; camel case at three.
CHANGING = 0.45
_PARTS = re.compile(r"[-_/=+]")


@dataclass(frozen=True)
class Found:
    """One suspicion: where, and what it looks like."""

    place: str
    line: int
    what: str
    text: str


def suspicions(text: str, place: str = "") -> Iterator[Found]:
    """Everything in a text that looks like a secret."""
    for number, line in enumerate(text.splitlines(), 1):
        for what, form in FORMS.items():
            for match in form.finditer(line):
                yield Found(place, number, what, match[0])
        for match in _WORD.finditer(line):
            if is_random(match[0]):
                yield Found(place, number, "random word", match[0])


def is_random(word: str) -> bool:
    """Whether a word is as mixed as only chance (or base64) makes it.

    A digest in hexadecimal is not: it has sixteen letters, and says nothing about what
    it is of. What is written as words (a path, a name in camel case) is not either.
    """
    longest = max(_PARTS.split(word), key=len)
    kinds = [_kind(letter) for letter in longest]
    changes = sum(one != next_ for one, next_ in pairwise(kinds))
    return (
        len(longest) >= 20
        and len(set(kinds)) == 3
        and changes > CHANGING * len(longest)
        and entropy(word) > RANDOM
    )


def _kind(letter: str) -> str:
    return "digit" if letter.isdigit() else "upper" if letter.isupper() else "lower"


def entropy(word: str) -> float:
    """Shannon's entropy of a word's letters, in bits a letter."""
    counts = (word.count(letter) for letter in set(word))
    return -sum(n / len(word) * math.log2(n / len(word)) for n in counts)


# Made or downloaded, never kept.
_NOT_KEPT = {"build", "cdk.out", "node_modules", "test-results", "__pycache__"}


def kept_files() -> Iterator[Path]:
    """Every file of the repository, less what is made or downloaded."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in _NOT_KEPT and (name[0] != "." or name == ".ci")
        ]
        yield from (Path(folder, name) for name in files)
