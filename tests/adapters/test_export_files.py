"""The bucket of exports: parts, a package written in a stream, and what is left over."""

import io
import zipfile
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.adapters.export_files import ExportFiles, package_key
from beeldrecht.domain.ids import new_id
from tests.adapters.aws import Aws
from tests.adapters.conftest import LOCAL_CLOUD

PART = 5 * 1024 * 1024
"""The least that S3 takes for a part that is not the last."""


@pytest.fixture
def bucket(aws: Aws) -> str:
    return aws.bucket(versioned=False)


@pytest.fixture
def files(aws: Aws, bucket: str) -> ExportFiles:
    return ExportFiles(aws.s3, bucket, part_bytes=PART)


def keys(aws: Aws, bucket: str) -> list[str]:
    found = aws.s3.list_objects_v2(Bucket=bucket).get("Contents", [])
    return [each["Key"] for each in found]


def uploads(aws: Aws, bucket: str) -> list[Any]:
    return list(aws.s3.list_multipart_uploads(Bucket=bucket).get("Uploads", []))


def test_a_part_comes_back_until_it_is_dropped_and_others_stay(
    files: ExportFiles, aws: Aws, bucket: str
) -> None:
    export_id, other = new_id(), new_id()
    files.put_part(export_id, "record.json", b"1")
    files.put_part(export_id, "record.json", b"2")
    files.put_part(export_id, "pictures/one.jpg", b"3")
    files.put_part(other, "record.json", b"4")
    assert files.part(export_id, "record.json") == b"2"
    with pytest.raises(MissingObjectError):
        files.part(export_id, "pictures/two.jpg")
    assert files.drop_parts(export_id) == 2
    assert files.drop_parts(export_id) == 0
    assert keys(aws, bucket) == [f"building/{other}/record.json"]


@pytest.mark.parametrize("size", [10, PART, 2 * PART + 3])
def test_a_package_is_written_in_a_stream_and_is_what_was_written(
    files: ExportFiles, aws: Aws, bucket: str, size: int
) -> None:
    export_id, content = new_id(), bytes(range(256)) * (size // 256 + 1)
    with (
        files.writing(export_id, 7) as stream,
        zipfile.ZipFile(stream, "w") as package,
    ):
        package.writestr("a.bin", content[:size])
    key = package_key(export_id)
    whole = aws.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    tags = aws.s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    # The emulator forgets what an upload in parts was tagged with.
    forgets = aws.name == LOCAL_CLOUD
    assert tags == ([] if forgets else [{"Key": "days", "Value": "7"}])
    assert (stream.size, stream.sha256) == (len(whole), sha256(whole).hexdigest())
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.read("a.bin") == content[:size]
    files.drop(export_id)
    files.drop(export_id)
    assert keys(aws, bucket) == []


def test_a_package_that_failed_leaves_nothing(
    files: ExportFiles, aws: Aws, bucket: str
) -> None:
    def fails() -> None:
        with files.writing(new_id(), 7) as stream:
            stream.write(b"x" * (PART + 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert keys(aws, bucket) == []
    assert uploads(aws, bucket) == []


def test_what_a_stopped_process_left_is_given_up_by_the_next(
    files: ExportFiles, aws: Aws, bucket: str
) -> None:
    export_id = new_id()
    begun = aws.s3.create_multipart_upload(Bucket=bucket, Key=package_key(export_id))
    with files.writing(export_id, 7) as stream:
        stream.write(b"whole")
    assert keys(aws, bucket) == [package_key(export_id)]
    left = [each["UploadId"] for each in uploads(aws, bucket)]
    assert begun["UploadId"] not in left


@pytest.mark.parametrize("seconds", [1, 60])
def test_an_address_saves_a_file_under_a_name_and_says_how_long_it_works(
    files: ExportFiles, seconds: int
) -> None:
    export_id = new_id()
    url = urlsplit(files.link(export_id, seconds, "beeldrecht-2026-06-01.zip"))
    assert url.path.endswith(package_key(export_id))
    said = parse_qs(url.query)
    assert said["X-Amz-Expires"] == [str(seconds)]
    assert said["response-cache-control"] == ["private, no-store"]
    assert said["response-content-disposition"][0].startswith(
        'attachment; filename="beeldrecht-2026-06-01.zip"'
    )


@pytest.mark.parametrize("seconds", [-1, 0, 61])
def test_no_address_is_signed_for_longer_than_a_minute_or_for_no_time(
    files: ExportFiles, seconds: int
) -> None:
    with pytest.raises(ValueError, match="a minute"):
        files.link(new_id(), seconds, "x.zip")
