"""Signed copies and scanned forms over S3."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from beeldrecht.adapters.documents import Documents
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.paper import LARGEST_SCAN
from tests.adapters.aws import Aws
from tests.adapters.contracts.documents import DocumentsContract


class TestDocuments(DocumentsContract):
    @pytest.fixture
    def bucket(self, aws: Aws) -> str:
        return aws.bucket(versioned=False)

    @pytest.fixture
    def documents(self, aws: Aws, bucket: str) -> Documents:
        return Documents(aws.s3, bucket)

    def test_a_scan_is_there_until_it_is_dropped(
        self, documents: Documents, aws: Aws, bucket: str
    ) -> None:
        scan_id = new_id()
        aws.s3.put_object(Bucket=bucket, Key=f"paper/{scan_id}", Body=b"scan")
        assert documents.scan(scan_id) == b"scan"
        for _ in range(2):
            documents.drop_scan(scan_id)
            assert documents.scan(scan_id) is None

    def test_a_form_takes_one_scan_of_four_megabytes_for_fifteen_minutes(
        self, documents: Documents, bucket: str
    ) -> None:
        scan_id = new_id()
        _, fields = documents.upload_form(scan_id)
        policy = json.loads(base64.b64decode(fields["policy"]))
        assert ["content-length-range", 1, LARGEST_SCAN] in policy["conditions"]
        assert {"bucket": bucket} in policy["conditions"]
        assert {"key": f"paper/{scan_id}"} in policy["conditions"]
        ends = datetime.fromisoformat(policy["expiration"])
        left = ends - datetime.now(UTC)
        assert timedelta(minutes=14) < left <= timedelta(minutes=15)
