"""R9: an export holds everything on record about a person, and nothing of anybody else.

Over generated libraries: people who are in pictures alone, together, suggested, mistaken
and unnamed, who signed, asked and were asked. What the export must hold is counted from
what was put on record, by code of its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.exports import Export, LeftOut, sieved
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.subject_requests import SubjectRequest, SubjectRequestKind
from tests.adapters.contracts.consents import a_mail, a_request, a_signed, entry_of
from tests.adapters.contracts.signatures import sign
from tests.fakes.effects import When
from tests.fakes.exporting import Exporting, seen_in
from tests.fakes.samples import NOON

PEOPLE = tuple(derived_id("test", "r09", str(n)) for n in range(3))
NAMES = ("Zaida Zevenhuizen", "Quirijn Quadvlieg", "Xandra Xhofleer")
STATUSES = st.sampled_from(AppearanceStatus)


@dataclass(frozen=True)
class Taken:
    """One picture: who is where, and how far that is settled."""

    people: tuple[int | None, ...]
    status: AppearanceStatus
    complete: bool
    examined: bool


@dataclass(frozen=True)
class Said:
    """What one person signed, asked and was told."""

    signed: int
    asked: int
    asks: int
    mails: int


@dataclass
class Library:
    """What was put on record, and the house in which it stands."""

    house: Exporting = field(default_factory=Exporting)
    pictures: dict[str, Taken] = field(default_factory=dict)
    own: dict[int, set[str]] = field(default_factory=dict)
    """By person: every identifier that is theirs and has to be in their export."""


taken = st.builds(
    Taken,
    st.lists(st.sampled_from([0, 1, 2, None]), min_size=1, max_size=4, unique=True).map(
        tuple
    ),
    STATUSES,
    st.booleans(),
    st.booleans(),
)
said = st.builds(
    Said,
    signed=st.integers(0, 2),
    asked=st.integers(0, 2),
    asks=st.integers(0, 2),
    mails=st.integers(0, 2),
)


def recorded(pictures: list[Taken], people: list[Said]) -> Library:
    library = Library()
    house, consents = library.house, library.house.house
    for n, (person_id, name, each) in enumerate(zip(PEOPLE, NAMES, people, strict=True)):
        own = library.own[n] = {person_id}
        house.know(person_id, name)
        contact = Contact(f"{name.split()[0].lower()}@example.test", "nl")
        consents.contacts.put(
            person_id, contact, consents.keys, entry_of(person_id, "contact:put")
        )
        for _ in range(each.signed):
            signed = a_signed(person_id)
            sign(consents, signed)
            own |= {signed.quitclaim.quitclaim_id, *(g.grant_id for g in signed.grants)}
        for _ in range(each.asked):
            request = a_request(person_id)
            consents.requests.create(request, entry_of(person_id, "request:create"))
            own.add(request.request_id)
        for _ in range(each.asks):
            kind = SubjectRequestKind.EXPORT
            asks = SubjectRequest(new_id(), person_id, kind, NOON, NOON)
            consents.subject_requests.create(
                asks, entry_of(person_id, "request:ask"), None
            )
            own.add(asks.request_id)
        for _ in range(each.mails):
            mail = a_mail(person_id)
            consents.mails.add(mail)
            own.add(mail.mail_id)
    for shot in pictures:
        names = [None if who is None else NAMES[who] for who in shot.people]
        caption = " en ".join(name for name in names if name) or None
        asset_id = house.picture(
            *(None if who is None else PEOPLE[who] for who in shot.people),
            status=shot.status,
            complete=shot.complete,
            examined=shot.examined,
            description=Metadata(caption=caption, title=caption),
        )
        library.pictures[asset_id] = shot
    return library


def exported(library: Library, who: int) -> Export:
    export = library.house.begin(PEOPLE[who])
    assert library.house.run(export) == "packed"
    return export


def texts(files: dict[str, bytes]) -> str:
    return "\n".join(
        content.decode()
        for name, content in files.items()
        if name.endswith((".json", ".html"))
    )


@settings(max_examples=25)
@given(st.lists(taken, max_size=4), st.lists(said, min_size=3, max_size=3))
def test_r09_everything_about_the_person_is_in_it_and_nothing_of_anybody_else(
    pictures: list[Taken], people: list[Said]
) -> None:
    library = recorded(pictures, people)
    house = library.house
    for who in (0, 1):
        export = exported(library, who)
        files, data = house.package(export), house.data(export)
        jsonschema_rs.validate(json.loads(files["data.schema.json"]), data)
        text = texts(files)
        # All of theirs.
        assert all(own in text for own in library.own[who])
        assert NAMES[who] in text
        said = {entry.tag for entry in house.house.trail.entries(PEOPLE[who])}
        told = {entry["tag"] for entry in data["audit"]}
        assert said - {"rights:export:pack"} <= told
        # Nobody else's: no name, no address, no identifier.
        for other in {0, 1, 2} - {who}:
            assert not any(each in text for each in library.own[other])
            assert not any(part in text for part in NAMES[other].split())
            assert f"{NAMES[other].split()[0].lower()}@" not in text
        _pictures(library, who, data, files)


def _pictures(
    library: Library, who: int, data: dict[str, Any], files: dict[str, bytes]
) -> None:
    """Each of their pictures is told of; given where it is sure, with others covered."""
    theirs = {
        asset_id: each
        for asset_id, each in library.pictures.items()
        if who in each.people and each.examined
    }
    told = {each["asset_id"]: each for each in data["pictures"]}
    assert set(told) == set(theirs)
    for asset_id, each in theirs.items():
        place = each.people.index(who)
        others = {
            derived_id("face", asset_id, str(n))
            for n in range(len(each.people))
            if n != place
        }
        assert not any(face_id in texts(files) for face_id in others)
        if each.status is AppearanceStatus.CONFIRMED:
            assert seen_in(files[told[asset_id]["file"]]) == {place}
        else:
            assert told[asset_id]["left_out"] == LeftOut.NOT_SURE
            assert f"pictures/{asset_id}.jpg" not in files


@given(st.text(alphabet="0123456789abcdef- x", max_size=80), st.booleans())
def test_r09_no_identifier_passes_the_sieve_but_those_that_are_known(
    around: str, known: bool
) -> None:
    one, other = new_id(), new_id()
    own = frozenset({one} if known else ())
    told = {"a": [f"-{one}-{other}", {other: 3}], "b": around}
    text = json.dumps(sieved(told, own))
    assert other not in text
    assert (one in text) == known


# -- ended half-way ----------------------------------------------------------------------

ANN = PEOPLE[0]


def a_scene() -> Library:
    quiet = Said(1, 1, 1, 1)
    sure = AppearanceStatus.CONFIRMED
    return recorded(
        [
            Taken((0, 1), sure, complete=True, examined=True),
            Taken((0,), sure, complete=True, examined=True),
        ],
        [quiet, quiet, quiet],
    )


def comes_to(library: Library, export: Export) -> list[object]:
    """What it comes to: the package, the parts that are left, who was told what."""
    house = library.house
    found = house.exports.get(export.export_id)
    assert found is not None
    assert found.package is not None
    assert found.package.size == len(house.files.packages[export.export_id])
    return [
        sorted(name.partition("/")[0] for name in house.package(export)),
        len(house.files.parts),
        (found.package.pictures, found.package.left_out),
        sum(each.recipient_id == ANN for each in house.disclosures.disclosures.values()),
        sorted(entry.tag for entry in house.house.trail.entries(ANN)),
        sorted(m.kind for m in house.house.mails.mails.values() if m.to == ANN),
    ]


def effects_of(act: Callable[[Library, Export], object]) -> int:
    library = a_scene()
    export = library.house.begin(ANN)
    before = len(library.house.effects.names)
    act(library, export)
    return len(library.house.effects.names) - before


def run(library: Library, export: Export) -> None:
    assert library.house.run(export) == "packed"


WHOLE = effects_of(run)


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("place", range(1, WHOLE + 1))
def test_stopped_at_any_effect_the_retry_comes_to_the_same(
    place: int, when: When
) -> None:
    quiet = a_scene()
    undisturbed = quiet.house.begin(ANN)
    run(quiet, undisturbed)
    library = a_scene()
    export = library.house.begin(ANN)
    library.house.effects.kill(place, when)
    run(library, export)
    assert not library.house.effects.disarm(), f"there is no effect {place}"
    assert comes_to(library, export) == comes_to(quiet, undisturbed)
