"""Compose a mail: find what it is about, make its link, and say it in the right words.

A link's token is made here and nowhere earlier, so that none lies in a queue or a table.
A mail that is composed again has another link; the one before serves nobody and ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from beeldrecht.adapters.errors import KeyDestroyedError, MissingUserError
from beeldrecht.domain.accounts import AccountStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Grant, GrantKind
from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.domain.contacts import AddressState
from beeldrecht.domain.exports import ExportState
from beeldrecht.domain.exports import state_at as state_of_export
from beeldrecht.domain.links import (
    TERMS,
    Link,
    LinkPurpose,
    address_of,
    renewal_ends,
    token_digest,
)
from beeldrecht.domain.mails import Mail, MailKind, MailRefusedError, NotSent
from beeldrecht.domain.paper import ENDINGS, media_type_of
from beeldrecht.domain.signing import Evidence, SignatureKind
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    last_day,
)
from beeldrecht.domain.wordings import Wording
from beeldrecht_mail.letters import Contents, day_of, instant_of, write
from beeldrecht_mail.words import Language, Variant, language

from . import rights
from .copies import document_of, link_ends
from .desk import Desk, Reader
from .ends import told_of
from .step import Attachment, Composed


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a mail says, before it is put in words."""

    contents: Contents
    variant: Variant = Variant.PLAIN
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """One mail, for one reader, at one instant."""

    desk: Desk
    mail: Mail
    reader: Reader
    tongue: Language
    at: datetime


def compose(desk: Desk, mail: Mail, at: datetime) -> Composed:
    """A mail, ready to be handed over; raises MailRefusedError.

    Safe to repeat. What it would say is looked up now: a mail that waited never says
    what is over.
    """
    try:
        reader = _reader(desk, mail)
        tongue = language(reader.language)
        draft = _DRAFTS[mail.kind](_Case(desk, mail, reader, tongue, at))
    except KeyDestroyedError as error:
        raise MailRefusedError(NotSent.ERASED) from error
    letter = write(desk.templates, tongue, mail.kind, draft.variant, draft.contents)
    return Composed(
        to=reader.address,
        subject=letter.subject,
        html=letter.html,
        text=letter.text,
        attachments=draft.attachments,
    )


def _reader(desk: Desk, mail: Mail) -> Reader:
    """Whom it is for; of a copy that no mail brings, their own page has it."""
    try:
        return _staff(desk, mail) if mail.to_staff else _person(desk, mail)
    except MailRefusedError:
        if mail.kind is MailKind.COPY:
            evidence, wording = _signed(desk, mail)
            document_of(desk, evidence, wording, _grants(desk, mail))
        raise


def _person(desk: Desk, mail: Mail) -> Reader:
    """A person, if mail can reach them."""
    note = desk.contacts.state(mail.to)
    if note is not None and note.state is AddressState.BOUNCED:
        raise MailRefusedError(NotSent.ADDRESS_BOUNCED)
    if note is not None and note.state is AddressState.COMPLAINED:
        raise MailRefusedError(NotSent.ADDRESS_COMPLAINED)
    contact = desk.contacts.get(mail.to, desk.seals)
    if contact is None or not contact.email:
        raise MailRefusedError(NotSent.NO_ADDRESS)
    person = desk.register.person(mail.to, desk.seals)
    name = person.name if person else None
    guardian = contact.guardian_name
    return Reader(
        address=contact.email,
        language=contact.language,
        name=guardian or name,
        person=name if guardian else None,
    )


def _staff(desk: Desk, mail: Mail) -> Reader:
    try:
        account = desk.users.find(mail.to)
    except MissingUserError as error:
        raise MailRefusedError(NotSent.NO_ADDRESS) from error
    if account.status is AccountStatus.DISABLED or not account.email:
        raise MailRefusedError(NotSent.NO_ADDRESS)
    return Reader(account.email, desk.staff_language, None, None)


# -- what each kind says ---------------------------------------------------------------


def _ask(case: _Case) -> _Draft:
    request = case.desk.requests.get(case.mail.about["request_id"])
    if request is None or request.state is not ConsentRequestState.OPEN:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    if case.at >= request.ends_at:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    wording = _wording(case.desk, request.wording)
    url = _link(
        case.desk,
        case.mail,
        LinkPurpose.SIGN,
        case.at,
        request.request_id,
        request.ends_at,
    )
    values = {
        **_titled(wording, request.language),
        "day": _last_day(request, case.tongue),
    }
    return _Draft(_contents(case.desk, case.reader, values, url))


def _copy(case: _Case) -> _Draft:
    evidence, wording = _signed(case.desk, case.mail)
    grants = _grants(case.desk, case.mail)
    copy = document_of(case.desk, evidence, wording, grants)
    ends_at = link_ends(grants, case.at)
    url = _link(case.desk, case.mail, LinkPurpose.OWN_PAGE, case.at, None, ends_at)
    values = {
        **_titled(wording, evidence.language),
        "signed": day_of(evidence.signed_at, case.tongue),
        "day": day_of(ends_at, case.tongue),
    }
    attached = _attached(evidence, copy.content)
    # A scan is what staff's scanner made of it; what we set ourselves is an archive copy.
    ours = evidence.signature.kind is not SignatureKind.PAPER
    name = f"{attached.name} (PDF/A)" if ours else attached.name
    lines = (name, f"SHA-256 {copy.sha256}")
    contents = _contents(case.desk, case.reader, values, url, document=lines)
    return _Draft(contents, attachments=(attached,))


def _milestone(case: _Case) -> _Draft:
    evidence, wording = _signed(case.desk, case.mail)
    facts = case.desk.register.facts([case.mail.to])
    found = told_of(case.mail, facts.grants, facts.withdrawals)
    if not found:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    last = found[0].last_day or case.at.date()
    quitclaim_id = case.mail.about["quitclaim_id"]
    if case.mail.kind is MailKind.ENDED:
        ends_at = case.at + TERMS[LinkPurpose.OWN_PAGE].lasts
        url = _link(case.desk, case.mail, LinkPurpose.OWN_PAGE, case.at, None, ends_at)
    else:
        over = max(grant.period.end or case.at for grant in found)
        ends_at = renewal_ends(over, case.at)
        url = _link(
            case.desk, case.mail, LinkPurpose.RENEW, case.at, quitclaim_id, ends_at
        )
    of_age = case.mail.kind is MailKind.COMES_OF_AGE
    values = {
        **_titled(wording, evidence.language),
        "signed": day_of(evidence.signed_at, case.tongue),
        "day": case.tongue.day(last + timedelta(days=1) if of_age else last),
        "channels": _uses(found, case.tongue),
        "link_day": day_of(ends_at, case.tongue),
        "person_or_you": case.reader.person or case.reader.name or evidence.signer.name,
    }
    contents = _contents(case.desk, case.reader, values, url)
    # A guardian is asked to pass this one on: it says nothing against that.
    return _Draft(replace(contents, private=not of_age))


def _withdrawn(case: _Case) -> _Draft:
    facts = case.desk.register.facts([case.mail.to])
    told = set(case.mail.about["withdrawals"].split(","))
    back = [each for each in facts.withdrawals if each.withdrawal_id in told]
    grants = [g for g in facts.grants if any(each.takes_back(g) for each in back)]
    values = {
        "at": instant_of(case.mail.created_at, case.tongue),
        "channels": _uses(grants, case.tongue),
    }
    return _Draft(_own_page(case.desk, case.mail, case.reader, values, case.at))


def _objection(case: _Case) -> _Draft:
    request = _subject_request(case.desk, case.mail)
    said = case.mail.about.get("state", SubjectRequestState.OPEN.value)
    variant = Variant(said)
    values = _clock(request, case.tongue, decided=variant is not Variant.RECEIVED)
    return _Draft(_own_page(case.desk, case.mail, case.reader, values, case.at), variant)


def _request_received(case: _Case) -> _Draft:
    request = _subject_request(case.desk, case.mail)
    if request.kind is SubjectRequestKind.OBJECTION:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    values = _clock(request, case.tongue, decided=False)
    variant = Variant(request.kind.value)
    return _Draft(_own_page(case.desk, case.mail, case.reader, values, case.at), variant)


def _right(case: _Case) -> _Draft:
    request = _subject_request(case.desk, case.mail)
    told = rights.of_request(request, case.mail, case.tongue)
    page = _own_page(case.desk, case.mail, case.reader, told.values, case.at)
    return _Draft(page, told.variant)


def _officer_digest(case: _Case) -> _Draft:
    requests = case.desk.subject_requests
    values, lines = rights.digest(requests, case.mail, case.tongue, case.at)
    return _Draft(_for_staff(case.desk, values, lines))


def _export_ready(case: _Case) -> _Draft:
    export = case.desk.exports.get(case.mail.about["export_id"])
    if export is None or export.package is None:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    if state_of_export(export, case.at) is not ExportState.READY:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    ends_at, export_id = export.package.ends_at, export.export_id
    url = _link(case.desk, case.mail, LinkPurpose.EXPORT, case.at, export_id, ends_at)
    values = {"day": day_of(ends_at - timedelta(microseconds=1), case.tongue)}
    return _Draft(_contents(case.desk, case.reader, values, url))


def _erased(case: _Case) -> _Draft:
    """The last mail: the link is the erasure's, and not of whom it erases."""
    erasure_id = case.mail.about["erasure_id"]
    ends_at = case.at + TERMS[LinkPurpose.CERTIFICATE].lasts
    url = _link(
        *(case.desk, case.mail, LinkPurpose.CERTIFICATE, case.at),
        *(erasure_id, ends_at),
        subject_id=erasure_id,
    )
    values = {
        "number": erasure_id,
        "day": day_of(ends_at - timedelta(days=1), case.tongue),
    }
    return _Draft(_contents(case.desk, case.reader, values, url))


def _recall(case: _Case) -> _Draft:
    """What a recipient is asked to remove; not why, which is somebody else's."""
    about = case.mail.about
    ends_at = case.at + TERMS[LinkPurpose.RECALL].lasts
    url = _link(
        case.desk, case.mail, LinkPurpose.RECALL, case.at, about["recall_id"], ends_at
    )
    values = {
        "asset": about["asset_id"],
        "at": instant_of(case.mail.created_at, case.tongue),
        "channels": ", ".join(
            case.tongue.channels[Channel(each)] for each in about["channels"].split(",")
        ),
        "day": day_of(ends_at - timedelta(days=1), case.tongue),
    }
    return _Draft(_contents(case.desk, case.reader, values, url))


def _share(case: _Case) -> _Draft:
    """Pictures that somebody outside may see; the share itself says for how long."""
    about = case.mail.about
    ends_at = datetime.fromisoformat(about["ends"])
    if case.at >= ends_at:
        raise MailRefusedError(NotSent.NO_LONGER_APPLIES)
    share_id = about["share_id"]
    url = _link(case.desk, case.mail, LinkPurpose.SHARE, case.at, share_id, ends_at)
    values = {
        "count": about["pictures"],
        "day": day_of(ends_at - timedelta(microseconds=1), case.tongue),
    }
    return _Draft(_contents(case.desk, case.reader, values, url))


def _digest(case: _Case) -> _Draft:
    counted = {
        channel: int(case.mail.about[channel])
        for channel in Channel
        if int(case.mail.about.get(channel, "0")) > 0
    }
    lines = tuple(
        case.tongue.counted["one" if count == 1 else "picture"].format(
            channel=case.tongue.channels[channel], count=count
        )
        for channel, count in counted.items()
    )
    values = {
        "day": case.tongue.day(date.fromisoformat(case.mail.about["day"])),
        "days": case.mail.about["days"],
    }
    return _Draft(_for_staff(case.desk, values, lines))


def _recognition_off(case: _Case) -> _Draft:
    at = datetime.fromisoformat(case.mail.about["since"])
    return _Draft(_for_staff(case.desk, {"at": instant_of(at, case.tongue)}))


_DRAFTS: Mapping[MailKind, Callable[[_Case], _Draft]] = {
    MailKind.ASK: _ask,
    MailKind.REMIND: _ask,
    MailKind.COPY: _copy,
    MailKind.RENEW: _milestone,
    MailKind.ENDED: _milestone,
    MailKind.COMES_OF_AGE: _milestone,
    MailKind.WITHDRAWN: _withdrawn,
    MailKind.OBJECTION: _objection,
    MailKind.REQUEST_RECEIVED: _request_received,
    MailKind.EXPORT_READY: _export_ready,
    MailKind.ERASED: _erased,
    MailKind.REQUEST_EXTENDED: _right,
    MailKind.REQUEST_DECIDED: _right,
    MailKind.FREEZE_LIFTED: _right,
    MailKind.OFFICER_DIGEST: _officer_digest,
    MailKind.RECALL: _recall,
    MailKind.RECALL_REMINDER: _recall,
    MailKind.SHARE: _share,
    MailKind.DIGEST: _digest,
    MailKind.RECOGNITION_OFF: _recognition_off,
}


# -- looking up ------------------------------------------------------------------------


def _wording(desk: Desk, name: str) -> Wording:
    wording = desk.wordings.get(name)
    if wording is None:
        # A fault of ours: the message comes back, and at last lies where somebody looks.
        raise LookupError("a wording that was used is not on record")
    return wording


def _signed(desk: Desk, mail: Mail) -> tuple[Evidence, Wording]:
    quitclaim_id = mail.about["quitclaim_id"]
    evidence = desk.signatures.evidence(mail.to, quitclaim_id, desk.seals.proof)
    if evidence is None:
        raise LookupError("a signed document has no evidence on record")
    return evidence, _wording(desk, evidence.wording)


def _grants(desk: Desk, mail: Mail) -> tuple[Grant, ...]:
    quitclaim_id = mail.about["quitclaim_id"]
    facts = desk.register.facts([mail.to])
    return tuple(each for each in facts.grants if each.quitclaim_id == quitclaim_id)


def _subject_request(desk: Desk, mail: Mail) -> SubjectRequest:
    request = desk.subject_requests.get(mail.about["request_id"])
    if request is None:
        raise LookupError("a request that was received is not on record")
    return request


# -- saying ----------------------------------------------------------------------------


def _titled(wording: Wording, code: str) -> dict[str, str]:
    _, text = wording.text_for(code)
    return {"title": text.title, "controller": text.controller}


def _last_day(request: ConsentRequest, tongue: Language) -> str:
    """The day on which it can still be answered."""
    return day_of(request.ends_at - timedelta(microseconds=1), tongue)


def _clock(request: SubjectRequest, tongue: Language, *, decided: bool) -> dict[str, str]:
    at = request.decided_at if decided else request.asked_at
    return {
        "at": day_of(at or request.asked_at, tongue),
        "asked": day_of(request.asked_at, tongue),
        "day": tongue.day(last_day(request)),
        "reason": request.reason or "",
    }


def _uses(grants: list[Grant] | tuple[Grant, ...], tongue: Language) -> str:
    """What grants are for, in words: channels, and the two other kinds by their names."""
    channels = {
        channel
        for grant in grants
        if grant.kind is GrantKind.IMAGE_CONSENT
        for channel in grant.channels
    }
    kinds = {grant.kind for grant in grants}
    words = [tongue.channels[channel] for channel in Channel if channel in channels]
    if GrantKind.PORTRAIT_AGREEMENT in kinds:
        words.append(tongue.copy.portrait)
    if GrantKind.BIOMETRIC_CONSENT in kinds:
        words.append(tongue.copy.biometric)
    return ", ".join(words)


def _contents(
    desk: Desk,
    reader: Reader,
    values: Mapping[str, str],
    url: str,
    document: tuple[str, ...] = (),
) -> Contents:
    return Contents(
        values=values,
        url=url,
        organisation=desk.organisation,
        reader=reader.name,
        person=reader.person,
        document=document,
    )


def _own_page(
    desk: Desk, mail: Mail, reader: Reader, values: Mapping[str, str], at: datetime
) -> Contents:
    ends_at = at + TERMS[LinkPurpose.OWN_PAGE].lasts
    url = _link(desk, mail, LinkPurpose.OWN_PAGE, at, None, ends_at)
    return _contents(desk, reader, values, url)


def _for_staff(
    desk: Desk, values: Mapping[str, str], lines: tuple[str, ...] = ()
) -> Contents:
    return Contents(
        values=values,
        url=desk.site_url,
        organisation=desk.organisation,
        lines=lines,
        private=False,
    )


def _attached(evidence: Evidence, document: bytes) -> Attachment:
    """A document as it goes along, named by the day of signing: no name, no title."""
    kind = media_type_of(document)
    if kind is None:
        raise LookupError("a document that was kept is none that we keep")
    name = f"beeldrecht-{evidence.signed_at.date().isoformat()}{ENDINGS[kind]}"
    return Attachment(name, kind, document)


def _link(
    desk: Desk,
    mail: Mail,
    purpose: LinkPurpose,
    at: datetime,
    about: str | None,
    ends_at: datetime,
    subject_id: str | None = None,
) -> str:
    """Make the link of a mail, and give its address: the token is told here alone."""
    subject = subject_id or mail.to
    link = Link(
        link_id=desk.new_id(),
        subject_id=subject,
        purpose=purpose,
        created_by="system",
        created_at=at,
        expires_at=ends_at,
        max_uses=TERMS[purpose].uses,
        about=about,
    )
    token = desk.new_token()
    entry = NewEntry(
        subject=subject,
        entry_id=f"consent:link:create:{link.link_id}",
        tag="consent:link:create",
        at=at,
        actor="system",
        data={"link_id": link.link_id, "mail_id": mail.mail_id},
    )
    desk.links.create(link, token_digest(token), entry)
    return address_of(desk.site_url, purpose, token)
