"""English: what people ask for themselves, and what comes of it."""

from collections.abc import Mapping
from typing import Final

from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import SubjectRequestKind

from .model import MailWords, Variant

KINDS: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "access",
    SubjectRequestKind.RECTIFICATION: "rectification",
    SubjectRequestKind.RESTRICTION: "restriction",
    SubjectRequestKind.OBJECTION: "objection",
    SubjectRequestKind.ERASURE: "erasure",
}
"""What is asked, in a word."""
ASKED: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "your request for a copy of your data",
    SubjectRequestKind.RECTIFICATION: "your request to put something right",
    SubjectRequestKind.RESTRICTION: "your request to freeze your pictures",
    SubjectRequestKind.OBJECTION: "your objection",
    SubjectRequestKind.ERASURE: "your request for erasure",
}
"""The same, said to whoever asked it."""
DUE: Final[Mapping[str, str]] = {
    "due": "{kind}: answer by {day} ({id})",
    "late": "Late, {kind}: the answer was due on {day} ({id})",
    "more": "And {count} other requests",
    "recalls": "Recalls that are open: {count}",
    "records": "Records that lapse: {count}",
    "runs": "Retention runs that wait for a yes: {count}",
}
"""The lines of a digest for officers."""
MAILS: Final[Mapping[tuple[MailKind, Variant], MailWords]] = {
    (MailKind.REQUEST_RECEIVED, Variant.RECTIFICATION): MailWords(
        subject="We received your request to put something right",
        preview="You get an answer by {day} at the latest.",
        heading="We received your request",
        before=(
            (
                "On {at} you asked us to put something right. You get an answer by {day}"
                " at the latest, free of charge."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.RESTRICTION): MailWords(
        subject="Your pictures are frozen",
        preview="They are kept, and not used.",
        heading="Your pictures are frozen",
        before=(
            (
                "On {at} you asked us to keep pictures of you without using them. That"
                " holds already, and stays so until it is decided."
            ),
            "You get an answer by {day} at the latest, free of charge.",
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_EXTENDED, Variant.PLAIN): MailWords(
        subject="Our answer takes longer",
        preview="You get an answer by {day} at the latest.",
        heading="Our answer takes longer",
        before=(
            "On {asked} we received {what}. We need more time, because: {reason}",
            (
                "You get an answer by {day} at the latest. What is frozen stays so until"
                " then."
            ),
            (
                "If you disagree, reply to this mail. You can also complain to the data"
                " protection authority of your country, or go to court."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.EXPORT): MailWords(
        subject="You get a copy of your data",
        preview="We are making it now.",
        heading="You get a copy of your data",
        before=(
            (
                "On {at} we granted your request of {asked}. We are making the copy now;"
                " once it is ready you get a mail with a link."
            ),
            "Our explanation: {reason}",
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.ERASURE): MailWords(
        subject="We are erasing what we have about you",
        preview="We begin now.",
        heading="We are erasing what we have about you",
        before=(
            (
                "On {at} we granted your request of {asked}. What is erased does not"
                " come back. When it is done, a certificate says what was done."
            ),
            "Our explanation: {reason}",
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RECTIFICATION): MailWords(
        subject="It was put right",
        preview="What was wrong is corrected.",
        heading="It was put right",
        before=(
            "On {at} we granted your request of {asked}, and it was put right.",
            "Our explanation: {reason}",
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RESTRICTION): MailWords(
        subject="Your pictures stay frozen",
        preview="They are kept, and not used.",
        heading="Your pictures stay frozen",
        before=(
            (
                "On {at} we granted your request of {asked}: pictures of you are kept"
                " and not used. Before that ends, we tell you."
            ),
            "Our explanation: {reason}",
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.DISMISSED): MailWords(
        subject="About your request of {asked}",
        preview="We decided, with a reason.",
        heading="We did not grant your request",
        before=(
            (
                "On {at} we decided on {what} of {asked}. We do not grant it, because:"
                " {reason}"
            ),
            (
                "If you disagree, reply to this mail. You can also complain to the data"
                " protection authority of your country, or go to court."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.FREEZE_LIFTED, Variant.PLAIN): MailWords(
        subject="From {day} on your pictures are no longer frozen",
        preview="We tell you beforehand, with the reason.",
        heading="From {day} on your pictures are no longer frozen",
        before=(
            (
                "Pictures of you are frozen now. From {day} on they are not, because:"
                " {reason}"
            ),
            (
                "What you did not allow is not allowed after that either. If you"
                " disagree, reply to this mail, or object on your own page."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.OFFICER_DIGEST, Variant.PLAIN): MailWords(
        subject="Requests that wait for an answer",
        preview="What is due soon, or was due.",
        heading="Requests that wait for an answer",
        before=("The law gives one month for an answer. On {day} these still wait:",),
        button="Open the picture library",
    ),
}
