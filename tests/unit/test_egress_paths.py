"""Whichever way a picture leaves, nobody is seen in it whom the record does not clear.

Every way out over one library in memory, packages and a person's own copy among them,
held against a reading of the facts that shares nothing with what decides: who is in it,
what they gave for which channel and until when, and what they took back.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.access import Role
from beeldrecht.domain.channel_renditions import public_id
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Grant, Withdrawal
from beeldrecht.domain.disclosures import Disclosure
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.people import AppearanceStatus
from clearance.release_asset import step as release_step
from egress.download_asset.step import Versions
from egress.pack_assets.step import Bench, pack_assets
from egress.pack_assets.step import Event as PackEvent
from tests.fakes.exporting import Exporting, seen_in
from tests.fakes.http import call
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, face_id, grant
from tests.fakes.scenes import examined
from tests.fakes.staff import Staff, as_
from tests.fakes.subject import SITE, Subject

EDITOR = as_(Role.EDITOR)
CHANNELS = (Channel.WEBSITE, Channel.PRINT, Channel.PRESS)
ENDS = tuple(NOON + timedelta(hours=hours) for hours in (1, 3, 9))


@dataclass(frozen=True)
class Case:
    """A mix: who is in it, what they gave, what was released, and when it is asked."""

    people: tuple[str, ...]
    gave: tuple[tuple[str, frozenset[Channel], datetime], ...]
    released: frozenset[Channel]
    asked: tuple[datetime, ...]
    taken: frozenset[str]


CASES = st.builds(
    Case,
    people=st.lists(st.sampled_from([ANN, BOB]), min_size=1, max_size=3).map(tuple),
    gave=st.lists(
        st.tuples(
            st.sampled_from([ANN, BOB]),
            st.frozensets(st.sampled_from(CHANNELS), min_size=1),
            st.sampled_from(ENDS),
        ),
        max_size=4,
        unique_by=lambda each: (each[0], each[2]),
    ).map(tuple),
    released=st.frozensets(st.sampled_from(CHANNELS), min_size=1),
    asked=st.lists(
        st.sampled_from([NOON + timedelta(hours=h) for h in (0, 1, 2, 3, 4, 9)]),
        min_size=1,
        max_size=2,
        unique=True,
    ).map(lambda each: tuple(sorted(each))),
    taken=st.frozensets(st.sampled_from([ANN, BOB])),
)


class _Places:
    """Gives for bytes where they lay."""

    def read(self, place: str) -> bytes:
        return place.encode()


class House:
    """A picture as the case has it, with a share and an embed of it for each channel."""

    def __init__(self, case: Case) -> None:
        world = examined(len(case.people))
        world.masks.cover = lambda data, _faces, _orientation: data
        world.know(BOB)
        self.grants: list[Grant] = []
        for person_id, channels, until in case.gave:
            self.grants.append(grant(person_id, until=until, channels=channels))
        world.sign(*self.grants)
        for place, person_id in enumerate(case.people):
            world.answer(face_id(place), person_id)
        world.check()
        with suppress(release_step.NotReleasableError):
            world.release(*case.released)
        self.case, self.world = case, world
        self.covered: frozenset[str] = frozenset()
        """Of the package that was fetched last: who is covered in it."""
        self.taken: set[str] = set()
        self.staff = Staff(world)
        self.subject = Subject(world)
        self.subject.services.links = self.staff.services.links
        self.subject.services._made = 10_000
        self.tokens = {each: self._shared(each) for each in CHANNELS}
        self.packages = {each: self._packed(each) for each in CHANNELS}
        self.embeds = {each: self._embedded(each) for each in CHANNELS}

    def _shared(self, channel: Channel) -> str:
        order = {"asset_ids": [PICTURE], "channel": channel, "way": "share_download"}
        made = self.staff.post("/v1/shares", EDITOR, order)
        url: str = made.json["url"]
        return url.partition("#")[2]

    def _embedded(self, channel: Channel) -> str:
        order = {"asset_id": PICTURE, "channel": channel, "where": "www"}
        url: str = self.staff.post("/v1/embeds", EDITOR, order).json["url"]
        return url.removeprefix(SITE)

    def _packed(self, channel: Channel) -> str:
        """A package of it, made at this instant."""
        order = {"asset_ids": [PICTURE], "channel": channel}
        services = self.staff.services
        key = {"Idempotency-Key": services.new_id()}
        made = self.staff.post("/v1/packages", EDITOR, order, headers=key).json
        bench = Bench(
            services.packages,
            self.world.library,
            self.world.register,
            self.world.bases,
            Versions(self.world.masks, self.world.renditions, self.world.renders),
            self.world.disclosures,
            _Places(),
            services.package_files,
            self.world.now,
            services.new_id,
        )
        package_id: str = made["package_id"]
        pack_assets(PackEvent(package_id=package_id), "one", bench)
        return package_id

    def _fetched(self, package_id: str) -> str | None:
        """Where the file lies, once it may leave; what lies in it is held against now."""
        answer = self.staff.post(f"/v1/packages/{package_id}/downloads", EDITOR, {})
        if answer.status != 201:
            return None
        data = self.staff.services.package_files.packages[package_id]
        with ZipFile(io.BytesIO(data)) as whole:
            lay = [whole.read(name).decode() for name in whole.namelist()]
        inside = self.staff.services.packages.packed(package_id, PICTURE)
        assert inside is not None
        self.covered = inside.covered
        return "".join(lay)

    def take_back(self, person_id: str) -> None:
        self.taken.add(person_id)
        for each in self.grants:
            if each.person_id == person_id:
                taken = derived_id("taken", each.grant_id)
                self.world.register.withdraw(
                    Withdrawal(taken, each.grant_id, person_id, self.world.at)
                )

    def uncleared(self, channel: Channel) -> set[str]:
        """By the facts alone: the faces of those who gave no such use that holds now."""
        cleared = {
            person_id
            for person_id, channels, until in self.case.gave
            if channel in channels
            and self.world.at < until
            and person_id not in self.taken
        }
        people = enumerate(self.case.people)
        return {face_id(n) for n, person in people if person not in cleared}

    def ways(self, channel: Channel) -> Iterator[tuple[str, Callable[[], str | None]]]:
        """Every way out for that channel, each giving where what came out lies."""
        token = self.tokens[channel]

        def taken(**order: str) -> str | None:
            body = {"channel": channel, **order}
            answer = self.staff.post(f"/v1/assets/{PICTURE}/downloads", EDITOR, body)
            return answer.json["url"] if answer.status == 201 else None

        def seen() -> str | None:
            answer = self.subject.ask("share/picture", token, {"asset_id": PICTURE})
            url: str | None = answer.json["url"]
            return url

        def fetched() -> str | None:
            answer = self.subject.ask("share/download", token, {"asset_id": PICTURE})
            return answer.json["url"] if answer.status == 200 else None

        def embedded() -> str | None:
            answer = call(self.subject.api, "GET", self.embeds[channel], user=None)
            return answer.headers["Location"] if answer.status == 302 else None

        def packed() -> str | None:
            return self._fetched(self._packed(channel))

        def packed_before() -> str | None:
            return self._fetched(self.packages[channel])

        yield "download", taken
        if channel is CHANNELS[0]:
            yield "package", packed
        yield "package of before", packed_before
        yield "channel size", lambda: taken(size="full_size")
        yield "share, seen", seen
        yield "share, fetched", fetched
        yield "embed", embedded

    def copies(self) -> list[Disclosure]:
        return list(self.world.disclosures.of_asset(PICTURE, self.world.at))

    def told(self) -> dict[str, str]:
        path = f"/check/{public_id(PICTURE)}"
        answer: Any = call(self.subject.api, "GET", path, user=None).json
        return {each["channel"]["id"]: each["may"]["id"] for each in answer["uses"]}


def look(house: House) -> None:
    """Try every way for every channel, and hold what came out against the facts."""
    for channel in CHANNELS:
        hidden = house.uncleared(channel)
        served = set()
        for name, out in house.ways(channel):
            before = {each.disclosure_id for each in house.copies()}
            url = out()
            if url is None:
                continue
            served.add(name)
            if name.startswith("package"):
                assert hidden <= house.covered, name
            assert channel in house.case.released, name
            new = [e for e in house.copies() if e.disclosure_id not in before]
            # Who looks again within the hour received a copy that is on record already.
            mine = new or [e for e in house.copies() if e.channel is channel]
            assert any(hidden <= each.masked for each in mine), name
            assert not hidden or "/preview" not in url, name
        told = house.told()[channel.value]
        assert not (told == "copy_may" and hidden)
        assert bool(served) <= (told != "copy_may_not")
        preview = house.staff.get(
            f"/v1/assets/{PICTURE}/masked", EDITOR, query={"channel": channel}
        )
        if preview.status == 200:
            assert hidden <= set(preview.json["faces"])


@settings(max_examples=20, deadline=None)
@given(CASES)
def test_no_way_out_shows_whom_the_record_does_not_clear(case: Case) -> None:
    house = House(case)
    for at in case.asked:
        house.world.at = at
        look(house)
    for person_id in sorted(case.taken):
        house.take_back(person_id)
        look(house)


def test_every_way_out_is_open_where_it_may_be() -> None:
    """Or the property would hold of a house with no door."""
    whole = frozenset(CHANNELS)
    case = Case((ANN,), ((ANN, whole, ENDS[2]),), whole, (NOON,), frozenset())
    house = House(case)
    for name, out in house.ways(Channel.WEBSITE):
        assert out(), name
    house.take_back(ANN)
    for name, out in house.ways(Channel.WEBSITE):
        assert not out(), name


SEEN = st.tuples(
    st.sampled_from([None, ANN, BOB]), st.sampled_from(list(AppearanceStatus))
)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(SEEN, min_size=1, max_size=4), min_size=1, max_size=2),
    st.booleans(),
)
def test_in_a_copy_for_a_person_nobody_else_can_be_seen(
    pictures: list[list[tuple[str | None, AppearanceStatus]]], complete: bool
) -> None:
    """Held against the pixels: of all heads, those alone that are surely theirs."""
    house = Exporting()
    house.know(ANN, "Ann de Vries")
    house.know(BOB, "Bob Bakker")
    theirs: dict[str, set[int]] = {}
    for seen in pictures:
        asset_id = house.picture(*(None for _ in seen), complete=complete)
        for place, (person_id, status) in enumerate(seen):
            if person_id is not None:
                face_id = derived_id("face", asset_id, str(place))
                house.appears(asset_id, face_id, person_id, status)
        theirs[asset_id] = {
            place
            for place, said in enumerate(seen)
            if said == (ANN, AppearanceStatus.CONFIRMED)
        }
    export = house.begin(ANN)
    assert house.run(export) == "packed"
    given_out = house.package(export)
    for asset_id, heads in theirs.items():
        named = [name for name in given_out if asset_id in name]
        for name in named:
            if name.endswith(".jpg"):
                assert seen_in(given_out[name]) <= heads
                assert heads, "a picture in which nobody is surely them"
