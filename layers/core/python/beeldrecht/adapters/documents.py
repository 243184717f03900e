"""Signed copies and scanned forms, as objects.

`signed/<quitclaim>` is the copy that the signer got, sealed with their key before it
comes here. `paper/<scan>` is a form as somebody scanned it: it waits there until it is
entered, and the bucket's lifecycle removes what nobody entered.
"""

from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from beeldrecht.domain.paper import LARGEST_SCAN

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FORM_SECONDS: Final = 15 * 60
SIGNED, PAPER = "signed/", "paper/"
_ABSENT = ("404", "NoSuchKey")
_THERE = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")


class Documents:
    """A bucket of documents; none of its keys names anybody."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def keep(self, quitclaim_id: str, sealed: bytes) -> bool:
        """Keep a signed copy; False when there is one: the first stands.

        So whoever comes second reads what is there and goes on with that.
        """
        try:
            self._s3.put_object(
                Bucket=self._bucket,
                Key=SIGNED + quitclaim_id,
                Body=sealed,
                ContentType="application/octet-stream",
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _THERE:
                return False
            raise
        return True

    def read(self, quitclaim_id: str) -> bytes | None:
        """The sealed copy; None as long as there is none."""
        return self._read(SIGNED + quitclaim_id)

    def upload_form(self, scan_id: str) -> tuple[str, dict[str, str]]:
        """Where a browser posts a scan, and the fields before it; for fifteen minutes."""
        made = self._s3.generate_presigned_post(
            self._bucket,
            PAPER + scan_id,
            Fields={},
            Conditions=[["content-length-range", 1, LARGEST_SCAN]],
            ExpiresIn=FORM_SECONDS,
        )
        return made["url"], made["fields"]

    def scan(self, scan_id: str) -> bytes | None:
        """A scan as it was posted; None when none was."""
        return self._read(PAPER + scan_id)

    def drop_scan(self, scan_id: str) -> None:
        """Forget a scan that was entered; safe to repeat."""
        self._s3.delete_object(Bucket=self._bucket, Key=PAPER + scan_id)

    def drop_signed(self, quitclaim_id: str) -> None:
        """Forget a signed copy whose proof has ended; safe to repeat."""
        self._s3.delete_object(Bucket=self._bucket, Key=SIGNED + quitclaim_id)

    def _read(self, key: str) -> bytes | None:
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise
        return answer["Body"].read()
