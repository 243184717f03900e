"""Signing: what somebody says on the page, and what goes on record of it.

The evidence is what a dispute would ask for (GDPR 7(1)); it is sealed with the person's
own key. The grants that it carries are in the clear, for decisions are taken on them.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NotRequired, TypedDict, Unpack

from .age import AGES, comes_of_age, is_minor, may_contract
from .channels import Channel
from .consent import Grant, GrantKind, Quitclaim, Withdrawal
from .consent_requests import Delivery
from .drawings import InvalidDrawingError, strokes
from .granting import grant_id, grants_of
from .people import InvalidNameError, name_of
from .time import day_of, instant
from .wordings import Wording, digest


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody says yes to; each stands alone, and what is not named is refused."""

    channels: frozenset[Channel]
    """Image consent, channel by channel."""
    portrait: bool
    biometric: bool

    @property
    def any(self) -> bool:
        """Whether there is a yes at all; to refuse everything is an answer too."""
        return bool(self.channels) or self.portrait or self.biometric


class SignatureKind(StrEnum):
    """How it was signed."""

    TYPED = "typed"
    DRAWN = "drawn"
    PAPER = "paper"
    """On a form; the scan is the signature."""
    CLICK = "click"
    """A renewal or a change on one's own page, behind a link sent to oneself."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: `mark` is the typed name, or a drawing as an SVG path (`M1 2L3 4`)."""

    kind: SignatureKind
    mark: str


class Relation(StrEnum):
    """What a guardian is to the person."""

    PARENT = "parent"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who signs for somebody under the age of consent."""

    name: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as far as the page knows it."""

    name: str
    email: str | None
    birth_date: date | None = None
    country: str = "NL"
    guardian: Guardian | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """From where it was signed, shortened as the notice says."""

    network: str | None
    """The caller's /24 (IPv4) or /48 (IPv6), never the address."""
    agent: str | None
    """Browser and system, without version numbers."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a signature, whole; sealed where it is kept."""

    quitclaim_id: str
    person_id: str
    wording: str
    wording_sha256: str
    language: str
    signed_at: datetime
    """By the server's clock."""
    signed_on: str
    choices: Choices
    signer: Signer
    signature: Signature
    seen: Seen
    request_id: str | None = None
    session_id: str | None = None
    photographer: str | None = None
    replaces: str | None = None
    """The quitclaim that this one renews or changes."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What goes on record for one signature, in one transaction."""

    quitclaim: Quitclaim
    grants: tuple[Grant, ...]
    evidence: Evidence


class SigningRefusal(StrEnum):
    """Why something could not be signed."""

    LANGUAGE_NOT_OFFERED = "language_not_offered"
    CHANNEL_NOT_OFFERED = "channel_not_offered"
    PORTRAIT_NOT_OFFERED = "portrait_not_offered"
    BIOMETRIC_NOT_OFFERED = "biometric_not_offered"
    NAME_NOT_VALID = "name_not_valid"
    EMAIL_NOT_VALID = "email_not_valid"
    COUNTRY_NOT_VALID = "country_not_valid"
    BIRTH_DATE_MISSING = "birth_date_missing"
    BIRTH_DATE_NOT_VALID = "birth_date_not_valid"
    GUARDIAN_NEEDED = "guardian_needed"
    GUARDIAN_NOT_NEEDED = "guardian_not_needed"
    TOO_YOUNG_TO_CONTRACT = "too_young_to_contract"
    SIGNATURE_NOT_VALID = "signature_not_valid"
    WORDING_CHANGED = "signed_wording_changed"
    NOTHING_TO_RENEW = "nothing_to_renew"


class SigningRefusedError(Exception):
    """Nothing was signed; `reason` says why."""

    def __init__(self, reason: SigningRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Occasion(TypedDict):
    """By whom, when and how something is signed, and what it is an answer to."""

    person_id: str
    quitclaim_id: str
    signed_on: str
    """A `Delivery`."""
    at: datetime
    """By the server's clock; of a paper form, as the form is dated."""
    request_id: NotRequired[str | None]
    session_id: NotRequired[str | None]
    photographer: NotRequired[str | None]
    replaces: NotRequired[str | None]
    ages: NotRequired[Mapping[str, int]]
    """The ages of consent of the deployment, where they are not the law's."""


class Renewal(TypedDict, total=False):
    """What is signed of a renewal or a change; without it, the same as before."""

    channels: Iterable[Channel] | None
    biometric: bool | None
    ages: Mapping[str, int]


LONGEST_EMAIL: Final = 254
_EMAIL = re.compile(r"[^@]{1,64}@[^@]+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SCAN = re.compile(r"[0-9a-f]{32}(?:[0-9a-f]{32})?")
_OLDEST_YEARS: Final = 130


def sign(
    wording: Wording,
    language: str,
    choices: Choices,
    signer: Signer,
    signature: Signature,
    seen: Seen,
    **occasion: Unpack[Occasion],
) -> Signed:
    """What goes on record for a signature; to refuse everything is valid, too.

    Raises SigningRefusedError when it cannot be signed so: by somebody under the age of
    consent without a guardian, for what was not offered, without a name. The grants'
    ids follow from the quitclaim's, so that a retry records them once.
    """
    if signature.kind is SignatureKind.CLICK:
        raise SigningRefusedError(SigningRefusal.SIGNATURE_NOT_VALID)
    return _signed(wording, language, choices, signer, signature, seen, occasion)


def renewed(
    evidence: Evidence,
    wording: Wording,
    at: datetime,
    quitclaim_id: str,
    *,
    seen: Seen,
    withdrawals: Iterable[Withdrawal],
    **what: Unpack[Renewal],
) -> Signed:
    """What goes on record when somebody renews, or changes, by a tap on their own page.

    The same choices as before, less what was withdrawn since; or, when `channels` or
    `biometric` are given, exactly those: a contract is not extended by a change. Raises
    SigningRefusedError when the wording says something else than what was signed, or
    when nothing is left to renew.
    """
    if not _says_the_same(wording, evidence):
        raise SigningRefusedError(SigningRefusal.WORDING_CHANGED)
    channels, biometric = what.get("channels"), what.get("biometric")
    if channels is None and biometric is None:
        taken_back = {each.grant_id for each in withdrawals}
        choices = _still_given(evidence, taken_back)
    else:
        choices = Choices(frozenset(channels or ()), False, bool(biometric))
    if not choices.any:
        raise SigningRefusedError(SigningRefusal.NOTHING_TO_RENEW)
    return _signed(
        wording,
        evidence.language,
        choices,
        evidence.signer,
        Signature(SignatureKind.CLICK, ""),
        seen,
        Occasion(
            person_id=evidence.person_id,
            quitclaim_id=quitclaim_id,
            signed_on=Delivery.LINK.value,
            at=at,
            photographer=evidence.photographer,
            replaces=evidence.quitclaim_id,
            ages=what.get("ages", AGES),
        ),
    )


def _says_the_same(wording: Wording, evidence: Evidence) -> bool:
    """Whether this version says in that language, but for its number, what was signed."""
    wording_id, _, version = evidence.wording.rpartition(".")
    if wording.wording_id != wording_id or evidence.language not in wording.texts:
        return False
    as_signed = replace(wording, version=int(version))
    return digest(as_signed, evidence.language) == evidence.wording_sha256


def _still_given(evidence: Evidence, taken_back: set[str]) -> Choices:
    document, given = evidence.quitclaim_id, evidence.choices
    return Choices(
        frozenset(
            channel
            for channel in given.channels
            if grant_id(document, GrantKind.IMAGE_CONSENT, channel) not in taken_back
        ),
        given.portrait,
        given.biometric
        and grant_id(document, GrantKind.BIOMETRIC_CONSENT) not in taken_back,
    )


def _signed(
    wording: Wording,
    language: str,
    choices: Choices,
    signer: Signer,
    signature: Signature,
    seen: Seen,
    occasion: Occasion,
) -> Signed:
    at = instant(occasion["at"])
    ages = occasion.get("ages", AGES)
    signed_on = Delivery(occasion["signed_on"])
    _check_offered(wording, language, choices)
    signer = _checked_signer(signer, choices, at, ages)
    quitclaim = Quitclaim(
        quitclaim_id=occasion["quitclaim_id"],
        person_id=occasion["person_id"],
        wording_version=wording.name,
        wording_sha256=digest(wording, language),
        language=language,
        signed_at=at,
        signed_on=signed_on.value,
        guardian=signer.guardian is not None,
    )
    evidence = Evidence(
        quitclaim_id=quitclaim.quitclaim_id,
        person_id=quitclaim.person_id,
        wording=quitclaim.wording_version,
        wording_sha256=quitclaim.wording_sha256,
        language=language,
        signed_at=at,
        signed_on=signed_on.value,
        choices=choices,
        signer=signer,
        signature=_checked_signature(signature, signed_on),
        seen=seen,
        request_id=occasion.get("request_id"),
        session_id=occasion.get("session_id"),
        photographer=occasion.get("photographer"),
        replaces=occasion.get("replaces"),
    )
    of_age = (
        comes_of_age(signer.birth_date, signer.country, ages)
        if signer.guardian and signer.birth_date
        else None
    )
    given = choices.channels, choices.portrait, choices.biometric
    return Signed(quitclaim, grants_of(quitclaim, wording, *given, of_age), evidence)


def _check_offered(wording: Wording, language: str, choices: Choices) -> None:
    if language not in wording.texts:
        raise SigningRefusedError(SigningRefusal.LANGUAGE_NOT_OFFERED)
    text = wording.texts[language]
    if not choices.channels <= wording.channels.keys():
        raise SigningRefusedError(SigningRefusal.CHANNEL_NOT_OFFERED)
    if choices.portrait and not (text.portrait and wording.portrait_months):
        raise SigningRefusedError(SigningRefusal.PORTRAIT_NOT_OFFERED)
    if choices.biometric and not (text.biometric and wording.biometric_months):
        raise SigningRefusedError(SigningRefusal.BIOMETRIC_NOT_OFFERED)


def _checked_name(given: str, refusal: SigningRefusal) -> str:
    try:
        return name_of(given)
    except InvalidNameError as error:
        raise SigningRefusedError(refusal) from error


def _checked_signer(
    signer: Signer, choices: Choices, at: datetime, ages: Mapping[str, int]
) -> Signer:
    name = _checked_name(signer.name, SigningRefusal.NAME_NOT_VALID)
    if signer.email is not None and not _may_be_email(signer.email):
        raise SigningRefusedError(SigningRefusal.EMAIL_NOT_VALID)
    if not _COUNTRY.fullmatch(signer.country):
        raise SigningRefusedError(SigningRefusal.COUNTRY_NOT_VALID)
    born, guardian = signer.birth_date, signer.guardian
    today = day_of(at)
    if born and not (today.year - _OLDEST_YEARS <= born.year and born <= today):
        raise SigningRefusedError(SigningRefusal.BIRTH_DATE_NOT_VALID)
    if guardian is not None:
        if born is None:
            raise SigningRefusedError(SigningRefusal.BIRTH_DATE_MISSING)
        if not is_minor(born, signer.country, at, ages):
            raise SigningRefusedError(SigningRefusal.GUARDIAN_NOT_NEEDED)
        theirs = _checked_name(guardian.name, SigningRefusal.NAME_NOT_VALID)
        return replace(signer, name=name, guardian=replace(guardian, name=theirs))
    if born is not None and is_minor(born, signer.country, at, ages):
        raise SigningRefusedError(SigningRefusal.GUARDIAN_NEEDED)
    if born is not None and choices.portrait and not may_contract(born, at):
        raise SigningRefusedError(SigningRefusal.TOO_YOUNG_TO_CONTRACT)
    return replace(signer, name=name)


def _may_be_email(given: str) -> bool:
    """Whether mail could go there: one `@`, and nothing that would end a header."""
    seen = not any(unicodedata.category(c)[0] in "CZ" for c in given)
    return seen and len(given) <= LONGEST_EMAIL and bool(_EMAIL.fullmatch(given))


def _checked_signature(signature: Signature, signed_on: Delivery) -> Signature:
    """The signature as it is kept; only a form is signed on paper, and by its scan."""
    kind = signature.kind
    refused = SigningRefusal.SIGNATURE_NOT_VALID
    if (kind is SignatureKind.PAPER) != (signed_on is Delivery.PAPER):
        raise SigningRefusedError(refused)
    if kind is SignatureKind.PAPER and not _SCAN.fullmatch(signature.mark):
        raise SigningRefusedError(refused)
    if kind is SignatureKind.TYPED:
        return replace(signature, mark=_checked_name(signature.mark, refused))
    if kind is SignatureKind.DRAWN:
        try:
            strokes(signature.mark)
        except InvalidDrawingError as error:
            raise SigningRefusedError(refused) from error
    return signature


def evidence_bytes(evidence: Evidence) -> bytes:
    """Evidence as it is sealed: one JSON text, the same for the same evidence."""
    said = asdict(evidence)
    said["choices"]["channels"] = sorted(evidence.choices.channels)
    said["signed_at"] = instant(evidence.signed_at).isoformat(timespec="microseconds")
    return json.dumps(
        said,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=date.isoformat,
    ).encode()


def evidence_from(sealed: bytes) -> Evidence:
    """The evidence that `evidence_bytes` wrote."""
    said: dict[str, Any] = json.loads(sealed)
    choices, signer, signature = said["choices"], said["signer"], said["signature"]
    guardian, born = signer["guardian"], signer["birth_date"]
    return Evidence(
        **{
            **said,
            "signed_at": datetime.fromisoformat(said["signed_at"]),
            "choices": Choices(
                frozenset(Channel(each) for each in choices["channels"]),
                choices["portrait"],
                choices["biometric"],
            ),
            "signer": Signer(
                signer["name"],
                signer["email"],
                date.fromisoformat(born) if born else None,
                signer["country"],
                Guardian(guardian["name"], Relation(guardian["relation"]))
                if guardian
                else None,
            ),
            "signature": Signature(SignatureKind(signature["kind"]), signature["mark"]),
            "seen": Seen(**said["seen"]),
        }
    )
