"""What the command says, in English and Dutch; the rules' own words are in the domain."""

import importlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Finding, FindingId
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from beeldrecht.domain.time import AMSTERDAM, midnight
from beeldrecht.domain.versions import VersionRefusal
from cli.catalogue import PHRASES

LANGUAGES: Final = ("nl", "en")


def language_of(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for: Dutch, or else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "nl" if value.lower().startswith("nl") else "en"
    return "en"


def say(key: str, language: str, **values: object) -> str:
    """The phrase of that key with its values filled in."""
    phrase: str = getattr(PHRASES[key], language)
    return phrase.format(**values)


def channel_name(channel: Channel, language: str) -> str:
    """A channel in one or two words."""
    return say(f"channel_{channel}", language)


def status_name(status: AssetStatus, language: str) -> str:
    """A status in one word."""
    return say(f"status_{status}", language)


def verdict_name(verdict: Verdict, language: str) -> str:
    """A verdict in one or two words."""
    return say(f"verdict_{verdict}", language)


VERDICT_SIGNS: Final[Mapping[Verdict, str]] = {
    Verdict.CLEAR: "✓",
    Verdict.MASKED: "◐",
    Verdict.RESTRICTED: "✕",
}
"""Signs that differ by shape: nothing is said by colour alone."""


def rejection_words(rejection: Rejection, language: str) -> str:
    """Why a file was not taken in, and what to do, in one sentence."""
    if rejection.reason in _OWN_REJECTIONS:
        return say(f"rejection_{rejection.reason}", language)
    # Loaded when a refusal is to be explained: it brings the decoders with it.
    reasons = importlib.import_module("intake.receive_upload.imaging.rejection")
    known = {reason.value: said for reason, said in reasons.HELP.items()}
    if rejection.reason in known:
        return str(known[rejection.reason][language])
    return say("rejection_unknown", language, reason=rejection.reason)


_OWN_REJECTIONS = frozenset(
    {
        "unannounced",
        "original_lost",
        VersionRefusal.REPLACED_GONE.value,
        VersionRefusal.TOO_MANY.value,
        PROCESSING_FAILED,
    }
)

_MONTHS: Final = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
}


def day(on: date, language: str) -> str:
    """A day as it is written out."""
    return f"{on.day} {_MONTHS[language][on.month - 1]} {on.year}"


def last_day_before(end: datetime) -> date:
    """The last day of a period that ends at that instant, as lived in Amsterdam."""
    return (end - timedelta(microseconds=1)).astimezone(AMSTERDAM).date()


def moment(at: datetime, language: str) -> str:
    """An instant as it is written out, by the clock in Amsterdam."""
    local = at.astimezone(AMSTERDAM)
    return f"{day(local.date(), language)} {local:%H:%M}"


def holds(until: datetime, language: str) -> str:
    """Until when a decision holds, as a sentence: by days where a day ends it."""
    last = last_day_before(until)
    if until == midnight(last + timedelta(days=1)):
        return say("holds_through", language, day=day(last, language))
    return say("holds_until", language, moment=moment(until, language))


def finding_date(finding: Finding, language: str) -> str:
    """Since or until when a finding holds, as a sentence; empty where not known."""
    if finding.until is None:
        return ""
    if finding.id is FindingId.GRANT_WITHDRAWN:
        return say("since_moment", language, moment=moment(finding.until, language))
    if finding.id is FindingId.GRANT_NOT_YET:
        begins = finding.until.astimezone(AMSTERDAM).date()
        return say("from_day", language, day=day(begins, language))
    last = day(last_day_before(finding.until), language)
    ended = finding.id is FindingId.GRANT_ENDED
    return say("ended_on" if ended else "through_day", language, day=last)


def listed(parts: list[str], language: str) -> str:
    """Several words as one enumeration."""
    if len(parts) < 2:
        return "".join(parts)
    joint = {"nl": "en", "en": "and"}[language]
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"
