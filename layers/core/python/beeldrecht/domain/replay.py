"""Replaying the erasure ledger on a table that came back from a backup.

An item is looked at as it is stored, whatever version of this program wrote it: as
attributes that hold text, numbers, sets, lists and maps. What names somebody who was
erased goes, or loses that name where it is about others too. What is not known goes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .erasure import PictureOutcome
from .erasure_texts import TextPlace
from .ledger import ErasedText, LedgerEntry
from .named import covered, digest, names_still
from .store_items import ITEMS
from .stores import Erasing, Store
from .typed_items import put_text, read_text

type Item = Mapping[str, Any]
"""An item as DynamoDB has it: `{"person_id": {"S": "…"}}`."""

_ID = re.compile(r"[0-9a-f]{32}")
_KEYS: Final = ("pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk")
_OF_A_FILM: Final = frozenset({"film", "film_frames"})
"""What goes where somebody was covered in its poster: that is all that stays of it."""
_OWN: Final = ("person_id", "subject_id", "asset_id", "face_id", "to", "made_id")
"""Attributes that say whose or what an item is; elsewhere an id is a mention."""
_OF_A_PICTURE: Final = ("ASSET#", "BASES#", "DISCLOSED#", "SUBJECT#")
_OF_A_PERSON: Final = ("PERSON#", "DOSSIER#", "SUBJECT#")
_LED_TO: Final = ("EVIDENCE#", "REQUEST#", "ASKED#", "MAIL#", "EXPORT#")
"""What is found by an id that stands in somebody's own partition."""
_PROOF: Final = "EVIDENCE#"
_STAYS: Final = frozenset({Erasing.PSEUDONYM, Erasing.NOBODYS})
_KINDS: Final = {(each.store, each.what): each.erasing for each in ITEMS}


@dataclass(frozen=True, slots=True)
class Gone:
    """Everything that the ledger says is gone, and how to know it in a table."""

    ids: frozenset[str]
    """People, pictures and faces that are not to be found any more."""
    masked: frozenset[str]
    """Pictures that were kept, with somebody covered."""
    partitions: frozenset[str]
    proof: frozenset[str]
    """People whose proof of consent stays until its term ends."""
    led_to: frozenset[str] = field(default=frozenset())
    """Partitions that those of the people lead to, once they were looked through."""
    texts: Mapping[tuple[Store, str, str], tuple[ErasedText, ...]] = field(
        default_factory=dict
    )
    """Where a name was taken out of texts, by the item."""


def gone_of(entries: Iterable[LedgerEntry]) -> Gone:
    """What is gone, of every erasure that began: none of them can be stopped."""
    people, assets, faces = set[str](), set[str](), set[str]()
    masked, proof = set[str](), set[str]()
    texts: dict[tuple[Store, str, str], tuple[ErasedText, ...]] = {}
    for entry in entries:
        erased = entry.erased
        for text in erased.texts:
            at = (text.place.store, text.place.pk, text.place.sk)
            texts[at] = (*texts.get(at, ()), text)
        if erased.person_id is not None:
            people.add(erased.person_id)
            if erased.proof_kept:
                proof.add(erased.person_id)
        for picture in erased.all_pictures:
            faces |= picture.face_ids
            if picture.outcome is PictureOutcome.DELETE:
                assets.add(picture.asset_id)
            else:
                masked.add(picture.asset_id)
    return Gone(
        ids=frozenset(people | assets | faces),
        masked=frozenset(masked - assets),
        partitions=frozenset(
            {f"{kind}{each}" for each in assets for kind in _OF_A_PICTURE}
            | {f"{kind}{each}" for each in people for kind in _OF_A_PERSON}
        ),
        proof=frozenset(proof),
        texts=texts,
    )


def leads_to(item: Item, gone: Gone) -> frozenset[str]:
    """The partitions that an item of somebody erased leads to; none of anything else."""
    pk = _text(item, "pk")
    kind, _, whose = pk.partition("#")
    if pk not in gone.partitions or kind not in {"PERSON", "DOSSIER"}:
        return frozenset()
    kept = (_PROOF,) if whose in gone.proof else ()
    ids = _ID.findall(_text(item, "sk"))
    return frozenset(f"{at}{each}" for each in ids for at in _LED_TO if at not in kept)


def replayed(store: Store, item: Item, gone: Gone) -> Item | None:
    """What is left of an item: itself, less of it, or None where it goes.

    Doing it again changes nothing more. A picture in which somebody was covered loses
    its release: its file is another one now, and a person looks at it before it leaves.
    """
    item = _redacted(store, item, gone)
    erasing = _KINDS.get((store, _text(item, "kind")), Erasing.DELETED)
    if erasing in _STAYS:
        return item
    if _text(item, "pk") in gone.partitions | gone.led_to:
        return None
    if erasing is Erasing.PROOF and _text(item, "person_id") in gone.proof:
        return item
    named = _ids(item) & gone.ids
    if named:
        held = {name: item[name] for name in (*_KEYS, *_OWN) if name in item}
        if erasing is Erasing.LAPSES or _ids(held) & gone.ids:
            return None
        item = {
            name: left
            for name, value in item.items()
            if (left := _without(value, named)) is not None
        }
    return _of_masked(item) if _text(item, "asset_id") in gone.masked else item


def _of_masked(item: Item) -> Item | None:
    kind = _text(item, "kind")
    if kind in _OF_A_FILM:
        return None
    return unreleased(item) if kind == "asset" else item


def to_look_at(store: Store, item: Item, gone: Gone) -> tuple[TextPlace, ...]:
    """The texts of an item that may name somebody who was erased: somebody has to look.

    They are other texts than those that the name was taken out of; by now nobody knows
    the name to look for it.
    """
    return tuple(
        text.place
        for text in _texts_at(store, item, gone)
        for now in [read_text(item, text.place.path)]
        if now is not None and digest(now) != text.digest
    )


def _texts_at(store: Store, item: Item, gone: Gone) -> tuple[ErasedText, ...]:
    return gone.texts.get((store, _text(item, "pk"), _text(item, "sk")), ())


def _redacted(store: Store, item: Item, gone: Gone) -> Item:
    """An item without the names that were taken out of its texts since."""
    for text in _texts_at(store, item, gone):
        path = text.place.path
        now = read_text(item, path)
        if now is not None and names_still(now, text.spans, text.digest):
            after = covered(now, text.spans)
            name = path.partition(".")[0]
            item = {**item, name: {"S": put_text(item[name]["S"], path, after)}}
    return item


def unreleased(item: Item) -> Item:
    """A picture as it is when nobody released it: it stays in until a person does."""
    less = {k: v for k, v in item.items() if k not in {"release", "decision"}}
    if "release" in item and _text(item, "status") == "released":
        less["status"] = {"S": "embargoed"}
        less["gsi2pk"] = {"S": "WORK#embargoed"}
    return less


def mentions(item: Item, ids: frozenset[str]) -> bool:
    """Whether any of these identifiers stands anywhere in an item."""
    return bool(_ids(item) & ids)


def _text(item: Item, name: str) -> str:
    value = item.get(name)
    return str(value.get("S", "")) if isinstance(value, Mapping) else ""


def _ids(value: object) -> set[str]:
    """Every identifier in it, wherever it stands."""
    match value:
        case str():
            return set(_ID.findall(value))
        case Mapping():
            found = [_ids(k) | _ids(v) for k, v in value.items()]
        case list() | tuple() | set() | frozenset():
            found = [_ids(each) for each in value]
        case _:
            return set()
    return set().union(*found)


def _without(value: Any, named: set[str]) -> Any | None:
    """An attribute's value without these identifiers; None where nothing is left."""
    if not _ids(value) & named:
        return value
    ((kind, held),) = value.items()
    match kind:
        case "S":
            return _text_without(held, named)
        case "SS":
            kept = [each for each in held if not _ids(each) & named]
            return {"SS": kept} if kept else None
        case "L":
            left = [_without(each, named) for each in held]
            return {"L": [each for each in left if each is not None]}
        case "M":
            pairs = {k: _without(v, named) for k, v in held.items() if k not in named}
            return {"M": {k: v for k, v in pairs.items() if v is not None}}
    return None


def _text_without(text: str, named: set[str]) -> Any | None:
    """A text that is JSON loses what names somebody; any other goes as a whole."""
    try:
        said = json.loads(text)
    except ValueError:
        return None
    if not isinstance(said, dict | list):
        return None
    return {"S": json.dumps(_json_without(said, named))}


def _json_without(said: Any, named: set[str]) -> Any:
    match said:
        case dict():
            return {
                key: _json_without(each, named)
                for key, each in said.items()
                if not _ids(key) & named and not _names(each, named)
            }
        case list():
            return [
                _json_without(each, named) for each in said if not _names(each, named)
            ]
    return said


def _names(said: Any, named: set[str]) -> bool:
    """Whether it is a text with one of these, or a small thing about one of them."""
    if isinstance(said, dict):
        return any(isinstance(v, str) and _ids(v) & named for v in said.values())
    return isinstance(said, str) and bool(_ids(said) & named)
