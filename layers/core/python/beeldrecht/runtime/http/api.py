"""One API: every route stands under its operation, and none answers unasked.

A route cannot be added without the operation that it is, and a handler that answers
before the policy was asked fails: forgetting the question is a refusal, not a leak.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPMethod
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestValidationError,
)
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from beeldrecht.adapters.claims import ReusedKeyError
from beeldrecht.adapters.errors import (
    BusyError,
    ChainBusyError,
    MissingAssetError,
    StaleRevisionError,
)
from beeldrecht.domain.access import AccessRefusal, Operation, Scene, User, ever, may
from beeldrecht.domain.ledger import RestoredTableError
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen

from .bodies import readable
from .callers import NotACallerError, user_of
from .conditions import etag
from .problems import CONTENT_TYPE, ProblemError, problem_response

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer; a handler adds to them and takes none away."""

EMBEDDED = ("Cache-Control", "Cross-Origin-Resource-Policy")
"""What an answer that another website's page uses says for itself."""

MEANINGS: Mapping[type[Exception], Problem] = {
    StaleRevisionError: Problem.CHANGED_MEANWHILE,
    MissingAssetError: Problem.NOT_FOUND,
    ReusedKeyError: Problem.IDEMPOTENCY_KEY_REUSED,
    ChainBusyError: Problem.BUSY,
    BusyError: Problem.BUSY,
}
"""What a refusal of a store or function means to a caller, wherever it comes up."""
RETRY: Mapping[Problem, Mapping[str, str]] = {Problem.BUSY: {"Retry-After": "1"}}

type Handler = Callable[..., Any]
type Route = tuple[str, str]
"""A method and a path with `<names>`."""


class UnaskedError(Exception):
    """A handler answered and had not asked whether it may, or asked as another route."""


class Api:
    """The routes of one function, who is calling, and what they get."""

    def __init__(
        self,
        log: Logger,
        now: Callable[[], datetime],
        ready: Callable[[], None] | None = None,
    ) -> None:
        """`ready` is asked before each request; it raises RestoredTableError."""
        self._log = log
        self._now = now
        self._ready = ready
        self._embedded = False
        self.app = APIGatewayHttpResolver(enable_validation=True)
        self.operations: dict[Route, Operation | None] = {}
        """The operation of each route; None where the caller is nobody with a role."""
        self.also: dict[Route, tuple[Operation, ...]] = {}
        """What else a route asks the policy about, for part of what it does."""
        self.app.exception_handler(ProblemError)(self._refuse)
        self.app.exception_handler(RequestValidationError)(self._invalid)
        self.app.exception_handler(list(MEANINGS))(self._meaning)
        self.app.exception_handler(Exception)(self._failed)
        self.app.not_found()(self._missing)

    # -- routes ----------------------------------------------------------------------

    def route(
        self,
        method: HTTPMethod,
        path: str,
        operation: Operation,
        also: tuple[Operation, ...] = (),
        **documented: Any,
    ) -> Callable[[Handler], Handler]:
        """Add a route: its handler has to `require` its operation before it answers.

        It may `require` no other that is not named in `also`: the access matrix is
        written from what is named here.
        """

        def add(handler: Handler) -> Handler:
            @functools.wraps(handler)
            def asked(*arguments: Any, **named: Any) -> Any:
                _ = self.user  # nobody's request goes no further, whatever it is about
                answer = handler(*arguments, **named)
                if operation not in self._asked or not self._asked <= {operation, *also}:
                    raise UnaskedError(path)
                return answer

            self.operations[method, path] = operation
            self.also[method, path] = also
            return self._add(method, path, asked, documented)

        return add

    def open_route(
        self, method: HTTPMethod, path: str, **documented: Any
    ) -> Callable[[Handler], Handler]:
        """Add a route without a role: it stands open, or a link token is its leave."""

        def add(handler: Handler) -> Handler:
            self.operations[method, path] = None
            return self._add(method, path, handler, documented)

        return add

    def _add(
        self, method: HTTPMethod, path: str, handler: Handler, documented: dict[str, Any]
    ) -> Handler:
        subject = handler.__module__.rpartition(".")[2]
        named = {"operation_id": handler.__name__, "tags": [subject], **documented}
        added: Handler = self.app.route(path, method=method, **named)(handler)
        return added

    # -- the caller ------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language that the caller asks for first; words fall back by themselves."""
        return _language(self.app.current_event.get("headers") or {})

    @property
    def user(self) -> User:
        """Who calls; raises ProblemError when nobody who signed in does."""
        known = self.app.context.get("user")
        if isinstance(known, User):
            return known
        context = self.app.current_event.get("requestContext") or {}
        claims = (context.get("authorizer") or {}).get("jwt", {}).get("claims") or {}
        try:
            user = user_of(claims)
        except NotACallerError as error:
            raise ProblemError(Problem.NOT_SIGNED_IN) from error
        self.app.append_context(user=user)
        return user

    def require(
        self, operation: Operation, scene: Scene | None = None, *, private: bool = False
    ) -> User:
        """Let the caller go on with this operation on that scene, or raise ProblemError.

        `private`: whether the thing is there is nobody's business, so a refusal reads
        like its absence. Ask with a scene, once the thing was read.
        """
        user = self.user
        self._asked.add(operation)
        refusal = may(user, operation, self._now(), scene)
        if refusal is None:
            return user
        if refusal is AccessRefusal.SIGN_IN_AGAIN:
            raise ProblemError(Problem.SIGN_IN_AGAIN)
        raise ProblemError(Problem.NOT_FOUND if private else Problem.NOT_ALLOWED)

    def missing(self, operation: Operation) -> ProblemError:
        """What to raise when a thing is not there: the same as when it is not theirs."""
        self._asked.add(operation)
        return ProblemError(Problem.NOT_FOUND)

    def require_ever(self, operation: Operation) -> User:
        """Go on only for who may do this with some thing; raises as for a missing one.

        Ask before reading: whoever never may then gets the answer without one read, for
        a thing that is there and for one that is not alike.
        """
        user = self.user
        if not ever(user.roles, operation):
            raise self.missing(operation)
        return user

    @property
    def _asked(self) -> set[Operation]:
        """What the policy was asked about in this request."""
        asked: set[Operation] = self.app.context.setdefault("asked", set())
        return asked

    # -- answers ---------------------------------------------------------------------

    def answer(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Resolve one request; every answer carries the headers of safety."""
        # Before, not after: what an earlier request left behind, however it ended, must
        # never be this one's caller.
        self.app.clear_context()
        self._embedded = False
        try:
            self._begin()
            answered = self.app.resolve(readable(event), context)
        except ProblemError as error:
            answered = _plainly(error, _language(event.get("headers") or {}))
        own = answered.get("headers") or {}
        said = {k: own[k] for k in EMBEDDED if self._embedded and k in own}
        answered["headers"] = {**own, **HEADERS, **said}
        return answered

    def embed(self) -> None:
        """Let this answer be used by another website's pages, and be kept as it says."""
        self._embedded = True

    def _begin(self) -> None:
        """Go on only where nothing that was erased could be served again."""
        try:
            if self._ready is not None:
                self._ready()
        except RestoredTableError as error:
            self._log.error("a restored table is not served from")
            raise ProblemError(Problem.RESTORED_TABLE) from error

    def _refuse(self, error: ProblemError) -> Response[str]:
        return problem_response(error.problem, self.language, error.headers, error.more)

    def _meaning(self, error: Exception) -> Response[str]:
        problem = MEANINGS[type(error)]
        return problem_response(problem, self.language, RETRY.get(problem))

    def _missing(self, _error: Exception) -> Response[str]:
        return problem_response(Problem.NOT_FOUND, self.language)

    def _invalid(self, error: RequestValidationError) -> Response[str]:
        """Say where and which rule, never what was sent: that could be personal."""
        if any(e["loc"][:1] == ("response",) for e in error.errors()):
            return self._failed(error)
        places = [
            {"where": _where(e["loc"], e["type"]), "rule": str(e["type"])}
            for e in error.errors()
        ]
        if any(place["where"][:1] == ["path"] for place in places):
            return problem_response(Problem.NOT_FOUND, self.language)
        return problem_response(
            Problem.INVALID_REQUEST, self.language, more={"errors": places[:20]}
        )

    def _failed(self, error: Exception) -> Response[str]:
        """Answer for a fault of ours: logged by where it went, told as one sentence."""
        self._log.exception("request failed", reason=type(error).__name__)
        return problem_response(Problem.INTERNAL, self.language)


def _language(headers: Mapping[str, Any]) -> str:
    sent = next((v for k, v in headers.items() if k.lower() == "accept-language"), "")
    return str(sent or "").split(",")[0].split(";")[0].strip()[:8]


def _plainly(error: ProblemError, language: str) -> dict[str, Any]:
    """The answer to a request that was refused before it reached a route."""
    response = problem_response(error.problem, language, error.headers, error.more)
    return {
        "statusCode": response.status_code,
        "headers": {**response.headers, "Content-Type": CONTENT_TYPE},
        "body": response.body,
        "isBase64Encoded": False,
        "cookies": [],
    }


def _where(place: Sequence[str | int], rule: str) -> list[str]:
    """The place of a fault; the name of a field that is not ours is the sender's own."""
    ours = place[:-1] if rule == "extra_forbidden" else place
    if ours[:1] != ("body",):
        return [str(part) for part in ours]
    # A mapping's key is the sender's own as well, and could be a name.
    known = _field_names()
    return [str(part) if isinstance(part, int) or part in known else "*" for part in ours]


@functools.cache
def _field_names() -> frozenset[str]:
    """What the fields are called of everything that is taken in or given out."""
    names, models = {"body"}, [Frozen]
    while models:
        model = models.pop()
        names |= model.model_fields.keys()
        models += model.__subclasses__()
    return frozenset(names)


def reply[M: BaseModel](
    body: M,
    status: int = 200,
    *,
    revision: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[M]:
    """An answer with its status, and the entity tag of what it shows."""
    more = dict(headers or {})
    if revision is not None:
        more["ETag"] = etag(revision)
    return Response(
        status_code=status, content_type="application/json", body=body, headers=more
    )


__all__ = ["CONTENT_TYPE", "HEADERS", "Api", "Handler", "UnaskedError", "reply"]
