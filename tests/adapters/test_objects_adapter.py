"""The buckets over S3."""

import base64
import hashlib
import json
import re
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.adapters.objects import MASKED_TAG, StoredVersion, attachment
from beeldrecht.adapters.objects import Originals as RealOriginals
from beeldrecht.adapters.objects import Renditions as RealRenditions
from beeldrecht.domain.egress import rendition_file_name
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import Part, RenditionName, original_key, rendition_key
from beeldrecht.domain.masking import masked_key
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.adapters.conftest import LOCAL_CLOUD
from tests.adapters.contracts.objects import (
    Originals,
    OriginalsContract,
    PartsContract,
    Renditions,
    RenditionsContract,
    Uploads,
)
from tests.fakes.runtime import REGION


class Outside:
    """Uploads and deletes, as they come from elsewhere."""

    def __init__(self, aws: Aws, bucket: str) -> None:
        self._s3 = aws.s3
        self._bucket = bucket

    def put(self, asset_id: str, data: bytes) -> str:
        made = self._s3.put_object(
            Bucket=self._bucket, Key=original_key(asset_id), Body=data
        )
        time.sleep(0.001)  # moto orders versions by their microsecond
        return made["VersionId"]

    def hide(self, asset_id: str) -> None:
        self._s3.delete_object(Bucket=self._bucket, Key=original_key(asset_id))

    def put_part(self, asset_id: str, upload_id: str, number: int, data: bytes) -> None:
        self._s3.upload_part(
            Bucket=self._bucket,
            Key=original_key(asset_id),
            UploadId=upload_id,
            PartNumber=number,
            Body=data,
            ChecksumAlgorithm="SHA256",
        )


class TestOriginals(OriginalsContract):
    @pytest.fixture
    def bucket(self, aws: Aws) -> str:
        return aws.bucket(versioned=True)

    @pytest.fixture
    def originals(self, aws: Aws, bucket: str) -> Originals:
        return RealOriginals(aws.s3, bucket)

    @pytest.fixture
    def uploads(self, aws: Aws, bucket: str) -> Uploads:
        return Outside(aws, bucket)

    def test_the_first_version_is_found_behind_any_number_of_pages(
        self, aws: Aws, bucket: str, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        first = uploads.put(asset_id, b"first")
        for n in range(6):
            uploads.put(asset_id, b"%d" % n)
        s3: Any = clients.s3(REGION)
        pages = s3.get_paginator

        def small_pages(operation: Any) -> Any:
            paginator = pages(operation)
            paginate = paginator.paginate
            paginator.paginate = lambda **given: paginate(
                **given, PaginationConfig={"PageSize": 2}
            )
            return paginator

        s3.get_paginator = small_pages  # AWS gives 1000 a page
        found = RealOriginals(s3, bucket).first_version(asset_id)
        assert found == StoredVersion(first, 5)

    def test_another_key_that_begins_the_same_is_another_object(
        self, aws: Aws, bucket: str, originals: Originals, uploads: Uploads
    ) -> None:
        asset_id = new_id()
        aws.s3.put_object(Bucket=bucket, Key=original_key(asset_id) + "x", Body=b"xx")
        assert originals.first_version(asset_id) is None
        first = uploads.put(asset_id, b"first")
        aws.s3.put_object(Bucket=bucket, Key=original_key(asset_id) + "-", Body=b"xx")
        assert originals.first_version(asset_id) == StoredVersion(first, 5)

    def test_keys_that_are_not_ours_are_passed_over(
        self, aws: Aws, bucket: str, originals: Originals, uploads: Uploads
    ) -> None:
        s3 = aws.s3
        for key in ("originals/holiday.jpg", "originals/", "other/" + new_id(), "x"):
            s3.put_object(Bucket=bucket, Key=key, Body=b"x")
        asset_id = new_id()
        uploads.put(asset_id, b"x")
        assert list(originals.asset_ids()) == [asset_id]

    def test_a_bucket_that_is_not_there_is_no_missing_picture(self, aws: Aws) -> None:
        nowhere = RealOriginals(aws.s3, f"bucket-{new_id()}")
        with pytest.raises(ClientError):
            nowhere.read(new_id(), "null")
        with pytest.raises(ClientError):
            nowhere.first_version(new_id())

    def test_a_form_takes_exactly_that_key_type_size_and_digest_for_only_so_long(
        self, aws: Aws, bucket: str
    ) -> None:
        asset_id = new_id()
        before = datetime.now(UTC)
        digest = hashlib.sha256(b"picture").digest()
        form = RealOriginals(aws.s3, bucket).form(
            asset_id, "image/png", 482113, digest.hex(), 900
        )
        policy = json.loads(base64.b64decode(form.fields["policy"]))
        conditions = policy["conditions"]
        pinned = {
            "Content-Type": "image/png",
            "key": original_key(asset_id),
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": base64.b64encode(digest).decode(),
        }
        for name, value in pinned.items():
            assert {name: value} in conditions
            assert form.fields[name] == value
        assert ["content-length-range", 482113, 482113] in conditions
        assert {"bucket": bucket} in conditions
        # Nothing is left open: no condition lets the sender choose a value.
        assert not [c for c in conditions if "starts-with" in c]
        assert form.url.endswith(f"/{bucket}")
        ends = datetime.fromisoformat(policy["expiration"])
        assert 890 < (ends - before).total_seconds() < 910

    def test_the_address_of_a_part_is_signed_for_that_part_and_no_other(
        self, aws: Aws, bucket: str
    ) -> None:
        asset_id = new_id()
        part = Part(3, 5, hashlib.sha256(b"third").hexdigest())
        address = RealOriginals(aws.s3, bucket).part_address(
            asset_id, "an-upload", part, 900
        )
        parsed = urlsplit(address.url)
        asked = parse_qs(parsed.query)
        assert parsed.path == f"/{bucket}/{original_key(asset_id)}"
        assert asked["partNumber"] == ["3"]
        assert asked["uploadId"] == ["an-upload"]
        assert asked["X-Amz-Expires"] == ["900"]
        signed = asked["X-Amz-SignedHeaders"][0].split(";")
        assert set(signed) == {"content-length", "host", "x-amz-checksum-sha256"}
        digest = base64.b64decode(address.headers["x-amz-checksum-sha256"])
        assert digest.hex() == part.sha256


# moto keeps no digests of parts, and takes the upload of one key for another's.
@pytest.mark.parametrize("aws_endpoint", [LOCAL_CLOUD], indirect=True, scope="session")
class TestParts(PartsContract):
    @pytest.fixture
    def bucket(self, aws: Aws) -> str:
        return aws.bucket(versioned=True)

    @pytest.fixture
    def originals(self, aws: Aws, bucket: str) -> Originals:
        return RealOriginals(aws.s3, bucket)

    @pytest.fixture
    def uploads(self, aws: Aws, bucket: str) -> Uploads:
        return Outside(aws, bucket)


class TestRenditions(RenditionsContract):
    @pytest.fixture
    def bucket(self, aws: Aws) -> str:
        return aws.bucket(versioned=False)

    @pytest.fixture
    def renditions(self, aws: Aws, bucket: str) -> Renditions:
        return RealRenditions(aws.s3, bucket)

    def test_a_rendition_is_a_jpeg_that_nobody_caches(
        self, aws: Aws, bucket: str, renditions: Renditions
    ) -> None:
        asset_id = new_id()
        renditions.write(asset_id, RenditionName.PREVIEW, b"jpeg", "feest é.HEIC")
        key = rendition_key(asset_id, RenditionName.PREVIEW)
        assert key == f"{asset_id}/preview.jpg"
        head = aws.s3.head_object(Bucket=bucket, Key=key)
        assert head["ContentType"] == "image/jpeg"
        assert head["CacheControl"] == "private, no-store"
        assert head["ContentDisposition"] == (
            'attachment; filename="feest e-preview.jpg"; '
            "filename*=UTF-8''feest%20%C3%A9-preview.jpg"
        )

    def test_a_masked_version_is_tagged_for_the_lifecycle_and_named_as_what_it_is(
        self, aws: Aws, bucket: str
    ) -> None:
        asset_id, mask = new_id(), new_id()
        renditions = RealRenditions(aws.s3, bucket)
        renditions.write_masked(
            asset_id, RenditionName.PREVIEW, mask, b"jpeg", "feest.HEIC"
        )
        key = masked_key(asset_id, mask)
        assert key == f"{asset_id}/masked/{mask}.jpg"
        head = aws.s3.head_object(Bucket=bucket, Key=key)
        assert (head["ContentType"], head["CacheControl"]) == (
            "image/jpeg",
            "private, no-store",
        )
        assert "feest-preview-masked.jpg" in head["ContentDisposition"]
        tags = aws.s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
        assert [(tag["Key"], tag["Value"]) for tag in tags] == [MASKED_TAG]
        url = urlsplit(renditions.masked_link(asset_id, mask, 60))
        assert url.path.endswith(key)
        assert parse_qs(url.query)["X-Amz-Expires"] == ["60"]
        with pytest.raises(ValueError, match="a minute at most"):
            renditions.masked_link(asset_id, mask, 61)

    @pytest.mark.parametrize("seconds", [-1, 0, 61, 3600])
    def test_no_address_is_signed_for_longer_than_a_minute_or_for_no_time(
        self, aws: Aws, bucket: str, seconds: int
    ) -> None:
        renditions = RealRenditions(aws.s3, bucket)
        with pytest.raises(ValueError, match="a minute at most"):
            renditions.link(new_id(), RenditionName.THUMB, seconds)

    @pytest.mark.parametrize("seconds", [1, 60])
    def test_an_address_says_for_how_long_it_works(
        self, aws: Aws, bucket: str, seconds: int
    ) -> None:
        url = RealRenditions(aws.s3, bucket).link(
            new_id(), RenditionName.PREVIEW, seconds
        )
        assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == [str(seconds)]


@given(name=st.text(max_size=300))
def test_a_header_holds_any_name_and_nothing_but_the_name(name: str) -> None:
    said = attachment(rendition_file_name(name, RenditionName.PREVIEW))
    assert said.isascii()
    assert said.isprintable()
    kind, plain, full = said.split("; ")
    assert kind == "attachment"
    assert re.fullmatch(r'filename="[A-Za-z0-9 ._()-]+"', plain)
    assert full.startswith("filename*=UTF-8''")
    encoded = full.removeprefix("filename*=UTF-8''")
    assert unquote(encoded) == rendition_file_name(name, RenditionName.PREVIEW)
