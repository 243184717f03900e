"""The policy, its runs and what is kept, over DynamoDB."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beeldrecht.adapters import keys
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.errors import StaleRevisionError, UnwiredTrailError
from beeldrecht.adapters.kept_items import KeptItem
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.plain_items import Table, Tables
from beeldrecht.adapters.retained import Retained
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import Rejection
from beeldrecht.domain.mails import MailKind, mail_about
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.retention import (
    NOTICE,
    RetentionKind,
    RetentionPolicy,
    changed,
    seconds,
)
from beeldrecht.domain.retention_runs import (
    Counted,
    RunState,
    change_of,
    confirmed,
    dropped,
    judged,
    wanted_policy,
)
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.adapters.contracts.library import BOTH, DESCRIPTION, face, original, said
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, EDITOR

NOW = datetime.now(UTC)
"""The real clock: the local cloud removes what has expired each second."""
DAY = timedelta(days=1)
ALL = frozenset(RetentionKind)
MAILS = RetentionKind.MAILS


def entry(name: str) -> NewEntry:
    tag = "api:retention:change"
    return NewEntry("retention", f"{tag}:{name}", tag, NOW, EDITOR, {})


class House:
    """The tables, and who reads and writes what is kept in them."""

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        self.tables = Tables(
            aws.table("library"), aws.table("consent"), aws.table("biometrics")
        )
        self.trail = AuditTrail(aws.table("audit"), REGION)
        library = self.tables.library
        self.retention = Retention(library, REGION, self.trail)
        self.runs = RetentionRuns(library, REGION, self.trail, lambda: NOW)
        self.library = Library(library, REGION, self.trail)
        self.client = clients.dynamodb(REGION)
        self.retained = Retained(self.client, self.tables)

    def put(self, table: Table, pk: str, sk: str, **more: Any) -> None:
        values = {
            name: {"N": str(value)} if isinstance(value, int) else {"S": value}
            for name, value in more.items()
        }
        self.client.put_item(
            TableName=self.tables.name(table),
            Item={"pk": {"S": pk}, "sk": {"S": sk}, **values},
        )

    def item(self, table: Table, pk: str, sk: str) -> dict[str, Any] | None:
        found = self.client.get_item(
            TableName=self.tables.name(table), Key={"pk": {"S": pk}, "sk": {"S": sk}}
        )
        return found.get("Item")

    def date(self, item: KeptItem) -> int | None:
        found = self.item(item.table, item.pk, item.sk)
        date = (found or {}).get("expires_at")
        return None if date is None else int(date["N"])

    def picture(self, asset_id: str) -> None:
        """A picture with two faces, taken in now."""
        self.library.announce(said(asset_id), NOW + DAY)
        record = self.library.record(asset_id)
        assert record is not None
        self.library.receive(record, original(), DESCRIPTION, BOTH, (), NOW)
        record = self.library.record(asset_id)
        assert record is not None
        faces = [face("0"), face("1")]
        self.library.examine(record, faces, True, "detector", NOW)

    def walk(self, kinds: frozenset[RetentionKind] = ALL) -> Iterator[KeptItem]:
        cursor: str | None = None
        while True:
            page = self.retained.page(cursor, 2, kinds)
            yield from page.items
            if page.cursor is None:
                return
            cursor = page.cursor


@pytest.fixture
def house(aws: Aws) -> House:
    return House(aws)


def stamp(at: datetime) -> str:
    """As PynamoDB writes an instant."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f%z")


def somebody(house: House, ended: datetime | None) -> None:
    """Ann: a contact, a document whose one grant ended, a mail, a closed request."""
    person, dossier = keys.person(ANN), keys.dossier(ANN)
    table, at = Table.CONSENT, stamp(NOW - 500 * DAY)
    listed = {"gsi1pk": keys.PEOPLE, "gsi1sk": f"{at}#{ANN}"}
    house.put(table, person, keys.META, kind="person", person_id=ANN, **listed)
    house.put(table, person, "QUITCLAIM#q", kind="quitclaim", quitclaim_id="q")
    end = {} if ended is None else {"end": stamp(ended)}
    house.put(
        table, person, "GRANT#g", kind="grant", quitclaim_id="q", grant_id="g", **end
    )
    house.put(table, keys.evidence("q"), keys.META, kind="evidence", person_id=ANN)
    house.put(table, keys.evidence("q"), keys.DOCUMENT, kind="document")
    house.put(table, dossier, keys.CONTACT, kind="contact", put_at=at)
    house.put(table, dossier, keys.mail("m"), kind="mail_of", mail_id="m")
    house.put(table, keys.mail("m"), keys.META, kind="mail", created_at=at)
    house.put(table, dossier, keys.request("r"), kind="request_of", request_id="r")
    house.put(
        table,
        keys.request("r"),
        keys.META,
        kind="request",
        state="answered",
        settled_at=at,
    )
    biometrics = Table.BIOMETRICS
    house.put(
        biometrics, person, keys.KEY + "biometric", kind="key", expires_at=later(90)
    )
    house.put(
        biometrics,
        person,
        keys.TEMPLATE + "model",
        kind="template",
        enrolled_at=stamp(NOW - 10 * DAY),
        expires_at=later(90),
    )


def later(days: int) -> int:
    return seconds(NOW + days * DAY)


# -- the policy -------------------------------------------------------------------------


def test_the_policy_is_private_until_somebody_chose(house: House) -> None:
    assert house.retention.policy() == RetentionPolicy()


def test_a_policy_comes_back_as_it_was_chosen(house: House) -> None:
    chosen = {MAILS: 200, RetentionKind.ASSETS: None}
    policy = changed(RetentionPolicy(), chosen, EDITOR, NOW, guard_share=25)
    house.retention.save(policy, entry("first"))
    assert house.retention.policy() == replace(policy, revision=1)
    assert house.retention.policy().days(RetentionKind.ASSETS) is None


def test_a_policy_that_somebody_changed_meanwhile_is_refused(house: House) -> None:
    first = changed(RetentionPolicy(), {MAILS: 200}, EDITOR, NOW)
    house.retention.save(first, entry("first"))
    with pytest.raises(StaleRevisionError):
        house.retention.save(first, entry("second"))
    second = changed(house.retention.policy(), {MAILS: 300}, EDITOR, NOW)
    house.retention.save(second, entry("third"))
    assert house.retention.policy().days(MAILS) == 300
    assert len(list(house.trail.entries("retention"))) == 2


def test_who_only_reads_the_policy_changes_none(house: House) -> None:
    reading = Retention(house.tables.library, REGION)
    with pytest.raises(UnwiredTrailError):
        reading.save(RetentionPolicy(), entry("never"))


# -- runs -------------------------------------------------------------------------------


def test_a_run_comes_back_as_it_moved(house: House) -> None:
    run = change_of(RetentionPolicy(), {MAILS: 200}, EDITOR, NOW)
    assert house.runs.begin(run, entry("wish"))
    assert not house.runs.begin(run, entry("wish_again"))
    stands = house.runs.get(run.run_id)
    assert stands == replace(run, revision=1)
    moved = replace(
        stands,
        cursor='{"section": 2}',
        found={MAILS: Counted(7, 5, 3)},
        applied={MAILS: Counted(2, 1, 0)},
        stepped_at=NOW,
        attempts=2,
    )
    assert house.runs.save(moved) == replace(moved, revision=2)
    with pytest.raises(StaleRevisionError):
        house.runs.save(moved)


def test_a_confirmed_run_and_its_policy_are_one_act(house: House) -> None:
    run = change_of(house.retention.policy(), {MAILS: 200}, EDITOR, NOW)
    house.runs.begin(run)
    stands = house.runs.save(
        replace(house.runs.get(run.run_id) or run, state=RunState.PREVIEWED)
    )
    policy = house.retention.policy()
    made = wanted_policy(stands, policy, EDITOR, NOW)
    # Somebody is first with the policy: then the run is not confirmed either.
    house.retention.save(made, entry("first"))
    after = confirmed(stands, policy, EDITOR, NOW, above=False)
    with pytest.raises(StaleRevisionError):
        house.runs.save(after, entry("confirm"), made)
    assert house.runs.get(run.run_id) == stands


def test_open_and_settled_runs_are_listed_apart(house: House) -> None:
    runs = [
        change_of(RetentionPolicy(), {MAILS: 200 + n}, EDITOR, NOW - n * DAY)
        for n in range(3)
    ]
    for each in runs:
        house.runs.begin(each)
    done = house.runs.get(runs[1].run_id)
    assert done is not None
    house.runs.save(dropped(done, NOW))
    shown, after = house.runs.page(None, 1)
    assert [each.run_id for each in shown] == [runs[2].run_id]
    shown, after = house.runs.page(after, 1)
    assert [each.run_id for each in shown] == [runs[0].run_id]
    settled, _ = house.runs.page(None, 5, settled=True)
    assert [each.run_id for each in settled] == [runs[1].run_id]


def test_a_run_is_nobodys_to_read_a_year_later(house: House) -> None:
    run = change_of(RetentionPolicy(), {MAILS: 200}, EDITOR, NOW)
    house.runs.begin(run)
    old = RetentionRuns(
        house.tables.library, REGION, house.trail, lambda: NOW + 366 * DAY
    )
    assert old.get(run.run_id) is None


# -- what is kept of pictures -----------------------------------------------------------


PICTURE = "7" * 32


def test_a_picture_has_a_term_and_its_unnamed_faces_have_theirs(house: House) -> None:
    house.picture(PICTURE)
    found = house.retained.of_picture(PICTURE)
    kinds = [each.kept.kind for each in found]
    assert sorted(kinds) == sorted(
        [RetentionKind.ASSETS, *[RetentionKind.UNLINKED_FACES] * 2]
    )
    policy = RetentionPolicy()
    for each in found:
        assert each.kept.from_ is not None
        assert not judged(each.kept, policy, NOW).dates


def test_a_face_that_somebody_named_stays_as_long_as_its_picture(house: House) -> None:
    house.picture(PICTURE)
    record = house.library.record(PICTURE)
    assert record is not None
    settled = Appearance(
        PICTURE, face("0").face_id, ANN, AppearanceStatus.CONFIRMED, EDITOR, NOW
    )
    house.library.settle(record, settled)
    named, unnamed = (
        house.item(Table.LIBRARY, keys.asset(PICTURE), keys.face(face(str(n)).face_id))
        for n in (0, 1)
    )
    assert named is not None
    assert unnamed is not None
    assert "expires_at" not in named
    assert "expires_at" in unnamed
    record = house.library.record(PICTURE)
    assert record is not None
    no = replace(settled, status=AppearanceStatus.REJECTED)
    house.library.settle(record, no)
    again = house.item(Table.LIBRARY, keys.asset(PICTURE), keys.face(face("0").face_id))
    assert again is not None
    assert "expires_at" in again


def test_a_box_that_is_over_is_not_read_not_named_and_can_be_found_anew(
    house: House,
) -> None:
    house.picture(PICTURE)
    at = NOW + 91 * DAY
    after = Library(house.tables.library, REGION, house.trail, lambda: at)
    found = after.picture(PICTURE)
    assert found is not None
    assert found[1].faces == ()
    assert found[1].faces_forgotten
    settled = Appearance(
        PICTURE, face("0").face_id, ANN, AppearanceStatus.CONFIRMED, EDITOR, at
    )
    with pytest.raises(StaleRevisionError):
        after.settle(found[0], settled)
    after.examine(found[0], [face("0"), face("1")], True, "detector", at)
    again = after.picture(PICTURE)
    assert again is not None
    assert len(again[1].faces) == 2
    assert not again[1].faces_forgotten


def test_who_was_thought_to_be_in_a_box_goes_with_it_and_not_before(house: House) -> None:
    house.picture(PICTURE)
    thought = Appearance(PICTURE, face("0").face_id, ANN, AppearanceStatus.SUGGESTED)
    house.library.suggest([thought])
    house.library.forget_face(PICTURE, face("0").face_id, NOW)
    assert list(house.library.appearances_of(ANN))
    house.library.forget_face(PICTURE, face("0").face_id, NOW + 91 * DAY)
    assert list(house.library.appearances_of(ANN)) == []


def test_a_rejected_file_has_a_shorter_term(house: House) -> None:
    house.library.announce(said(PICTURE), NOW + DAY)
    record = house.library.record(PICTURE)
    assert record is not None
    house.library.reject(record, Rejection("unreadable"), NOW)
    (found,) = house.retained.of_picture(PICTURE)
    assert found.kept.kind is RetentionKind.REJECTED
    # Said to be announced in the past: it keeps a day to think.
    assert found.kept.expires_at is not None
    assert found.kept.expires_at >= seconds(NOW + NOTICE)


def test_what_is_only_announced_is_kept_by_no_policy(house: House) -> None:
    house.library.announce(said(PICTURE), NOW + DAY)
    assert house.retained.of_picture(PICTURE) == []


def test_a_picture_is_dated_anew_where_it_is_read_and_where_it_goes(house: House) -> None:
    house.picture(PICTURE)
    term = next(e for e in house.retained.of_picture(PICTURE) if e.sk == keys.TERM)
    assert house.retained.date(term, later(50))
    record = house.library.record(PICTURE)
    assert record is not None
    assert record.ends_at is not None
    assert seconds(record.ends_at) == later(50)
    assert house.date(term) == later(50)
    # Who read the older date is refused, and changes nothing.
    assert not house.retained.date(term, later(60))
    assert house.date(term) == later(50)
    now = next(e for e in house.retained.of_picture(PICTURE) if e.sk == keys.TERM)
    assert house.retained.date(now, None)
    record = house.library.record(PICTURE)
    assert record is not None
    assert record.ends_at is None
    assert house.item(Table.LIBRARY, keys.asset(PICTURE), keys.TERM) is not None
    assert house.date(term) is None


def test_a_date_puts_nothing_back_that_went(house: House) -> None:
    house.picture(PICTURE)
    box = next(e for e in house.retained.of_picture(PICTURE) if e.sk != keys.TERM)
    assert house.retained.remove(box)
    assert not house.retained.date(box, later(50))
    assert house.item(box.table, box.pk, box.sk) is None
    assert not house.retained.remove(box)


# -- what is kept of people -------------------------------------------------------------


def by_kind(house: House) -> dict[RetentionKind, list[KeptItem]]:
    found: dict[RetentionKind, list[KeptItem]] = {}
    for each in house.retained.of_person(ANN):
        found.setdefault(each.kept.kind, []).append(each)
    return found


def test_everything_of_a_person_has_a_term(house: House) -> None:
    ended = NOW - 400 * DAY
    somebody(house, ended)
    found = by_kind(house)
    assert set(found) == {
        RetentionKind.CONTACTS,
        RetentionKind.MAILS,
        RetentionKind.REQUESTS,
        RetentionKind.PROOF,
        RetentionKind.TEMPLATES,
    }
    assert {kind: len(items) for kind, items in found.items()} == {
        RetentionKind.CONTACTS: 1,
        RetentionKind.MAILS: 2,  # the mail, and what in the dossier points at it
        RetentionKind.REQUESTS: 2,
        RetentionKind.PROOF: 2,  # the evidence, and that there is a document
        RetentionKind.TEMPLATES: 2,  # the template, and the key that opens it
    }
    assert all(sum(e.counts for e in items) == 1 for items in found.values())
    assert {e.subject_id for items in found.values() for e in items} == {ANN}
    (contact,) = found[RetentionKind.CONTACTS]
    assert contact.kept.from_ == ended
    assert all(e.kept.from_ == ended for e in found[RetentionKind.PROOF])
    enrolled = {e.kept.from_ for e in found[RetentionKind.TEMPLATES]}
    assert enrolled == {NOW - 10 * DAY}


def test_an_export_closes_by_one_policy_and_its_record_goes_by_another(
    house: House,
) -> None:
    made, until, dossier = NOW - DAY, NOW + 6 * DAY, keys.dossier(ANN)
    record = {"packed_at": stamp(made), "expires_at": later(700)}
    ends = {"ends_at": stamp(until)}
    house.put(Table.CONSENT, dossier, keys.export("e"), kind="export", **record, **ends)
    house.put(Table.CONSENT, dossier, keys.export("f"), kind="export")  # being made
    pointer = {"kind": "export_of", "expires_at": later(700)}
    house.put(Table.CONSENT, keys.export("e"), keys.META, **pointer)
    found = [e for e in house.retained.of_person(ANN) if "EXPORT#" in e.pk + e.sk]
    assert [(e.kept.kind, e.counts) for e in found] == [
        (RetentionKind.REQUESTS, True),
        (RetentionKind.REQUESTS, False),
        (RetentionKind.EXPORTS, True),
    ]
    assert {e.subject_id for e in found} == {ANN}
    assert found[0].expired.item_id == "e"
    [file] = [e for e in found if e.closes]
    shorter = changed(RetentionPolicy(), {RetentionKind.EXPORTS: 3}, EDITOR, NOW)
    judgement = judged(file.kept, shorter, NOW)
    assert judgement.dates
    assert house.retained.date(file, judgement.expires_at)
    assert not house.retained.date(file, judgement.expires_at)  # it is another now
    assert not house.retained.remove(file)
    left = house.item(Table.CONSENT, dossier, keys.export("e"))
    assert left is not None
    closes = datetime.fromisoformat(left["ends_at"]["S"])
    assert seconds(closes) == judgement.expires_at
    assert seconds(closes) < seconds(until)
    assert left["expires_at"]["N"] == str(later(700))  # the record is kept as it was
    for each in (e for e in found if not e.closes):
        assert house.retained.date(each, later(400))
    assert house.date(found[0]) == house.date(found[1]) == later(400)
    longer = changed(RetentionPolicy(), {RetentionKind.EXPORTS: 30}, EDITOR, NOW)
    assert not judged(file.kept, longer, NOW).dates  # the file itself goes by its day


def test_what_was_asked_back_of_a_picture_is_dated_as_the_copy_is(house: House) -> None:
    house.picture(PICTURE)
    opened = NOW - DAY
    for name in ("a", "b"):
        listed = {"gsi1pk": keys.disclosed(PICTURE), "gsi1sk": name}
        more = {"opened_at": stamp(opened), "expires_at": later(1800), **listed}
        house.put(Table.LIBRARY, keys.recall(name), keys.META, kind="recall", **more)
    kind = RetentionKind.DISCLOSURES
    found = [e for e in house.retained.of_picture(PICTURE) if e.kept.kind is kind]
    assert [e.pk for e in found] == [keys.recall("a"), keys.recall("b")]
    assert {e.kept.from_ for e in found} == {opened}
    assert [(e.expired.subject_id, e.expired.item_id) for e in found] == [
        (PICTURE, "a"),
        (PICTURE, "b"),
    ]
    assert house.retained.date(found[0], later(365))
    assert house.date(found[0]) == later(365)
    assert house.date(found[1]) == later(1800)


def test_nothing_of_a_consent_ends_as_long_as_something_of_it_may_hold(
    house: House,
) -> None:
    somebody(house, None)
    found = by_kind(house)
    (contact,) = found[RetentionKind.CONTACTS]
    assert contact.kept.from_ is None
    assert all(e.kept.from_ is None for e in found[RetentionKind.PROOF])


def test_what_was_taken_back_ended_then(house: House) -> None:
    somebody(house, NOW + 400 * DAY)
    back = NOW - 30 * DAY
    house.put(
        Table.CONSENT,
        keys.person(ANN),
        "WITHDRAWAL#w",
        kind="withdrawal",
        grant_id="g",
        effective_at=stamp(back),
    )
    assert all(e.kept.from_ == back for e in by_kind(house)[RetentionKind.PROOF])


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ({"state": "received"}, False),
        ({"state": "upheld", "request_kind": "export"}, True),
        ({"state": "dismissed", "request_kind": "objection"}, True),
        ({"state": "upheld", "request_kind": "objection"}, False),
        (
            {
                "state": "upheld",
                "request_kind": "restriction",
                "lifts_from": stamp(NOW - DAY),
            },
            True,
        ),
    ],
)
def test_a_request_is_closed_once_what_it_froze_is_free_again(
    house: House, said: dict[str, str], closed: bool
) -> None:
    somebody(house, NOW - DAY)
    decided = {} if said["state"] == "received" else {"decided_at": stamp(NOW - DAY)}
    house.put(Table.CONSENT, keys.dossier(ANN), keys.asked("a"), kind="x")
    house.put(
        Table.CONSENT,
        keys.asked("a"),
        keys.META,
        kind="subject_request",
        **said,
        **decided,
    )
    found = next(
        e for e in house.retained.of_person(ANN) if e.pk == keys.asked("a") and e.counts
    )
    assert (found.kept.from_ is not None) is closed


def test_a_term_of_people_is_dated_in_whichever_table_it_lies(house: House) -> None:
    somebody(house, NOW - 400 * DAY)
    for each in house.retained.of_person(ANN):
        assert house.retained.date(each, later(40)), each
        assert house.date(each) == later(40)


# -- the walk ---------------------------------------------------------------------------


def test_a_walk_meets_every_picture_and_every_person_once(house: House) -> None:
    pictures = [f"{n}" * 32 for n in range(5)]
    for each in pictures:
        house.picture(each)
    somebody(house, NOW - DAY)
    walked = list(house.walk())
    terms = [e.pk.removeprefix("ASSET#") for e in walked if e.sk == keys.TERM]
    assert sorted(terms) == pictures
    assert sum(e.sk == keys.CONTACT for e in walked) == 1
    assert sum(e.kept.kind is RetentionKind.UNLINKED_FACES for e in walked) == 10


def test_a_walk_for_one_kind_leaves_the_others_alone(house: House) -> None:
    house.picture(PICTURE)
    somebody(house, NOW - DAY)
    assert {e.kept.kind for e in house.walk(frozenset({MAILS}))} == {MAILS}
    faces = frozenset({RetentionKind.UNLINKED_FACES})
    assert {e.kept.kind for e in house.walk(faces)} == faces
    assert list(house.walk(frozenset({RetentionKind.AUDIT}))) == []


def test_what_ended_is_told_of_by_whose_it_was_and_which(house: House) -> None:
    house.picture(PICTURE)
    for each in house.retained.of_picture(PICTURE):
        told = each.expired
        assert told.subject_id == PICTURE
        named = PICTURE if each.sk == keys.TERM else each.sk.removeprefix(keys.FACE)
        assert told.item_id == named


# -- reading by the date ----------------------------------------------------------------


def test_what_is_over_is_not_read_however_late_the_table_takes_it_away(
    house: House,
) -> None:
    consent = house.tables.consent
    mails = Mails(consent, REGION)
    mail = mail_about(MailKind.ENDED, ANN, NOW)
    assert mails.add(mail)
    pk, gone = keys.mail(mail.mail_id), seconds(NOW) - 1
    assert mails.get(mail.mail_id) == mail
    assert mails.of_person(ANN) == (mail,)
    house.client.update_item(
        TableName=consent,
        Key={"pk": {"S": pk}, "sk": {"S": keys.META}},
        UpdateExpression="SET expires_at = :gone",
        ExpressionAttributeValues={":gone": {"N": str(gone)}},
    )
    assert mails.get(mail.mail_id) is None
    assert mails.of_person(ANN) == ()


def test_an_address_that_is_over_reaches_nobody(house: House) -> None:
    contacts = Contacts(house.tables.consent, REGION, NoTrail())
    house.put(
        Table.CONSENT,
        keys.dossier(ANN),
        keys.CONTACT,
        kind="contact",
        person_id=ANN,
        note_state="address_bounced",
        note_mail_id="m",
        note_at=stamp(NOW),
        expires_at=seconds(NOW) - 1,
    )
    assert contacts.state(ANN) is None
    # Nor is it opened: whoever has no keys at hand is not even asked for one.
    assert contacts.get(ANN, None) is None  # type: ignore[arg-type]
