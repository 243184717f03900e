"""Whom somebody means to ask: typed one by one, or in a file with a row for each."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cli import choosing

_NEW = re.compile(r"\s*(?P<name>[^<>]+?)\s*<\s*(?P<email>[^<>\s]+@[^<>\s]+)\s*>\s*")
_COLUMNS = frozenset({"person", "name", "email", "language", "country"})

type Person = dict[str, str]
"""Whom to ask, as the library takes it."""


class ListRefusedError(Exception):
    """A file of people that cannot be used; `key` names the sentence."""

    def __init__(self, key: str, path: Path, row: int = 0) -> None:
        super().__init__(key)
        self.key = key
        self.path = path
        self.row = row


def named(text: str, known: Mapping[str, str]) -> Person:
    """Whom somebody means: `Name <address>` is somebody new."""
    if new := _NEW.fullmatch(text):
        return {"name": new["name"], "email": new["email"]}
    return {"person_id": choosing.person(text, known)}


def rows_of(path: Path, known: Mapping[str, str]) -> Iterator[Person]:
    """The people in a file, a row for each; raises ListRefusedError.

    A spreadsheet's own file is taken as it is: with a comma or a semicolon, and with the
    mark that some put at the beginning.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ListRefusedError("error_list_missing", path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ListRefusedError("error_list_unreadable", path) from error
    head, _, _ = text.partition("\n")
    table = csv.DictReader(
        text.splitlines(), delimiter=";" if ";" in head else ",", restkey="rest"
    )
    columns = {(name or "").strip().lower() for name in table.fieldnames or ()}
    if not columns & {"person", "name"} or not columns <= _COLUMNS:
        raise ListRefusedError("error_list_columns", path)
    for number, row in enumerate(table, start=2):
        if "rest" in row or any(value is None for value in row.values()):
            raise ListRefusedError("error_list_row", path, number)
        said = {name.strip().lower(): value.strip() for name, value in row.items()}
        said = {name: value for name, value in said.items() if value}
        if not said:
            continue
        if bool(said.get("person")) == bool(said.get("name")):
            raise ListRefusedError("error_list_row", path, number)
        if person := said.pop("person", None):
            said = {"person_id": choosing.person(person, known)} | _without_address(said)
        yield said


def _without_address(said: Mapping[str, str]) -> Person:
    """Of somebody on record the address stands with them, and is changed there."""
    return {name: value for name, value in said.items() if name == "language"}


def told_apart(
    people: Sequence[Person], known: Mapping[str, str], namesakes: bool
) -> tuple[list[Person], list[Person]]:
    """Those to ask, and those who may be on record already under the same name."""
    names = {name.casefold() for name in known.values()}
    there = [
        person
        for person in people
        if not namesakes and person.get("name", "").casefold() in names
    ]
    return [person for person in people if person not in there], there
