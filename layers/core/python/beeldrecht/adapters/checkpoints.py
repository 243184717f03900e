"""The bucket of checkpoints: one object an hour, that nobody can change for its term.

Object lock keeps every version. A second version could still be put on top of the first,
and a delete marker could hide it: so what counts is the oldest version of each key, as
with originals.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from beeldrecht.domain.audit import SHARDS, Beginning, Checkpoint, Head, stamp

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX = "checkpoints/"
_BEGINNINGS = "beginnings"
_TAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}


@dataclass(frozen=True, slots=True)
class Found:
    """All that lies in the bucket: the checkpoints, and the keys of what is none."""

    checkpoints: tuple[Checkpoint, ...]
    unreadable: tuple[str, ...]


class Checkpoints:
    """The bucket of checkpoints."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def write(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint; the first of an hour stands, so twice does no harm."""
        body = json.dumps(
            {
                "number": checkpoint.number,
                "at": checkpoint.at,
                "heads": [[head.number, head.digest] for head in checkpoint.heads],
                "previous": checkpoint.previous,
                "digest": checkpoint.digest,
                _BEGINNINGS: checkpoint.beginnings,
            }
        )
        try:
            self._s3.put_object(
                Bucket=self._bucket,
                Key=key_of(checkpoint.instant),
                Body=body.encode(),
                ContentType="application/json",
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in _TAKEN:
                raise

    def last(self, at: datetime) -> Checkpoint | None:
        """The newest checkpoint; looked for today and yesterday before everywhere."""
        for day in (at, at - timedelta(days=1)):
            found = self._read(PREFIX + stamp(day)[:10])
            if found.checkpoints:
                return found.checkpoints[-1]
        everything = self.all().checkpoints
        return everything[-1] if everything else None

    def all(self) -> Found:
        """Every checkpoint, in the order of their numbers."""
        return self._read(PREFIX)

    def _read(self, prefix: str) -> Found:
        checkpoints, unreadable = [], []
        for key, version in self._oldest(prefix):
            answer = self._s3.get_object(Bucket=self._bucket, Key=key, VersionId=version)
            checkpoint = checkpoint_of(answer["Body"].read())
            if checkpoint is None:
                unreadable.append(key)
            else:
                checkpoints.append(checkpoint)
        checkpoints.sort(key=lambda c: c.number)
        return Found(tuple(checkpoints), tuple(unreadable))

    def _oldest(self, prefix: str) -> Iterator[tuple[str, str]]:
        """The key and oldest version of each object, hidden ones too."""
        oldest: dict[str, tuple[datetime, str]] = {}
        pages = self._s3.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        for page in pages:
            for each in page.get("Versions", []):
                # Listed newest first, so of two at one instant the later listed counts.
                written = (each["LastModified"], each["VersionId"])
                if written[0] <= oldest.get(each["Key"], written)[0]:
                    oldest[each["Key"]] = written
        for key, (_, version) in sorted(oldest.items()):
            yield key, version


def key_of(at: datetime) -> str:
    """The key of the checkpoint of that hour."""
    return f"{PREFIX}{stamp(at)[:13]}.json"


def checkpoint_of(body: bytes) -> Checkpoint | None:
    """The checkpoint that an object holds; None when it holds something else."""
    try:
        found = json.loads(body)
        if not isinstance(found, Mapping):
            return None
        # Those that were kept before chains could end their oldest entries have none.
        found = {_BEGINNINGS: [], **found}
        if set(found) != set(Checkpoint.__dataclass_fields__):
            return None
        checkpoint = Checkpoint(
            number=found["number"],
            at=found["at"],
            heads=tuple(Head(number, digest) for number, digest in found["heads"]),
            previous=found["previous"],
            digest=found["digest"],
            beginnings=tuple(Beginning(*each) for each in found[_BEGINNINGS]),
        )
        shaped = (
            type(checkpoint.number) is int
            and len(checkpoint.heads) == len(SHARDS)
            and all(
                type(h.number) is int and isinstance(h.digest, str)
                for h in checkpoint.heads
            )
            and isinstance(checkpoint.previous, str)
            and isinstance(checkpoint.digest, str)
            and checkpoint.instant.tzinfo is not None
            and all(_shaped(each) for each in checkpoint.beginnings)
        )
    except (ValueError, TypeError):
        return None
    return checkpoint if shaped else None


def _shaped(begin: Beginning) -> bool:
    """Whether each part is of its kind; raises ValueError where an instant is none."""
    return (
        begin.shard in SHARDS
        and all(type(n) is int for n in (begin.number, begin.days, begin.declared_by))
        and isinstance(begin.digest, str)
        and begin.days >= 0
        and all(datetime.fromisoformat(at).tzinfo for at in (begin.until, begin.at))
    )
