"""How things end, on the deployed system: seen, confirmed, dated, and followed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beeldrecht.adapters import keys
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.domain.erasure import ErasureReason, asset_erasure
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.retention import NOTICE, RetentionKind, seconds
from beeldrecht.domain.time import AMSTERDAM
from local.demo.staff import OFFICER, SECOND_OFFICER, Staff
from tests.adapters.contracts.library import DESCRIPTION, face, original
from tests.fakes.samples import announcement
from tests.workflows.consents import Consents
from tests.workflows.way import Way, until

DAY = timedelta(days=1)
RUNS = "/v1/retention/runs"


def now() -> datetime:
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """As PynamoDB writes an instant."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f%z")


class Keeping:
    """What is kept in the deployed tables, put there and looked at past the API."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.consents = Consents(way)
        self._items = way.cloud.client("dynamodb")

    def table(self, name: str) -> str:
        return self.way.deployed[f"{name}Table"]

    def put(self, table: str, pk: str, sk: str, **more: str | int) -> None:
        values: dict[str, Any] = {
            name: {"N": str(value)} if isinstance(value, int) else {"S": value}
            for name, value in more.items()
        }
        item = {"pk": {"S": pk}, "sk": {"S": sk}, **values}
        self._items.put_item(TableName=self.table(table), Item=item)

    def item(self, table: str, pk: str, sk: str) -> Mapping[str, Any] | None:
        found = self._items.get_item(
            TableName=self.table(table), Key={"pk": {"S": pk}, "sk": {"S": sk}}
        )
        item: Mapping[str, Any] | None = found.get("Item")
        return item

    def date(self, table: str, pk: str, sk: str) -> int | None:
        item = self.item(table, pk, sk)
        return int(item["expires_at"]["N"]) if item and "expires_at" in item else None

    def end(self, table: str, pk: str, sk: str, name: str = "expires_at") -> None:
        """Have it end a moment ago; time to live sees that within a second."""
        self._items.update_item(
            TableName=self.table(table),
            Key={"pk": {"S": pk}, "sk": {"S": sk}},
            UpdateExpression=f"SET {name} = :then",
            ExpressionAttributeValues={":then": {"N": str(seconds(now()) - 2)}},
        )

    def picture(self) -> str:
        """A picture with one face that nobody named."""
        asset_id, at = new_id(), now()
        library = self.consents.library
        library.announce(replace(announcement(asset_id), announced_at=at), at + DAY)
        record = library.record(asset_id)
        assert record is not None
        made = frozenset({RenditionName.PREVIEW})
        library.receive(record, original(), DESCRIPTION, made, (), at)
        record = library.record(asset_id)
        assert record is not None
        library.examine(record, [face("alone")], True, "detector", at)
        return asset_id

    def said(self, subject: str) -> list[str]:
        return [e.tag for e in self.way.deployed.audit.entries(subject)]


@pytest.fixture(scope="module")
def keeping(way: Way) -> Keeping:
    return Keeping(way)


def run_of(staff: Staff, run_id: str) -> Mapping[str, Any]:
    body: Mapping[str, Any] = staff[OFFICER].get(f"{RUNS}/{run_id}").body
    return body


def reached(staff: Staff, run_id: str, *states: str) -> Mapping[str, Any]:
    def look() -> Mapping[str, Any] | None:
        run = run_of(staff, run_id)
        return run if run["state"] in states else None

    return until(look, f"run {run_id} to be {' or '.join(states)}")


def test_a_change_is_seen_confirmed_and_dates_what_is_kept(
    keeping: Keeping, staff: Staff
) -> None:
    officer = staff[OFFICER]
    person, mail = keeping.consents.person(), new_id()
    old = stamp(now() - 200 * DAY)
    dossier = keys.dossier(person)
    # Kinds of its own in the stream start nothing: what is old is put there as it is.
    keeping.put("Consent", dossier, keys.mail(mail), kind="mail_of", mail_id=mail)
    keeping.put("Consent", keys.mail(mail), keys.META, kind="old", created_at=old)
    template = keys.TEMPLATE + "model"
    keeping.put(
        "Biometrics",
        keys.person(person),
        template,
        kind="template",
        enrolled_at=stamp(now()),
        expires_at=seconds(now() + 360 * DAY),
    )
    picture = keeping.picture()

    read = officer.get("/v1/retention")
    days = {each["kind"]: each["days"] for each in read["terms"]}
    wanted = {
        RetentionKind.MAILS: 150,
        RetentionKind.TEMPLATES: 100,
        RetentionKind.ASSETS: 2000,
        RetentionKind.UNLINKED_FACES: 80,
    }
    order = {"terms": [{"kind": k.value, "days": d} for k, d in wanted.items()]}
    made = officer.put("/v1/retention", order, if_match=read.etag)
    run_id = made["run_id"]
    seen = reached(staff, run_id, "retention_previewed", "retention_guarded")
    counts = {each["kind"]: each for each in seen["preview"]}
    assert counts[RetentionKind.MAILS]["ends"] >= 1
    assert counts[RetentionKind.ASSETS]["looked"] >= 1
    # Nothing has changed by looking.
    assert keeping.date("Consent", keys.mail(mail), keys.META) is None
    after = {each["kind"]: each["days"] for each in officer.get("/v1/retention")["terms"]}
    assert after == days

    yes = {"above_guard": True}
    path = f"{RUNS}/{run_id}/confirmation"
    if officer.post(path, yes, repeatable=True).status == 202:
        staff[SECOND_OFFICER].post(path, yes, repeatable=True)
    reached(staff, run_id, "retention_done")

    soon = keeping.date("Consent", keys.mail(mail), keys.META)
    assert soon is not None
    assert abs(soon - seconds(now() + NOTICE)) < 900
    assert keeping.date("Consent", dossier, keys.mail(mail)) == soon
    nearer = keeping.date("Biometrics", keys.person(person), template)
    assert nearer is not None
    assert nearer < seconds(now() + 103 * DAY)
    record = keeping.consents.library.record(picture)
    assert record is not None
    assert record.ends_at is not None
    assert seconds(record.ends_at) < seconds(now() + 2003 * DAY)
    assert keeping.date("Library", keys.asset(picture), keys.TERM) == seconds(
        record.ends_at
    )
    tags = keeping.said("retention")
    for tag in ("api:retention:confirm", "retention:run:preview", "retention:run:apply"):
        assert tag in tags


def test_runs_stand_still_and_go_on_and_the_night_has_one_of_its_own(
    keeping: Keeping, staff: Staff
) -> None:
    officer = staff[OFFICER]
    officer.put("/v1/retention/pause", {"paused": True})
    assert keeping.way.deployed.invoke("SweepRetention", {})["begun"] == 0
    officer.put("/v1/retention/pause", {"paused": False})
    result = keeping.way.deployed.invoke("SweepRetention", {})
    late = now().astimezone(AMSTERDAM).hour >= 3
    assert result["begun"] in ({0, 1} if late else {0})
    if result["begun"]:
        [sweep] = [
            each
            for each in officer.get("/v1/retention")["runs"]
            if each["kind"] == "retention_sweep"
        ] or [None]
        if sweep is not None:
            reached(staff, sweep["run_id"], "retention_done", "retention_guarded")


def test_a_picture_whose_term_is_over_is_dark_at_once_and_then_erased(
    keeping: Keeping,
) -> None:
    picture = keeping.picture()
    keeping.end("Library", keys.asset(picture), keys.META, "ends_at")
    record = keeping.consents.library.record(picture)
    assert record is not None
    assert record.over(now())
    keeping.end("Library", keys.asset(picture), keys.TERM)
    deployed = keeping.way.deployed
    erasures = Erasures(deployed["ConsentTable"], deployed.region, deployed.audit)
    wanted = asset_erasure(picture, "retention", now()).erasure_id
    erasure = until(lambda: erasures.get(wanted), "its erasure")
    assert erasure.reason is ErasureReason.RETENTION
    assert "retention:asset:expire" in keeping.said(picture)


def test_a_box_that_nobody_named_goes_and_its_picture_is_decided_on_anew(
    keeping: Keeping,
) -> None:
    picture = keeping.picture()
    thought = Appearance(
        picture, face("alone").face_id, new_id(), AppearanceStatus.SUGGESTED
    )
    keeping.consents.library.suggest([thought])
    box = keys.face(face("alone").face_id)
    keeping.end("Library", keys.asset(picture), box)

    until(
        lambda: "retention:face:expire" in keeping.said(picture) or None,
        "the trail to say that the box ended",
    )
    assert keeping.item("Library", keys.asset(picture), box) is None
    found = keeping.consents.library.picture(picture)
    assert found is not None
    assert found[1].faces_forgotten
    machine = keeping.way.deployed["ClearAssetArn"]
    started = keeping.consents.states.list_executions(stateMachineArn=machine)
    assert started["executions"]
    assert list(keeping.consents.library.appearances_of(thought.person_id)) == []


def test_what_ends_of_a_person_is_said_and_takes_its_document_along(
    keeping: Keeping,
) -> None:
    person, deployed = keeping.consents.person(), keeping.way.deployed
    signed, past = new_id(), seconds(now()) - 2
    bucket, s3 = deployed["DocumentsBucket"], keeping.way.cloud.client("s3")
    s3.put_object(Bucket=bucket, Key=f"signed/{signed}", Body=b"sealed")
    mine: dict[str, Any] = {"person_id": person, "expires_at": past}
    keeping.put(
        "Consent",
        keys.evidence(signed),
        keys.META,
        kind="evidence",
        quitclaim_id=signed,
        **mine,
    )
    keeping.put("Consent", keys.dossier(person), keys.CONTACT, kind="contact", **mine)
    keeping.put(
        "Biometrics",
        keys.person(person),
        keys.TEMPLATE + "model",
        kind="template",
        model_id="model",
        expires_at=past,
    )
    ended = {
        "retention:proof:expire",
        "retention:contact:expire",
        "retention:template:expire",
    }
    until(lambda: ended <= set(keeping.said(person)) or None, "the trail to say so")

    def gone() -> bool | None:
        listed = s3.list_objects_v2(Bucket=bucket, Prefix=f"signed/{signed}")
        return listed["KeyCount"] == 0 or None

    until(gone, "the signed copy to be gone")


def test_what_somebody_removes_is_not_said_to_have_ended(keeping: Keeping) -> None:
    person = keeping.consents.person()
    keeping.put(
        "Consent",
        keys.dossier(person),
        keys.CONTACT,
        kind="contact",
        person_id=person,
        expires_at=seconds(now() + DAY),
    )
    keeping.way.cloud.client("dynamodb").delete_item(
        TableName=keeping.table("Consent"),
        Key={"pk": {"S": keys.dossier(person)}, "sk": {"S": keys.CONTACT}},
    )
    # What is put after it and ends has been followed: so has this.
    keeping.put(
        "Consent",
        keys.dossier(person),
        keys.CONTACT,
        kind="contact",
        person_id=person,
        expires_at=seconds(now()) - 2,
    )
    until(
        lambda: "retention:contact:expire" in keeping.said(person) or None,
        "the second one to be followed",
    )
    assert keeping.said(person).count("retention:contact:expire") == 1
