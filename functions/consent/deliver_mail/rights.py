"""What mails about somebody's own requests say, looked up when they are sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from beeldrecht.domain.mails import Mail, MailKind, MailRefusedError, NotSent
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestState,
    last_day,
    overdue,
)
from beeldrecht_mail.letters import day_of
from beeldrecht_mail.words import Language, Variant

from .desk import SubjectRequests

_SHORT = 8
"""Of an identifier, as much as finds it again in the list of requests."""
_COUNTED = ("more", "recalls", "records", "runs")


@dataclass(frozen=True, slots=True)
class Told:
    """The values of a mail, and which of its kind it is."""

    values: Mapping[str, str]
    variant: Variant = Variant.PLAIN


def of_request(request: SubjectRequest, mail: Mail, tongue: Language) -> Told:
    """What a mail tells of one request; raises MailRefusedError for what is over.

    The reason in it is the officer's own, opened for this mail; of a person who was
    erased there is none, and no mail either.
    """
    match mail.kind:
        case MailKind.REQUEST_EXTENDED:
            extension = request.extension
            if extension is None or request.state is not SubjectRequestState.OPEN:
                raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
            return Told(_values(request, tongue, extension.at, extension.reason))
        case MailKind.REQUEST_DECIDED:
            at, reason = request.decided_at or mail.created_at, request.reason
            granted = request.state is SubjectRequestState.UPHELD
            variant = Variant(request.kind.value) if granted else Variant.DISMISSED
            return Told(_values(request, tongue, at, reason), variant)
        case _:
            ends = request.lifting
            if ends is None:
                raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
            values = _values(request, tongue, ends.at, ends.reason)
            return Told({**values, "day": day_of(ends.from_, tongue)})


def digest(
    requests: SubjectRequests, mail: Mail, tongue: Language, at: datetime
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """What officers are reminded of, less what was decided since; with its lines.

    Raises MailRefusedError when nothing of it waits any more.
    """
    lines = (*_requests(requests, mail, tongue, at), *_others(mail, tongue))
    if not lines:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    return {"day": tongue.day(date.fromisoformat(mail.about["day"]))}, lines


def _requests(
    requests: SubjectRequests, mail: Mail, tongue: Language, at: datetime
) -> Iterator[str]:
    for request_id in filter(None, mail.about.get("requests", "").split(",")):
        found = requests.get(request_id)
        if found is not None and found.state is SubjectRequestState.OPEN:
            yield tongue.due["late" if overdue(found, at) else "due"].format(
                kind=tongue.kinds[found.kind],
                day=tongue.day(last_day(found)),
                id=request_id[:_SHORT],
            )


def _others(mail: Mail, tongue: Language) -> Iterator[str]:
    for what in _COUNTED:
        count = int(mail.about.get(what, "0"))
        if count:
            yield tongue.due[what].format(count=count)


def _values(
    request: SubjectRequest, tongue: Language, at: datetime, reason: str | None
) -> dict[str, str]:
    return {
        "at": day_of(at, tongue),
        "asked": day_of(request.asked_at, tongue),
        "day": tongue.day(last_day(request)),
        "what": tongue.asked[request.kind],
        "reason": reason or "",
    }
