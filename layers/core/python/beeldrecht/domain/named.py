"""Finding somebody's name in what people typed, and taking it out.

A name is found whatever its case, its accents and the order of its words, as whole words:
"JANSSEN, Piet" and "Piët Janssen" are both Piet Janssen. It is found with its first word
as an initial ("P. Janssen"), without its middle ones, and with up to two other words
within it. A first name or a family name by itself is nobody in particular: it is not
found, unless it is the whole name.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

COVER: Final = "\N{FULL BLOCK}"
"""What stands where a name stood: one character, whatever its length was."""
_OTHERS_WITHIN: Final = 2
"""How many words of others can stand within a name."""
_LETTERS: Final = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LIGATURE IJ}": "ij",
}
"""Letters that no decomposition takes the accent from."""

type Span = tuple[int, int]
"""Where it begins, and where what follows it does, in characters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose words are looked for; nothing of it is ever kept or logged."""

    names: tuple[str, ...]
    emails: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return any(_words(each) for each in self.names) or bool(self.emails)


def found_in(text: str, wanted: Wanted) -> tuple[Span, ...]:
    """Where somebody is named in a text, from its beginning to its end; none twice."""
    there = _words(text)
    hit: set[int] = set()
    for name in wanted.names:
        for form, others in _forms([word for word, _ in _words(name)]):
            hit |= _matches([word for word, _ in there], form, others)
    spans = [*_together(sorted(hit), [span for _, span in there])]
    for email in wanted.emails:
        pattern = rf"(?<![\w.+-]){re.escape(email)}(?![\w-])"
        spans += [each.span() for each in re.finditer(pattern, text, re.IGNORECASE)]
    return _apart(spans)


def covered(text: str, spans: Iterable[Span]) -> str:
    """The text with a block in the place of each of these."""
    parts, behind = list[str](), 0
    for start, end in sorted(spans):
        parts += [text[behind:start], COVER]
        behind = end
    return "".join([*parts, text[behind:]])


def digest(text: str) -> str:
    """By which a text is known again: always of one in which nobody is named any more.

    A digest of the text with the name in it would tell who guesses a name whether it was
    that one.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def names_still(text: str, spans: Collection[Span], without: str) -> bool:
    """Whether a text is the one that was found, with the name still where it stood.

    `without` is its digest once the name is out of it.
    """
    within = bool(spans) and all(end <= len(text) for _, end in spans)
    return within and digest(covered(text, spans)) == without


def _words(text: str) -> list[tuple[str, Span]]:
    """The words of a text, without case and accents, and where each of them stands."""
    words: list[tuple[str, Span]] = []
    word, start, end = "", 0, 0
    for place, character in enumerate(text):
        plain = _plain(character)
        if plain:
            start = start if word else place
            word, end = word + plain, place + 1
        elif word and unicodedata.category(character) in {"Mn", "Cf"}:
            end = place + 1  # an accent by itself is of the letter before it
        elif word:
            words.append((word, (start, end)))
            word = ""
    return [*words, (word, (start, end))] if word else words


def _plain(character: str) -> str:
    lower = unicodedata.normalize("NFKD", character).casefold()
    letters = "".join(_LETTERS.get(each, each) for each in lower)
    return "".join(each for each in letters if each.isalnum())


def _forms(name: list[str]) -> Iterator[tuple[list[str], int]]:
    """The ways in which a name is written: in full, with an initial, without middle.

    With each comes how many words of others can stand within it.
    """
    if not name:
        return
    yield name, _OTHERS_WITHIN
    if len(name) > 1:
        yield [name[0][0], *name[1:]], 0  # a letter by itself stands anywhere
    if len(name) > 2:
        yield [name[0], name[-1]], _OTHERS_WITHIN


def _matches(there: list[str], form: list[str], most: int) -> set[int]:
    """The places of the words of this form, wherever all of them stand together."""
    hit: set[int] = set()
    for first, word in enumerate(there):
        if word not in form:
            continue
        missing, own, others = list(form), list[int](), 0
        for place in range(first, len(there)):
            if there[place] in missing:
                missing.remove(there[place])
                own.append(place)
            else:
                others += 1
            if not missing or others > most:
                break
        if not missing:
            hit |= {*own}
    return hit


def _together(places: list[int], spans: list[Span]) -> Iterator[Span]:
    """One span for words that stand side by side."""
    for at, place in enumerate(places):
        if at and places[at - 1] == place - 1:
            continue
        last = place
        while last + 1 in places:
            last += 1
        yield spans[place][0], spans[last][1]


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, those that overlap as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)
