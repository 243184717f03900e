"""Telling people of the milestones that are due: one mail for each, whoever looks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Quitclaim
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.milestones import Milestone, MilestoneKind, due, milestones_of

from .facts import ConsentFacts

MAILS = {
    MilestoneKind.ENDS_SOON: MailKind.RENEW,
    MilestoneKind.ENDED: MailKind.ENDED,
    MilestoneKind.COMES_OF_AGE: MailKind.COMES_OF_AGE,
}


class Register(Protocol):
    """The consent register."""

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """What is on record about these people and this asset."""
        ...


class Documents(Protocol):
    """What people signed."""

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        """A person's signed documents."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Put a mail on record with its entry; False when it is there already."""
        ...


def milestones_of_person(
    person_id: str,
    register: Register,
    documents: Documents,
    days: tuple[int, ...],
) -> tuple[tuple[Milestone, ...], ConsentFacts]:
    """Every milestone of everything a person signed, and the facts they depend on.

    `days`: how many before an end this deployment announces it.
    """
    facts = register.facts([person_id])
    found = [
        milestone
        for document in documents.quitclaims(person_id)
        for milestone in milestones_of(
            tuple(g for g in facts.grants if g.quitclaim_id == document.quitclaim_id),
            document.guardian,
            days,
        )
    ]
    return tuple(found), facts


def tell(
    person_id: str,
    register: Register,
    documents: Documents,
    mails: Mails,
    tag: str,
    due_at: datetime,
    at: datetime,
    days: tuple[int, ...],
) -> int:
    """Record the mail of each milestone of a person that is due at `due_at`.

    Says how many are new. Safe to repeat, and to do twice at a time: the mail's id
    follows from the milestone, and a mail that is on record stays as it is.
    """
    milestones, facts = milestones_of_person(person_id, register, documents, days)
    told = 0
    for each in due(milestones, facts.grants, facts.withdrawals, due_at):
        kind = MAILS[each.kind]
        mail = Mail(
            mail_id(kind, person_id, each.quitclaim_id, each.name),
            kind,
            to=person_id,
            created_at=at,
            about={"quitclaim_id": each.quitclaim_id, "milestone": each.name},
        )
        entry = NewEntry(
            subject=person_id,
            entry_id=f"{tag}:{mail.mail_id}",
            tag=tag,
            at=at,
            actor="system",
            data={"quitclaim_id": each.quitclaim_id, "milestone": each.name},
        )
        told += mails.add(mail, entry)
    return told
