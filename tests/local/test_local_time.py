"""What happens by date: expiry and schedules, with a clock that can be moved."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from local.client import LocalCloud
from tests.local.stacks import Probe, Template, allow, arn_of, mapping, role, table
from tests.local.test_local_events import READ_STREAM

DAY = 86400
ZONE = ZoneInfo("Europe/Amsterdam")
pytestmark = pytest.mark.usefixtures("real_time")
type Eventually = Callable[..., Any]


def test_an_item_expires_on_its_date_and_the_stream_says_who_deleted_it(
    cloud: LocalCloud, probe: Callable[..., Probe], eventually: Eventually
) -> None:
    expiring = probe(
        "expiring",
        code="""
        def handler(event, context):
            for record in event["Records"]:
                if record["eventName"] == "REMOVE":
                    gone = record["dynamodb"]["OldImage"]["pk"]["S"]
                    note(gone, by=record["userIdentity"])
        """,
        allow=[allow(READ_STREAM)],
        resources={
            "Links": table(
                TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True},
                StreamSpecification={"StreamViewType": "NEW_AND_OLD_IMAGES"},
            ),
            "Mapping": mapping(
                arn_of("Links", "StreamArn"), StartingPosition="TRIM_HORIZON"
            ),
        },
    )
    tables, links = cloud.client("dynamodb"), expiring.outputs["Links"]
    now = int(time.time())
    expiries = {
        "tomorrow": {"N": str(now + DAY - 60)},
        "next week": {"N": str(now + 7 * DAY)},
        "as text": {"S": str(now - 60)},
        "six years ago": {"N": str(now - 6 * 365 * DAY)},
    }
    for key, expiry in expiries.items():
        item = {"pk": {"S": key}, "expires_at": expiry}
        tables.put_item(TableName=links, Item=item)

    def left() -> set[str]:
        return {item["pk"]["S"] for item in tables.scan(TableName=links)["Items"]}

    assert left() == set(expiries)
    cloud.advance_clock(DAY)
    assert left() == set(expiries) - {"tomorrow"}
    assert eventually(lambda: expiring.noted("tomorrow")) == {
        "by": {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
    }


def daily(hour: int, minute: int, **properties: Any) -> Template:
    target = {
        "Arn": arn_of("Function"),
        "RoleArn": arn_of("Caller"),
        "Input": json.dumps({"due": "<aws.scheduler.scheduled-time>"}),
    }
    return {
        "Type": "AWS::Scheduler::Schedule",
        "Properties": {
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ScheduleExpression": f"cron({minute} {hour} * * ? *)",
            "Target": target,
            **properties,
        },
    }


def test_a_daily_schedule_fires_at_its_wall_clock_time_and_again_after_a_failure(
    probe: Callable[..., Probe], cloud: LocalCloud, eventually: Eventually
) -> None:
    moment = datetime.now(ZONE) + timedelta(hours=2)
    scheduled = probe(
        "scheduled",
        code="""
        tries = []
        def handler(event, context):
            tries.append(event["due"])
            if len(tries) == 1:
                raise RuntimeError("not yet")
            note("run", tries=tries)
        """,
        resources={
            "Caller": role(
                "scheduler", [allow("lambda:InvokeFunction", arn_of("Function"))]
            ),
            "Daily": daily(
                moment.hour, moment.minute, ScheduleExpressionTimezone="Europe/Amsterdam"
            ),
        },
    )
    cloud.advance_clock(2 * 3600 - 120)
    time.sleep(1.2)  # a sweep passes without firing
    assert scheduled.noted("run") is None
    cloud.advance_clock(180)
    due = moment.replace(second=0, microsecond=0).astimezone(UTC)
    run = eventually(lambda: scheduled.noted("run"))
    assert run == {"tries": [f"{due:%Y-%m-%dT%H:%M:%SZ}"] * 2}


def test_signatures_keep_real_time_when_the_clock_is_moved(cloud: LocalCloud) -> None:
    cloud.advance_clock(400 * DAY)
    assert cloud.client("sts").get_caller_identity()["Account"] == cloud.account
