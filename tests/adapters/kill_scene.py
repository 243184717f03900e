"""The house in which functions are ended, and what they find there.

One house is furnished for all cases; each begins with it as it was then.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import pytest

from beeldrecht.adapters import library
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import derived_id
from cdk.constructs.functions import FUNCTIONS, Setting, function_named
from tests.adapters.aws import Aws
from tests.adapters.erasing_house import NOW, House
from tests.adapters.killing import (
    Calls,
    Event,
    Functions,
    Killing,
    Points,
    Stage,
    Standstill,
    function_of,
    walked,
)
from tests.fakes.runtime import environment
from tests.fakes.samples import EDITOR
from tests.states import DEFINITIONS, states_of

AT: Final = NOW + timedelta(minutes=5)
"""The instant at which the clock of every function stands, unless a case says another."""
OFFICER: Final = "0f0e0d0c0b0a49088706050403020100"
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_ARN: Final = "arn:aws:states:eu-central-1:123456789012:stateMachine:a"


@dataclass
class Scene:
    """A house, and what ends functions in it."""

    house: House
    kill: Killing
    functions: Functions
    stage: Stage
    calls: Calls
    furnished: Any
    visited: dict[str, set[str]] = field(default_factory=dict)
    """The states that ran a function, by their workflow."""

    def begin(self, case: "Case") -> "Scene":
        """Have everything as it was furnished, and nobody ended."""
        self.house.here()
        self.stage.put_back(self.furnished)
        self.calls.begin()
        self.kill.begin(frozenset(case.anew), signed=case.signed)
        self.visited = {}
        Standstill.at = AT
        return self

    def on(self, at: datetime) -> None:
        """Have the functions' clocks stand at another instant."""
        Standstill.at = at

    def run(self, folder: str, event: Event = NOTHING) -> Any:
        """Run a function, ended after its changes; give what it answers."""
        [spec] = [each for each in FUNCTIONS if each.folder == folder]
        return self.kill(folder, spec.handler.removesuffix(".handler"), event)

    def walk(
        self,
        machine: str,
        given: Mapping[str, str],
        meanwhile: Mapping[str, Callable[[], object]] = NOTHING,
        fails: Mapping[str, str] = NOTHING,
    ) -> str:
        """Go through a workflow, each function ended after its changes; give its end."""

        def task(state: str, function: str, event: Event) -> Any:
            self.visited.setdefault(machine, set()).add(state)
            path = function_named(function).handler.removesuffix(".handler")
            return self.kill(state, path, event)

        return walked(DEFINITIONS[machine], given, task, meanwhile, fails)

    def given_to_somebody(self, asset_id: str) -> Disclosure:
        """Somebody fetched a copy, which is to be called back when she goes."""
        left = Disclosure(
            disclosure_id=derived_id("copy", asset_id),
            asset_id=asset_id,
            kind=DisclosureKind.DOWNLOAD,
            recipient_id=EDITOR,
            channel=Channel.WEBSITE,
            place=Place.WORLD,
            rendition="working",
            masked=frozenset(),
            at=NOW,
            revision=1,
        )
        said = self.house.said(asset_id, "disclose")
        Disclosures(*self.house.pictures).record(left, said)
        return left


@dataclass(frozen=True)
class Case:
    """Something that is gone through, with everything that it runs ended in turn."""

    name: str
    play: Callable[[Scene], None]
    workflows: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    """The folders of functions that it runs besides those of its workflows."""
    idle: tuple[str, ...] = ()
    """Those of them that find nothing to change in it."""

    anew: tuple[str, ...] = ()
    """What the audit trail says each time: it was done twice, and says so."""
    signed: bool = False
    """Whether it makes a file that is signed, and so another one each time."""

    @property
    def covers(self) -> frozenset[str]:
        """The folders of every function that it ends after a change."""
        run = frozenset(self.functions).union(*map(run_by, self.workflows))
        return run - set(self.idle)


def tasks_of(machine: str) -> set[str]:
    """The states of a workflow that run a function."""
    return {n for n, s in states_of(DEFINITIONS[machine]) if s["Type"] == "Task"}


def run_by(machine: str) -> set[str]:
    """The folders of the functions that a workflow runs."""
    return {
        function_named(function_of(state)).folder
        for _, state in states_of(DEFINITIONS[machine])
        if state["Type"] == "Task"
    }


@contextmanager
def scene_of(
    aws: Aws, patch: pytest.MonkeyPatch, points: Points, models: str
) -> Iterator[Scene]:
    """A furnished house, and the functions told of it; what is there is moto's."""
    house = House(aws).furnish()
    certificates = aws.kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")
    queues = {
        each.value: f"https://sqs.eu-central-1.amazonaws.com/123456789012/{each.value}"
        for each in Setting
        if each.value.endswith("_QUEUE_URL")
    }
    told = {
        **{setting.value: _ARN for setting in Setting if setting.value.endswith("_ARN")},
        **queues,
        **{f"{kind.upper()}_TABLE": name for kind, name in house.tables.items()},
        **{f"{kind.upper()}_BUCKET": name for kind, name in house.buckets.items()},
        "CHECKPOINTS_BUCKET": house.buckets["documents"],
        "PEOPLE_KEY_ARN": aws.key(),
        "BIOMETRICS_KEY_ARN": aws.key(),
        "CERTIFICATE_KEY_ARN": certificates["KeyMetadata"]["Arn"],
        "PICTURE_KEY_ARN": certificates["KeyMetadata"]["Arn"],
        "CONTROLLER": "Gemeente Voorbeeld",
        "CONTROLLER_CONTACT": "privacy@example.org",
        "SITE_URL": "https://beeld.example.org",
        "MAIL_FROM": "beeld@example.org",
        "MAIL_LANGUAGE": "nl",
        "MILESTONES_GROUP": "milestones",
        "MILESTONE_DAYS": "90,30,7",
        "USER_POOL_ID": "eu-central-1_pool",
        "PIXEL_LIMIT": "10000000",
        "MODELS_DIR": models,
        "LOG_LEVEL": "CRITICAL",
    }
    stage, calls = Stage(house.tables, house.buckets), Calls(_ANSWERS)
    with ExitStack() as stack:
        stack.enter_context(environment(patch, told))
        # A file that is not taken in is dated by the adapter's own clock.
        patch.setattr(library, "datetime", Standstill)
        stack.enter_context(stage.alone())
        stack.enter_context(calls.watched())
        functions = Functions(stack, AT)
        kill = Killing(stage, calls, functions, points)
        yield Scene(house, kill, functions, stage, calls, stage.taken())


def _user(groups: str) -> Mapping[str, Any]:
    return {"Groups": [{"GroupName": groups}]}


_ANSWERS: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        "ListUsers": lambda _: {
            "Users": [
                {
                    "Username": "officer",
                    "Enabled": True,
                    "UserStatus": "CONFIRMED",
                    "UserCreateDate": NOW,
                    "Attributes": [
                        {"Name": "sub", "Value": OFFICER},
                        {"Name": "email", "Value": "officer@example.org"},
                    ],
                }
            ]
        },
        "AdminListGroupsForUser": lambda _: _user("privacy_officer"),
        "SendEmail": lambda _: {"MessageId": "a message"},
        "SendMessage": lambda _: {"MessageId": "a message"},
        "StartExecution": lambda _: {"executionArn": f"{_ARN}:1"},
    }
)
"""What is answered by who is not here: the user pool, the post, the workflows."""
