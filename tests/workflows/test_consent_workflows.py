"""The life of a consent on the deployed system: the real stream, workflows and schedules.

Facts are put on record as the API puts them; what follows is the system's own doing, with
every role's rights enforced.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beeldrecht.adapters import keys
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import GrantKind
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequestState
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind, said_of
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.recalls import recall_id
from beeldrecht.domain.time import day_of, midnight
from tests.fakes.samples import EDITOR
from tests.workflows.consents import Consents, now, said, signed
from tests.workflows.way import Way, until

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def consents(way: Way) -> Consents:
    return Consents(way)


# -- asking ------------------------------------------------------------------------------


def test_somebody_is_asked_by_mail_and_their_answer_ends_the_wait(
    consents: Consents,
) -> None:
    person_id = consents.person()
    request = consents.ask(person_id)
    mail = consents.mail(mail_id(MailKind.ASK, person_id, request.request_id))
    assert mail.about == {"request_id": request.request_id}
    asking = consents.execution("RequestConsent", request.request_id)
    until(lambda: consents.requests.task(request.request_id), "the token to be kept")
    assert consents.runs(asking)
    document = consents.answer(request)
    assert consents.ended(asking) == "Answered"
    following = consents.execution("RenewConsent", document.quitclaim_id)
    assert consents.ended(following) == "Renewed"
    assert consents.requests.task(request.request_id) is None
    stands = consents.requests.get(request.request_id)
    assert stands is not None
    assert stands.state is ConsentRequestState.ANSWERED
    assert stands.quitclaim_id == document.quitclaim_id


@pytest.fixture(scope="module")
def impatient(consents: Consents) -> Iterator[str]:
    """The deployed workflow itself, but for waiting seconds where it waits for weeks."""
    deployed = consents.states.describe_state_machine(
        stateMachineArn=consents.way.deployed["RequestConsentArn"]
    )
    definition = json.loads(deployed["definition"])
    for name in ("AskPerson", "AskPersonAgain"):
        definition["States"][name]["TimeoutSeconds"] = 6
    made = consents.states.create_state_machine(
        name="Beeldrecht-RequestConsent-in-seconds",
        definition=json.dumps(definition),
        roleArn=deployed["roleArn"],
        type="STANDARD",
    )["stateMachineArn"]
    yield made
    consents.states.delete_state_machine(stateMachineArn=made)


def begin(consents: Consents, machine: str, request_id: str) -> str:
    """Start it for a request, and wait until it waits by a token of its own."""
    before = until(lambda: consents.requests.task(request_id), "the first token")
    started = consents.states.start_execution(
        stateMachineArn=machine, input=json.dumps({"request_id": request_id})
    )

    def another() -> bool | None:
        return consents.requests.task(request_id) != before or None

    until(another, "the token of this execution to be kept")
    return str(started["executionArn"])


def test_who_does_not_answer_is_reminded_once_and_then_the_request_lapses(
    consents: Consents, impatient: str
) -> None:
    person_id = consents.person()
    request = consents.ask(person_id)
    execution = begin(consents, impatient, request.request_id)
    consents.mail(mail_id(MailKind.REMIND, person_id, request.request_id))
    assert consents.ended(execution) == "Lapsed"
    stands = consents.requests.get(request.request_id)
    assert stands is not None
    assert stands.state is ConsentRequestState.LAPSED
    tags = [entry.tag for entry in consents.way.deployed.audit.entries(person_id)]
    told = ["consent:person:ask", "consent:person:remind", "consent:request:lapse"]
    assert [tag for tag in tags if tag in told] == told


def test_who_is_cancelled_is_not_reminded_and_the_wait_ends(
    consents: Consents, impatient: str
) -> None:
    person_id = consents.person()
    request = consents.ask(person_id)
    execution = begin(consents, impatient, request.request_id)
    settle(consents, person_id, request.request_id, ConsentRequestState.CANCELLED)
    assert consents.ended(execution) == "Cancelled"
    reminder = mail_id(MailKind.REMIND, person_id, request.request_id)
    assert consents.mails.get(reminder) is None


def settle(
    consents: Consents, person_id: str, request_id: str, state: ConsentRequestState
) -> None:
    entry = said(person_id, "api:consent:end")
    assert consents.requests.settle(request_id, state, now(), entry)


def test_a_token_that_nobody_waits_for_any_more_is_no_failure(consents: Consents) -> None:
    person_id = consents.person()
    request = consents.ask(person_id)
    until(lambda: consents.requests.task(request.request_id), "the token to be kept")
    used = new_id()
    consents.requests.keep_task(request.request_id, used, now(), request.ends_at)
    document = consents.answer(request)
    following = consents.execution("RenewConsent", document.quitclaim_id)
    assert consents.ended(following) == "Renewed"
    again = consents.way.deployed.invoke(
        "AnswerRequest",
        {"person_id": person_id, "quitclaim_id": document.quitclaim_id},
    )
    assert again == {"outcome": "nobody"}


# -- taking back -------------------------------------------------------------------------


def test_a_signature_makes_a_picture_ready_and_a_withdrawal_makes_it_dark(
    consents: Consents,
) -> None:
    person_id = consents.person()
    asset_id = consents.picture_of(person_id)
    grant = consents.sign(person_id)
    consents.stands(asset_id, AssetStatus.READY)
    consents.release(asset_id)
    consents.stands(asset_id, AssetStatus.RELEASED)
    fetched(consents, asset_id, Channel.WEBSITE)
    fact = consents.withdraw(grant)
    consents.stands(asset_id, AssetStatus.EMBARGOED)
    following = consents.execution("WithdrawConsent", fact.withdrawal_id)
    assert consents.ended(following) == "Withdrawn"
    mail = consents.mail(recalled(fact.withdrawal_id, asset_id))
    assert (mail.to, mail.to_staff) == (EDITOR, True)
    assert mail.about["channels"] == "website"


def test_biometric_consent_taken_back_takes_key_and_template_and_no_other_does(
    consents: Consents,
) -> None:
    person_id, deployed = consents.person(), consents.way.deployed
    image = consents.sign(person_id)
    document, [other] = signed(person_id)
    face = replace(
        other,
        kind=GrantKind.BIOMETRIC_CONSENT,
        channels=frozenset(),
        places=frozenset(),
    )
    deployed.register.sign(document, [face])
    table = deployed["BiometricsTable"]
    database = consents.way.cloud.client("dynamodb")
    made = {"S": now().strftime("%Y-%m-%dT%H:%M:%S.%f%z")}
    for part, kind, when in (
        (keys.KEY + "biometric", "key", "made_at"),
        (keys.TEMPLATE + "model", "template", "enrolled_at"),
    ):
        names = {"pk": {"S": keys.person(person_id)}, "sk": {"S": part}}
        row = {**names, "kind": {"S": kind}, when: made}
        database.put_item(TableName=table, Item=row)

    def left() -> int:
        found: int = database.query(
            TableName=table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.person(person_id)}},
            ConsistentRead=True,
        )["Count"]
        return found

    fact = consents.withdraw(image)
    following = consents.execution("WithdrawConsent", fact.withdrawal_id)
    assert consents.ended(following) == "Withdrawn"
    assert left() == 2
    fact = consents.withdraw(face)
    following = consents.execution("WithdrawConsent", fact.withdrawal_id)
    assert consents.ended(following) == "Withdrawn"
    assert left() == 0
    tags = [entry.tag for entry in deployed.audit.entries(person_id)]
    assert tags.count("consent:template:destroy") == 1


def test_an_end_calls_back_what_was_given_out_as_a_withdrawal_does(
    consents: Consents,
) -> None:
    person_id = consents.person()
    asset_id = consents.picture_of(person_id)
    fetched(consents, asset_id, Channel.WEBSITE)
    grant = consents.sign(person_id, -timedelta(minutes=1), since=now() - 30 * DAY)
    end = grant.period.end
    assert end is not None
    event = {
        "person_id": person_id,
        "quitclaim_id": grant.quitclaim_id,
        "planned_for": end.isoformat(),
    }
    consents.way.deployed.invoke("ReachMilestone", event)
    # By the day that it is in UTC: what it is called by does not change with the zone.
    name = f"ended.0.{end.astimezone(UTC).date().isoformat()}"
    told = mail_id(MailKind.ENDED, person_id, grant.quitclaim_id, name)
    assert consents.mail(told).to == person_id
    following = consents.execution("WithdrawConsent", told)
    assert consents.ended(following) == "Withdrawn"
    mail = consents.mail(recalled(told, asset_id))
    assert mail.about["channels"] == "website"


def recalled(fact_id: str, asset_id: str) -> str:
    """The id of the mail that asks an editor to remove a picture for that reason."""
    return mail_id(MailKind.RECALL, EDITOR, recall_id(fact_id, asset_id, EDITOR), "0")


def fetched(consents: Consents, asset_id: str, channel: Channel) -> None:
    """Put on record that an editor fetched a picture for a channel."""
    deployed, at, tag = consents.way.deployed, now(), "egress:asset:download"
    given = Disclosure(
        disclosure_id=new_id(),
        asset_id=asset_id,
        kind=DisclosureKind.DOWNLOAD,
        recipient_id=EDITOR,
        channel=channel,
        place=Place.WORLD,
        rendition="working",
        masked=frozenset(),
        at=at,
        revision=1,
    )
    entry = NewEntry(
        asset_id, f"{tag}:{given.disclosure_id}", tag, at, EDITOR, said_of(given)
    )
    table, region = deployed["LibraryTable"], deployed.region
    assert Disclosures(table, region, deployed.audit).record(given, entry)


# -- at least once -----------------------------------------------------------------------


def test_a_record_that_the_stream_delivers_again_starts_nothing_again(
    consents: Consents,
) -> None:
    person_id = consents.person()
    grant = consents.sign(person_id)
    following = consents.execution("RenewConsent", grant.quitclaim_id)
    assert consents.ended(following) == "Renewed"
    record = stream_record(
        kind="quitclaim", person_id=person_id, quitclaim_id=grant.quitclaim_id
    )
    for _ in range(2):
        answer = consents.way.deployed.invoke("FollowRegister", {"Records": [record]})
        assert answer == {"batchItemFailures": []}
    runs = consents.states.list_executions(
        stateMachineArn=consents.way.deployed["RenewConsentArn"], maxResults=1000
    )["executions"]
    assert [run["name"] for run in runs].count(grant.quitclaim_id) == 1


def test_a_record_that_cannot_be_read_comes_back_by_its_number(
    consents: Consents,
) -> None:
    record = stream_record(kind="mail")
    answer = consents.way.deployed.invoke("FollowRegister", {"Records": [record]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def stream_record(**item: str) -> dict[str, Any]:
    image = {name: {"S": value} for name, value in item.items()}
    return {
        "eventID": "1",
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "dynamodb": {"NewImage": image, "SequenceNumber": "1"},
    }


# -- milestones --------------------------------------------------------------------------


@pytest.fixture
def real_time(consents: Consents) -> Iterator[None]:
    yield
    consents.way.cloud.reset_clock()


def seven_days_before_the_day_after() -> datetime:
    """An end whose last reminder is due at the coming midnight of Amsterdam."""
    return midnight(day_of(now()) + 8 * DAY) + 12 * HOUR


@pytest.mark.usefixtures("real_time")
def test_a_schedule_tells_of_an_end_at_its_moment_and_once(consents: Consents) -> None:
    person_id = consents.person()
    end = seven_days_before_the_day_after()
    # Signed so long ago that seven days before the end are not too soon after it.
    grant = consents.sign(person_id, end - now(), since=now() - 30 * DAY)
    following = consents.execution("RenewConsent", grant.quitclaim_id)
    assert consents.ended(following) == "Renewed"
    names = {
        moment: f"{moment}.{day_of(end).isoformat()}"
        for moment in ("ends_soon.7", "ended.0")
    }
    planned = {
        derived_id("milestone", grant.quitclaim_id, name) for name in names.values()
    }
    assert planned <= consents.schedules()
    due = midnight(day_of(now()) + DAY)
    consents.way.cloud.advance_clock((due - now()).total_seconds() + 90)
    renew = mail_id(MailKind.RENEW, person_id, grant.quitclaim_id, names["ends_soon.7"])
    assert consents.mail(renew).to == person_id
    # What fired is gone; what is still to come stays.
    left = planned & consents.schedules()
    assert left == {derived_id("milestone", grant.quitclaim_id, names["ended.0"])}
    event = {
        "person_id": person_id,
        "quitclaim_id": grant.quitclaim_id,
        "planned_for": due.isoformat(),
    }
    assert consents.way.deployed.invoke("ReachMilestone", event) == {"told": 0}


def test_a_renewal_takes_the_schedules_of_what_it_replaces_away(
    consents: Consents,
) -> None:
    person_id = consents.person()
    first = consents.sign(person_id)
    consents.ended(consents.execution("RenewConsent", first.quitclaim_id))
    before = of_document(first.quitclaim_id, first.period.end)
    assert before <= consents.schedules()
    second = consents.sign(person_id, 2 * 365 * DAY)
    consents.ended(consents.execution("RenewConsent", second.quitclaim_id))
    planned = consents.schedules()
    assert not before & planned
    assert of_document(second.quitclaim_id, second.period.end) <= planned


def of_document(quitclaim_id: str, end: datetime | None) -> set[str]:
    """The schedules of a document that ends at one instant."""
    assert end is not None
    names = [*(f"ends_soon.{days}" for days in (90, 30, 7)), "ended.0"]
    return {
        derived_id("milestone", quitclaim_id, f"{name}.{end.date().isoformat()}")
        for name in names
    }


# -- what was missed ---------------------------------------------------------------------


def test_the_sweep_does_what_streams_schedules_and_workflows_forgot(
    consents: Consents,
) -> None:
    person_id = consents.person()
    asset_id = consents.picture_of(person_id)
    thirty = midnight(day_of(now()) + 30 * DAY) + 12 * HOUR
    grant = consents.sign(person_id, thirty - now(), since=now() - 61 * DAY)
    consents.stands(asset_id, AssetStatus.READY)
    consents.release(asset_id)
    old = consents.ask(consents.person(), at=now() - LAPSE_AFTER - 3 * HOUR)
    lost = consents.ask(consents.person(), at=now() - HOUR)
    until(lambda: consents.requests.task(lost.request_id), "the token to be kept")
    consents.requests.drop_task(lost.request_id)
    earlier = consents.sign(consents.person(), since=now() - HOUR)
    consents.withdraw(earlier, at=now() - HOUR)
    waiting = Mail(new_id(), MailKind.RENEW, person_id, now() - DAY)
    consents.mails.add(waiting)
    consents.wait_again(waiting)
    swept = consents.way.deployed.invoke("SweepConsents", {})
    assert swept["told"] >= 1
    assert swept["lapsed"] >= 1
    assert consents.way.deployed.invoke("SweepConsents", {})["told"] == 0
    stands = consents.requests.get(old.request_id)
    assert stands is not None
    assert stands.state is ConsentRequestState.LAPSED
    soon = f"ends_soon.30.{day_of(thirty).isoformat()}"
    consents.mail(mail_id(MailKind.RENEW, person_id, grant.quitclaim_id, soon))
    if now() >= midnight(day_of(now())) + 6 * HOUR:
        day = day_of(thirty).isoformat()
        digest = consents.mail(mail_id(MailKind.DIGEST, EDITOR, day))
        assert int(digest.about["website"]) >= 1
    assert swept["resent"] >= 1


def test_executions_are_named_by_facts_and_carry_ids_alone(consents: Consents) -> None:
    for workflow in ("RequestConsent", "RenewConsent", "WithdrawConsent"):
        machine = consents.way.deployed[f"{workflow}Arn"]
        found = consents.states.list_executions(stateMachineArn=machine)["executions"]
        assert found
        for run in found:
            assert re.fullmatch(r"[0-9a-f]{32}", run["name"])
            given = consents.states.describe_execution(executionArn=run["executionArn"])
            ids = json.loads(given["input"])
            assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in ids.values())
