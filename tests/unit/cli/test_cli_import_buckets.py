"""Bringing in an archive that lies in S3: read once, in our Region, killed anywhere."""

import csv
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import import_id_of
from beeldrecht.domain.intake import PART_BYTES
from cli.archive import Digests, Found
from cli.buckets import Address, Bucket, BucketRefusedError, ObjectUnreadError
from cli.commands import DONE, NOT_DONE
from cli.files import FileRefusal, FileRefusedError
from tests.fakes.runtime import REGION, environment
from tests.fakes.samples import EDITOR, picture_of
from tests.fakes.world import World
from tests.unit.cli import test_cli_importing as folders
from tests.unit.cli.test_cli_importing import Killed, office_with

NAME = "archief-van-vroeger"
PLACE = f"s3://{NAME}/2009"


class Store(folders.Bucket):
    """Where the forms lead to, for what is no file of this machine."""

    def post(self, form: Any, file: Any, on_bytes: Any) -> None:
        self.count += 1
        error, arrived = self.stops.pop(self.count, (None, True))
        if arrived:
            with file.open() as stream:
                data = b"".join(iter(lambda: stream.read(64), b""))
            asset_id = form["fields"]["key"].rpartition("/")[2]
            self.world.originals.put(asset_id, data)
            on_bytes(file.size)
        if error is not None:
            raise error


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("BEELDRECHT_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    # Without the address that another test of this process may have been told.
    with environment(monkeypatch, {}), mock_aws():
        client = boto3.client("s3", region_name=REGION)
        client.create_bucket(
            Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
        yield client
        # Another test's cloud may stand around this one, and keeps what is left there.
        bucket = boto3.resource("s3", region_name=REGION).Bucket(NAME)
        bucket.object_versions.delete()
        bucket.delete()


@pytest.fixture
def full(s3: Any) -> Any:
    for n in range(5):
        put(s3, f"2009/mei/{n}.jpg", picture_of() + bytes([n]))
    return s3


def put(s3: Any, key: str, data: bytes, **more: Any) -> None:
    s3.put_object(Bucket=NAME, Key=key, Body=data, **more)


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


def test_an_archive_in_a_bucket_comes_in_with_what_lies_beside_it(
    full: Any, tmp_path: Path
) -> None:
    put(full, "2009/mei/0.xmp", folders.XMP.encode())
    put(full, "2009/words.csv", b"path,title\nmei/0.jpg,Markt\nmei/9.jpg,Nowhere\n")
    put(full, "2009/.verborgen/1.jpg", picture_of())
    put(full, "2009/mei/", b"")
    put(full, "2009/mei/1.jpg.xmp", b"<!DOCTYPE x><x/>")
    put(full, "2009/mei/5.jpg", picture_of(), StorageClass="GLACIER")
    put(full, "2009/mei/6.jpg", b"no picture at all")
    put(full, "2009/mei/7.jpg", b"")
    put(full, "2009/mei/note.txt", b"no picture")
    put(full, "2009-other/8.jpg", picture_of())
    store = Store(World())
    office = office_with(store)
    table = ("--csv", f"{PLACE}/words.csv", "--report", "all.json")
    assert office.run("import", PLACE, *table) == NOT_DONE
    told = json.loads((tmp_path / "all.json").read_text())["files"]
    states = {each["path"]: (each["state"], each["reason"]) for each in told}
    assert states == {
        **{f"mei/{n}.jpg": ("sent", "") for n in (0, 2, 3, 4)},
        "mei/1.jpg": ("refused", "sidecar_unreadable"),
        "mei/5.jpg": ("refused", FileRefusal.COLD),
        "mei/6.jpg": ("refused", FileRefusal.NOT_AN_IMAGE),
        "mei/7.jpg": ("refused", FileRefusal.EMPTY),
        "mei/9.jpg": ("refused", "no_such_file"),
        "mei/note.txt": ("refused", FileRefusal.OTHER_KIND),
    }
    assert all(each["what_to_do"] for each in told if each["state"] == "refused")
    (first,) = (each["asset_id"] for each in told if each["path"] == "mei/0.jpg")
    said = store.world.record(first).description
    assert (said.title, said.city) == ("Markt", "Vis")
    assert {import_id_of(EDITOR, "2009")} == {*office.staff.services.imports.begun}
    assert office.run("import", PLACE, *table) == NOT_DONE
    assert store.count == 4


def test_each_object_is_read_once_and_nothing_of_it_stays(full: Any) -> None:
    read: list[str] = []
    bare = Bucket._get

    def counted(self: Any, listed: Any, *where: Any) -> Any:
        read.append(listed.key)
        return bare(self, listed, *where)

    store = Store(World())
    with patch.object(Bucket, "_get", counted):
        assert office_with(store).run("import", PLACE) == DONE
        assert len(read) == 5
        assert office_with(store).run("import", PLACE) == DONE
    assert len(read) == 5  # its digest is remembered by its tag


def test_what_is_sent_is_what_was_announced(full: Any, tmp_path: Path) -> None:
    kept = Digests("1" * 32, tmp_path)
    bucket = Bucket(Address(NAME, "2009"), full)
    (*_, last) = bucket.files()
    for remembered in (False, True):
        read = bucket.read(last, kept)
        data = picture_of() + bytes([4])
        assert read.whole == hashlib.sha256(data).hexdigest()
        for start in (0, 7):
            with read.file.open(start) as stream:
                assert stream.read(len(data)) == data[start:]
        bucket.let_go(last.path)
        assert bool(bucket._copies) is False, remembered
    put(full, "2009/mei/4.jpg", picture_of() + b"another")
    with pytest.raises(ObjectUnreadError):
        read.file.open()
    kept.close()


def test_a_large_object_is_digested_and_sent_in_parts(s3: Any, tmp_path: Path) -> None:
    data = picture_of() + bytes(PART_BYTES)
    put(s3, "groot.jpg", data)
    kept = Digests("1" * 32, tmp_path)
    bucket = Bucket(Address(NAME, ""), s3)
    (found,) = bucket.files()
    read = bucket.read(found, kept)
    cut = [data[n : n + PART_BYTES] for n in range(0, len(data), PART_BYTES)]
    assert read.parts == tuple(hashlib.sha256(each).hexdigest() for each in cut)
    assert read.whole == hashlib.sha256(data).hexdigest()
    assert not bucket._copies
    with read.file.open(PART_BYTES, 100) as stream:
        assert stream.read(1000) == bytes(100)
    kept.close()


def test_a_bucket_elsewhere_is_refused_in_one_sentence(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    west = boto3.client("s3", region_name="us-west-2")
    west.create_bucket(
        Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": "us-west-2"}
    )
    office = office_with(Store(World()))
    assert office.run("import", "s3://far-away") == NOT_DONE
    assert "far-away is in us-west-2" in capsys.readouterr().err
    assert office.run("import", "s3://nowhere-at-all") == NOT_DONE
    assert "no bucket nowhere-at-all" in capsys.readouterr().err
    table = ("--csv", "s3://far-away/words.csv")
    assert office.run("import", PLACE, *table) == NOT_DONE
    assert NAME in capsys.readouterr().err
    assert office.run("import", PLACE, "--csv", f"{PLACE}/none.csv") == NOT_DONE
    assert "2009/none.csv" in capsys.readouterr().err
    assert office.run("import", PLACE) == NOT_DONE
    assert "no files" in office.said
    with pytest.raises(SystemExit):
        office.run("import", "s3://Not_A_Bucket")
    assert not office.staff.services.imports.begun


@pytest.mark.parametrize(
    ("code", "status", "raised"),
    [
        ("AccessDenied", 403, FileRefusedError),
        ("InvalidObjectState", 403, FileRefusedError),
        ("SlowDown", 503, ObjectUnreadError),
        ("NoSuchKey", 404, ObjectUnreadError),
        ("ExpiredToken", 400, ClientError),
    ],
)
def test_what_holds_for_one_object_stops_no_other(
    full: Any, tmp_path: Path, code: str, status: int, raised: type[Exception]
) -> None:
    bucket = Bucket(Address(NAME, "2009"), full)
    first = next(bucket.files())
    told = {
        "Error": {"Code": code, "Message": ""},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    error = ClientError(told, "GetObject")  # type: ignore[arg-type]
    kept = Digests("1" * 32, tmp_path)
    with patch.object(full, "get_object", side_effect=error), pytest.raises(raised):
        bucket.read(first, kept)
    with (
        patch.object(full, "head_bucket", side_effect=error),
        pytest.raises((BucketRefusedError, ClientError)),
    ):
        bucket.check()
    kept.close()


def test_an_object_that_is_cut_off_is_not_announced(full: Any, tmp_path: Path) -> None:
    bucket = Bucket(Address(NAME, "2009"), full)
    found = next(bucket.files())
    bare = full.get_object

    def short(**asked: Any) -> Any:
        answer = bare(**asked)
        whole = answer["Body"].read()
        answer["Body"] = _Cut(whole[:-1])
        return answer

    kept = Digests("1" * 32, tmp_path)
    with patch.object(full, "get_object", short), pytest.raises(ObjectUnreadError):
        bucket.read(Found(found.path, found.size), kept)
    assert kept.of_object(found.path, bucket._listed[found.path].etag) is None
    kept.close()


class _Cut:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int) -> bytes:
        given, self._data = self._data[:size], self._data[size:]
        return given

    def close(self) -> None:
        """Nothing is held."""


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    reads=st.lists(st.integers(1, 9), max_size=2),
    sends=st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=2),
    forgets=st.booleans(),
)
def test_killed_anywhere_it_ends_as_the_folder_does(
    full: Any,
    tmp_path: Path,
    reads: list[int],
    sends: list[tuple[int, bool]],
    forgets: bool,
) -> None:
    """While it reads from the bucket, while it sends, and wherever both fall together."""
    store, bare = Store(World()), Bucket._get
    alone = ("--at-once", "1")
    for place in reads:
        left = place

        def dying(self: Any, *where: Any) -> Any:
            nonlocal left
            left -= 1
            if not left:
                raise Killed
            return bare(self, *where)

        with patch.object(Bucket, "_get", dying), suppress(Killed):
            office_with(store).run("import", PLACE, *alone)
    for place, arrived in sends:
        store.count, store.stops = 0, {place: (Killed(), arrived)}
        with suppress(Killed):
            office_with(store).run("import", PLACE, *alone)
        if forgets:
            for kept in (tmp_path / "state").rglob("*.db*"):
                kept.unlink()
        for asset_id in [*store.world.library.rows]:
            if store.world.originals.exists(asset_id):
                store.world.receive(asset_id)
    store.stops = {}
    assert office_with(store).run("import", PLACE) == DONE
    world = store.world
    for asset_id in [*world.library.rows]:
        world.receive(asset_id)
    statuses = [row.record.status for row in world.library.rows.values()]
    assert statuses == [AssetStatus.RECEIVED] * 5
    received = [
        each.subject
        for chain in world.audit.chains.values()
        for each in chain
        if each.tag == "intake:asset:receive"
    ]
    assert len(received) == len(set(received)) == 5
