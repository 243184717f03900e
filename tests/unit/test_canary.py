"""The canary can sing: what is left, or lost, or not planted, is told."""

from beeldrecht.domain.stores import Store
from bench.canary import Told, compare, wished
from tests.canary import Reading, wanted_kinds
from tests.crawling import Piece
from tests.planting import Planted

PROOF = {(Store.CONSENT, "evidence")}


def somebody(digit: str) -> Planted:
    one = Planted(digit * 32)
    one.markers["digestown"] = digit * 30 + "0f" * 17
    one.mark("name")
    return one


def item(one: Planted, kind: str, *marks: str, **more: object) -> Piece:
    text = f'{{"kind": {{"S": "{kind}"}}, "x": "PERSON#{one.person_id}{" ".join(marks)}"'
    return Piece(Store.CONSENT, f"{kind} {one.person_id}", text.encode(), **more)  # type: ignore[arg-type]


def certificate(*entries: tuple[Store, str]) -> dict[str, object]:
    receipts = [
        {"store": store.value, "what": what, "remains": 1, "why": "x"}
        for store, what in entries
    ]
    return {"certificate": {"receipts": receipts}}


def test_a_marker_is_seen_wherever_it_stands() -> None:
    one, other = somebody("a"), somebody("b")
    name, digest = one.markers["name"], one.markers["digestown"]
    bytes_around = b"\xffZqZq" + name.encode() + b"zQ\x00" + b"9a" + digest.encode()
    reading = Reading.of([Piece(Store.ORIGINALS, "x", bytes_around)], [one, other])
    assert set(reading.seen) == {name, digest}
    assert reading.size == len(bytes_around)
    assert reading.missing(one) == set()
    assert reading.missing(other) == set(other.markers)


def test_what_is_left_of_the_erased_and_not_declared_is_told() -> None:
    one = somebody("a")
    before = Reading.of([item(one, "person", *one.markers.values())], [one])
    clean = Reading.of([], [one])
    for after, declared, left, named in (
        (clean, (), 0, 0),
        (before, (), 2, 1),
        (before, ((Store.CONSENT, "person"),), 2, 0),
    ):
        told = Told(1)
        compare([one], before, after, {one.person_id: certificate(*declared)}, told)
        assert (len(told.left), len(told.named), len(told.lost)) == (left, named, 0)
        assert bool(told.wrong) == bool(left or named)


def test_what_a_key_opens_is_the_proof_only_where_it_was_to_be_kept() -> None:
    one = somebody("a")
    sealed = item(one, "evidence", one.markers["name"], opened_for=one.person_id)
    reading = Reading.of([sealed], [one])
    assert reading.left(one, PROOF) == set()
    assert len(reading.left(one, set())) == 1


def test_what_others_lost_is_told() -> None:
    one = somebody("a")
    before = Reading.of([item(one, "person", one.markers["name"])], [one])
    told = Told(1)
    compare([one], before, Reading.of([], [one]), {}, told)
    assert told.lost == ["name was lost"]


def test_streams_hold_things_for_a_day_and_count_for_nothing() -> None:
    one = somebody("a")
    record = Piece(Store.STREAMS, "x", one.markers["name"].encode())
    reading = Reading.of([record], [one])
    assert reading.left(one, set()) == set()
    assert reading.places(one)["name"] == 0
    assert "name" not in reading.missing(one)


def test_kinds_of_items_are_seen_where_they_lie() -> None:
    one = somebody("a")
    reading = Reading.of([item(one, "person")], [one])
    assert reading.kinds == {(Store.CONSENT, "person")}
    assert (Store.CONSENT, "person") in wanted_kinds()
    assert (Store.CONSENT, "wording") not in wanted_kinds()


def test_half_are_erased_in_each_of_four_ways() -> None:
    people = [somebody(digit) for digit in "0123456789abcdef"]
    for one in people:
        one.shared.append("shared")
    wishes = dict(wished(people))
    assert list(wishes) == [one.person_id for one in people[::2]]
    ways = {(each.keep_proof, bool(each.masked)) for each in wishes.values()}
    assert len(ways) == 4
