"""Pictures in every state and every collection, and every kind of user.

What is in it is known by how it was made, and not by asking the code that decides: which
picture leaves, who sent it, what it is in, who is a member of what, and what waits.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from types import MethodType
from typing import Any

from api.user_api.app import build as build_users
from beeldrecht.domain.access import Operation, Role, Scene, User
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.collections import Collection, lost
from beeldrecht.domain.consent import GrantKind, Withdrawal
from beeldrecht.domain.four_eyes import OPEN_FOR, Proposal, approved, carried_out, propose
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import Rejection
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.logs import logger
from library.search_library.app import build as build_search
from tests.fakes.asked import furnish
from tests.fakes.library import Row
from tests.fakes.samples import ANN, BOB, NOON, Sight, grant, seen
from tests.fakes.searching import FakeIndex, FakeSearches
from tests.fakes.staff import Staff
from tests.fakes.users import FakeUsers
from tests.fakes.world import World

HOUR = timedelta(hours=1)
NEVER_MADE = derived_id("estate", "never made")
SOMEBODY_ELSE = derived_id("estate", "somebody else")
SECOND_PERSON = derived_id("estate", "second person")


class State(StrEnum):
    """How far a picture has come."""

    EXPECTED = "expected"
    REJECTED = "rejected"
    RECEIVED = "received"
    SUGGESTED = "suggested"
    READY = "ready"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    """Released; then the person in it took the consent back."""


LEAVES = {State.RELEASED}
PLACES: dict[str, tuple[str, ...]] = {
    "nowhere": (),
    "open": ("open",),
    "a": ("a",),
    "b": ("b",),
    "both": ("a", "b"),
    "open and a": ("open", "a"),
    "lost": ("gone",),
}
CEILINGS: tuple[tuple[Role | None, Role | None], ...] = (
    (None, None),
    (Role.VIEWER, Role.EDITOR),
    (Role.CONTRIBUTOR, None),
    (Role.EDITOR, Role.VIEWER),
    (Role.EDITOR, Role.EDITOR),
)
"""What somebody is in the restricted collections `a` and `b`."""


def collection_id(name: str) -> str:
    return derived_id("estate", "collection", name)


def role_sets() -> Iterator[frozenset[Role]]:
    """None, each, every two, an editor who recognises with every other, and all."""
    for count in (0, 1, 2):
        yield from map(frozenset, itertools.combinations(Role, count))
    for each in sorted(set(Role) - {Role.EDITOR, Role.RECOGNISER}):
        yield frozenset({Role.EDITOR, Role.RECOGNISER, each})
    yield frozenset(Role)


@dataclass(frozen=True)
class Picture:
    """One picture."""

    state: State
    place: str

    @property
    def asset_id(self) -> str:
        return derived_id("estate", "picture", self.state, self.place)

    @property
    def base_id(self) -> str:
        """The picture that this one is a copy of."""
        return derived_id("estate", "base", self.state)


class Estate:
    """The staff's three APIs over everything that there can be."""

    def __init__(self) -> None:
        self.users: list[User] = []
        self.memberships: dict[str, tuple[Role | None, Role | None]] = {}
        for roles, ceilings in itertools.product(role_sets(), CEILINGS):
            name = ",".join(sorted(roles)), "/".join(str(each) for each in ceilings)
            user_id = derived_id("estate", "user", *name)
            self.users.append(User(user_id, roles, NOON))
            self.memberships[user_id] = ceilings
        self.pictures = [Picture(*each) for each in itertools.product(State, PLACES)]
        self.staff = Staff(_filled(self.pictures))
        furnish(self.staff)
        self.accounts = FakeUsers()
        self.account_id = derived_id("estate", "account")
        self.users_api = build_users(_Accounts(self), logger("user_api"))
        self.searches = FakeSearches()
        self.search_api = build_search(_Searching(self), logger("search_library"))
        self._found()
        self._saved = _twin(self._kept(), {})

    # -- what is in it ---------------------------------------------------------------

    def collection(self, name: str) -> Collection:
        """A collection as the policy has to see it."""
        there = self.staff.services.collections.collections
        which = collection_id(name)
        return there.get(which) or lost(which)

    def scene(self, picture: Picture, *more: Collection) -> Scene:
        """A picture as it is by how it was made, put into `more` besides."""
        row = self.staff.world.library.rows[picture.asset_id]
        return Scene(
            uploader_id=row.record.announcement.uploader_id,
            leaves=picture.state in LEAVES,
            collections=(*map(self.collection, PLACES[picture.place]), *more),
        )

    def give(self, picture: Picture, uploader_id: str) -> None:
        """Have it sent by somebody."""
        row = self.staff.world.library.rows[picture.asset_id]
        announced = replace(row.record.announcement, uploader_id=uploader_id)
        row.record = replace(row.record, announcement=announced)

    def face(self, picture: Picture) -> str:
        """A face in it; one that is not there where nobody has looked."""
        row = self.staff.world.library.rows[picture.asset_id]
        return next(iter(row.faces), NEVER_MADE)

    def revision(self, picture: Picture) -> int:
        return self.staff.world.record(picture.asset_id).revision

    def wait(
        self,
        operation: Operation,
        what: dict[str, str],
        how: str,
        by: str,
        second: str = SECOND_PERSON,
    ) -> str:
        """Have something wait for a second person, or have waited; give its id."""
        made = propose(operation, what, by, NOON - HOUR)
        kinds: dict[str, Callable[[], Proposal]] = {
            "open": lambda: made,
            "lapsed": lambda: propose(operation, what, by, NOON - OPEN_FOR),
            "approved": lambda: approved(made, SECOND_PERSON, NOON),
            "done": lambda: carried_out(approved(made, second, NOON), NOON),
        }
        there = self.staff.services.proposals.proposals
        there[made.proposal_id] = kinds[how]()
        return made.proposal_id

    # -- and again as it was ---------------------------------------------------------

    def restore(self) -> None:
        """Undo whatever happened since it was made."""
        services, self.accounts, self.searches = _twin(self._saved, {})
        vars(self.staff.services).update(services)
        self.staff.world = self.staff.services.world

    def _kept(self) -> tuple[dict[str, Any], FakeUsers, FakeSearches]:
        return vars(self.staff.services), self.accounts, self.searches

    # -- making it -------------------------------------------------------------------

    @property
    def apis(self) -> tuple[Api, ...]:
        """Whatever staff may ask."""
        return self.staff.api, self.users_api, self.search_api

    def api(self, path: str) -> Api:
        """The one that answers under a path."""
        if path.startswith(("/v1/search", "/v1/saved-searches")):
            return self.search_api
        return self.users_api if path.startswith("/v1/users") else self.staff.api

    def _found(self) -> None:
        in_a = {who: a for who, (a, _) in self.memberships.items() if a}
        in_b = {who: b for who, (_, b) in self.memberships.items() if b}
        empty: dict[str, Role] = {}
        for name, members in (("open", empty), ("a", in_a), ("b", in_b)):
            restricted = name != "open"
            made = Collection(collection_id(name), name, restricted, members, 1)
            self.staff.services.collections.add(made, NOON)
        for user_id in (self.account_id, SOMEBODY_ELSE):
            self.accounts.accounts[user_id] = Account(
                user_id, f"{user_id}@example.org", frozenset(), AccountStatus.ACTIVE, NOON
            )


class _Accounts:
    """What the user API works with: whatever there is at the moment."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate

    def __getattr__(self, name: str) -> Any:
        if name == "accounts":
            return self._estate.accounts
        return getattr(self._estate.staff.services, name)


class _Searching:
    """What the search API works with: whatever there is at the moment."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate

    @property
    def index(self) -> FakeIndex:
        services = self._estate.staff.services
        return FakeIndex(services.world.library, services.collections, services.now)

    def __getattr__(self, name: str) -> Any:
        if name == "searches":
            return self._estate.searches
        return getattr(self._estate.staff.services, name)


def _filled(pictures: list[Picture]) -> World:
    """The people, one picture in each state, and its copies everywhere."""
    world = World()
    world.masks.cover = lambda jpeg, _faces, _width: jpeg
    world.know(ANN, BOB)
    world.sign(grant(ANN), grant(ANN, GrantKind.BIOMETRIC_CONSENT), grant(BOB))
    world.recognise(RecognitionMode.CLOSED_SESSION)
    world.sight = Sight((seen(0),))
    for state in State:
        _brought(world, Picture(state, "nowhere").base_id, state)
    consent = grant(BOB)
    world.register.withdraw(Withdrawal("0" * 32, consent.grant_id, BOB, NOON - HOUR))
    for picture in pictures:
        base = world.library.rows[picture.base_id]
        world.library.rows[picture.asset_id] = _copied(base, picture)
        for rendition in base.record.renditions:
            world.renditions.stored[picture.asset_id, rendition] = b""
    for state in State:
        world.library.forget(Picture(state, "nowhere").base_id)
    return world


def _brought(world: World, base: str, state: State) -> None:
    """A picture taken as far as that state."""
    world.announce(base)
    if state is State.REJECTED:
        world.library.reject(world.record(base), Rejection("unreadable"), NOON)
    if state in {State.EXPECTED, State.REJECTED}:
        return
    world.upload(asset_id=base)
    world.receive(base)
    if state is State.RECEIVED:
        return
    world.detect(base)
    (face,) = world.library.rows[base].faces
    if state is State.SUGGESTED:
        status, band = AppearanceStatus.SUGGESTED, SuggestionBand.LIKELY
        world.library.suggest([Appearance(base, face, ANN, status, band=band)])
    else:
        whose = BOB if state is State.WITHDRAWN else ANN
        world.answer(face, whose, asset_id=base)
    world.check(base)
    if state in {State.RELEASED, State.WITHDRAWN}:
        world.release(Channel.WEBSITE, asset_id=base)


def _copied(base: Row, picture: Picture) -> Row:
    announced = replace(
        base.record.announcement,
        asset_id=picture.asset_id,
        uploader_id=SOMEBODY_ELSE,
    )
    ids = frozenset(map(collection_id, PLACES[picture.place]))
    return replace(
        base,
        record=replace(base.record, announcement=announced, collection_ids=ids),
        faces=dict(base.faces),
        appearances={
            pair: replace(each, asset_id=picture.asset_id)
            for pair, each in base.appearances.items()
        },
    )


def _twin(value: Any, made: dict[int, Any]) -> Any:
    """The fakes and what they hold once more; what cannot change is shared."""
    if id(value) in made:
        return made[id(value)]
    match value:
        case dict():
            twin: Any = made.setdefault(id(value), type(value)())
            twin |= {key: _twin(each, made) for key, each in value.items()}
        case list() | tuple() if type(value) in {list, tuple}:
            twin = type(value)(_twin(each, made) for each in value)
        case set():
            twin = set(value)
        case MethodType():
            twin = getattr(_twin(value.__self__, made), value.__name__)
        case _ if type(value).__module__.startswith("tests.fakes."):
            twin = made.setdefault(id(value), object.__new__(type(value)))
            if hasattr(value, "__dict__"):
                vars(twin).update(_twin(vars(value), made))
        case _:
            return value
    return twin
