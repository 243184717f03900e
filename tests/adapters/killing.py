"""Ending functions after changes that they make, and doing them again.

A workflow is gone through as its own file says, over moto. Each of its functions runs
first undisturbed; then its tables and buckets are put back as they were, and it is ended
after one of its changes, and done again; and so after others (`Points`). What lies in
every table and bucket has to be the same each time, byte for byte, and so has what others
were told. Before a change is after the one before it, and before the first there is
nothing to see.
"""

import copy
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from random import Random
from types import MappingProxyType
from typing import Any, Final, override

from botocore.client import BaseClient
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from tests.adapters.aws import REGION
from tests.fakes.effects import Killed
from tests.fakes.runtime import FakeContext, imported

READS: Final = re.compile(
    "^(Get|Head|List|Describe|Query|Scan|BatchGet|TransactGet|Decrypt|GenerateDataKey"
    "|Sign$|AdminGet|AdminList)"
)
"""Whatever else is called changes something: what is new is ended too."""
STORES: Final = frozenset({"dynamodb", "s3", "kms"})
"""What moto answers; whoever else is called is told, and what they are told is kept."""

DONE_BEFORE: Final = MappingProxyType(
    {
        "told": "nobody",
        "destroyed": "kept",
        "made": "found",
        "packed": "nothing_to_do",
    }
)
"""What is answered by who finds that it was done, by what is answered by who does it."""

_COUNTED: Final = frozenset({"revision", "decided_revision"})
"""What counts how often something was done."""

type Differing = Mapping[str, tuple[Any, Any]]
type Event = Mapping[str, Any]
type Standing = Mapping[str, Any]


class Stage:
    """The tables and buckets of one house, and nothing else that moto holds."""

    def __init__(self, tables: Mapping[str, str], buckets: Mapping[str, str]) -> None:
        self._tables = {name: table for table, name in tables.items()}
        self._buckets = {name: bucket for bucket, name in buckets.items()}
        self._dynamodb = get_backend("dynamodb")[DEFAULT_ACCOUNT_ID][REGION]
        self._s3 = get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else's tables out: moto copies them all for a transaction."""
        tables = self._dynamodb.tables
        own = OrderedDict((n, t) for n, t in tables.items() if n in self._tables)
        self._dynamodb.tables = own
        try:
            yield
        finally:
            self._dynamodb.tables = tables | self._dynamodb.tables

    def taken(self) -> tuple[Any, Any]:
        """All that lies in them, to be put back; moto closes what is written over."""
        objects = {
            name: (
                [
                    (key, copy.deepcopy(each))
                    for key, each in self._s3.buckets[name].keys.lists()
                ],
                copy.deepcopy(dict(self._s3.buckets[name].multiparts)),
            )
            for name in self._buckets
        }
        return copy.deepcopy(self._dynamodb.tables), objects

    def put_back(self, taken: tuple[Any, Any]) -> None:
        """Have everything as it was taken; it can be put back again."""
        tables, objects = taken
        self._dynamodb.tables = copy.deepcopy(tables)
        for name, (stored, begun) in objects.items():
            bucket = self._s3.buckets[name]
            bucket.keys.clear()
            for key, each in stored:
                bucket.keys.setlist(key, copy.deepcopy(each))
            bucket.multiparts.clear()
            bucket.multiparts.update(copy.deepcopy(begun))

    def standing(self) -> Standing:
        """What lies where, down to the bytes; versions by their place, not their id."""
        found: dict[str, Any] = {}
        versions: dict[str, str] = {}
        for name, bucket in self._buckets.items():
            for key, stored in sorted(self._s3.buckets[name].keys.lists()):
                for number, each in enumerate(stored):
                    place = f"{bucket}/{key} {number}"
                    if each.version_id and each.version_id != "null":
                        versions[str(each.version_id)] = place
                    found[place] = _object_of(each)
            begun = self._s3.buckets[name].multiparts.values()
            found[f"{bucket} begun"] = sorted(each.key_name for each in begun)
        for name, table in self._tables.items():
            for item in self._dynamodb.tables[name].all_items():
                attributes = item.to_json()["Attributes"]
                pk, sk = attributes["pk"]["S"], attributes["sk"]["S"]
                found[f"{table}/{pk} {sk}"] = _named(attributes, versions)
        return found


def _object_of(stored: Any) -> str:
    value = getattr(stored, "value", None)
    return "marker" if value is None else sha256(value).hexdigest()


def _named(attributes: Mapping[str, Any], versions: Mapping[str, str]) -> Any:
    text = json.dumps(attributes, sort_keys=True, default=str)
    for version, place in versions.items():
        text = text.replace(version, place)
    return json.loads(text)


class Calls:
    """Every call to AWS: counted where it changes something, and ended at one of them."""

    def __init__(self, answers: Mapping[str, Callable[[Any], Any]]) -> None:
        self._answers = answers
        self._signed: dict[bytes, Any] = {}
        self.changes: list[str] = []
        self.told: set[str] = set()
        self._end_after, self._ended = 0, False

    def begin(self, end_after: int = 0) -> None:
        """Count from nothing, and end the process after that change; 0: never."""
        self.changes, self.told = [], set()
        self._end_after, self._ended = end_after, False

    def go_on(self) -> None:
        """Do it again, after the process ended; what was told stays told."""
        self.changes, self._end_after, self._ended = [], 0, False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Come in between every client and what answers it."""
        every: Any = BaseClient
        call = every._make_api_call  # every call of every client

        def watching(client: Any, operation: str, given: Any) -> Any:
            return self._through(partial_of(call, client), client, operation, given)

        every._make_api_call = watching
        try:
            yield
        finally:
            every._make_api_call = call

    def _through(
        self, call: Callable[..., Any], client: Any, operation: str, given: Any
    ) -> Any:
        if self._ended:
            raise Killed("an ended process calls nobody")
        if operation == "Sign":
            return self._signature(call, given)
        service = client.meta.service_model.service_name
        if READS.match(operation):
            if service in STORES:
                return call(operation, given)
            return self._answers[operation](given)
        answer = self._changed(call, service, operation, given)
        self.changes.append(operation)
        if len(self.changes) == self._end_after:
            self._ended = True
            raise Killed(operation)
        return answer

    def _changed(
        self, call: Callable[..., Any], service: str, operation: str, given: Any
    ) -> Any:
        if service in STORES:
            return call(operation, given)
        self.told.add(f"{operation} {json.dumps(given, sort_keys=True, default=str)}")
        return self._answers[operation](given) if operation in self._answers else {}

    def _signature(self, call: Callable[..., Any], given: Any) -> Any:
        """The same of the same: a signature is drawn anew each time otherwise."""
        message = bytes(given["Message"])
        if message not in self._signed:
            self._signed[message] = call("Sign", given)
        return self._signed[message]


def partial_of(call: Callable[..., Any], client: Any) -> Callable[..., Any]:
    """A call of one client."""
    return lambda operation, given: call(client, operation, given)


class Standstill(datetime):
    """A clock that stands: what is written at two tries is written at one instant."""

    at: datetime

    @classmethod
    @override
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.at.astimezone(tz or UTC)


class Functions:
    """The entries of functions, each as Lambda calls it, with a clock that stands."""

    def __init__(self, stack: ExitStack, at: datetime) -> None:
        self._stack, self._warm = stack, dict[str, Any]()
        Standstill.at = at

    def module(self, path: str) -> Any:
        """The module of its entry, as a process has it that goes on."""
        if path not in self._warm:
            module = self._stack.enter_context(imported(path))
            module.datetime = Standstill  # type: ignore[attr-defined]
            self._warm[path] = module
        return self._warm[path]

    def __call__(self, path: str, event: Event) -> Any:
        """Its answer, as Lambda hands it on."""
        answer = self.module(path).handler(copy.deepcopy(dict(event)), FakeContext())
        return json.loads(json.dumps(answer))


type Points = Callable[[str, Sequence[str]], Sequence[int]]
"""After which changes a function is ended, by its name and all that it changes."""


def every(_name: str, changes: Sequence[str]) -> Sequence[int]:
    """After each of its changes."""
    return range(1, len(changes) + 1)


def drawn(share: int) -> Points:
    """After one of so many, at least one; drawn by name, so the same ones each time."""

    def some(name: str, changes: Sequence[str]) -> Sequence[int]:
        places = range(1, len(changes) + 1)
        if not places:
            return ()
        drawing = Random(f"{name} {len(changes)}")  # noqa: S311  (nothing is secret)
        return sorted(drawing.sample(places, max(1, len(places) // share)))

    return some


class Killing:
    """Runs functions, each ended after some of its changes in turn."""

    def __init__(
        self, stage: Stage, calls: Calls, functions: Functions, points: Points
    ) -> None:
        self._stage, self._calls, self._functions = stage, calls, functions
        self._points = points
        self.begin()

    def begin(self, anew: frozenset[str] = frozenset(), *, signed: bool = False) -> None:
        """Forget what was ended before.

        `anew` is what the audit trail says each time it is done, as it is on purpose;
        `signed`: a file is signed anew each time, and is another one then.
        """
        self.anew, self.signed = anew, signed
        self.ended: dict[str, list[str]] = {}
        """What each function changed, by its folder."""
        self.points = 0
        """After how many changes one was ended."""
        self.otherwise: list[str] = []
        """Where it ended otherwise, and what is otherwise then."""

    def __call__(self, name: str, path: str, event: Event) -> Any:
        """Run one function in every way; give what it answers undisturbed."""
        before, calls = self._stage.taken(), self._calls
        answer, changes = self._undisturbed(path, event)
        after, told = self._stage.standing(), calls.told
        self.ended.setdefault(path.split(".")[1], []).extend(changes)
        for place in self._points(name, changes):
            self._stage.put_back(before)
            calls.begin(end_after=place)
            try:
                self._functions(path, event)
            except Killed:
                calls.go_on()
            else:
                raise AssertionError(f"{name} was not ended after change {place}")
            again = self._functions(path, event)
            self.points += 1
            found = _told(self._beyond(differing(after, self._stage.standing())))
            found += "".join(f"\ntold: {each}" for each in sorted(calls.told ^ told))
            if again.get("outcome") not in _the_same(answer.get("outcome")):
                found += f"\nanswered: {again}"
            if found:
                where = f"{name}, ended after change {place}, {changes[place - 1]}"
                self.otherwise.append(f"{where}: {found.strip()}")
        if self.otherwise:
            self._stage.put_back(before)
            self._undisturbed(path, event)
        return answer

    def _beyond(self, found: Differing) -> Differing:
        """What differs, beyond that something is said to be done twice that was."""
        return {
            place: (one, other)
            for place, (one, other) in found.items()
            if not (
                (one is None and _said(other) in self.anew)
                or (self.anew and _changed(one, other) <= _COUNTED)
                or (self.signed and _are_files(one, other))
            )
        }

    def _undisturbed(self, path: str, event: Event) -> tuple[Any, list[str]]:
        self._calls.begin()
        answer = self._functions(path, event)
        return answer, self._calls.changes


def _the_same(outcome: str | None) -> frozenset[str | None]:
    """What it may answer at the retry: it is done, or was done before."""
    return frozenset({outcome, DONE_BEFORE.get(outcome or "", outcome)})


def _said(item: Any) -> str:
    """What an entry of the audit trail says, or what stands for one."""
    if item.get("kind") == {"S": "once"}:
        tag: str = item["sk"]["S"].removeprefix("ONCE#").partition("#")[2]
        return tag.rpartition(":")[0]
    return str(item.get("tag", {}).get("S", ""))


def _are_files(one: Any, other: Any) -> bool:
    return (
        isinstance(one, str) and isinstance(other, str) and "marker" not in (one, other)
    )


def _changed(one: Any, other: Any) -> Set[str]:
    """The attributes in which an item is another; it itself where it is no item."""
    if isinstance(one, dict) and isinstance(other, dict):
        return differing(one, other).keys()
    return {"itself"}


def differing(one: Standing, other: Standing) -> Differing:
    """What lies somewhere else, or is something else, with both."""
    return {
        place: (one.get(place), other.get(place))
        for place in sorted(one.keys() | other.keys())
        if one.get(place) != other.get(place)
    }


def _told(found: Differing) -> str:
    """What differs, attribute by attribute: an item is long, and mostly the same."""
    lines = []
    for place, (one, other) in found.items():
        if isinstance(one, dict) and isinstance(other, dict):
            lines.append(f"{place}: {differing(one, other)}")
        else:
            lines.append(f"{place}: {one} -> {other}")
    return "\n".join(lines)


# -- a workflow, as its file says ------------------------------------------------------

type Task = Callable[[str, str, Event], Any]
"""Runs the function of a state: by the state's name, the function's, and its event."""
_FUNCTION: Final = re.compile(r"\$\{(\w+)FunctionArn\}")


def walked(  # noqa: C901  (a case for each type of state, and no more)
    definition: Mapping[str, Any],
    given: Event,
    task: Task,
    meanwhile: Mapping[str, Callable[[], object]],
    fails: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Go through a workflow from its first state to its last; give the last.

    `meanwhile` is what others do, by the state before which they do it; `fails` how a
    state ends that has run its function, and waited in vain: by the error's name.
    """
    name, data = definition["StartAt"], dict(given)
    for _ in range(200):
        state = definition["States"][name]
        meanwhile.get(name, lambda: None)()
        match state["Type"]:
            case "Succeed" | "Fail":
                return str(name)
            case "Choice":
                name = _chosen(state, data)
                continue
            case "Pass":
                data = _with(data, state, state["Result"])
            case "Task":
                event = state["Parameters"]
                event = _filled(event.get("Payload", event), data)
                answer = task(name, function_of(state), event)
                if name in fails:
                    name = _caught(state, fails[name])
                    continue
                data = _with(data, state, answer)
            case "Map":
                for item in _at(state["ItemsPath"], data):
                    each = _filled(state["ItemSelector"], data, item)
                    inner = {**state["ItemProcessor"], "States": _ended_maps(state)}
                    walked(inner, each, task, meanwhile)
            case "Wait":
                pass
            case other:
                raise AssertionError(f"nobody knows how to go through {other}")
        name = state.get("Next", "")
        if not name:
            return "end"
    raise AssertionError("it does not end")


def function_of(state: Mapping[str, Any]) -> str:
    """The construct of the function that a state runs."""
    resource = state["Parameters"].get("FunctionName", state["Resource"])
    [function] = _FUNCTION.findall(resource)
    return str(function)


def _ended_maps(state: Mapping[str, Any]) -> Mapping[str, Any]:
    states: Mapping[str, Any] = state["ItemProcessor"]["States"]
    return states


def _chosen(state: Mapping[str, Any], data: Event) -> str:
    for choice in state["Choices"]:
        if _at(choice["Variable"], data) == choice["StringEquals"]:
            return str(choice["Next"])
    return str(state["Default"])


def _caught(state: Mapping[str, Any], error: str) -> str:
    [then] = [each["Next"] for each in state["Catch"] if error in each["ErrorEquals"]]
    return str(then)


def _filled(template: Event, data: Event, item: object = None) -> dict[str, Any]:
    return {
        name.removesuffix(".$"): _at(value, data, item) if name.endswith(".$") else value
        for name, value in template.items()
    }


def _at(path: str, data: Event, item: object = None) -> Any:
    if path.startswith("$$"):
        return {"$$.Task.Token": "a token", "$$.Map.Item.Value": item}[path]
    found: Any = data
    for part in path.removeprefix("$.").split("."):
        found = found[part]
    return found


def _with(data: Event, state: Mapping[str, Any], result: Any) -> dict[str, Any]:
    path = state.get("ResultPath", "$")
    if path is None:
        return dict(data)
    return dict(result) if path == "$" else {**data, path.removeprefix("$."): result}
