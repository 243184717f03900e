"""What films are, over DynamoDB: recorded at once, dated, and gone with the picture."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from beeldrecht.adapters import keys
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.expired_items import LIBRARY_KINDS, TIME_TO_LIVE, expired_of
from beeldrecht.adapters.films import Films
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.masked_pictures import MaskedPictures
from beeldrecht.adapters.plain_items import Tables
from beeldrecht.adapters.retained import Retained
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.declarations import Sight
from beeldrecht.domain.films import WEBM_TYPE
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.adapters.contracts.library import original, said
from tests.fakes.films import FILM, FRAMES
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, PICTURE

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)
NOW: Final = datetime.now(UTC).replace(microsecond=0)
DAY: Final = timedelta(days=1)
FILE: Final = frozenset({RenditionName.FILE})
ALL: Final = frozenset(RenditionName)


class House:
    """The library table with one film in it, and what reads and removes it."""

    def __init__(self, aws: Aws) -> None:
        self.aws, self.table = aws, aws.table("library")
        self.now = NOW
        self.trail = AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)
        self.library = Library(self.table, REGION, self.trail)
        self.films = Films(self.table, REGION, self.trail, lambda: self.now)
        consent, dynamodb = aws.table("consent"), clients.dynamodb(REGION)
        places = Places(
            self.table,
            consent,
            originals=aws.bucket(versioned=True),
            renditions=aws.bucket(versioned=False),
        )
        self.traces = Traces(dynamodb, aws.s3, places)
        self.wiper = Wiper(dynamodb, aws.s3, places)
        tables = Tables(self.table, consent, aws.table("biometrics"))
        self.retained = Retained(dynamodb, tables)
        self.library.announce(said(PICTURE), NOW + DAY)
        came = replace(
            original(), media_type=WEBM_TYPE, width=0, height=0, perceptual_hash=""
        )
        self.library.receive(self.record, came, Metadata(), FILE, (), NOW)

    @property
    def record(self) -> AssetRecord:
        record = self.library.record(PICTURE)
        assert record is not None
        return record

    def open(self, record: AssetRecord) -> None:
        assert record.original is not None
        poster = replace(record.original, width=64, height=48)
        self.films.record(record, poster, FILM, FRAMES, ALL, NOW, self.entry("open"))

    def entry(self, name: str) -> NewEntry:
        tag = "recognition:film:open"
        return NewEntry(PICTURE, f"{tag}:{name}", tag, NOW, EDITOR, {})

    def kinds(self) -> set[str]:
        return {each["kind"]["S"] for each in self.aws.items(self.table)}


@pytest.fixture
def house(aws: Aws) -> House:
    return House(aws)


def test_a_film_is_recorded_with_its_frames_and_its_poster_is_its_picture(
    house: House,
) -> None:
    before = house.record
    assert (house.films.film(PICTURE), house.films.frames(PICTURE)) == (None, None)
    house.open(before)
    assert house.films.film(PICTURE) == FILM
    assert house.films.frames(PICTURE) == FRAMES
    record = house.record
    assert (record.renditions, record.sight) == (ALL, Sight.PART)
    assert record.revision == before.revision + 1
    assert [e.tag for e in house.trail.entries(PICTURE)] == ["recognition:film:open"]
    with pytest.raises(StaleRevisionError):
        house.open(before)


def test_where_faces_were_seen_is_kept_as_long_as_boxes_that_nobody_named(
    house: House,
) -> None:
    house.open(house.record)
    (kept,) = [
        each
        for each in house.retained.of_picture(PICTURE)
        if each.kept.kind is RetentionKind.UNLINKED_FACES
    ]
    (item,) = [i for i in house.aws.items(house.table) if i["sk"]["S"] == keys.FRAMES]
    until = int(item["expires_at"]["N"])
    assert (kept.sk, kept.kept.from_, kept.kept.expires_at) == (keys.FRAMES, NOW, until)
    house.now = datetime.fromtimestamp(until, UTC)
    assert house.films.frames(PICTURE) is None
    assert house.films.film(PICTURE) == FILM
    assert "film_frames" in LIBRARY_KINDS
    gone = {"eventName": "REMOVE", "userIdentity": TIME_TO_LIVE}
    ended = expired_of({**gone, "dynamodb": {"OldImage": item}})
    assert ended is not None
    assert (ended.kind, ended.subject_id) == (RetentionKind.UNLINKED_FACES, PICTURE)


def test_r11_where_a_film_is_erased_nothing_that_was_seen_in_it_is_left(
    house: House,
) -> None:
    house.open(house.record)
    assert {"film", "film_frames"} <= house.kinds()
    found = {each.what for each in house.traces.of_picture(PICTURE)}
    assert {"film", "film_frames"} <= found
    house.wiper.remove(house.traces.of_picture(PICTURE))
    assert house.aws.items(house.table) == []


def test_r11_where_somebody_is_covered_in_a_poster_that_is_all_that_stays(
    house: House,
) -> None:
    house.open(house.record)
    record = house.record
    assert record.original is not None
    jpeg = replace(record.original, media_type="image/jpeg", sha256="ab" * 32)
    kept = frozenset({RenditionName.PREVIEW, RenditionName.THUMB})
    masked = MaskedPictures(house.table, REGION, house.trail)
    masked.mask(record, jpeg, kept, (), (), NOW, house.entry("masked"))
    assert house.record.sight is Sight.WHOLE
    assert (house.films.film(PICTURE), house.films.frames(PICTURE)) == (None, None)
    assert not {"film", "film_frames"} & house.kinds()
