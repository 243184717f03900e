"""The texts within an item as DynamoDB has it, each under the path that it stands at."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .erasure_texts import IN_JSON

_LINE: Final = "\n"
"""Between the texts of a list, which hold none themselves."""


def read_text(item: Mapping[str, Any], path: str) -> str | None:
    """The text at a path; None: there is none."""
    return dict(texts_of(item, (path.partition(".")[0],))).get(path)


def texts_of(
    item: Mapping[str, Any], attributes: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The texts of some attributes of an item, each with its path."""
    for name in attributes:
        held = item.get(name, {}).get("S")
        if held is None:
            continue
        yield from _leaves(name, _several(held) if name in IN_JSON else held)


def put_text(held: str, path: str, text: str) -> str:
    """An attribute with another text at this path."""
    _, _, within = path.partition(".")
    if not within:
        return text
    said = json.loads(held)
    *above, last = within.split(".")
    at = said
    for each in above:
        at = at[each]
    there = at[last]
    at[last] = text.split(_LINE) if isinstance(there, list) else text
    return json.dumps(said)


def _several(held: str) -> Any:
    """The texts under their names; one of that attribute's name can be a plain text."""
    try:
        said = json.loads(held)
    except ValueError:
        return held
    return said if isinstance(said, dict) else held


def _leaves(path: str, said: Any) -> Iterator[tuple[str, str]]:
    match said:
        case str():
            yield path, said
        case list() if said and all(isinstance(each, str) for each in said):
            yield path, _LINE.join(said)
        case dict():
            for name, each in said.items():
                yield from _leaves(f"{path}.{name}", each)
