"""Generated calls: anybody asks for anything, and what the policy says of it is known.

What counts is what comes back: an answer under 400 to a call that the description of the
roles does not allow is a hole, whatever let it through.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from tests.fakes.access_oracle import allowed
from tests.fakes.estate import SOMEBODY_ELSE, Estate, Picture, State
from tests.fakes.http import Answer, call
from tests.fakes.samples import NOON

FRESH, STALE = timedelta(minutes=1), timedelta(minutes=60)


@dataclass(frozen=True)
class Call:
    """A request, and what has to be allowed for it."""

    method: str
    path: str
    asks: tuple[tuple[Op, Scene | None], ...]
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] | None = None
    absent: str | None = None
    """The same path with an identifier that was never made."""
    also: bool = True
    """What else has to hold, that no role gives: that it is theirs."""
    may_miss: bool = False
    """Whether it is right that nothing is found, although they may ask."""
    at_any_age: bool = False
    """Whether it asks for no recent sign-in, as what restricts does not."""
    alone: bool = True
    """Whether one person is enough for it."""
    picture: Picture | None = None
    seen: Scene | None = None
    """The scene of what is shown, where an answer lists affordances."""

    def permitted(self, user: User, *, just_signed_in: bool = False) -> bool:
        """Whether the description of the roles lets this user go on."""
        anew = just_signed_in or self.at_any_age
        who = replace(user, signed_in_at=NOON) if anew else user
        return self.also and all(
            allowed(who, operation, NOON, scene) for operation, scene in self.asks
        )


@dataclass
class Asker:
    """Makes calls on an estate, for one user at a time."""

    estate: Estate
    random: Random

    def any_user(self) -> User:
        return self.random.choice(self.estate.users)

    def picture(self, user: User, *states: State) -> Picture:
        """Some picture, a third of the time their own upload."""
        which = [p for p in self.estate.pictures if not states or p.state in states]
        picture = self.random.choice(which)
        own = self.random.random() < 0.35
        self.estate.give(picture, user.user_id if own else SOMEBODY_ELSE)
        return picture

    def tag(self, revision: int) -> dict[str, str]:
        """If-Match, mostly right."""
        return {"If-Match": f'"{revision + (self.random.random() < 0.05)}"'}

    def key(self) -> dict[str, str]:
        return {"Idempotency-Key": f"{self.random.getrandbits(120):030x}"}

    def how_waiting(self) -> str:
        return self.random.choice(["open", "open", "open", "approved", "lapsed"])


type Make = Callable[[Asker, User], Call]
type Kinds = Mapping[tuple[str, str], Make]


@dataclass
class Tally:
    """What came of the calls; each list names the calls that should not have been."""

    calls: int = 0
    permitted: int = 0
    forbidden: int = 0
    compared: int = 0
    """Refusals that were held against the answer to an identifier never made."""
    statuses: Counter[int] = field(default_factory=Counter)
    routes: Counter[tuple[str, str]] = field(default_factory=Counter)
    holes: list[str] = field(default_factory=list)
    """Forbidden, and done."""
    told: list[str] = field(default_factory=list)
    """Forbidden, and answered with anything but a plain refusal."""
    unlike: list[str] = field(default_factory=list)
    """Forbidden, and told apart from what is not there."""
    shut: list[str] = field(default_factory=list)
    """Permitted, and refused as if it were not."""
    alone: list[str] = field(default_factory=list)
    """Done by one person where it takes two."""
    offered: list[str] = field(default_factory=list)
    """Offered by an affordance or shown in a list, and not theirs."""

    @property
    def wrong(self) -> dict[str, list[str]]:
        """All that should not have been, by its kind."""
        kinds = ("holes", "told", "unlike", "shut", "alone", "offered")
        return {kind: getattr(self, kind) for kind in kinds if getattr(self, kind)}


class Judge:
    """Makes calls and holds what comes back against the description of the roles."""

    def __init__(self, estate: Estate, kinds: Kinds, seed: int) -> None:
        self.estate = estate
        self.asker = Asker(estate, Random(seed))  # noqa: S311  # not a secret
        self.tally = Tally()
        self._kinds = sorted(kinds.items())

    def run(self, count: int) -> Tally:
        """So many calls, each route as often as the others."""
        for n in range(count):
            route, make = self._kinds[n % len(self._kinds)]
            self._one(route, make)
        return self.tally

    def _one(self, route: tuple[str, str], make: Make) -> None:
        random, tally = self.asker.random, self.tally
        self.estate.staff.services.proposals.proposals.clear()
        ago = STALE if random.random() < 0.25 else FRESH
        user = replace(self.asker.any_user(), signed_in_at=NOON - ago)
        made = make(self.asker, user)
        permitted = made.permitted(user)
        before = self._fingerprint(made)
        answer = self._send(made, user)
        name = f"{made.method} {made.path} {sorted(user.roles)} -> {answer.status}"
        tally.calls += 1
        tally.routes[route] += 1
        tally.statuses[answer.status] += 1
        if permitted:
            tally.permitted += 1
            missed = made.may_miss and answer.status == 404
            if answer.status in {401, 403, 404} and not missed:
                tally.shut.append(name)
        else:
            tally.forbidden += 1
            self._forbidden(made, user, answer, name)
        if not made.alone and self._fingerprint(made) != before:
            tally.alone.append(name)
        if answer.status == 200:
            tally.offered += [
                f"{name}: {what}" for what in self._excess(made, answer, user)
            ]
        if random.random() < 0.02 and self._send(made, None).status != 401:
            tally.holes.append(f"nobody: {name}")
        if made.method != "GET" and answer.status < 400:
            self.estate.restore()

    def _forbidden(self, made: Call, user: User, answer: Answer, name: str) -> None:
        tally = self.tally
        if answer.status < 400:
            tally.holes.append(name)
        elif answer.status not in {403, 404}:
            tally.told.append(name)
        elif made.permitted(user, just_signed_in=True):
            if answer.json["code"] != "sign_in_again":
                tally.told.append(name)
        elif made.absent is not None:
            tally.compared += 1
            absent = self._send(replace(made, path=made.absent), user)
            if absent != answer:
                tally.unlike.append(f"{name} and {absent.status}")

    def _send(self, made: Call, user: User | None) -> Answer:
        return call(
            self.estate.api(made.path),
            made.method,
            made.path,
            user=user,
            body=made.body,
            query=made.query,
            headers=made.headers,
        )

    def _fingerprint(self, made: Call) -> object:
        """What two people would have to agree to change."""
        world = self.estate.staff.world
        said = world.appearances(made.picture.asset_id) if made.picture else ()
        return world.library.recognition(), tuple(each.status for each in said)

    def _excess(  # noqa: PLR0911  # one for each kind of answer
        self, made: Call, answer: Answer, user: User
    ) -> list[str]:
        """What an answer offers or shows beyond what is theirs.

        An offer may ask for signing in again, which the page then does.
        """
        if not answer.headers["Content-Type"].startswith("application/json"):
            return []  # a file offers nothing
        told, user = answer.json, replace(user, signed_in_at=NOON)
        if made.path == "/v1/me":
            everything = Scene(user.user_id, leaves=True)
            return self._not_theirs(told["affordances"], user, everything)
        if "affordances" in told and made.seen is not None and made.method == "GET":
            return self._not_theirs(told["affordances"], user, made.seen)
        if made.path == "/v1/search" and "person" in (made.query or {}):
            return ["somebody's picture"] if told["items"] else []
        if made.path in {"/v1/assets", "/v1/search"}:
            shown = {each["asset_id"] for each in told["items"]}
            scenes = {p.asset_id: self.estate.scene(p) for p in self.estate.pictures}
            return _differing(shown, scenes, user, Op.ASSET_READ)
        if made.path == "/v1/collections":
            shown = {each["collection_id"] for each in told["items"]}
            there = self.estate.staff.services.collections.collections
            scenes = {which: Scene(collections=(c,)) for which, c in there.items()}
            return _differing(shown, scenes, user, Op.COLLECTION_READ)
        if made.path == "/v1/proposals" and made.picture is not None:
            scene = self.estate.scene(made.picture)
            theirs = all(
                allowed(user, operation, NOON, scene)
                for operation in (Op.SUGGESTION_CONFIRM, Op.PROPOSAL_SETTLE)
            )
            return [] if bool(told["items"]) == theirs else ["a proposal"]
        return []

    @staticmethod
    def _not_theirs(offered: list[str], user: User, scene: Scene) -> list[str]:
        return [op for op in offered if not allowed(user, Op(op), NOON, scene)]


def _differing(
    shown: set[str], scenes: Mapping[str, Scene], user: User, operation: Op
) -> list[str]:
    """What is shown and not theirs, or theirs and not shown."""
    theirs = {
        which for which, scene in scenes.items() if allowed(user, operation, NOON, scene)
    }
    return sorted(shown ^ theirs)
