"""Drawn signatures: an SVG path of straight lines between whole numbers, nothing else.

It is put into pages and documents, so it is read letter by letter: what is no move, line
or number is refused, and no reference, script or style fits in.
"""

import re
from typing import Final

LONGEST_DRAWING: Final = 20_000
_STEP = re.compile(r"([ML])(-?[0-9]{1,5})[ ,](-?[0-9]{1,5}) ?")

type Point = tuple[int, int]


class InvalidDrawingError(ValueError):
    """Something that is not a drawing in lines was given as one."""


def strokes(mark: str) -> tuple[tuple[Point, ...], ...]:
    """The strokes of a drawing (`M1 2L3 4`), each the points that it joins.

    Raises InvalidDrawingError for anything but moves and lines between whole numbers,
    for more than 20 kB of them, and for a drawing in which no line is drawn.
    """
    if len(mark) > LONGEST_DRAWING:
        raise InvalidDrawingError("a drawing has at most 20,000 characters")
    drawn: list[list[Point]] = []
    read = 0
    while read < len(mark):
        step = _STEP.match(mark, read)
        if step is None or (step[1] == "L" and not drawn):
            raise InvalidDrawingError("a drawing has moves and lines of whole numbers")
        if step[1] == "M":
            drawn.append([])
        drawn[-1].append((int(step[2]), int(step[3])))
        read = step.end()
    if not any(len(set(stroke)) > 1 for stroke in drawn):
        raise InvalidDrawingError("a drawing has a line")
    return tuple(tuple(stroke) for stroke in drawn)
