"""What follows the register, over AWS's own services: workflows, schedules, its lists."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import boto3
import pytest

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.errors import UnwiredTrailError
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import MailQueue
from beeldrecht.adapters.register_facts import RegisterFacts
from beeldrecht.adapters.schedules import Schedules, Target
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.adapters.workflows import Tasks, Workflow
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import (
    Restriction,
    RestrictionKind,
    withdraw,
)
from beeldrecht.domain.ids import InvalidIdError, new_id
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.recorded import FactKind, RecordedFact
from beeldrecht.domain.time import Period
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.adapters.contracts.library import face
from tests.fakes.runtime import REGION
from tests.fakes.samples import (
    ANN,
    BOB,
    EDITOR,
    NOON,
    announcement,
    grant,
    quitclaim,
)

ROLE = "arn:aws:iam::123456789012:role/of-the-tests"
DAY = timedelta(days=1)

# -- workflows ---------------------------------------------------------------------------


@pytest.fixture
def machine(aws: Aws) -> str:
    states = boto3.client("stepfunctions", region_name=REGION)
    trust = {"Version": "2012-10-17", "Statement": []}
    role = boto3.client("iam", region_name=REGION).create_role(
        RoleName=f"follows-{new_id()}", AssumeRolePolicyDocument=json.dumps(trust)
    )
    made = states.create_state_machine(
        name=f"follows-{new_id()}",
        definition='{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}',
        roleArn=role["Role"]["Arn"],
        type="STANDARD",
    )
    return made["stateMachineArn"]


def test_a_workflow_is_started_once_for_each_fact_and_told_ids_alone(
    machine: str,
) -> None:
    states = clients.step_functions(REGION)
    workflow, fact = Workflow(states, machine), new_id()
    assert workflow.start(fact, {"person_id": ANN, "fact_id": fact})
    workflow.start(fact, {"person_id": ANN, "fact_id": fact})
    [run] = states.list_executions(stateMachineArn=machine)["executions"]
    assert run["name"] == fact
    given = states.describe_execution(executionArn=run["executionArn"])["input"]
    assert json.loads(given) == {"person_id": ANN, "fact_id": fact}
    with pytest.raises(InvalidIdError):
        workflow.start(new_id(), {"person_id": "Jan de Vries"})


def test_a_token_that_nobody_waits_for_finds_nobody(
    aws: Aws, request: pytest.FixtureRequest
) -> None:
    if request.getfixturevalue("aws_endpoint") is None:
        pytest.skip("moto has no tokens")
    assert aws
    assert not Tasks(clients.step_functions(REGION)).answer(new_id(), "answered")


# -- schedules ---------------------------------------------------------------------------


def test_a_schedule_is_made_once_fires_at_its_instant_and_can_be_dropped(
    aws: Aws,
) -> None:
    client = boto3.client("scheduler", region_name=REGION)
    group, name = f"milestones-{new_id()}", new_id()
    client.create_schedule_group(Name=group)
    function = "arn:aws:lambda:eu-central-1:123456789012:function:ReachMilestone"
    dead = f"arn:aws:sqs:eu-central-1:123456789012:{new_id()}"
    target = Target(group, function, ROLE, dead)
    schedules = Schedules(clients.scheduler(REGION), target)
    ids = {"person_id": ANN, "quitclaim_id": new_id()}
    at = datetime(2099, 3, 31, 22, 0, tzinfo=UTC)
    schedules.put(name, at, ids)
    schedules.put(name, at, ids)
    [listed] = client.list_schedules(GroupName=group)["Schedules"]
    assert listed["Name"] == name
    found = client.get_schedule(GroupName=group, Name=name)
    assert found["ScheduleExpression"] == "at(2099-03-31T22:00:00)"
    assert found["ActionAfterCompletion"] == "DELETE"
    assert found["Target"]["Arn"] == function
    told = json.loads(found["Target"]["Input"])
    assert told == ids | {"planned_for": "<aws.scheduler.scheduled-time>"}
    schedules.drop(name)
    schedules.drop(name)
    assert client.list_schedules(GroupName=group)["Schedules"] == []
    assert aws


# -- lists -------------------------------------------------------------------------------


def test_facts_are_found_by_when_they_were_put_on_record(aws: Aws) -> None:
    table = aws.table("consent")
    register, facts = ConsentRegister(table, REGION), RegisterFacts(table, REGION)
    signed = grant(ANN)
    document = quitclaim(signed)
    register.sign(document, [signed])
    taken_back = withdraw(signed, new_id(), NOON)
    register.withdraw(taken_back)
    frozen = Restriction(new_id(), BOB, RestrictionKind.OBJECTED, Period(NOON + DAY))
    register.restrict(frozen)
    month = 40 * DAY
    found = set(facts.between(NOON - month, NOON + month))
    expected = {
        RecordedFact(FactKind.QUITCLAIM, document.quitclaim_id, ANN),
        RecordedFact(FactKind.WITHDRAWAL, taken_back.withdrawal_id, ANN),
        RecordedFact(FactKind.RESTRICTION, frozen.restriction_id, BOB),
    }
    assert expected <= found
    # Both ends count: a fact is found at its very instant.
    at_noon = set(facts.between(NOON, NOON))
    assert RecordedFact(FactKind.WITHDRAWAL, taken_back.withdrawal_id, ANN) in at_noon
    assert not {fact for fact in at_noon if fact.kind is FactKind.QUITCLAIM}


def test_pages_of_pictures_are_each_confirmed_picture_once(aws: Aws) -> None:
    table, person_id = aws.table("library"), new_id()
    library, appearances = Library(table, REGION), Appearances(table, REGION)
    pictures = sorted(new_id() for _ in range(7))
    for place, asset_id in enumerate(pictures):
        library.announce(announcement(asset_id), keep_until=NOON)
        # Some have two faces of the same person; one is somebody else after all.
        status = AppearanceStatus.REJECTED if place == 3 else AppearanceStatus.CONFIRMED
        for _ in range(1 + place % 2):
            seen = face(new_id())
            record = library.record(asset_id)
            assert record is not None
            library.examine(record, [seen], True, "detector", NOON)
            record = library.record(asset_id)
            assert record is not None
            said = Appearance(asset_id, seen.face_id, person_id, status, EDITOR, NOON)
            library.settle(record, said)
    for limit in (1, 2, 3, 7, 8):
        found: list[str] = []
        after, more = None, True
        while more:
            page = appearances.page(person_id, after, limit)
            assert len(page.asset_ids) <= limit
            found += page.asset_ids
            after, more = page.after, page.after is not None
        assert found == [p for p in pictures if p != pictures[3]], limit
        assert all(one < other for one, other in pairwise(found))


def test_a_mail_is_handed_on_by_its_id_alone(aws: Aws) -> None:
    queue, mail_id = aws.queue(), new_id()
    MailQueue(clients.sqs(REGION), queue).send(mail_id)
    assert [json.loads(body) for body in aws.bodies(queue)] == [{"mail_id": mail_id}]
    with pytest.raises(InvalidIdError):
        MailQueue(clients.sqs(REGION), queue).send("jan@example.nl")


def test_who_only_reads_cannot_act() -> None:
    entry = NewEntry(ANN, "a:b:c:1", "a:b:c", NOON, EDITOR)
    with pytest.raises(UnwiredTrailError):
        NoTrail().record(entry)
