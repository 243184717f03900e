"""EventBridge Scheduler: on the second, in the schedule's time zone, with retries.

MiniStack looks every ten seconds, reads every expression as UTC and invokes the target
once. Here each schedule is looked at every second in its own zone, as at AWS: a
wall-clock time that daylight saving skips does not fire, one that comes twice fires once.
A failed invocation of a function is retried like any asynchronous one.

When the clock is moved over several dates of one schedule it fires once, not once a date.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import ministack.services.lambda_svc as functions
from ministack.core import responses
from ministack.services import eventbridge, scheduler

from local.cloud.gaps import clock, need
from local.cloud.settings import Settings

type Schedule = dict[str, Any]

_ONCE = re.compile(r"at\((.+)\)")
_LAST = "LocalLastFired"
"""Field of a schedule's record, so that what fired stays fired after a restart."""


def close(_: Settings) -> None:
    """Replace the sweep over the schedules and the way functions are invoked."""
    need(scheduler, "_tick_schedules", "_SCHEDULE_TICK_INTERVAL", "_schedules")
    need(scheduler, "_to_epoch")
    need(eventbridge, "_cron_next_fire", "_parse_cron_fields", "_parse_rate_seconds")
    need(eventbridge, "_invoke_target", "_dispatch_to_lambda")
    need(functions, "_get_func_record_for_ref", "_execution_record_for_config")
    scheduler._SCHEDULE_TICK_INTERVAL = 1
    scheduler._tick_schedules = fire_due
    eventbridge._dispatch_to_lambda = _invoke_with_retries
    clock.when_moved(fire_due)


def fire_due() -> None:
    """Invoke the target of every enabled schedule whose time has come."""
    now = clock.now()
    for key, schedule in list(scheduler._schedules._data.items()):
        changed = scheduler._to_epoch(schedule["LastModificationDate"])
        # A clock moved back must not silence a schedule.
        after = min(schedule.get(_LAST, changed), now)
        due = next_run(schedule, after)
        if due is None or due > now or not _is_live(schedule, now):
            continue
        schedule[_LAST] = now
        _fire(key, schedule, due)
        once = _ONCE.fullmatch(schedule["ScheduleExpression"])
        if once and schedule.get("ActionAfterCompletion") == "DELETE":
            scheduler._schedules._data.pop(key, None)


def next_run(schedule: Schedule, after: float) -> float | None:
    """Give the first moment after `after` (epoch seconds) at which a schedule fires."""
    expression = schedule["ScheduleExpression"]
    zone = ZoneInfo(schedule.get("ScheduleExpressionTimezone") or "UTC")
    if once := _ONCE.fullmatch(expression):
        moment = datetime.fromisoformat(once[1]).replace(tzinfo=zone).timestamp()
        return moment if moment > after else None
    if seconds := eventbridge._parse_rate_seconds(expression):
        return after + float(seconds)
    fields = eventbridge._parse_cron_fields(expression)
    wall = datetime.fromtimestamp(after, zone).replace(tzinfo=UTC)
    while fields and (wall := eventbridge._cron_next_fire(fields, wall)):
        moment = float(wall.replace(tzinfo=zone).timestamp())
        exists = datetime.fromtimestamp(moment, zone).replace(tzinfo=UTC) == wall
        if exists and moment > after:
            return moment
        wall += timedelta(seconds=59)
    return None


def _is_live(schedule: Schedule, now: float) -> bool:
    start = scheduler._to_epoch(schedule.get("StartDate"))
    end = scheduler._to_epoch(schedule.get("EndDate"))
    return (
        schedule.get("State") == "ENABLED"
        and (start is None or start <= now)
        and (end is None or now <= end)
    )


def _fire(key: tuple[str, str, str], schedule: Schedule, due: float) -> None:
    account, region, _ = key
    responses.set_request_account_id(account)
    responses.set_request_region(region)
    run = str(uuid4())
    target = dict(schedule["Target"])
    if "Input" in target:
        target["Input"] = (
            target["Input"]
            .replace("<aws.scheduler.schedule-arn>", schedule["Arn"])
            .replace("<aws.scheduler.scheduled-time>", _iso(due))
            .replace("<aws.scheduler.execution-id>", run)
            .replace("<aws.scheduler.attempt-number>", "1")
        )
    event = {
        "EventId": run,
        "Source": "aws.scheduler",
        "DetailType": "Scheduled Event",
        "Detail": "{}",
        "Time": due,
        "Resources": [schedule["Arn"]],
        "Account": account,
        "Region": region,
    }
    eventbridge._invoke_target(target, event, schedule)


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _invoke_with_retries(arn: str, payload: str) -> None:
    func, config, _ = functions._get_func_record_for_ref(arn)
    if func and config:
        record = functions._execution_record_for_config(func, config)
        functions.invoke_async_with_retry(record, json.loads(payload))
