"""picture_export: a person's pictures, with everybody else in them covered."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.assets import Face
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.exports import Export, LeftOut
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import Rejection, RenditionName
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.runtime.exporting import entry_name, picture_name
from rights.picture_export import step
from rights.picture_export.covering import Covering
from rights.picture_export.step import Event, Outcome, UncoverableError
from tests.adapters.contracts.consents import entry_of
from tests.fakes.exporting import Exporting, drawn, head, seen_in
from tests.fakes.samples import ANN, BOB, EDITOR, NOON

SAMPLE = json.loads(Path(step.__file__).with_name("event.json").read_text())


def a_house() -> Exporting:
    house = Exporting()
    house.know(ANN, "Ann de Vries")
    house.know(BOB, "Bob Bakker")
    return house


def made(house: Exporting) -> Export:
    export = house.begin(ANN)
    result = house.gather(export)
    assert result.outcome.value == "pictures"
    assert house.make(export).outcome is Outcome.ALL
    return export


def told(house: Exporting, export: Export, asset_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        house.files.part(export.export_id, entry_name(asset_id))
    )["picture"]
    return found


def given(house: Exporting, export: Export, asset_id: str) -> bytes:
    return house.files.part(export.export_id, picture_name(asset_id))


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(SAMPLE).batch == 0


def test_r09_everybody_else_is_covered_and_the_person_is_not() -> None:
    house = a_house()
    asset_id = house.picture(BOB, ANN, None)
    export = made(house)
    assert seen_in(given(house, export, asset_id)) == {1}
    assert told(house, export, asset_id)["covered"] == 2


def test_a_picture_of_one_person_alone_is_given_as_it_is_with_its_words() -> None:
    house = a_house()
    words = Metadata(title="Ann", caption="Ann opent de markt.", creator="Piet Foto")
    asset_id = house.picture(ANN, description=words)
    export = made(house)
    kept = house.renditions.stored[asset_id, RenditionName.PREVIEW]
    assert given(house, export, asset_id) == kept
    assert told(house, export, asset_id)["description"]["caption"] == words.caption
    assert "Piet" not in json.dumps(told(house, export, asset_id))


def test_words_that_can_name_others_stay_behind() -> None:
    house = a_house()
    words = Metadata(caption="Ann en Bob openen de markt.")
    asset_id = house.picture(ANN, BOB, description=words)
    assert told(house, made(house), asset_id)["description"] is None


def test_where_not_everybody_was_found_nothing_but_the_person_is_in_sight() -> None:
    house = a_house()
    asset_id = house.picture(ANN, BOB, complete=False)
    # Somebody whom the detector did not report.
    house.renditions.stored[asset_id, RenditionName.PREVIEW] = drawn(4)
    export = made(house)
    assert seen_in(given(house, export, asset_id)) == {0}
    assert told(house, export, asset_id)["cut_to_you"] is True


@pytest.mark.parametrize(
    "status", [AppearanceStatus.SUGGESTED, AppearanceStatus.REJECTED]
)
def test_where_nobody_confirmed_them_the_picture_is_told_of_and_not_given(
    status: AppearanceStatus,
) -> None:
    house = a_house()
    asset_id = house.picture(ANN, status=status)
    export = made(house)
    said = told(house, export, asset_id)
    assert (said["left_out"], said["file"]) == (LeftOut.NOT_SURE, None)
    [appearance] = said["appearances"]
    assert (appearance["status"], appearance["face"]) == (status, None)
    assert {each["tag"] for each in said["audit"]} == {"clearance:appearance:confirm"}
    assert "captured_at" not in said
    assert picture_name(asset_id) not in {name for _, name in house.files.parts}


def test_a_face_with_two_names_is_nobodys_to_get() -> None:
    house = a_house()
    asset_id = house.picture(ANN)
    house.appears(asset_id, derived_id("face", asset_id, "0"), BOB)
    said = told(house, made(house), asset_id)
    assert said["left_out"] == LeftOut.NOT_SURE


@pytest.mark.parametrize("missing", ["rendition", "rejected"])
def test_what_is_gone_is_said_to_be_gone(missing: str) -> None:
    house = a_house()
    asset_id = house.picture(ANN)
    if missing == "rendition":
        house.renditions.stored.clear()
    else:
        record = house.library.record(asset_id)
        assert record is not None
        house.library.reject(record, Rejection("unreadable"), NOON)
    said = told(house, made(house), asset_id)
    assert (said["left_out"], said["file"]) == (LeftOut.GONE, None)


def test_who_cannot_be_covered_keeps_the_picture_back() -> None:
    house = a_house()
    asset_id = house.picture(ANN, BOB)
    house.renditions.stored[asset_id, RenditionName.PREVIEW] = b"no JPEG"
    said = told(house, made(house), asset_id)
    assert said["left_out"] == LeftOut.UNCOVERABLE


def test_r12_who_received_what_is_told_in_kind_and_whether_they_could_be_seen() -> None:
    house = a_house()
    asset_id = house.picture(ANN, BOB)
    own = derived_id("face", asset_id, "0")

    def left(kind: DisclosureKind, to: str, masked: frozenset[str], hour: int) -> None:
        at = NOON + timedelta(hours=hour)
        each = Disclosure(
            new_id(),
            asset_id,
            kind,
            to,
            Channel.WEBSITE,
            Place.WORLD,
            "preview",
            masked,
            at,
            3,
        )
        house.disclosures.record(each, entry_of(asset_id, "disclosure:record"))

    left(DisclosureKind.DOWNLOAD, EDITOR, frozenset(), 1)
    left(DisclosureKind.SHARE, new_id(), frozenset({own}), 2)
    left(DisclosureKind.EXPORT, BOB, frozenset({own}), 3)
    house.at = NOON + timedelta(hours=4)
    said = told(house, made(house), asset_id)["disclosures"]
    assert [(each["to"], each["you_were_visible"]) for each in said] == [
        ("staff", True),
        ("outside", False),
    ]


def test_r12_that_they_receive_it_is_on_record_once_however_often_it_is_made() -> None:
    house = a_house()
    asset_id = house.picture(ANN, BOB)
    export = made(house)
    house.make(export)
    [received] = house.disclosures.of_asset(asset_id, house.at)
    assert received.kind is DisclosureKind.EXPORT
    assert received.recipient_id == ANN
    assert received.masked == {derived_id("face", asset_id, "1")}
    tags = [each.tag for each in house.house.trail.entries(asset_id)]
    assert tags.count("rights:picture:export") == 1


def test_entries_about_somebody_else_in_the_picture_are_theirs() -> None:
    house = a_house()
    asset_id = house.picture(BOB, ANN)
    said = told(house, made(house), asset_id)["audit"]
    assert [each["data"]["person_id"] for each in said if each["data"]] == [ANN]


def test_an_answer_that_came_in_between_counts() -> None:
    house = a_house()
    asset_id = house.picture(ANN, BOB)
    export = house.begin(ANN)
    house.gather(export)
    house.appears(
        asset_id, derived_id("face", asset_id, "0"), ANN, AppearanceStatus.REJECTED
    )
    house.make(export)
    assert told(house, export, asset_id)["left_out"] == LeftOut.NOT_SURE


# -- covering ----------------------------------------------------------------------------


def test_what_is_covered_does_not_depend_on_what_was_there() -> None:
    covering, faces = Covering(1_000_000), [head(1, new_id())]
    other = drawn(2)
    assert seen_in(other) == {0, 1}
    assert seen_in(covering.cover(other, faces, 4000)) == {0}


@pytest.mark.parametrize(
    ("jpeg", "faces"),
    [
        (b"no JPEG", [head(0, new_id())]),
        (drawn(1), [head(40, new_id())]),
    ],
)
def test_what_cannot_be_covered_is_never_given(
    jpeg: bytes, faces: Sequence[Face]
) -> None:
    covering = Covering(1_000_000)
    with pytest.raises(UncoverableError):
        covering.cover(jpeg, faces, 4000)
    with pytest.raises(UncoverableError):
        covering.only(jpeg, faces, [], 4000)


def test_a_picture_too_large_to_decode_is_not_given() -> None:
    with pytest.raises(UncoverableError):
        Covering(100).cover(drawn(1), [head(0, new_id())], 4000)
