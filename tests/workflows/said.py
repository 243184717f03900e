"""What must not be said where it stays: the people and files of the tests' own world.

The words are read from the tests themselves: whatever a test calls a name, an address, a
caption, a password and so on is looked for in everything that was logged or kept. Beside
them stand the forms that give such things away wherever they come from.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# What constants and arguments are called that hold what is personal or secret.
_TELLING = re.compile(
    r"(^|_)(ADDRESS|AUTHOR|CAPTION|CREATOR|EMAIL|MAIL|NAME|NAMES|PASSWORD|SECRET|TOKEN"
    r"|TITLE)S?$",
    re.IGNORECASE,
)
_WORLDS = ("tests", "local/demo")
_NOBODY = {"Sign in", "eu-central-1"}  # a page's title, the Region's name

FORMS = {
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}"),
    "IP address": re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    "IPv6 address": re.compile(
        r"(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])"
    ),
    "file name": re.compile(
        r"[\w-]+\.(?:jpe?g|png|heic|heif|avif|webp|tiff?|gif|pdf|zip)\b", re.IGNORECASE
    ),
    "token": re.compile(r"\beyJ[\w-]{10,}|\bLink [\w-]{20,}|\bBearer\b"),
    "signed address": re.compile(r"X-Amz-(?:Signature|Credential|Security-Token)"),
    "key of an authenticator": re.compile(r"otpauth:|\b[A-Z2-7]{32,}\b"),
    "link": re.compile(
        r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[A-Za-z0-9_-]{43}(?![\w-])"
    ),
}


def words() -> set[str]:
    """The names, captions, passwords and so on that the tests' world uses."""
    return {
        word
        for world in _WORLDS
        for file in sorted((ROOT / world).rglob("*.py"))
        for word in _said(ast.parse(file.read_text(encoding="utf-8")))
        if _is_telling(word)
    }


def _said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case ast.keyword(arg=str(name), value=value):
                pass
            case ast.Call(func=ast.Name(id="Person"), args=[_, value, *_]):
                name = "name"
            case _:
                continue
        if _TELLING.search(name):
            yield from (
                each.value
                for each in ast.walk(value)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _is_telling(word: str) -> bool:
    """Leave out what the code itself says: identifiers, headers, short words."""
    return (
        len(word) >= 6
        and word not in _NOBODY
        and re.search(r"[A-Z0-9@]", word) is not None
        and re.fullmatch(r"[\w.]*[_:/].*|-?[A-Za-z]\w+ ?|.*[({].*", word) is None
    )


def given_away(text: str, known: set[str]) -> list[str]:
    """What a text says of anybody: the kind of form it has, or the known word in it."""
    return [what for what, form in FORMS.items() if form.search(text)] + [
        word for word in known if word in text
    ]


def leaves(value: Any) -> Iterator[str]:
    """Every string in a value of JSON, and in JSON that is kept as a string."""
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str):
        yield value
