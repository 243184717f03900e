"""S3: a form that names the digest of its file is refused when the file has another.

Every form of ours carries `x-amz-checksum-sha256`, as a condition of its policy. AWS
computes the digest of what arrives and answers BadDigest when it differs; the emulator
compares the field with the policy and never with the file.
"""

import base64
import hashlib
from typing import Any

from ministack.services import s3

from local.cloud.gaps import need
from local.cloud.settings import Settings

_FIELD = "x-amz-checksum-sha256"


def close(_: Settings) -> None:
    """Compare before anything is written."""
    need(s3, "_post_object", "_parse_multipart_form", "_error")
    inner = s3._post_object

    def post_object(bucket: str, body: bytes, headers: dict[str, str]) -> Any:
        form = s3._parse_multipart_form(headers.get("content-type", ""), body)
        fields = {name.lower(): value for name, _, _, value in form}
        if _FIELD in fields and fields[_FIELD] != _digest(fields.get("file", b"")):
            said = "The SHA256 you specified did not match the calculated checksum."
            return s3._error("BadDigest", said, 400)
        return inner(bucket, body, headers)

    s3._post_object = post_object


def _digest(data: bytes) -> bytes:
    return base64.b64encode(hashlib.sha256(data).digest())
