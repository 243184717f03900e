"""The workflows of a consent in memory: what was started, answered and planned."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from beeldrecht.domain.ids import check_id
from beeldrecht.domain.recorded import RecordedFact


class FakeWorkflow:
    """A workflow: the ids that it was started with, by the fact that it follows."""

    def __init__(self) -> None:
        self.started: dict[str, dict[str, str]] = {}

    def start(self, fact_id: str, ids: Mapping[str, str]) -> bool:
        given = {name: check_id(value) for name, value in ids.items()}
        if check_id(fact_id) in self.started:
            return False
        self.started[fact_id] = given
        return True


class FakeTasks:
    """States that wait: what they were answered, by their tokens."""

    def __init__(self, *waiting: str) -> None:
        self.waiting = set(waiting)
        self.answered: dict[str, str] = {}

    def answer(self, token: str, outcome: str) -> bool:
        if token not in self.waiting:
            return False
        self.waiting.remove(token)
        self.answered[token] = outcome
        return True


class FakeSchedules:
    """One-off schedules by name; and every name that was ever dropped."""

    def __init__(self) -> None:
        self.planned: dict[str, tuple[datetime, dict[str, str]]] = {}
        self.dropped: list[str] = []

    def put(self, name: str, at: datetime, ids: Mapping[str, str]) -> None:
        self.planned.setdefault(check_id(name), (at, dict(ids)))

    def drop(self, name: str) -> None:
        self.planned.pop(check_id(name), None)
        self.dropped.append(name)


class FakeMailQueue:
    """The queue `mails`."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, mail_id: str) -> None:
        self.sent.append(check_id(mail_id))


class FakeRegisterFacts:
    """Facts by when they were put on record."""

    def __init__(self) -> None:
        self.facts: list[tuple[datetime, RecordedFact]] = []

    def between(self, first: datetime, last: datetime) -> Iterator[RecordedFact]:
        for at, fact in sorted(self.facts, key=lambda each: each[0]):
            if first <= at <= last:
                yield fact
