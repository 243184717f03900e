"""Restoring at any past time brings nobody back (R11): over tables with real backups.

In the local cloud alone: moto restores every table as it is now.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from beeldrecht.adapters import keys
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import PictureOutcome
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.ledger import Erased, ErasedPicture, RestoredTableError
from beeldrecht.domain.stores import Store
from beeldrecht.runtime.serving import serving_from
from cli import restoring
from cli.replaying import StillThereError, Table, replay
from cli.restoring import Copy, LiveTableRestoredError, NotReplayedError
from tests.adapters.aws import REGION, Aws
from tests.fakes.samples import EDITOR

pytestmark = pytest.mark.parametrize("aws_endpoint", ["local cloud"], indirect=True)

PEOPLE = tuple(derived_id("restoring", "person", str(n)) for n in range(6))
NAMES = ("library", "consent", "audit")


class Estate:
    """Tables with backups, people in them, and whoever erases and restores."""

    def __init__(self, aws: Aws) -> None:
        self.client = boto3.client("dynamodb", region_name=REGION)
        self.names = {name: aws.new_table(name) for name in NAMES}
        for name in ("library", "consent"):
            self.client.update_continuous_backups(
                TableName=self.names[name],
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
            )
        marks = (
            LibraryMarks(self.names["library"], REGION),
            ConsentMarks(self.names["consent"], REGION),
        )
        self.ledger = Ledger(self.names["audit"], REGION, marks)
        self.trail = AuditTrail(self.names["audit"], REGION)
        self.log = AuditReader(self.client, self.names["audit"])
        self.copies: list[str] = []

    def live(self, of: str) -> Table:
        return Table(self.client, self.names[of])

    def put(self, of: str, pk: str, sk: str, kind: str, **more: str) -> None:
        typed = {name: {"S": value} for name, value in more.items()}
        item = {"pk": {"S": pk}, "sk": {"S": sk}, "kind": {"S": kind}, **typed}
        self.live(of).put_all([item])

    def arrive(self, person_id: str) -> None:
        """Somebody with a grant, a request, and two pictures, one with somebody else."""
        own, signed = picture_of(person_id), derived_id("signed", person_id)
        person, shared = keys.person(person_id), keys.asset(picture_of("shared"))
        self.put("consent", person, keys.META, "person", person_id=person_id)
        self.put("consent", person, f"GRANT#{signed}", "grant", person_id=person_id)
        self.put("consent", person, f"QUITCLAIM#{signed}", "quitclaim")
        evidence = keys.evidence(signed)
        self.put("consent", evidence, keys.META, "evidence", person_id=person_id)
        self.put("library", keys.asset(own), keys.META, "asset", asset_id=own)
        self.put("library", keys.asset(own), keys.face(own), "face", face_id=own)
        her = f"APPEARANCE#{own}#{person_id}"
        self.put("library", shared, her, "appearance", person_id=person_id)

    def erase(self, person_id: str) -> None:
        """What the workflow of an erasure does to the tables, in its order."""
        picture = ErasedPicture(picture_of(person_id), PictureOutcome.DELETE)
        number = self.ledger.begin(
            Erased(derived_id("erasure", person_id), person_id, pictures=(picture,)),
            datetime.now(UTC),
        )
        for of in ("library", "consent"):
            table = self.live(of)
            table.remove_all([i for i in table.items() if about(i, person_id)])
        self.ledger.mark(number, datetime.now(UTC))
        self.ledger.done(number, datetime.now(UTC))

    def restore(self, of: str, at: datetime) -> Copy:
        copy = restoring.restore(self.client, of, self.names[of], at)
        self.copies.append(copy.table.name)
        return copy

    def replay(self, copy: Copy) -> Any:
        at = datetime.now(UTC)
        return replay(copy.table, copy.store, copy.since, self.ledger, self.log, at)

    def put_back(self, copy: Copy) -> restoring.PutBack:
        live, at = self.live(copy.of), datetime.now(UTC)
        return restoring.put_back(copy, live, self.ledger, self.log, at)

    def serves(self, **tables: str) -> bool:
        try:
            serving_from(self.names["audit"], REGION, **tables).check()
        except RestoredTableError:
            return False
        return True

    def narrowed(self, person_id: str, tag: str = "api:consent:withdraw") -> None:
        at = datetime.now(UTC)
        self.trail.record(
            NewEntry(person_id, f"{tag}:{at:%s%f}", tag, at, EDITOR, {"grants": "x"})
        )


def picture_of(whose: str) -> str:
    return derived_id("restoring", "picture", whose)


def about(item: Any, person_id: str) -> bool:
    text, signed = repr(item), derived_id("signed", person_id)
    return any(each in text for each in (person_id, picture_of(person_id), signed))


def tick() -> datetime:
    """A whole second that is over; nothing else happens in it."""
    passed = int(time.time())
    while int(time.time()) == passed:
        time.sleep(0.02)
    return datetime.fromtimestamp(passed, UTC)


@pytest.fixture
def estate(aws: Aws) -> Iterator[Estate]:
    made = Estate(aws)
    yield made
    for name in (*made.names.values(), *made.copies):
        if name in made.client.list_tables()["TableNames"]:
            made.client.delete_table(TableName=name)


def test_r11_restored_at_random_past_times_nobody_comes_back(estate: Estate) -> None:
    moments: list[tuple[datetime, frozenset[str]]] = []
    here = set[str]()
    for n, person_id in enumerate(PEOPLE):
        estate.arrive(person_id)
        here.add(person_id)
        moments.append((tick(), frozenset(here)))
        if n % 2:
            estate.erase(PEOPLE[n - 1])
            here.discard(PEOPLE[n - 1])
            moments.append((tick(), frozenset(here)))
    erased = set(PEOPLE) - here
    chance = random.Random(11)  # noqa: S311  # to choose, and nothing secret
    for at, were in chance.sample(moments, 3):
        for of in ("library", "consent"):
            copy = estate.restore(of, at)
            back = {p for p in PEOPLE for i in copy.table.items() if about(i, p)}
            assert back == were
            lacking = not erased <= set(PEOPLE) - were
            name = copy.table.name
            assert estate.serves(**{of: name}) != lacking
            with pytest.raises(NotReplayedError) if lacking else _nothing():
                # Nothing is put back, not even of those who are still here.
                assert not lacking or estate.put_back(copy)
            estate.replay(copy)
            after = {p for p in PEOPLE for i in copy.table.items() if about(i, p)}
            assert after == were - erased
            assert estate.serves(**{of: name})
            estate.put_back(copy)
            live = {p for p in PEOPLE for i in estate.live(of).items() if about(i, p)}
            assert live == here


class _nothing:  # noqa: N801  # reads as a word
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def test_what_was_lost_comes_back_and_what_is_newer_stays(estate: Estate) -> None:
    ann, bob = PEOPLE[:2]
    for each in (ann, bob):
        estate.arrive(each)
    before = tick()
    estate.put("consent", keys.person(ann), keys.META, "person", person_id=ann, new="1")
    lost = [i for i in estate.live("consent").items() if about(i, bob)]
    estate.live("consent").remove_all(lost)
    copy = estate.restore("consent", before)
    estate.replay(copy)
    result = estate.put_back(copy)
    assert result.added == len(lost)
    there = list(estate.live("consent").items())
    assert all(each in there for each in lost)
    [person] = [i for i in there if i["pk"]["S"] == keys.person(ann) and "new" in i]
    assert person["new"] == {"S": "1"}
    # The copy is gone: nobody would keep it in order.
    assert copy.table.name not in estate.client.list_tables()["TableNames"]


def test_r11_who_took_something_back_since_is_frozen_where_that_was_lost(
    estate: Estate,
) -> None:
    ann, bob = PEOPLE[:2]
    for each in (ann, bob):
        estate.arrive(each)
    before = tick()
    tick()
    estate.narrowed(ann)
    estate.narrowed(bob, "api:consent:read")
    # Everything of the table is lost, Ann's withdrawal too.
    estate.live("consent").remove_all(list(estate.live("consent").items()))
    copy = estate.restore("consent", before)
    assert estate.replay(copy).frozen == 1
    estate.put_back(copy)
    # As decisions read them: what freezes a picture or a person lies alike.
    register = ConsentRegister(estate.names["consent"], REGION)
    frozen = {each: register.facts([], each).restrictions for each in (ann, bob)}
    assert [len(frozen[ann]), len(frozen[bob])] == [1, 0]
    assert frozen[ann][0].period.contains(datetime.now(UTC))


def test_a_freeze_is_not_put_back_where_the_live_table_knows_better(
    estate: Estate,
) -> None:
    ann = PEOPLE[0]
    estate.arrive(ann)
    before = tick()
    tick()
    estate.narrowed(ann)
    at = datetime.now(UTC).isoformat()
    fact = {"withdrawal_id": "w", "grant_id": "g", "effective_at": at}
    person = keys.person(ann)
    estate.put("consent", person, "WITHDRAWAL#w", "withdrawal", person_id=ann, **fact)
    copy = estate.restore("consent", before)
    assert estate.replay(copy).frozen == 1
    estate.put_back(copy)
    kinds = {i["kind"]["S"] for i in estate.live("consent").items()}
    assert "restriction" not in kinds


def test_a_picture_that_was_decided_on_since_is_not_released_again(
    estate: Estate,
) -> None:
    touched, seen = picture_of("touched"), picture_of("seen")
    for each in (touched, seen):
        estate.put(
            "library",
            keys.asset(each),
            keys.META,
            "asset",
            asset_id=each,
            status="released",
            release="{}",
        )
    before = tick()
    tick()
    estate.narrowed(touched, "clearance:face:mark")
    estate.narrowed(seen, "egress:asset:view")
    estate.live("library").remove_all(list(estate.live("library").items()))
    copy = estate.restore("library", before)
    estate.replay(copy)
    released = {i["asset_id"]["S"] for i in copy.table.items() if "release" in i}
    assert released == {seen}


def test_what_was_taken_away_from_a_picture_on_purpose_stays_away(
    estate: Estate,
) -> None:
    ann = PEOPLE[0]
    estate.arrive(ann)
    estate.put("library", f"COLLECTION#{ann}", f"MEMBER#{EDITOR}", "member")
    before = tick()
    own = picture_of(ann)
    table = estate.live("library")
    faces = [i for i in table.items() if i["sk"]["S"] == keys.face(own)]
    members = [i for i in table.items() if i["kind"]["S"] == "member"]
    table.remove_all([*faces, *members])
    copy = estate.restore("library", before)
    estate.replay(copy)
    assert estate.put_back(copy).left_out >= 2
    there = list(table.items())
    assert not [each for each in (*faces, *members) if each in there]


def test_a_live_table_that_was_restored_by_other_means_takes_nothing(
    estate: Estate,
) -> None:
    ann = PEOPLE[0]
    estate.arrive(ann)
    before = tick()
    estate.erase(ann)
    marks = [i for i in estate.live("library").items() if i["pk"]["S"] == keys.LEDGER]
    copy = estate.restore("library", before)
    estate.replay(copy)
    estate.live("library").remove_all(marks)
    estate.put("library", "SETTINGS", "RECOGNITION", "recognition")
    with pytest.raises(LiveTableRestoredError):
        estate.put_back(copy)


def test_a_replay_that_left_something_marks_nothing(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = PEOPLE[0]
    estate.arrive(ann)
    before = tick()
    estate.erase(ann)
    copy = estate.restore("library", before)
    whole: Callable[..., int] = Table.remove_all

    def fewer(self: Table, items: Any) -> int:
        return whole(self, list(items)[1:])

    monkeypatch.setattr(Table, "remove_all", fewer)
    with pytest.raises(StillThereError):
        estate.replay(copy)
    assert copy.table.numbers() == frozenset()
    monkeypatch.undo()
    estate.replay(copy)
    assert copy.table.numbers() == {1}


def test_a_copy_expires_is_backed_up_and_can_be_followed_as_the_live_one(
    estate: Estate,
) -> None:
    live = estate.names["library"]
    estate.client.update_time_to_live(
        TableName=live,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"},
    )
    estate.client.update_table(
        TableName=live,
        StreamSpecification={
            "StreamEnabled": True,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    )
    estate.arrive(PEOPLE[0])
    name = estate.restore("library", tick()).table.name
    expiry = estate.client.describe_time_to_live(TableName=name)
    assert expiry["TimeToLiveDescription"]["AttributeName"] == "expires_at"
    stream = estate.client.describe_table(TableName=name)["Table"]["StreamSpecification"]
    assert stream["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    recovery = estate.client.describe_continuous_backups(TableName=name)
    told = recovery["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert told["PointInTimeRecoveryStatus"] == "ENABLED"
    again = restoring.copy_named(estate.client, name)
    assert (again.of, again.store) == ("library", Store.LIBRARY)


@pytest.mark.parametrize("away", [timedelta(days=-40), timedelta(hours=1)])
def test_there_is_no_backup_of_another_time(estate: Estate, away: timedelta) -> None:
    with pytest.raises(restoring.NotRestorableError):
        estate.restore("consent", datetime.now(UTC) + away)


def test_what_is_no_copy_is_not_put_back(estate: Estate) -> None:
    for name in (estate.names["library"], "nothing-there"):
        with pytest.raises(restoring.NotACopyError):
            restoring.copy_named(estate.client, name)
