"""Reading every byte that a local cloud keeps, and opening what its keys still open.

Not by our own repositories, which find what they look for: by the services' own APIs,
everything from the first to the last. What is found says in which store it lies, so that
it can be held against the registry and against what a certificate declares.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from beeldrecht.adapters.key_ring import KeyPurpose
from beeldrecht.domain.stores import Store
from cli.stack import Deployed
from local.client import LocalCloud

TABLES: Final = {
    "LibraryTable": Store.LIBRARY,
    "ConsentTable": Store.CONSENT,
    "BiometricsTable": Store.BIOMETRICS,
    "KeysTable": Store.KEYS,
    "LimitsTable": Store.LIMITS,
    "AuditTable": Store.AUDIT,
}
BUCKETS: Final = {
    "originals": Store.ORIGINALS,
    "renditions": Store.RENDITIONS,
    "exports": Store.EXPORTS,
    "documents": Store.DOCUMENTS,
    "checkpoints": Store.CHECKPOINTS,
    "accesslogs": Store.ACCESS_LOGS,
}
_NONCE: Final = 12


@dataclass(frozen=True)
class Piece:
    """Some bytes, and where they lie."""

    store: Store
    place: str
    content: bytes
    opened_for: str | None = None
    """The person with whose key this was opened; None: it lay there like this."""


@dataclass
class Crawl:
    """One reading of one deployed local cloud."""

    cloud: LocalCloud
    deployed: Deployed
    _keys: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    _signers: dict[str, str] = field(default_factory=dict)

    def everything(self) -> Iterator[Piece]:
        """Every piece of every store, and after a sealed one what it opens to."""
        self._keys, self._signers = self._unwrapped(), self._who_signed()
        yield from self.tables()
        yield from self.indexes()
        yield from self.streams()
        yield from self.objects()
        yield from self.parts()
        yield from self.messages()
        yield from self.executions()
        yield from self.log_lines()
        yield from self.schedules()

    # -- tables --------------------------------------------------------------------------

    def tables(self) -> Iterator[Piece]:
        """Every item of every table, and what is sealed in it as far as it opens."""
        for output, store in TABLES.items():
            for item in self._scan(self.deployed[output]):
                place = f"{item['pk']['S']} {item['sk']['S']}"
                yield Piece(store, place, _bytes_of(item))
                for person_id, plain in self._opened(item):
                    yield Piece(store, place, plain, person_id)

    def indexes(self) -> Iterator[Piece]:
        """Every item as every index holds it: an index is a copy."""
        described = self.cloud.client("dynamodb").describe_table
        for output, store in TABLES.items():
            name = self.deployed[output]
            for index in described(TableName=name)["Table"].get(
                "GlobalSecondaryIndexes", []
            ):
                for item in self._scan(name, IndexName=index["IndexName"]):
                    yield Piece(
                        store,
                        f"{index['IndexName']} {item['pk']['S']} {item['sk']['S']}",
                        _bytes_of(item),
                    )

    def streams(self) -> Iterator[Piece]:
        """Every record of every stream, from the first that is kept."""
        streams = self.cloud.client("dynamodbstreams")
        for stream in streams.list_streams()["Streams"]:
            arn = stream["StreamArn"]
            described = streams.describe_stream(StreamArn=arn)["StreamDescription"]
            for shard in described["Shards"]:
                at = streams.get_shard_iterator(
                    StreamArn=arn,
                    ShardId=shard["ShardId"],
                    ShardIteratorType="TRIM_HORIZON",
                )["ShardIterator"]
                while at:
                    found = streams.get_records(ShardIterator=at)
                    for record in found["Records"]:
                        place = f"{stream['TableName']} {record['eventID']}"
                        change = record["dynamodb"]
                        images = (change.get("NewImage"), change.get("OldImage"))
                        for image in images:
                            if image:
                                yield Piece(Store.STREAMS, place, _bytes_of(image))
                    at = found.get("NextShardIterator") if found["Records"] else None

    def _scan(self, table: str, **named: Any) -> Iterator[dict[str, Any]]:
        pages = self.cloud.client("dynamodb").get_paginator("scan")
        for page in pages.paginate(TableName=table, **named):
            yield from page["Items"]

    # -- what keys open ------------------------------------------------------------------

    def _unwrapped(self) -> dict[str, list[tuple[str, bytes]]]:
        """Every key of every person that is still there, by person."""
        found: dict[str, list[tuple[str, bytes]]] = {}
        for output, kms_key in (
            ("KeysTable", self.deployed["PeopleKeyArn"]),
            ("BiometricsTable", self.deployed["BiometricsKeyArn"]),
        ):
            for item in self._scan(self.deployed[output]):
                if not item["sk"]["S"].startswith("KEY#"):
                    continue
                person_id = item["pk"]["S"].removeprefix("PERSON#")
                purpose = item["sk"]["S"].removeprefix("KEY#")
                answer = self.cloud.client("kms").decrypt(
                    CiphertextBlob=item["wrapped"]["B"],
                    EncryptionContext={"person_id": person_id, "purpose": purpose},
                    KeyId=kms_key,
                )
                found.setdefault(person_id, []).append((purpose, answer["Plaintext"]))
        return found

    def _who_signed(self) -> dict[str, str]:
        return {
            item["quitclaim_id"]["S"]: item["person_id"]["S"]
            for item in self._scan(self.deployed["ConsentTable"])
            if "quitclaim_id" in item and "person_id" in item
        }

    def _opened(self, item: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
        """What binary attributes hold, opened with any key of anybody they can be of."""
        named = {
            value["S"].removeprefix("PERSON#")
            for value in item.values()
            if "S" in value and value["S"].removeprefix("PERSON#") in self._keys
        }
        for name, value in item.items():
            if "B" in value and name != "wrapped":
                for person_id in sorted(named):
                    plain = self._open(person_id, value["B"])
                    if plain is not None:
                        yield person_id, plain

    def _open(self, person_id: str, sealed: bytes) -> bytes | None:
        for purpose, key in self._keys.get(person_id, []):
            bound_to = f"{KeyPurpose(purpose)}:{person_id}".encode()
            try:
                return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)
            except (InvalidTag, ValueError):
                continue
        return None

    # -- objects -------------------------------------------------------------------------

    def objects(self) -> Iterator[Piece]:
        """Every version of every object; what is packed, and what is sealed, opened."""
        s3 = self.cloud.client("s3")
        for bucket, store in self._buckets():
            pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
            for version in (v for page in pages for v in page.get("Versions", [])):
                key, version_id = version["Key"], version["VersionId"]
                try:
                    answer = s3.get_object(Bucket=bucket, Key=key, VersionId=version_id)
                except ClientError as error:
                    if error.response["Error"]["Code"] in {"NoSuchKey", "NoSuchVersion"}:
                        continue  # it went while we read
                    raise
                body = answer["Body"].read()
                place = f"{key}@{version_id}"
                told = json.dumps(
                    [key, answer.get("Metadata"), answer.get("ContentDisposition")]
                )
                yield Piece(store, place, told.encode() + b"\n" + body)
                yield from _unpacked(store, place, body)
                signer = self._signers.get(key.rpartition("/")[2])
                plain = self._open(signer, body) if signer else None
                if plain is not None:
                    yield Piece(store, place, plain, signer)

    def parts(self) -> Iterator[Piece]:
        """Every upload in parts that nobody completed, with what arrived of it."""
        s3 = self.cloud.client("s3")
        for bucket, store in self._buckets():
            pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket)
            for upload in (u for page in pages for u in page.get("Uploads", [])):
                place = f"{upload['Key']}?{upload['UploadId']}"
                yield Piece(store, place, upload["Key"].encode())

    def _buckets(self) -> Iterator[tuple[str, Store]]:
        for bucket in self.cloud.client("s3").list_buckets()["Buckets"]:
            prefix, _, rest = bucket["Name"].partition("-stores-")
            store = BUCKETS.get(rest.partition("-")[0]) if prefix else None
            if store is not None:
                yield bucket["Name"], store

    # -- what passes through -------------------------------------------------------------

    def messages(self) -> Iterator[Piece]:
        """Every message that waits in a queue; it is put back."""
        sqs = self.cloud.client("sqs")
        pages = sqs.get_paginator("list_queues").paginate()
        for url in (each for page in pages for each in page.get("QueueUrls", [])):
            held: list[str] = []
            # Held meanwhile: of what is put back at once only the first would be seen.
            while found := sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=120
            ).get("Messages"):
                for each in found:
                    held.append(each["ReceiptHandle"])
                    name = url.rpartition("/")[2]
                    yield Piece(Store.QUEUES, name, each["Body"].encode())
            for handle in held:
                sqs.change_message_visibility(
                    QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0
                )

    def executions(self) -> Iterator[Piece]:
        """Every execution that is kept: what went in, came out, and passed through."""
        states = self.cloud.client("stepfunctions")
        for machine in states.list_state_machines()["stateMachines"]:
            if machine.get("type") == "EXPRESS":
                continue
            pages = states.get_paginator("list_executions").paginate(
                stateMachineArn=machine["stateMachineArn"]
            )
            for execution in (each for page in pages for each in page["executions"]):
                arn = execution["executionArn"]
                told = states.describe_execution(executionArn=arn)
                said = json.dumps([told.get("input"), told.get("output"), arn])
                yield Piece(Store.WORKFLOWS, arn, said.encode())
                history = states.get_paginator("get_execution_history")
                for page in history.paginate(executionArn=arn):
                    for event in page["events"]:
                        said = json.dumps(event, default=str)
                        yield Piece(Store.WORKFLOWS, arn, said.encode())

    def log_lines(self) -> Iterator[Piece]:
        """Every line of every log."""
        logs = self.cloud.client("logs")
        groups = logs.get_paginator("describe_log_groups").paginate()
        for group in (each for page in groups for each in page["logGroups"]):
            name = group["logGroupName"]
            for page in logs.get_paginator("filter_log_events").paginate(
                logGroupName=name
            ):
                for event in page["events"]:
                    yield Piece(Store.LOGS, name, event["message"].encode())

    def schedules(self) -> Iterator[Piece]:
        """Everything that is planned, with what it will say."""
        scheduler = self.cloud.client("scheduler")
        pages = scheduler.get_paginator("list_schedules").paginate()
        for each in (each for page in pages for each in page["Schedules"]):
            told = scheduler.get_schedule(Name=each["Name"], GroupName=each["GroupName"])
            told.pop("ResponseMetadata", None)
            said = json.dumps(told, default=str)
            yield Piece(Store.SCHEDULES, each["Name"], said.encode())


def _bytes_of(item: Mapping[str, Any]) -> bytes:
    """All of an item, binary attributes as they are."""
    raw = [value["B"] for value in item.values() if "B" in value]
    text = json.dumps(item, default=lambda _: "", ensure_ascii=False).encode()
    return b"\n".join([text, *raw])


def _unpacked(store: Store, place: str, body: bytes) -> Iterator[Piece]:
    # What somebody uploaded may begin like a ZIP and be none: its bytes were read.
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        for name in packed.namelist():
            yield Piece(store, f"{place}!{name}", packed.read(name))
