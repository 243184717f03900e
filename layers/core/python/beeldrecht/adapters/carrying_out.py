"""What carries a granted request out, begun in the act that grants it.

An export or an erasure is on record with the decision or not at all: nobody is told that
they get a copy which nothing then makes.
"""

from collections.abc import Callable
from datetime import datetime

from pynamodb.transactions import TransactWrite

from beeldrecht.domain import erasure, exports
from beeldrecht.domain.subject_requests import SubjectRequest, SubjectRequestKind

from . import erasures
from . import exports as exported


def beginning(
    request: SubjectRequest, by: str, at: datetime
) -> Callable[[TransactWrite], None] | None:
    """What begins when this request is granted; None: the word is all there is to it."""
    asked = (request.request_id, request.person_id, by, at)
    match request.kind:
        case SubjectRequestKind.EXPORT:
            return exported.beginning(exports.begun(*asked))
        case SubjectRequestKind.ERASURE:
            return erasures.beginning(erasure.person_erasure(*asked))
        case _:
            return None
