"""A template as text: intrinsic functions folded into the strings they will become."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

type Path = tuple[str, ...]


def rendered(value: Any) -> Any:
    """Fold Fn::Join, Fn::Sub, Ref and their like into strings, at any depth.

    What is only known at deployment stays a placeholder: `${AWS::Region}`,
    `${Bucket.Arn}`. An intrinsic this does not know keeps its shape, so that whatever
    strings are in it are still read.
    """
    if isinstance(value, Mapping):
        if len(value) == 1 and (text := _intrinsic(value)) is not None:
            return text
        return {str(key): rendered(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [rendered(each) for each in value]
    return value


def strings(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every string of a rendered value, names of keys too, with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield (*path, key), key
            yield from strings(each, (*path, key))
    elif isinstance(value, Sequence):
        for index, each in enumerate(value):
            yield from strings(each, (*path, str(index)))


def mappings(value: Any, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every object of a rendered value, with the way to it."""
    if isinstance(value, Mapping):
        yield path, value
        for key, each in value.items():
            yield from mappings(each, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, each in enumerate(value):
            yield from mappings(each, (*path, str(index)))


def as_list(value: Any) -> list[Any]:
    """One or many, as many."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _intrinsic(value: Mapping[str, Any]) -> str | None:
    text: str | None = None
    match dict(value):
        case {"Ref": str(name)} | {"Fn::GetAtt": str(name)}:
            text = f"${{{name}}}"
        case {"Fn::GetAtt": [*parts]}:
            text = f"${{{'.'.join(str(rendered(part)) for part in parts)}}}"
        case {"Fn::ImportValue": name}:
            text = f"${{import {rendered(name)}}}"
        case {"Fn::Join": [str(separator), [*parts]]}:
            text = separator.join(str(rendered(part)) for part in parts)
        case {"Fn::Sub": str(name)}:
            text = name
        case {"Fn::Sub": [str(text), dict(names)]}:
            for name, each in names.items():
                text = text.replace(f"${{{name}}}", str(rendered(each)))
    return text
