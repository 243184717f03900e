"""Lists that come as files for a spreadsheet, page after page."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from cli.desk import Desk
from cli.fetching import FileThereError, NoPlaceError


def fetch(desk: Desk, path: str, query: dict[str, object], to: Path) -> int:
    """Write a list to a new file, and give the number of its rows.

    Raises FileThereError and NoPlaceError: nothing is written over.
    """
    rows = 0
    try:
        with to.open("x", encoding="utf-8", newline="") as file:
            while True:
                answer = desk.api.get(path, **query)
                head, *lines = str(answer.body).splitlines(keepends=True)
                file.writelines(lines if rows else [head, *lines])
                rows += len(lines)
                if answer.link is None:
                    return rows
                following = answer.link.partition(">")[0].removeprefix("<")
                query = dict(parse_qsl(urlsplit(following).query))
    except FileExistsError as error:
        raise FileThereError(to) from error
    except OSError as error:
        raise NoPlaceError(to) from error
