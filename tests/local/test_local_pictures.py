"""What S3 does with signed addresses and forms (signature_age, form_digest)."""

import base64
import hashlib
import json
from typing import Any

import pytest
import urllib3

from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import Part, RenditionName, original_key, rendition_key
from local.client import LocalCloud
from tests.local.signing import role, signed_ago
from tests.local.stacks import Template, document

JPEG = b"\xff\xd8\xff and more"
HOUR = 3600


def older_than(milliseconds: int, actions: list[str], *how: str) -> Template:
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": actions,
        "Condition": {
            "NumericGreaterThan": {"s3:signatureAge": str(milliseconds)},
            "StringEquals": {"s3:authType": list(how)},
        },
    }


@pytest.fixture(scope="module")
def account(cloud: LocalCloud) -> LocalCloud:
    """The emulator takes a browser's form, which names no account, for its first one."""
    return LocalCloud(cloud.port)


@pytest.fixture(scope="module")
def bucket(account: LocalCloud) -> str:
    """A bucket in which addresses live a minute, and forms a quarter of an hour."""
    name = f"pictures-{new_id()}"
    s3 = account.client("s3")
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    where = {"Resource": f"arn:aws:s3:::{name}/*"}
    policy = document(
        older_than(60_000, ["s3:GetObject"], "REST-QUERY-STRING") | where,
        older_than(900_000, ["s3:PutObject"], "REST-QUERY-STRING", "POST") | where,
    )
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    return name


@pytest.fixture(scope="module")
def signer(account: LocalCloud) -> Any:
    return role(account, "a-function-of-ours")


def get(url: str) -> int:
    return urllib3.request("GET", url).status


def post(form: Any, data: bytes, **changes: str) -> urllib3.BaseHTTPResponse:
    fields = {**form.fields, **changes, "file": ("photo.jpg", data, "image/jpeg")}
    return urllib3.request("POST", form.url, fields=fields)


def code(answer: urllib3.BaseHTTPResponse) -> str:
    return answer.data.decode().partition("<Code>")[2].partition("</Code>")[0]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# -- addresses -------------------------------------------------------------------------


def test_an_address_fetches_a_rendition_as_a_download_that_nobody_keeps(
    signer: Any, bucket: str
) -> None:
    asset_id, renditions = new_id(), Renditions(signer, bucket)
    renditions.write(asset_id, RenditionName.PREVIEW, JPEG, "feest é.HEIC")
    url = renditions.link(asset_id, RenditionName.PREVIEW, 60)
    answer = urllib3.request("GET", url)
    assert (answer.status, answer.data) == (200, JPEG)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="feest e-preview.jpg"; '
        "filename*=UTF-8''feest%20%C3%A9-preview.jpg"
    )
    assert "feest" not in url


def test_what_an_address_is_for_cannot_be_changed(signer: Any, bucket: str) -> None:
    asset_id, renditions = new_id(), Renditions(signer, bucket)
    renditions.write(asset_id, RenditionName.PREVIEW, JPEG, "feest.jpg")
    renditions.write(asset_id, RenditionName.WORKING, JPEG, "feest.jpg")
    url = renditions.link(asset_id, RenditionName.PREVIEW, 60)
    assert get(url) == 200
    for one, other in (
        ("preview.jpg", "working.jpg"),
        ("image%2Fjpeg", "text%2Fhtml"),
        ("X-Amz-Expires=60", "X-Amz-Expires=3600"),
        ("private%2C%20no-store", "public"),
    ):
        assert one in url
        assert get(url.replace(one, other)) == 403
    assert urllib3.request("PUT", url, body=b"mine").status == 403
    assert urllib3.request("DELETE", url).status == 403
    assert get(url.partition("?")[0]) == 403


@pytest.mark.parametrize(("ago", "status"), [(0, 200), (50, 200), (61, 403)])
def test_an_address_dies_after_its_minute(
    signer: Any, bucket: str, ago: int, status: int
) -> None:
    asset_id, renditions = new_id(), Renditions(signer, bucket)
    renditions.write(asset_id, RenditionName.PREVIEW, JPEG, "feest.jpg")
    with signed_ago(ago):
        url = renditions.link(asset_id, RenditionName.PREVIEW, 60)
    assert get(url) == status


@pytest.mark.parametrize(("ago", "status"), [(0, 200), (50, 200), (61, 403), (600, 403)])
def test_the_bucket_refuses_an_older_address_however_long_it_was_signed_for(
    signer: Any, bucket: str, ago: int, status: int
) -> None:
    asset_id = new_id()
    Renditions(signer, bucket).write(asset_id, RenditionName.PREVIEW, JPEG, "f.jpg")
    asked = {"Bucket": bucket, "Key": rendition_key(asset_id, RenditionName.PREVIEW)}
    with signed_ago(ago):
        url = signer.generate_presigned_url("get_object", Params=asked, ExpiresIn=HOUR)
    assert get(url) == status


def test_a_function_that_reads_by_itself_is_not_meant(signer: Any, bucket: str) -> None:
    asset_id, renditions = new_id(), Renditions(signer, bucket)
    renditions.write(asset_id, RenditionName.PREVIEW, JPEG, "feest.jpg")
    with signed_ago(120):
        assert renditions.read(asset_id, RenditionName.PREVIEW) == JPEG


# -- forms -----------------------------------------------------------------------------


def test_a_form_takes_exactly_the_file_that_it_was_made_for(
    signer: Any, bucket: str
) -> None:
    asset_id, originals = new_id(), Originals(signer, bucket)
    form = originals.form(asset_id, "image/jpeg", len(JPEG), sha256(JPEG), 900)
    another = JPEG[:-1] + b"!"
    refused = [
        ("BadDigest", another, {}),
        ("BadDigest", JPEG[:-1], {}),
        ("AccessDenied", JPEG, {"key": original_key(new_id())}),
        ("AccessDenied", JPEG, {"Content-Type": "text/html"}),
        ("AccessDenied", another, {"x-amz-checksum-sha256": b64(another)}),
        ("AccessDenied", JPEG, {"acl": "public-read"}),
        ("AccessDenied", JPEG, {"x-amz-meta-name": "Jan"}),
        ("AccessDenied", JPEG, {"success_action_redirect": "https://example.org"}),
    ]
    for expected, data, changes in refused:
        answer = post(form, data, **changes)
        assert (answer.status >= 400, code(answer)) == (True, expected), changes
    assert originals.first_version(asset_id) is None
    assert post(form, JPEG).status == 204
    version = originals.first_version(asset_id)
    assert version is not None
    assert originals.read(asset_id, version.version_id) == JPEG


@pytest.mark.parametrize(
    ("more", "refusal"), [(1, "EntityTooSmall"), (-1, "EntityTooLarge")]
)
def test_a_form_takes_the_announced_number_of_bytes(
    signer: Any, bucket: str, more: int, refusal: str
) -> None:
    asset_id, originals = new_id(), Originals(signer, bucket)
    size = len(JPEG) + more
    form = originals.form(asset_id, "image/jpeg", size, sha256(JPEG), 900)
    assert code(post(form, JPEG)) == refusal
    assert originals.first_version(asset_id) is None


def b64(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def test_a_form_used_twice_leaves_the_first_version_the_first(
    signer: Any, bucket: str
) -> None:
    asset_id, originals = new_id(), Originals(signer, bucket)
    form = originals.form(asset_id, "image/jpeg", len(JPEG), sha256(JPEG), 900)
    post(form, JPEG)
    first = originals.first_version(asset_id)
    assert post(form, JPEG).status == 204
    assert first is not None
    assert originals.first_version(asset_id) == first


@pytest.mark.parametrize(
    ("ago", "seconds", "status"),
    [
        (0, 900, 204),
        (800, 900, 204),
        (901, 900, 403),  # its own policy ended
        (901, HOUR, 403),  # the bucket's did not let it live so long
    ],
)
def test_a_form_dies_after_a_quarter_of_an_hour(
    signer: Any, bucket: str, ago: int, seconds: int, status: int
) -> None:
    asset_id, originals = new_id(), Originals(signer, bucket)
    with signed_ago(ago):
        form = originals.form(asset_id, "image/jpeg", len(JPEG), sha256(JPEG), seconds)
    assert post(form, JPEG).status == status


# -- parts -----------------------------------------------------------------------------


def test_the_address_of_a_part_takes_exactly_that_part(signer: Any, bucket: str) -> None:
    asset_id, originals = new_id(), Originals(signer, bucket)
    upload_id = originals.begin_parts(asset_id, "image/tiff")
    part = Part(1, len(JPEG), sha256(JPEG))
    address = originals.part_address(asset_id, upload_id, part, 900)
    headers = address.headers
    another = JPEG[:-1] + b"!"
    mine = {"x-amz-checksum-sha256": b64(another)}
    for data, sent, url in (
        (another, headers, address.url),
        (another, mine, address.url),
        (JPEG, {}, address.url),
        (JPEG + b"!", headers, address.url),
        (JPEG[:-1], headers, address.url),
        (JPEG, headers, address.url.replace("partNumber=1", "partNumber=2")),
        (JPEG, headers, address.url.replace(asset_id, new_id())),
    ):
        assert urllib3.request("PUT", url, body=data, headers=sent).status in {400, 403}
    assert originals.stored_parts(asset_id, upload_id) == ()
    answer = urllib3.request("PUT", address.url, body=JPEG, headers=headers)
    assert answer.status == 200
    stored = originals.stored_parts(asset_id, upload_id)
    assert stored is not None
    assert [each.part for each in stored] == [part]
    assert stored[0].etag == answer.headers["ETag"].strip('"')


def test_the_address_of_a_part_dies_after_a_quarter_of_an_hour(
    signer: Any, bucket: str
) -> None:
    asset_id, originals = new_id(), Originals(signer, bucket)
    upload_id = originals.begin_parts(asset_id, "image/tiff")
    part = Part(1, len(JPEG), sha256(JPEG))
    for seconds in (900, HOUR):
        with signed_ago(901):
            old = originals.part_address(asset_id, upload_id, part, seconds)
        answer = urllib3.request("PUT", old.url, body=JPEG, headers=old.headers)
        assert answer.status == 403
