"""Finding what somebody means by a few typed characters; never a guess."""

from collections.abc import Iterable, Mapping

from beeldrecht.domain.ids import InvalidIdError, check_id
from cli.pictures import Seen, SeenFace


class NotOneError(Exception):
    """What was given means nothing, or more than one thing; `key` names the sentence."""

    def __init__(self, key: str, given: str) -> None:
        super().__init__(key)
        self.key = key
        self.given = given


def asset(given: str, known: Iterable[str]) -> str:
    """The asset id that begins like this; a whole id is taken as it is."""
    return given if is_id(given) else _only(given, known, "error_unknown_asset")


def face(given: str, seen: Seen) -> SeenFace:
    """The face with this number in the picture, or whose id begins like this."""
    if given.isdigit() and 0 < int(given) <= len(seen.faces):
        return seen.faces[int(given) - 1]
    by_id = {f.face_id: f for f in seen.faces}
    return by_id[_only(given, by_id, "error_unknown_face")]


def person(given: str, names: Mapping[str, str]) -> str:
    """The person with this name, or whose id begins like this."""
    if is_id(given):
        return given
    called = [p for p, name in names.items() if name.casefold() == given.casefold()]
    return _only(given, called or names, "error_unknown_person", bool(called))


def one(given: str, known: Iterable[str], key: str) -> str:
    """The only id among these that begins like this; `key` names what else to say."""
    return _only(given, known, key)


def is_id(given: str) -> bool:
    """Whether this is a whole identifier."""
    try:
        check_id(given)
    except InvalidIdError:
        return False
    return True


def _only(given: str, known: Iterable[str], key: str, found: bool = False) -> str:
    fitting = [k for k in known if found or (given and k.startswith(given.lower()))]
    if not fitting:
        raise NotOneError(key, given)
    if len(fitting) > 1:
        raise NotOneError("error_ambiguous", given)
    return fitting[0]
