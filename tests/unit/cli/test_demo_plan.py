"""The demonstration's organisation and pictures: invented, dated by the day it runs."""

import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import GrantKind, in_force
from beeldrecht.domain.permits import (
    PermitGround,
    RecognitionMode,
    permit_closed_session,
)
from beeldrecht.domain.time import months_later
from cli.api import ProblemError
from cli.files import Candidate
from cli.sending import OnBytes, Store
from cli.web import Reply
from local.demo.founding import Founding, draw_form
from local.demo.organisation import (
    ENDS,
    NAMES,
    Gathering,
    Who,
    signed_on,
)
from local.demo.photos import (
    COVERED,
    ERASED,
    GIVEN,
    PARTLY,
    PORTRAITS,
    RELEASED,
    SUGGESTED,
    WITHDRAWN,
    Shot,
    name_faces,
    prepare,
    shots,
)
from local.demo.staff import EDITOR
from local.demo.telling import Telling
from tests.fakes.http import call
from tests.fakes.subject import Subject
from tests.unit.cli.desks import ADDRESS, Office
from tools.photos import photos

DAYS = [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 31)]


class Town:
    """An office, and the people who hold links to what it asks, in one world."""

    def __init__(self, today: date, folder: Path) -> None:
        self.office = Office().be(Role.EDITOR)
        self.world = self.office.world
        self.world.at = datetime.combine(today, time(12), UTC)
        self.services = self.office.staff.services
        self.subject = Subject(self.world, "demo_subject")
        theirs = self.subject.services
        theirs.requests = self.services.consent_requests
        for name in ("links", "wordings", "sessions", "contacts", "signatures"):
            setattr(theirs, name, getattr(self.services, name))
        self.folder = folder
        self.killed_at: str | None = None
        self.address = ADDRESS
        self.library = self.world.library
        self.world.library.session = self._session  # type: ignore[method-assign]
        self.world.library.save_session = self._save  # type: ignore[method-assign]
        self.asked: list[str] = []

    def _session(self, session_id: str) -> Any:
        return self.services.sessions.get(session_id)

    def _save(self, session: Any) -> None:
        self.services.sessions.sessions[session.session_id] = session

    def __getitem__(self, name: str) -> Any:
        assert name == EDITOR
        return self.office.desk.api

    def user_id(self, name: str) -> str:
        return self.office.user_id

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        path = url.removeprefix(ADDRESS)
        answer = call(
            self.subject.api, method, path, body=(body or b"").decode(), headers=headers
        )
        named = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status, named, answer.text.encode())

    def post(self, form: Mapping[str, Any], file: Candidate, on_bytes: OnBytes) -> None:
        name = form["fields"]["key"].removeprefix("paper/")
        self.services.documents.scans[name] = file.path.read_bytes()

    @property
    def telling(self) -> Telling:
        out = Console(file=io.StringIO())
        staff = cast("Any", self)
        store = Store(post=self.post)
        return Telling(staff, staff, out, "nl", self.send, store)

    def found(self) -> Mapping[Gathering, str]:
        today = self.world.at.date()
        return Founding(self.telling, self.folder, today).found()

    def live(self, who: Who, on: date) -> set[Channel]:
        """Where this person's picture may be used at noon of that day."""
        noon = datetime.combine(on, time(12, 30), UTC)
        facts = self.world.register.facts([self.telling.people()[who]])
        return {
            channel
            for grant in facts.grants
            if grant.kind is GrantKind.IMAGE_CONSENT
            if in_force(grant, facts.withdrawals, noon)
            for channel in grant.channels
        }


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(DAYS[0], tmp_path)


@pytest.mark.parametrize("today", DAYS)
def test_each_person_shows_one_state_of_consent_whatever_the_day(
    today: date, tmp_path: Path
) -> None:
    town = Town(today, tmp_path)
    town.found()
    states = {who: town.live(who, today) for who in Who}
    assert states == {
        Who.DANIEL: set(Channel),
        Who.ANNA: {Channel.WEBSITE},
        Who.HENK: set(),  # is asked when his picture is there
        Who.WILLEM: set(),
        Who.SANNE: set(),
        Who.MARC: set(),
        Who.ELS: set(Channel),
    }
    assert town.live(Who.ANNA, today + timedelta(days=30)) == set()
    assert Channel.WEBSITE in town.live(Who.WILLEM, today - timedelta(days=10))


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("months", [12, 24, 36])
def test_a_form_is_dated_so_that_it_ends_when_it_should(today: date, months: int) -> None:
    for ends in ENDS.values():
        last = today + ends
        ended = months_later(signed_on(last, months), months)
        # The end of a month has fewer days than others: at most three earlier.
        assert last - timedelta(days=3) <= ended <= last


def test_only_the_closed_session_may_recognise_anybody(town: Town) -> None:
    sessions = town.found()
    people = town.telling.people()
    studio = town.services.sessions.get(sessions[Gathering.STUDIO])
    reception = town.services.sessions.get(sessions[Gathering.RECEPTION])
    assert studio is not None
    assert reception is not None
    grants = town.world.register.facts([people[Who.DANIEL]]).grants
    permit = permit_closed_session(
        studio,
        frozenset(),
        RecognitionMode.CLOSED_SESSION,
        grants,
        (),
        town.world.at + timedelta(minutes=1),
    )
    assert permit.ground is PermitGround.CLOSED_SESSION
    assert permit.subject_ids == {people[Who.DANIEL]}
    assert not reception.closed
    assert reception.roster == {people[Who.SANNE], people[Who.ELS]}


def test_founding_again_records_nothing_and_changes_nothing(town: Town) -> None:
    sessions = town.found()
    people = town.telling.people()
    before = town.world.register.facts(people.values())
    town.world.at += timedelta(days=2)
    town.office.sent.clear()
    assert town.found() == sessions
    assert {method for method, _ in town.office.sent} == {"GET"}
    assert town.telling.people() == people
    assert town.world.register.facts(people.values()) == before


def test_a_founding_that_was_killed_at_any_request_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Town(DAYS[0], tmp_path)
    whole.found()
    acts = [each for each in whole.office.sent if each[0] != "GET"]
    for last in range(1, len(acts)):
        town = Town(DAYS[0], tmp_path)
        answered = town.office.desk.send
        left = [last]

        def killing(method: str, url: str, **sent: Any) -> Reply:
            reply = answered(method, url, **sent)  # noqa: B023
            left[0] -= method != "GET"  # noqa: B023
            if left[0] == 0:  # noqa: B023
                raise KeyboardInterrupt  # done over there, and nobody heard of it
            return reply

        town.office.desk.send = killing
        with pytest.raises(KeyboardInterrupt):
            town.found()
        del town.office.desk.api
        town.office.desk.send = answered
        town.found()
        people = town.telling.people()
        assert len(people) == len(Who)
        assert len(town.services.sessions.page(None, 10).sessions) == len(Gathering)
        assert town.live(Who.ANNA, DAYS[0]) == {Channel.WEBSITE}
        assert town.live(Who.SANNE, DAYS[0]) == set()
        listed = list(town[EDITOR].each("/v1/people", "items"))
        assert len(listed) == len(Who)


def test_whoever_was_erased_does_not_come_back(tmp_path: Path) -> None:
    town = Town(DAYS[0], tmp_path)
    Founding(town.telling, tmp_path, DAYS[0], {Who.ELS}).found()
    assert set(town.telling.people()) == set(Who) - {Who.ELS}


def test_a_link_to_sign_by_works_once(town: Town) -> None:
    town.found()
    henk = town.telling.people()[Who.HENK]
    order = {
        "people": [{"person_id": henk}],
        "wording": town.telling.standard()["wording"],
        "delivery": "tablet",
    }
    asked = town[EDITOR].post("/v1/consent-requests", order, key="k" * 16)
    page = town.telling.page(asked["items"][0]["url"])
    signed = page.sign(NAMES[Who.HENK])
    assert town.live(Who.HENK, DAYS[0]) == set(Channel)
    with pytest.raises(ProblemError) as refused:
        page.sign(NAMES[Who.HENK])
    assert refused.value.code == "link_not_valid"
    own = town.telling.page(signed["page_url"])
    assert own.ask("withdraw", {"all": True})["withdrawn"]
    assert town.live(Who.HENK, DAYS[0]) == set()


def test_a_form_that_was_scanned_is_small_and_can_be_read() -> None:
    scan = draw_form(Who.ANNA, DAYS[0])
    out = io.BytesIO()
    scan.save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    darkest, lightest = cast("tuple[float, float]", scan.getextrema())
    assert lightest - darkest > 200


def test_nothing_that_is_shown_carries_a_real_name() -> None:
    real = {part for p in photos().values() for part in p.person.split("_")}
    shown = [*NAMES.values(), *(shot.name for shot in shots())]
    for text in shown:
        assert not real & set(re.findall(r"[a-z]+", text.lower()))


def test_the_plan_has_the_pictures_that_its_steps_need() -> None:
    plan = {shot.name: shot for shot in shots()}
    assert len(plan) == len(shots())
    assert {*PORTRAITS, RELEASED, WITHDRAWN, SUGGESTED, GIVEN, PARTLY} <= set(plan)
    # Whoever is erased is alone in one picture and with somebody else in the other.
    theirs = {shot.name: shot.faces for shot in shots() if Who.ELS in shot.faces}
    assert theirs == {ERASED: (Who.ELS,), COVERED: (Who.ELS, Who.DANIEL)}
    for name in PORTRAITS:
        assert plan[name].faces == (Who.DANIEL,)
    assert plan[SUGGESTED].late
    assert plan[SUGGESTED].at is Gathering.STUDIO
    assert [s.name for s in plan.values() if s.at is Gathering.STUDIO] == [SUGGESTED]


def seen(face_id: str, x: float, y: float, side: float = 100.0) -> Face:
    pose = FacePose(0.0, 0.0, 0.9)
    return Face(face_id, Box(x, y, side, side), ((0.0, 0.0),) * 5, 0.9, pose)


def shot(*faces: tuple[Who | None, float, float]) -> Shot:
    boxes = [(x, y, 100.0, 100.0) for _, x, y in faces]
    return Shot("x.jpg", Path.touch, tuple(who for who, _, _ in faces), lambda: boxes)


def test_the_editor_names_the_face_that_covers_the_true_box_best() -> None:
    plan = shot((Who.ANNA, 0, 0), (Who.HENK, 300, 0), (None, 600, 0))
    faces = [seen("right", 310, 5), seen("left", 8, 0), seen("stranger", 600, 0)]
    assert name_faces(plan, faces) == {"left": Who.ANNA, "right": Who.HENK}


def test_a_face_that_hardly_overlaps_stays_without_a_name() -> None:
    plan = shot((Who.ANNA, 0, 0))
    assert name_faces(plan, [seen("half", 49, 0)]) == {"half": Who.ANNA}
    assert name_faces(plan, [seen("less", 51, 0)]) == {}
    assert name_faces(plan, [seen("away", 500, 500)]) == {}
    assert name_faces(plan, []) == {}


def test_a_file_appears_whole_or_not_at_all_and_is_made_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"half")
        if len(made) == 1:
            raise OSError("killed")
        path.write_bytes(b"whole")

    plan = Shot("x.jpg", make)
    with pytest.raises(OSError, match="killed"):
        prepare(plan, tmp_path / "photos")
    assert not (tmp_path / "photos/x.jpg").exists()
    for _ in range(2):
        assert prepare(plan, tmp_path / "photos").read_bytes() == b"whole"
    assert len(made) == 2
