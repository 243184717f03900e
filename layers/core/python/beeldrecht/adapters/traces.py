"""Looking for somebody, or for a picture, in every store that can hold something of them.

Items are read as they lie, by their keys and kind alone, and not through the models: what
a model does not know is found all the same. Twice in two ways: `of_person` follows from
one thing to the next, which gives what is to be removed; `mentions` reads the tables from
end to end, which finds what nothing leads to.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from beeldrecht.domain.erasure import Trace
from beeldrecht.domain.intake import near_bands, original_key
from beeldrecht.domain.stores import Store

from . import keys

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

_POINTED_AT = {
    "request_of": ("request_id", keys.request),
    "subject_request_of": ("request_id", keys.asked),
    "mail_of": ("mail_id", keys.mail),
    "export": ("export_id", keys.export),
}
"""What of a dossier leads to a partition of its own, by the attribute that names it."""
_OF_THE_ERASURE = frozenset({"erasure_of"})
"""That the person is erased stays on record."""
_AT_ONCE = 100
_SIGNED, _EXPORTS, _BUILDING = "signed/", "exports/", "building/"
_ORDERED = "packages/"
_INDEX, _SEARCH, _PURGES = "index/", "SEARCH", "SEARCH#PURGES"
_PATIENCE = 20.0
"""Seconds that the index is waited for."""

type _Plain = dict[str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """The names of the tables and buckets that are looked through.

    A function that looks through some of them alone has no name for the others, and what
    it would ask of those is refused.
    """

    library: str
    consent: str
    biometrics: str = ""
    keys: str = ""
    originals: str = ""
    renditions: str = ""
    exports: str = ""
    documents: str = ""

    @classmethod
    def of(cls, told: Mapping[str, object]) -> "Places":
        """Those that a function was told of, by the names of its settings."""
        named = {
            each.name: told.get(f"{each.name}_table", told.get(f"{each.name}_bucket", ""))
            for each in fields(cls)
        }
        return cls(**{name: str(value) for name, value in named.items()})

    def table(self, store: Store) -> str:
        """The name of a table."""
        return {
            Store.LIBRARY: self.library,
            Store.CONSENT: self.consent,
            Store.BIOMETRICS: self.biometrics,
            Store.KEYS: self.keys,
        }[store]

    def bucket(self, store: Store) -> str:
        """The name of a bucket."""
        return {
            Store.ORIGINALS: self.originals,
            Store.RENDITIONS: self.renditions,
            Store.EXPORTS: self.exports,
            Store.DOCUMENTS: self.documents,
        }[store]


class Traces:
    """What is left anywhere of a person or a picture."""

    def __init__(
        self,
        dynamodb: "DynamoDBClient",
        s3: "S3Client",
        places: Places,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._wait = wait
        self._waited = 0.0
        self._dynamodb = dynamodb
        self._s3 = s3
        self._places = places

    # -- a person --------------------------------------------------------------------

    def of_person(self, person_id: str) -> Iterator[Trace]:
        """Everything about a person but the pictures themselves: keys first."""
        yield from self.secrets(person_id)
        yield from self.register(person_id)

    def register(self, person_id: str) -> Iterator[Trace]:
        """What is on record about a person, and the files of it; what leads on last.

        In this order it can be removed one by one: whoever is interrupted finds again
        what is left.
        """
        own = list(self._query(Store.CONSENT, keys.person(person_id)))
        dossier = list(self._query(Store.CONSENT, keys.dossier(person_id)))
        yield from self._proof(own)
        yield from self._exported(dossier)
        for item in dossier:
            yield from self._pointed_at(item)
        yield from self._links(person_id)
        yield from self._rosters(person_id)
        yield from self._appearances(person_id)
        for item in self._query(Store.CONSENT, keys.subject(person_id)):
            if item["kind"] not in _OF_THE_ERASURE:
                yield _trace(Store.CONSENT, item)
        for item in (*dossier, *own):
            yield _trace(Store.CONSENT, item)

    def secrets(self, person_id: str) -> Iterator[Trace]:
        """A person's template and keys, by their own keys: nothing of them is read."""
        for store in (Store.BIOMETRICS, Store.KEYS):
            for item in self._query(store, keys.person(person_id)):
                yield _trace(store, item)

    def portrayed(self, person_id: str) -> dict[str, list[str]]:
        """The faces that were said, suggested or denied to be theirs, by picture."""
        faces: dict[str, list[str]] = {}
        for each in self._appearances(person_id):
            asset_id = each.key.removeprefix(keys.asset(""))
            face_id = each.part.removeprefix(keys.APPEARANCE).partition("#")[0]
            faces.setdefault(asset_id, []).append(face_id)
        return faces

    def waiting(self, person_id: str) -> Iterator[str]:
        """The tokens of workflows that wait for an answer of this person."""
        for item in self._query(Store.CONSENT, keys.dossier(person_id)):
            if item["kind"] == "request_of":
                for each in self._query(Store.CONSENT, keys.request(item["request_id"])):
                    if each.get("token"):
                        yield each["token"]

    # -- a picture -------------------------------------------------------------------

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        """Everything of a picture: files first, its record last."""
        yield from self.files(asset_id)
        record = list(self._query(Store.LIBRARY, keys.asset(asset_id)))
        for item in record:
            if item["kind"] == "asset" and "original" in item:
                told = json.loads(item["original"])
                yield from self._bands(asset_id, told["perceptual_hash"])
                yield from self._chain(item)
        for partition in (keys.bases(asset_id), keys.disclosed(asset_id)):
            for item in self._query(Store.LIBRARY, partition):
                yield _trace(Store.LIBRARY, item)
        for item in self._query(Store.CONSENT, keys.subject(asset_id)):
            if item["kind"] not in _OF_THE_ERASURE:
                yield _trace(Store.CONSENT, item)
        record.sort(key=lambda item: item["sk"] == keys.META)
        for item in record:
            yield _trace(Store.LIBRARY, item)

    def files(self, asset_id: str) -> Iterator[Trace]:
        """Every version of a picture's files, and what was begun and not completed.

        The packages that it is in last: whoever makes one says so before it reads a file,
        and a file that was read was still there.
        """
        yield from self._objects(Store.ORIGINALS, "originals/", original_key(asset_id))
        yield from self._objects(Store.RENDITIONS, "", f"{asset_id}/")
        for item in self._query(Store.LIBRARY, keys.disclosed(asset_id)):
            if item["kind"] == "packed":
                key = _ORDERED + item["package_id"]
                yield from self._objects(Store.EXPORTS, _ORDERED, key)

    def indexed(self, asset_id: str) -> Iterator[Trace]:
        """What the files of the index may still say of a picture that has to go from it.

        That it is gone is said after the last file that held it is; files of a time
        before the index as it is now would be left of a writer that stopped.
        """
        if not self._is_gone(asset_id):
            yield Trace(Store.EXPORTS, _INDEX, _INDEX, asset_id)
        for base in self._several([(_SEARCH, "BASE")]):
            kept = set(json.loads(base["files"]).values())
            made = datetime.fromisoformat(base["read_at"])
            for each in self._versions(Store.EXPORTS, _INDEX):
                if each["Key"] not in kept and each["LastModified"] < made:
                    yield Trace(Store.EXPORTS, _INDEX, each["Key"], each["VersionId"])

    def _is_gone(self, asset_id: str) -> bool:
        """Whether the index said so; it is given some seconds, for all pictures at once.

        It is being written by now, and a second look costs everybody a minute.
        """
        while True:
            asked = self._several([(_PURGES, asset_id)])
            if any(each.get("state") == "gone" for each in asked):
                self._waited = 0.0
                return True
            if self._waited >= _PATIENCE:
                return False
            self._wait(1.0)
            self._waited += 1.0

    # -- from end to end -------------------------------------------------------------

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        """The items of the two large tables that name it; reads them from end to end.

        Slow, and dear on a large library: it is for the last look, and worth it.
        """
        for store in (Store.LIBRARY, Store.CONSENT):
            pages = self._dynamodb.get_paginator("scan").paginate(
                TableName=self._places.table(store), ConsistentRead=True
            )
            for page in pages:
                for item in page["Items"]:
                    if _names(item, subject_id):
                        yield _trace(store, _plain(item))

    def proofs(self, evidence: Iterable[Trace]) -> Iterator[Trace]:
        """The signed copies that belong to these items of evidence."""
        for each in evidence:
            if each.what == "evidence":
                key = _SIGNED + each.key.removeprefix(keys.evidence(""))
                yield from self._objects(Store.DOCUMENTS, _SIGNED, key)

    # -- inside ----------------------------------------------------------------------

    def _proof(self, own: Iterable[_Plain]) -> Iterator[Trace]:
        for item in own:
            if item["kind"] != "quitclaim":
                continue
            quitclaim_id = item["quitclaim_id"]
            yield from self._objects(Store.DOCUMENTS, _SIGNED, _SIGNED + quitclaim_id)
            for each in self._query(Store.CONSENT, keys.evidence(quitclaim_id)):
                yield _trace(Store.CONSENT, each)

    def _exported(self, dossier: Iterable[_Plain]) -> Iterator[Trace]:
        for item in dossier:
            if item["kind"] == "export":
                for prefix in (_EXPORTS, _BUILDING):
                    key = prefix + item["export_id"]
                    yield from self._objects(Store.EXPORTS, prefix, key)

    def _pointed_at(self, item: _Plain) -> Iterator[Trace]:
        if item["kind"] in _POINTED_AT:
            attribute, partition = _POINTED_AT[item["kind"]]
            for each in self._query(Store.CONSENT, partition(item[attribute])):
                yield _trace(Store.CONSENT, each)

    def _links(self, person_id: str) -> Iterator[Trace]:
        for item in self._query(Store.CONSENT, keys.person(person_id), index="by_lookup"):
            yield _trace(Store.CONSENT, item)

    def _appearances(self, person_id: str) -> Iterator[Trace]:
        found = self._query(Store.LIBRARY, keys.person(person_id), index="by_lookup")
        for item in found:
            if item["kind"] == "appearance":
                yield _trace(Store.LIBRARY, item)

    def _rosters(self, person_id: str) -> Iterator[Trace]:
        """Nothing leads from a person to the sessions they signed at: all are asked."""
        sessions = self._query(Store.LIBRARY, keys.work("session"), index="by_work")
        wanted = [(item["pk"], keys.ROSTER + person_id) for item in sessions]
        for start in range(0, len(wanted), _AT_ONCE):
            for item in self._several(wanted[start : start + _AT_ONCE]):
                yield _trace(Store.LIBRARY, item)

    def _bands(self, asset_id: str, perceptual_hash: str) -> Iterator[Trace]:
        wanted = [
            (keys.band(band), keys.asset(asset_id))
            for band in near_bands(perceptual_hash)
        ]
        for item in self._several(sorted(set(wanted))):
            yield _trace(Store.LIBRARY, item)

    def _chain(self, record: _Plain) -> Iterator[Trace]:
        """The chain of a file that is the last one in it; of others it stays."""
        partition = keys.versions(record.get("chain_id", ""))
        for item in self._query(Store.LIBRARY, partition):
            files = {each["asset_id"] for each in json.loads(item["files"])}
            if files == {record["asset_id"]}:
                yield _trace(Store.LIBRARY, item)

    def _objects(self, store: Store, what: str, prefix: str) -> Iterator[Trace]:
        bucket = self._places.bucket(store)
        for each in self._versions(store, prefix):
            yield Trace(store, what, each["Key"], each["VersionId"])
        uploads = self._s3.get_paginator("list_multipart_uploads")
        for begun in uploads.paginate(Bucket=bucket, Prefix=prefix):
            for upload in begun.get("Uploads", []):
                yield Trace(store, what, upload["Key"], upload["UploadId"], upload=True)

    def _versions(self, store: Store, prefix: str) -> Iterator[Any]:
        """Every version of objects, and every mark that one is deleted."""
        versions = self._s3.get_paginator("list_object_versions")
        bucket = self._places.bucket(store)
        for page in versions.paginate(Bucket=bucket, Prefix=prefix):
            yield from (*page.get("Versions", []), *page.get("DeleteMarkers", []))

    def _query(
        self, store: Store, partition: str, index: str | None = None
    ) -> Iterator[_Plain]:
        names = {"by_lookup": "gsi1pk", "by_work": "gsi2pk"}
        asked: dict[str, Any] = {
            "TableName": self._places.table(store),
            "KeyConditionExpression": "#pk = :pk",
            "ExpressionAttributeNames": {"#pk": names[index] if index else "pk"},
            "ExpressionAttributeValues": {":pk": {"S": partition}},
        }
        asked |= {"IndexName": index} if index else {"ConsistentRead": True}
        for page in self._dynamodb.get_paginator("query").paginate(**asked):
            for item in page["Items"]:
                yield _plain(item)

    def _several(self, wanted: list[tuple[str, str]]) -> Iterator[_Plain]:
        """Items of the library by their keys; asks again for what was left out."""
        table = self._places.library
        left: Any = {
            table: {
                "Keys": [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in wanted],
                "ConsistentRead": True,
            }
        }
        while wanted and left:
            answer = self._dynamodb.batch_get_item(RequestItems=left)
            for item in answer["Responses"].get(table, []):
                yield _plain(item)
            left = answer.get("UnprocessedKeys")


def _plain(item: Any) -> _Plain:
    """The texts of an item: its keys, its kind and the ids in it."""
    texts: _Plain = {name: value["S"] for name, value in item.items() if "S" in value}
    texts.setdefault("kind", "")
    return texts


def _trace(store: Store, item: _Plain) -> Trace:
    return Trace(store, item["kind"], item["pk"], item["sk"])


def _names(value: Any, subject_id: str) -> bool:
    """Whether an identifier stands anywhere in an item: its keys, attributes, lists."""
    match value:
        case str():
            return subject_id in value
        case dict():
            return any(
                _names(each, subject_id) or subject_id in str(name)
                for name, each in value.items()
            )
        case list():
            return any(_names(each, subject_id) for each in value)
    return False
