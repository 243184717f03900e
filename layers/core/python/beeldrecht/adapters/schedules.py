"""One-off schedules: each starts one function at one instant, and is gone afterwards.

EventBridge Scheduler starts at least once and to the minute; what it starts reads the
record again, so a schedule that is lost, doubled or out of date does no harm.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from beeldrecht.domain.ids import check_id


class SchedulesBusyError(Exception):
    """The scheduler took no more just now; what was planned before stands."""


class SchedulerClient(Protocol):
    """What is used of EventBridge Scheduler."""

    @property
    def exceptions(self) -> Any:
        """Its errors, by class."""
        ...

    def create_schedule(self, **request: Any) -> Any:
        """Make a schedule."""
        ...

    def delete_schedule(self, **request: Any) -> Any:
        """Remove a schedule."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """What the schedules of one group start, and as whom."""

    group: str
    function_arn: str
    role_arn: str
    dead_letters_arn: str


def to_drop(group: str) -> Target:
    """The schedules of a group for who ends them, and has nothing to start."""
    return Target(group, "", "", "")


class Schedules:
    """The schedules of one group."""

    def __init__(self, client: SchedulerClient, target: Target) -> None:
        self._client = client
        self._target = target

    def put(self, name: str, at: datetime, ids: Mapping[str, str]) -> None:
        """Have the function started at that instant; one that is planned stands.

        It is told when it was to start, by the scheduler's own word, beside the ids.
        """
        told = {key: check_id(value) for key, value in ids.items()}
        told["planned_for"] = "<aws.scheduler.scheduled-time>"
        moment = at.astimezone(UTC).replace(tzinfo=None)
        gone = self._client.exceptions
        try:
            self._client.create_schedule(
                Name=check_id(name),
                GroupName=self._target.group,
                ScheduleExpression=f"at({moment.isoformat(timespec='seconds')})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": self._target.function_arn,
                    "RoleArn": self._target.role_arn,
                    "Input": json.dumps(told),
                    "DeadLetterConfig": {"Arn": self._target.dead_letters_arn},
                    "RetryPolicy": {
                        "MaximumEventAgeInSeconds": 3600,
                        "MaximumRetryAttempts": 10,
                    },
                },
            )
        except gone.ConflictException:
            return
        except gone.ThrottlingException as error:
            raise SchedulesBusyError from error

    def drop(self, name: str) -> None:
        """Plan it no more; one that fired or never was is no failure."""
        gone = self._client.exceptions
        try:
            self._client.delete_schedule(
                Name=check_id(name), GroupName=self._target.group
            )
        except gone.ResourceNotFoundException:
            return
        except (gone.ConflictException, gone.ThrottlingException) as error:
            raise SchedulesBusyError from error
