"""The workflows of a consent: started by the fact they follow, answered by its token."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from beeldrecht.domain.ids import check_id

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class Workflow:
    """One workflow whose executions carry the names of the facts they follow."""

    def __init__(self, states: "SFNClient", arn: str) -> None:
        self._states = states
        self._arn = arn

    def start(self, fact_id: str, ids: Mapping[str, str]) -> bool:
        """Start it for a fact; False when what follows that fact is done already.

        Safe to repeat for the 90 days that Step Functions remembers a name: one that
        still runs is left to run, and one that ended is not begun again.
        """
        given = json.dumps({name: check_id(value) for name, value in ids.items()})
        try:
            self._states.start_execution(
                stateMachineArn=self._arn, name=check_id(fact_id), input=given
            )
        except self._states.exceptions.ExecutionAlreadyExists:
            return False
        return True


class Tasks:
    """States that wait for an answer, each reached by its token alone."""

    def __init__(self, states: "SFNClient") -> None:
        self._states = states

    def answer(self, token: str, outcome: str) -> bool:
        """Say to who waits what came of it; False when nobody waits any more.

        A token that was used, ran out or never was is no failure: what happened is on
        record, and the state that waited reads it there.
        """
        gone = self._states.exceptions
        try:
            self._states.send_task_success(
                taskToken=token, output=json.dumps({"outcome": outcome})
            )
        except (gone.TaskDoesNotExist, gone.TaskTimedOut, gone.InvalidToken):
            return False
        return True
