"""The texts that people typed, as they lie in the tables: looked through, and redacted.

Items are read as they lie, and not through their models: what is asked of them is where a
text stands, and a change touches that text alone.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from beeldrecht.domain.erasure_texts import (
    TYPED,
    PlannedText,
    Redaction,
    TextPlace,
)
from beeldrecht.domain.named import (
    Span,
    Wanted,
    covered,
    digest,
    found_in,
    names_still,
)
from beeldrecht.domain.stores import Store
from beeldrecht.domain.typed_items import put_text, read_text, texts_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Tables(Protocol):
    """What the tables are called."""

    def table(self, store: Store) -> str:
        """The name of a table."""
        ...


class TypedTexts:
    """Every text that somebody typed about anything."""

    def __init__(self, dynamodb: "DynamoDBClient", tables: Tables) -> None:
        self._dynamodb = dynamodb
        self._tables = tables

    def naming(self, wanted: Wanted) -> Iterator[tuple[TextPlace, tuple[Span, ...], str]]:
        """Where somebody is named, and the digest of the text without them.

        Reads two tables from end to end: slow, and dear on a large library.
        """
        if not wanted:
            return
        for store in sorted({store for store, _ in TYPED}):
            kinds = {kind: paths for (own, kind), paths in TYPED.items() if own is store}
            for item in self._items(store, kinds):
                kind, pk, sk = (item[name]["S"] for name in ("kind", "pk", "sk"))
                for path, text in texts_of(item, kinds[kind]):
                    spans = found_in(text, wanted)
                    if spans:
                        place = TextPlace(store, kind, pk, sk, path)
                        yield place, spans, digest(covered(text, spans))

    def now(self, place: TextPlace) -> str | None:
        """A text as it stands; None: it is not there any more."""
        return self._text(self._item(place), place)

    def redact(self, text: PlannedText) -> Redaction:
        """Take the name out of a text that is still the one that was found.

        Safe to repeat: a text without it is known by its digest. Whoever changes the item
        meanwhile is not overwritten: the text is read anew.
        """
        place = text.place
        while True:
            item = self._item(place)
            now = self._text(item, place)
            if item is None or now is None:
                return Redaction.GONE
            if digest(now) == text.digest:
                return Redaction.REDACTED
            if not names_still(now, text.spans, text.digest):
                return Redaction.CHANGED
            if self._put(item, place, covered(now, text.spans)):
                return Redaction.REDACTED

    def _put(self, item: Mapping[str, Any], place: TextPlace, text: str) -> bool:
        """Put a text in an item that is as it was read; False when it is not."""
        name = place.path.partition(".")[0]
        names, values = (
            {"#t": name},
            {
                ":old": item[name],
                ":new": {"S": put_text(item[name]["S"], place.path, text)},
            },
        )
        sets, condition = ["#t = :new"], "#t = :old"
        if "revision" in item:
            # Who writes the item as they read it before would bring the name back.
            revision = int(item["revision"]["N"])
            names["#r"] = "revision"
            values |= {":before": {"N": str(revision)}, ":r": {"N": str(revision + 1)}}
            sets.append("#r = :r")
            condition += " AND #r = :before"
            decided = item.get("decided_revision")
            if decided is not None and int(decided["N"]) == revision - 1:
                # What was decided stays decided: no decision reads these words.
                names["#d"] = "decided_revision"
                sets.append("#d = :before")
        try:
            self._dynamodb.update_item(
                TableName=self._tables.table(place.store),
                Key={"pk": {"S": place.pk}, "sk": {"S": place.sk}},
                UpdateExpression=f"SET {', '.join(sets)}",
                ConditionExpression=condition,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _item(self, place: TextPlace) -> Mapping[str, Any] | None:
        found = self._dynamodb.get_item(
            TableName=self._tables.table(place.store),
            Key={"pk": {"S": place.pk}, "sk": {"S": place.sk}},
            ConsistentRead=True,
        )
        return found.get("Item")

    @staticmethod
    def _text(item: Mapping[str, Any] | None, place: TextPlace) -> str | None:
        return None if item is None else read_text(item, place.path)

    def _items(self, store: Store, kinds: Mapping[str, Any]) -> Iterator[Any]:
        attributes = sorted({name for names in kinds.values() for name in names})
        shown = ["pk", "sk", "kind", *attributes]
        values = {f":k{at}": {"S": kind} for at, kind in enumerate(sorted(kinds))}
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._tables.table(store),
            ConsistentRead=True,
            FilterExpression=f"#kind IN ({', '.join(values)})",
            ProjectionExpression=", ".join(f"#{name}" for name in shown),
            ExpressionAttributeNames={f"#{name}": name for name in shown},
            ExpressionAttributeValues=values,
        )
        for page in pages:
            yield from page["Items"]
