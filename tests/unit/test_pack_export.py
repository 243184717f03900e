"""pack_export: one file, once, and the mail that brings its link."""

import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import jsonschema_rs
import pytest

from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.exports import Export, ExportState, state_at
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from rights.pack_export import step
from rights.pack_export.labels import LABELS, Label
from rights.pack_export.page import page
from rights.pack_export.step import Event, Outcome
from tests.adapters.contracts.consents import a_signed, entry_of
from tests.adapters.contracts.signatures import sign
from tests.fakes.effects import When
from tests.fakes.exporting import Exporting, seen_in
from tests.fakes.samples import ANN, BOB, NOON

SAMPLE = json.loads(Path(step.__file__).with_name("event.json").read_text())


def a_house(language: str = "nl") -> Exporting:
    house = Exporting()
    house.know(ANN, "Ann <b>de Vries</b>")
    house.know(BOB, "Bob Bakker")
    contact = Contact("ann@example.test", language)
    house.house.contacts.put(ANN, contact, house.house.keys, entry_of(ANN, "contact:put"))
    sign(house.house, a_signed(ANN))
    house.picture(ANN, BOB)
    house.picture(ANN)
    house.picture(ANN, status=AppearanceStatus.SUGGESTED)
    return house


def packed(house: Exporting) -> Export:
    export = house.begin(ANN)
    assert house.run(export) == "packed"
    found = house.exports.get(export.export_id)
    assert found is not None
    return found


class Tags(HTMLParser):
    """What a page is made of, and what it would fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.fetched: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.fetched += [v for k, v in attrs if k in {"src", "href"} and v]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(SAMPLE).person_id == SAMPLE["person_id"]


def test_r09_the_package_holds_data_a_page_and_the_pictures() -> None:
    house = a_house()
    export = packed(house)
    files = house.package(export)
    assert list(files)[:3] == ["index.html", "data.json", "data.schema.json"]
    pictures = {name for name in files if name.startswith("pictures/")}
    data = house.data(export)
    assert pictures == {each["file"] for each in data["pictures"] if each["file"]}
    assert len(pictures) == 2
    assert all(seen_in(files[name]) == {0} for name in pictures)
    assert export.package is not None
    assert (export.package.pictures, export.package.left_out) == (2, 1)


def test_r09_the_data_is_what_its_schema_says() -> None:
    house = a_house()
    export = packed(house)
    schema = json.loads(house.package(export)["data.schema.json"])
    jsonschema_rs.meta.validate(schema)
    checked = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    data = house.data(export)
    checked.validate(data)
    data["person"]["shoe_size"] = 38
    assert not checked.is_valid(data)


def test_the_page_says_the_last_day_and_no_hour_where_none_is_known() -> None:
    house = a_house("en")
    data = house.data(packed(house))
    [consent] = data["consents"]
    grant = consent["grants"][0] | {"until": "2026-12-14T23:00:00Z"}
    for last_day, signed_on in (("2026-12-14", "paper"), (None, "link")):
        grants = [{**grant, "last_day": last_day}]
        told = {**consent, "grants": grants, "signed_on": signed_on}
        told["signed_at"] = "2026-11-01T23:00:00Z"
        text = Tags(page({**data, "consents": [told]})).text
        assert "14-12-2026" in text
        assert "15-12-2026" not in text
        assert ("02-11-2026 00:00" in text) is (signed_on == "link")


def test_what_is_recorded_is_what_was_packed() -> None:
    house = a_house()
    export = packed(house)
    whole = house.files.packages[export.export_id]
    assert export.package is not None
    assert export.package.size == len(whole)
    assert export.package.sha256 == sha256(whole).hexdigest()
    assert state_at(export, house.at) is ExportState.READY


def test_r09_the_person_is_told_once_and_the_parts_are_gone() -> None:
    house = a_house()
    export = packed(house)
    assert house.pack(export).outcome is Outcome.PACKED
    told = [m for m in house.house.mails.mails.values() if m.to == ANN]
    assert [m.kind for m in told] == [MailKind.EXPORT_READY]
    assert told[0].about == {"export_id": export.export_id}
    assert house.files.parts == {}
    tags = [each.tag for each in house.house.trail.entries(ANN)]
    assert tags.count("rights:export:pack") == 1


def test_it_ends_as_the_policy_says() -> None:
    house = a_house()
    house.retention._policy = RetentionPolicy({RetentionKind.EXPORTS: 2})
    export = packed(house)
    assert export.package is not None
    assert (export.package.ends_at - NOON).days == 2
    assert house.files.days[export.export_id] == 2


@pytest.mark.parametrize("effect", ["before", "files.package"])
def test_r11_an_erasure_that_overtakes_it_leaves_nothing(effect: str) -> None:
    house = a_house()
    export = house.begin(ANN)
    house.gather(export)
    house.make(export)
    erase = house.exports.exports.clear
    if effect == "before":
        erase()
    else:
        house.effects.arm(1, When.AFTER, erase)
    assert house.pack(export).outcome is Outcome.OVER
    assert house.files.parts == {}
    assert house.files.packages == {}
    assert not [m for m in house.house.mails.mails.values() if m.to == ANN]


def test_nothing_is_packed_for_another_than_whose_it_is() -> None:
    house = a_house()
    export = house.begin(ANN)
    house.gather(export)
    assert house.pack(replace(export, person_id=BOB)).outcome is Outcome.OVER
    assert house.files.packages == {}


def test_the_same_contents_make_the_same_bytes() -> None:
    house = a_house()
    export = house.begin(ANN)
    house.gather(export)
    house.make(export)
    parts = dict(house.files.parts)
    house.pack(export)
    first = house.files.packages.pop(export.export_id)
    house.files.parts = parts
    house.exports.exports[export.export_id] = export
    house.house.mails.mails.clear()
    house.pack(export)
    assert house.files.packages[export.export_id] == first


@pytest.mark.parametrize(
    ("language", "shown", "says"),
    [("nl", "nl", "Waar je ja tegen zei"), ("de", "en", "What you said yes to")],
)
def test_the_page_speaks_to_who_reads_it_and_runs_and_fetches_nothing(
    language: str, shown: str, says: str
) -> None:
    house = a_house(language)
    export = packed(house)
    html = house.package(export)["index.html"].decode()
    page = Tags(html)
    assert f'<html lang="{shown}">' in html
    assert says in page.text
    assert "Ann <b>de Vries</b>" in page.text
    assert not {"script", "link", "iframe", "b"} & set(page.names)
    there = set(house.package(export))
    assert set(page.fetched) <= there
    assert "Content-Security-Policy" in html


def test_every_label_has_words_in_each_language() -> None:
    for labels in LABELS.values():
        assert set(labels) == set(Label)


def test_any_program_that_reads_zip_files_reads_it() -> None:
    house = a_house()
    export = packed(house)
    with zipfile.ZipFile(BytesIO(house.files.packages[export.export_id])) as opened:
        assert opened.testzip() is None
        assert not [info for info in opened.infolist() if info.flag_bits & 0x1]
        assert all(info.date_time[0] == NOON.year for info in opened.infolist())


def test_the_schema_names_the_kinds_of_disclosures_that_there_are() -> None:
    text = Path(step.__file__).with_name("data.schema.json").read_text("utf-8")
    schema = json.loads(text)
    picture = schema["$defs"]["picture"]["properties"]
    kind = picture["disclosures"]["items"]["properties"]["kind"]
    assert kind["enum"] == [each.value for each in DisclosureKind]
