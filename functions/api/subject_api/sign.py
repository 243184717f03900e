"""Signing what a link asks, and renewing what was signed before."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import AfterValidator, Field

from beeldrecht.adapters.errors import ActRefusedError, ChainBusyError
from beeldrecht.domain import signing
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.drawings import LONGEST_DRAWING
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import (
    TERMS,
    Link,
    LinkPurpose,
    address_of,
    new_token,
    token_digest,
)
from beeldrecht.domain.people import LONGEST_NAME, Person, name_of
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.signing import (
    Choices,
    Guardian,
    Relation,
    Signature,
    SignatureKind,
    Signed,
    Signer,
    SigningRefusal,
    SigningRefusedError,
)
from beeldrecht.domain.wordings import Wording, digest
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.fields import Country, Email, Language
from beeldrecht.runtime.http.problems import ProblemError

from .asked import Asked, asked_by
from .door import Admitted, Door
from .reached import copy_mail, reached
from .said import not_valid, said
from .seen import seen_of
from .services import Services

Name = Annotated[
    str, Field(min_length=1, max_length=2 * LONGEST_NAME), AfterValidator(name_of)
]


class CopyGoes(StrEnum):
    """Where the copy of what was signed goes."""

    MAIL = "mail"
    PAGE = "page"
    """There is no address at which mail arrives: it is on the own page alone."""


class GuardianGiven(Frozen):
    """Who signs for somebody under the age of consent."""

    name: Name
    relation: Relation


class Mark(Frozen):
    """A signature: the typed name, or a drawing as an SVG path (`M1 2L3 4`)."""

    kind: Literal[SignatureKind.TYPED, SignatureKind.DRAWN]
    mark: str = Field(min_length=1, max_length=LONGEST_DRAWING)


class Answer(Frozen):
    """What somebody signs; a choice that is not named is refused."""

    wording: str = Field(pattern=r"^[0-9a-f]{32}\.[1-9][0-9]{0,5}$")
    wording_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    language: Language
    channels: list[Channel] = Field(max_length=len(Channel))
    portrait: bool
    biometric: bool
    name: Name
    email: Email | None = None
    country: Country
    birth_date: date | None = None
    guardian: GuardianGiven | None = None
    signature: Mark
    attempt: OpaqueId | None = Field(
        default=None,
        description=(
            "Of the page's own making, random and the same when it asks again: at a"
            " session it makes a repetition count once."
        ),
    )


class SignedAnswer(Frozen):
    """What was signed, and where it can be seen from now on."""

    quitclaim_id: OpaqueId
    page_url: str | None = Field(
        description="Told once. None: it was told before, or goes by mail alone."
    )
    copy_to: CopyGoes


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/sign`."""

    @api.open_route(
        HTTPMethod.POST,
        "/subject/sign",
        summary="Sign, or refuse, what I am asked",
        status_code=HTTPStatus.CREATED,
    )
    def sign(answer: Annotated[Answer, Body()]) -> Response[SignedAnswer]:
        """Record a signature, the copy that is sent, and that the link was used, as one.

        Of many who hold one link the first signs; the others are told what whoever holds
        a used link is told. At a session everybody who signs is somebody new on record.
        """
        at = services.now()
        admitted = door.let_in(
            at, LinkPurpose.SIGN, LinkPurpose.SESSION, LinkPurpose.RENEW
        )
        asked = asked_by(services, admitted.link, at)
        as_shown(asked.wording, answer)
        made = _Signing(api, services, admitted, asked, answer, at)
        return reply(made.recorded(), HTTPStatus.CREATED)


def as_shown(wording: Wording, answer: Answer) -> None:
    """Go on only with the very words that the page showed; raises ProblemError."""
    if (
        answer.wording != wording.name
        or answer.language not in wording.texts
        or answer.wording_sha256 != digest(wording, answer.language)
    ):
        raise ProblemError(Problem.WORDING_CHANGED)


class _Signing:
    """One signature on its way to the record."""

    def __init__(
        self,
        api: Api,
        services: Services,
        admitted: Admitted,
        asked: Asked,
        answer: Answer,
        at: datetime,
    ) -> None:
        self._api, self._services = api, services
        self._link, self._digest = admitted.link, admitted.digest
        self._asked, self._answer, self._at = asked, answer, at
        self._person_id, self._quitclaim_id = self._ids()

    def _ids(self) -> tuple[str, str]:
        """Whose signature it is, and its own id: the same when it is sent again."""
        if self._asked.person is not None:
            own = derived_id("quitclaim", self._link.link_id)
            return self._asked.person.person_id, own
        attempt = self._answer.attempt or self._services.new_id()
        seed = (self._link.link_id, attempt)
        return derived_id("person", *seed), derived_id("quitclaim", *seed)

    def recorded(self) -> SignedAnswer:
        """Record it; raises ProblemError."""
        signed = self._signed()
        signer = signed.evidence.signer
        there = reached(self._services, self._asked.person, signer, self._answer.language)
        new = self._asked.person is None
        mails = [copy_mail(self._person_id, self._quitclaim_id, self._at)]
        try:
            first = self._services.signatures.record(
                signed,
                self._services.names,
                self._entry(signed),
                link=self._digest,
                request=self._asked.request,
                contact=there.contact,
                person=Person(self._person_id, signer.name) if new else None,
                mails=mails,
            )
        except ActRefusedError as error:
            raise not_valid() from error
        if not first and not new:
            # Somebody else was first with this link.
            raise not_valid()
        return SignedAnswer(
            quitclaim_id=self._quitclaim_id,
            # Whoever repeats a request is not told again: it could be somebody else.
            page_url=self._page_url(signed, by_mail=there.by_mail) if first else None,
            copy_to=CopyGoes.MAIL if there.by_mail else CopyGoes.PAGE,
        )

    def _signed(self) -> Signed:
        answer, asked = self._answer, self._asked
        given = answer.guardian
        with_reason = signable(self._api.language)
        return with_reason(
            lambda: signing.sign(
                asked.wording,
                answer.language,
                Choices(frozenset(answer.channels), answer.portrait, answer.biometric),
                Signer(
                    name=answer.name,
                    email=answer.email,
                    birth_date=answer.birth_date,
                    country=answer.country,
                    guardian=Guardian(given.name, given.relation) if given else None,
                ),
                Signature(SignatureKind(answer.signature.kind), answer.signature.mark),
                seen_of(self._api.app.current_event.raw_event),
                person_id=self._person_id,
                quitclaim_id=self._quitclaim_id,
                signed_on=asked.delivery.value,
                at=self._at,
                request_id=asked.request.request_id if asked.request else None,
                session_id=asked.session_id,
                photographer=asked.photographer,
                replaces=asked.before.quitclaim_id if asked.before else None,
                ages=self._services.ages,
            )
        )

    def _entry(self, signed: Signed) -> NewEntry:
        return signing_entry("api:consent:sign", signed, self._link)

    def _page_url(self, signed: Signed, *, by_mail: bool) -> str | None:
        """The address of the signer's own page; None: others were writing meanwhile.

        Made after the signature stands, since a link that nobody used would else be left
        of each attempt. Where no mail brings another one, it lasts as long as what was
        signed.
        """
        token = new_token()
        expires_at = self._at + TERMS[LinkPurpose.OWN_PAGE].lasts
        if not by_mail:
            ends = [grant.period.end for grant in signed.grants if grant.period.end]
            expires_at = max([expires_at, *ends])
        link = Link(
            link_id=self._services.new_id(),
            subject_id=self._person_id,
            purpose=LinkPurpose.OWN_PAGE,
            created_by=self._link.link_id,
            created_at=self._at,
            expires_at=expires_at,
            max_uses=TERMS[LinkPurpose.OWN_PAGE].uses,
        )
        entry = NewEntry(
            subject=self._person_id,
            entry_id=f"api:link:create:{link.link_id}",
            tag="api:link:create",
            at=self._at,
            actor=self._link.link_id,
            data={"link_id": link.link_id},
        )
        try:
            self._services.links.create(link, token_digest(token), entry)
        except ChainBusyError:
            return None
        return address_of(self._services.site_url, link.purpose, token)


def signable(language: str) -> Callable[[Callable[[], Signed]], Signed]:
    """Sign, or say to the caller why that cannot be signed."""

    def with_reason(sign: Callable[[], Signed]) -> Signed:
        try:
            return sign()
        except SigningRefusedError as error:
            if error.reason is SigningRefusal.WORDING_CHANGED:
                raise ProblemError(Problem.WORDING_CHANGED) from error
            why = said(error.reason, language).model_dump()
            raise ProblemError(Problem.NOT_SIGNABLE, more={"findings": [why]}) from error

    return with_reason


def signing_entry(tag: str, signed: Signed, link: Link) -> NewEntry:
    """What goes on record of a signature: which words and choices, not whose name."""
    evidence, choices = signed.evidence, signed.evidence.choices
    return NewEntry(
        subject=evidence.person_id,
        entry_id=f"{tag}:{evidence.quitclaim_id}",
        tag=tag,
        at=evidence.signed_at,
        actor=link.link_id,
        data={
            "quitclaim_id": evidence.quitclaim_id,
            "wording": evidence.wording,
            "channels": ",".join(sorted(choices.channels)),
            "portrait": int(choices.portrait),
            "biometric": int(choices.biometric),
            "guardian": int(evidence.signer.guardian is not None),
            "request_id": evidence.request_id,
            "session_id": evidence.session_id,
            "replaces": evidence.replaces,
        },
    )
