"""Erasing people and pictures: the officer's plan, confirmation, and how far it is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Any, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic import Field

from beeldrecht.adapters.erasure_pages import ErasurePage, PicturePage
from beeldrecht.domain.access import Operation, Scene, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import (
    STOPPABLE,
    Erasure,
    ErasureReason,
    ErasureRefusal,
    ErasureRefusedError,
    ErasureState,
    PictureOutcome,
    Plan,
    Receipt,
    asset_erasure,
    replanned,
)
from beeldrecht.domain.erasure_texts import (
    LeavingReason,
    PlannedText,
    TextOutcome,
    TextPlace,
    TextWish,
    decided,
    undecided,
)
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.messages import words
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.stores import Erasing, Store
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError

from .. import scenes, seconding, sights
from ..refusals import conflict
from ..texts import after_of
from .faces import Waits, waits

_AT_ONCE = 80
"""Pictures, or texts, in one change of a plan, which is a transaction of its own."""


class Erasures(Protocol):
    """Erasures on record."""

    def get(self, erasure_id: str) -> Erasure | None:
        """One of them."""
        ...

    def page(
        self, state: ErasureState | None, after: str | None, limit: int
    ) -> ErasurePage:
        """Some of them, the last one begun first."""
        ...

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan, once everything was looked through."""
        ...

    def pictures(self, erasure_id: str, after: str | None, limit: int) -> PicturePage:
        """Some of the pictures of a plan."""
        ...

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text names them."""
        ...

    def proofs(self, erasure_id: str) -> tuple[str, ...]:
        """The signatures whose proof is kept, as long as it is."""
        ...

    def receipts(self, erasure_id: str) -> tuple[Receipt, ...]:
        """What the last look found in each place."""
        ...

    def replan(
        self,
        erasure: Erasure,
        outcomes: Mapping[str, PictureOutcome],
        keep_proof: bool,
        entry: NewEntry,
        texts: Iterable[PlannedText] = (),
    ) -> bool:
        """Record what the officer wants; False when it is past being planned."""
        ...

    def confirm(self, erasure: Erasure, by: str, at: datetime, entry: NewEntry) -> bool:
        """Record that an officer wants it so; False when it is past being planned."""
        ...

    def cancel(self, erasure: Erasure, at: datetime, entry: NewEntry) -> bool:
        """Record that it is not done; False when it is beyond stopping."""
        ...

    def start(self, erasure: Erasure, entry: NewEntry) -> bool:
        """Record an erasure by itself; False when it had begun before."""
        ...

    def task(self, erasure_id: str) -> str | None:
        """The token of the workflow that waits."""
        ...


class Library(seconding.Library, Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...


class Texts(Protocol):
    """What people typed, about anything."""

    def now(self, place: TextPlace) -> str | None:
        """A text as it stands; None: it is not there any more."""
        ...


class Tasks(Protocol):
    """States that wait for an answer."""

    def answer(self, token: str, outcome: str) -> bool:
        """Say what came of it; False when nobody waits any more."""
        ...


class Services(sights.Services, seconding.Services, Protocol):
    """What these routes need."""

    @property
    def erasures(self) -> Erasures:
        """The erasures."""
        ...

    @property
    def typed(self) -> Texts:
        """The texts that people typed."""
        ...

    @property
    def tasks(self) -> Tasks:
        """The workflows that wait."""
        ...

    @property
    def library(self) -> Library:
        """The pictures."""
        ...


class PlannedPictureView(Frozen):
    """A picture that somebody is in, and what is to become of it."""

    asset_id: OpaqueId
    outcome: PictureOutcome
    outcome_words: str
    faces: int = Field(description="How many faces in it are theirs.")
    others: int = Field(description="How many faces in it are not.")
    released: bool
    done: bool


class PlannedTextView(Frozen):
    """A text that names somebody, and what is to become of it."""

    text_id: OpaqueId
    what: str = Field(description="The kind of item, and which of its texts.")
    asset_id: OpaqueId | None = Field(description="The picture that it is about.")
    text: str | None = Field(
        description="As it stands now, as long as the erasure is not done."
    )
    spans: list[tuple[int, int]] = Field(
        description="Where the name stands in it: from which character to which."
    )
    outcome: TextOutcome | None = Field(description="None: it has to be decided.")
    outcome_words: str | None
    reason: LeavingReason | None
    reason_words: str | None
    done: bool


class ReceiptView(Frozen):
    """What was found in one place, was removed, and remains."""

    store: Store
    store_words: str
    what: str
    found: int
    removed: int
    remains: int
    why: Erasing
    why_words: str


class ErasureView(Frozen):
    """How far an erasure is."""

    erasure_id: OpaqueId
    person_id: OpaqueId | None
    asset_id: OpaqueId | None
    subject_request_id: OpaqueId | None
    reason: ErasureReason
    reason_words: str
    state: ErasureState
    state_words: str
    begun_by: str
    begun_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    affordances: list[Operation]


class ErasureDetail(ErasureView):
    """An erasure with its plan, a page of its pictures, and its receipts."""

    found: dict[str, int] | None = Field(description="How many in each place. None: yet.")
    keep_proof: bool | None
    pictures: list[PlannedPictureView]
    cursor: str | None = Field(
        description="Give it back for the next pictures. None: these are the last ones."
    )
    texts: list[PlannedTextView]
    receipts: list[ReceiptView]


class ErasureList(Frozen):
    """Some erasures, the last one begun first."""

    items: list[ErasureView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class PictureWish(Frozen):
    """What is to become of one picture."""

    asset_id: OpaqueId
    outcome: PictureOutcome


class PlanTextWish(Frozen):
    """What is to become of one text."""

    text_id: OpaqueId
    outcome: TextOutcome
    reason: LeavingReason | None = Field(
        default=None, description="Why the name stays, where it does."
    )


class PlanOrder(Frozen):
    """What the officer wants otherwise than it was proposed."""

    pictures: list[PictureWish] = Field(default_factory=list, max_length=_AT_ONCE)
    texts: list[PlanTextWish] = Field(default_factory=list, max_length=_AT_ONCE)
    keep_proof: bool | None = Field(
        default=None, description="Keep what proves consents for its term, sealed."
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/erasures`, and the erasure of a picture."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/erasures",
        Operation.ERASURE_LIST,
        summary="Erasures, the last one begun first",
    )
    def list_erasures(
        state: Annotated[ErasureState | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ErasureList]:
        """Those in one state, or all."""
        api.require(Operation.ERASURE_LIST)
        page = services.erasures.page(state, after_of(cursor), limit)
        items = [desk.view(each) for each in page.erasures]
        following = cursor_of((page.after,)) if page.after else None
        return reply(ErasureList(items=items, cursor=following))

    @api.route(
        HTTPMethod.GET,
        "/v1/erasures/<erasure_id>",
        Operation.ERASURE_READ,
        summary="How far an erasure is, with its plan and its receipts",
    )
    def read_erasure(
        erasure_id: OpaqueId,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ErasureDetail]:
        """With a page of the pictures that somebody is in."""
        api.require(Operation.ERASURE_READ, private=True)
        found = desk.find(erasure_id, Operation.ERASURE_READ)
        return reply(desk.detail(found, _picture_of(cursor), limit))

    @api.route(
        HTTPMethod.PUT,
        "/v1/erasures/<erasure_id>/plan",
        Operation.ERASURE_PLAN,
        summary="Say what becomes of pictures, of texts, and of the proof",
        description=(
            "Per picture: the person is covered for good and the picture is kept, or it "
            "is deleted. Per text that names the person: the name is taken out, or it "
            "is left for a reason. Eighty of each at a time; what is not named stays as "
            "it is."
        ),
    )
    def plan_erasure(
        erasure_id: OpaqueId, order: Annotated[PlanOrder, Body()]
    ) -> Response[ErasureDetail]:
        """Only while nobody confirmed it."""
        user = api.require(Operation.ERASURE_PLAN, private=True)
        desk.plan(erasure_id, order, user)
        found = desk.find(erasure_id, Operation.ERASURE_PLAN)
        return reply(desk.detail(found, None, DEFAULT_LIMIT))

    @api.route(
        HTTPMethod.POST,
        "/v1/erasures/<erasure_id>/confirmation",
        Operation.ERASURE_CONFIRM,
        summary="Confirm an erasure: it is done as planned, and cannot be undone",
        description="From this answer on nothing of the person leaves any more.",
        status_code=HTTPStatus.CREATED,
    )
    def confirm_erasure(erasure_id: OpaqueId) -> Response[ErasureDetail]:
        """The same again wakes who waits once more, and changes nothing."""
        user = api.require(Operation.ERASURE_CONFIRM, private=True)
        desk.confirm(erasure_id, user)
        found = desk.find(erasure_id, Operation.ERASURE_CONFIRM)
        detail = desk.detail(found, None, DEFAULT_LIMIT)
        return reply(detail, HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/erasures/<erasure_id>",
        Operation.ERASURE_CANCEL,
        summary="Do not erase: as long as nobody confirmed it",
    )
    def cancel_erasure(erasure_id: OpaqueId) -> Response[ErasureView]:
        """The same again changes nothing."""
        user = api.require(Operation.ERASURE_CANCEL, private=True)
        return reply(desk.cancel(erasure_id, user))

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/erasure",
        Operation.ASSET_ERASE,
        summary="Erase a picture everywhere",
        description="It can take a second person. Frozen at once, then removed.",
        responses={
            HTTPStatus.CREATED: {
                "description": "It is on record, and being done.",
                "content": {"application/json": {"model": ErasureView}},
            },
            HTTPStatus.ACCEPTED: {
                "description": "It waits for a second person.",
                "content": {"application/json": {"model": Waits}},
            },
        },
    )
    def erase_asset(asset_id: OpaqueId) -> Response[ErasureView | Waits]:
        """A picture is erased once: the same again shows how far it is."""
        operation = Operation.ASSET_ERASE
        there = services.erasures.get(
            asset_erasure(asset_id, "", services.now()).erasure_id
        )
        if there is not None:
            api.require(operation)
            return reply(desk.view(there), HTTPStatus.CREATED)
        sights.sight_of(api, services, operation, asset_id)
        outcome = seconding.second(
            services,
            api.user,
            operation,
            {"asset_id": asset_id},
            lambda: _begin(services, asset_id, api.user),
        )
        if isinstance(outcome, seconding.Waiting):
            return reply(waits(outcome.proposal), HTTPStatus.ACCEPTED)
        begun = asset_erasure(asset_id, api.user.user_id, services.now())
        return reply(
            desk.view(desk.find(begun.erasure_id, operation)), HTTPStatus.CREATED
        )


def _picture_of(cursor: str | None) -> str | None:
    """After which picture a page begins; raises ProblemError."""
    position = position_of(cursor, 1)
    try:
        return None if position is None else check_id(position[0])
    except InvalidIdError as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error


def erasure_act(services: Services) -> seconding.Act:
    """How the second person's agreement to erase a picture is carried out."""

    def scene(what: Mapping[str, str]) -> Scene | None:
        found = services.library.picture(what["asset_id"])
        if found is None:
            return None
        return scenes.picture_scene(services, found, services.now())[0]

    def carry_out(user: User, what: Mapping[str, str]) -> None:
        _begin(services, what["asset_id"], user)

    return seconding.Act(Operation.ASSET_ERASE, scene, carry_out)


def _begin(services: Services, asset_id: str, user: User) -> None:
    erasure = asset_erasure(asset_id, user.user_id, services.now())
    services.erasures.start(erasure, _entry("api:erasure:begin", erasure, user))


def _entry(
    tag: str, erasure: Erasure, user: User, at: datetime | None = None
) -> NewEntry:
    """`at` where the same can be done several times, and each is told."""
    told = at or erasure.begun_at
    return NewEntry(
        subject=erasure.subject_id,
        entry_id=f"{tag}:{erasure.erasure_id}" + (f":{at.isoformat()}" if at else ""),
        tag=tag,
        at=told,
        actor=user.user_id,
        data={"erasure_id": erasure.erasure_id},
    )


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def find(self, erasure_id: str, operation: Operation) -> Erasure:
        """The erasure; raises ProblemError."""
        found = self._services.erasures.get(erasure_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def view(self, erasure: Erasure) -> ErasureView:
        """An erasure as lists show it."""
        return ErasureView(**self._shown(erasure))

    def detail(self, erasure: Erasure, after: str | None, limit: int) -> ErasureDetail:
        """An erasure with a page of its pictures."""
        erasures, language = self._services.erasures, self._api.language
        plan = erasures.plan(erasure.erasure_id)
        page = erasures.pictures(erasure.erasure_id, after, limit)
        return ErasureDetail(
            **self._shown(erasure),
            found=dict(plan.found) if plan else None,
            keep_proof=plan.keep_proof if plan else None,
            pictures=[
                PlannedPictureView(
                    asset_id=each.asset_id,
                    outcome=each.outcome,
                    outcome_words=words(each.outcome, language),
                    faces=len(each.face_ids),
                    others=each.others,
                    released=each.released,
                    done=each.done,
                )
                for each in page.pictures
            ],
            cursor=cursor_of((page.after,)) if page.after else None,
            texts=[self._text(erasure, each) for each in self._texts(erasure)],
            receipts=[
                ReceiptView(
                    store=each.store,
                    store_words=words(each.store, language),
                    what=each.what,
                    found=each.found,
                    removed=each.removed,
                    remains=each.remains,
                    why=each.why,
                    why_words=words(each.why, language),
                )
                for each in erasures.receipts(erasure.erasure_id)
            ],
        )

    def plan(self, erasure_id: str, order: PlanOrder, user: User) -> None:
        """Record what is wanted otherwise; raises ProblemError."""
        erasure = self.find(erasure_id, Operation.ERASURE_PLAN)
        plan = self._services.erasures.plan(erasure_id)
        wanted = {each.asset_id: each.outcome for each in order.pictures}
        if plan is None:
            raise conflict(ErasureRefusal.NOT_PLANNED, self._api.language)
        said = {e.text_id: TextWish(e.outcome, e.reason) for e in order.texts}
        erasures, at = self._services.erasures, self._services.now()
        keep = plan.keep_proof
        try:
            texts = decided(erasure, erasures.texts(erasure_id), said)
            if wanted or order.keep_proof is not None or not texts:
                after = replanned(plan, erasure.state, wanted, order.keep_proof)
                keep = after.keep_proof
                entry = _entry("api:erasure:plan", erasure, user, at)
                self._kept(erasures.replan(erasure, wanted, keep, entry))
        except ErasureRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        if texts:
            entry = _entry("api:erasure:texts", erasure, user, at)
            self._kept(erasures.replan(erasure, {}, keep, entry, texts))

    def _kept(self, kept: bool) -> None:
        if not kept:
            raise conflict(ErasureRefusal.NOT_PLANNED, self._api.language)

    def _texts(self, erasure: Erasure) -> tuple[PlannedText, ...]:
        return self._services.erasures.texts(erasure.erasure_id)

    def _text(self, erasure: Erasure, planned: PlannedText) -> PlannedTextView:
        """A place with the text as it stands, as long as that is somebody's business."""
        language, over = self._api.language, {ErasureState.ERASED, ErasureState.CANCELLED}
        outcome, reason = planned.outcome, planned.reason
        shown = erasure.state not in over and not planned.done
        return PlannedTextView(
            text_id=planned.text_id,
            what=planned.place.what,
            asset_id=planned.place.asset_id,
            text=self._services.typed.now(planned.place) if shown else None,
            spans=list(planned.spans),
            outcome=outcome,
            outcome_words=None if outcome is None else words(outcome, language),
            reason=reason,
            reason_words=None if reason is None else words(reason, language),
            done=planned.done,
        )

    def confirm(self, erasure_id: str, user: User) -> None:
        """Record it, then wake who waits; raises ProblemError.

        In this order: a wake-up that is lost is found on record by who waits.
        """
        services, at = self._services, self._services.now()
        erasure = self.find(erasure_id, Operation.ERASURE_CONFIRM)
        planned = erasure.state is ErasureState.PLANNED
        plan = services.erasures.plan(erasure_id)
        if planned and undecided(self._texts(erasure), plan.pictures if plan else ()):
            raise conflict(ErasureRefusal.TEXTS_UNDECIDED, self._api.language)
        # Confirmed once, and asked again since: that is another act.
        again = erasure.confirmed_at if planned else None
        entry = _entry("api:erasure:confirm", erasure, user, again)
        if not services.erasures.confirm(erasure, user.user_id, at, entry):
            erasure = self.find(erasure_id, Operation.ERASURE_CONFIRM)
            if erasure.state is not ErasureState.CONFIRMED:
                raise conflict(ErasureRefusal.NOT_PLANNED, self._api.language)
        self._wake(erasure_id, "confirmed")

    def cancel(self, erasure_id: str, user: User) -> ErasureView:
        """Record that it is not done, then wake who waits; raises ProblemError."""
        services, at = self._services, self._services.now()
        erasure = self.find(erasure_id, Operation.ERASURE_CANCEL)
        if erasure.state is not ErasureState.CANCELLED:
            entry = _entry("api:erasure:cancel", erasure, user)
            if not services.erasures.cancel(erasure, at, entry):
                after = self.find(erasure_id, Operation.ERASURE_CANCEL)
                if after.state is not ErasureState.CANCELLED:
                    raise conflict(ErasureRefusal.BEYOND_STOPPING, self._api.language)
        self._wake(erasure_id, "cancelled")
        return self.view(self.find(erasure_id, Operation.ERASURE_CANCEL))

    def _wake(self, erasure_id: str, outcome: str) -> None:
        token = self._services.erasures.task(erasure_id)
        if token is not None:
            self._services.tasks.answer(token, outcome)

    def _shown(self, erasure: Erasure) -> dict[str, Any]:
        language, planned = self._api.language, erasure.state is ErasureState.PLANNED
        stoppable = (
            erasure.person_id is not None
            and erasure.state in STOPPABLE
            and erasure.confirmed_at is None
        )
        return {
            "erasure_id": erasure.erasure_id,
            "person_id": erasure.person_id,
            "asset_id": erasure.asset_id,
            "subject_request_id": erasure.request_id,
            "reason": erasure.reason,
            "reason_words": words(erasure.reason, language),
            "state": erasure.state,
            "state_words": words(erasure.state, language),
            "begun_by": erasure.begun_by,
            "begun_at": erasure.begun_at,
            "confirmed_by": erasure.confirmed_by,
            "confirmed_at": erasure.confirmed_at,
            "ended_at": erasure.ended_at,
            "affordances": [
                *([Operation.ERASURE_CANCEL] if stoppable else []),
                *([Operation.ERASURE_CONFIRM] if planned else []),
                *([Operation.ERASURE_PLAN] if planned else []),
                Operation.ERASURE_READ,
            ],
        }
