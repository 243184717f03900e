"""Certificates of erasure: signed by a key in KMS, kept as objects.

`certificates/<erasure>.json` is the signed file; the document that it names lies beside
it under its own digest, so that a certificate and its document can never be two halves
of two tries. Neither says anything of a person, and neither is ever replaced.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from beeldrecht.domain.certificates import ALGORITHM, ForgedCertificateError, read

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client

PREFIX: Final = "certificates/"
_THERE = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """The signed file, and the document that it names."""

    file: bytes
    pdf: bytes


class Signer:
    """A key that certificates, or what files say, are signed with; it stays in KMS."""

    def __init__(self, kms: "KMSClient", key: str) -> None:
        self._kms = kms
        self._key = key

    def public_key(self) -> bytes:
        """The public half, in DER."""
        return self._kms.get_public_key(KeyId=self._key)["PublicKey"]

    def sign(self, message: bytes) -> bytes:
        """An ECDSA signature in DER, of the SHA-256 of the message.

        By its digest: KMS takes 4096 bytes of a message at most.
        """
        answer = self._kms.sign(
            KeyId=self._key,
            Message=hashlib.sha256(message).digest(),
            MessageType="DIGEST",
            SigningAlgorithm=ALGORITHM,
        )
        return answer["Signature"]


class Certificates:
    """A bucket of certificates."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def keep(self, erasure_id: str, file: bytes, pdf: bytes, pdf_sha256: str) -> bytes:
        """Keep a certificate with its document; give the file that is kept.

        Safe to repeat: the first file of an erasure stands, and its document was there
        before it.
        """
        self._put(_pdf(erasure_id, pdf_sha256), pdf, "application/pdf")
        if self._put(_file(erasure_id), file, "application/json"):
            return file
        return self._read(_file(erasure_id))

    def read(self, erasure_id: str) -> KeptCertificate:
        """The certificate of an erasure that is certified; ask for no other.

        Raises ForgedCertificateError when what is kept is not what was made.
        """
        file = self._read(_file(erasure_id))
        pdf_sha256 = read(file).pdf_sha256
        pdf = self._read(_pdf(erasure_id, pdf_sha256))
        if hashlib.sha256(pdf).hexdigest() != pdf_sha256:
            raise ForgedCertificateError("the document is another")
        return KeptCertificate(file, pdf)

    def _put(self, key: str, body: bytes, media_type: str) -> bool:
        """Put an object once; False when there is one."""
        try:
            self._s3.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType=media_type,
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _THERE:
                return False
            raise
        return True

    def _read(self, key: str) -> bytes:
        return self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()


def _file(erasure_id: str) -> str:
    return f"{PREFIX}{erasure_id}.json"


def _pdf(erasure_id: str, sha256: str) -> str:
    return f"{PREFIX}{erasure_id}.{sha256}.pdf"
