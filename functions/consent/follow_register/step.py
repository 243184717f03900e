"""Start what follows a fact: the one place from which the register moves anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from beeldrecht.domain.recorded import FactKind, RecordedFact


class Workflow(Protocol):
    """A workflow that is started once for each fact."""

    def start(self, fact_id: str, ids: Mapping[str, str]) -> bool:
        """Start it; False when what follows that fact is done already."""
        ...


class MailQueue(Protocol):
    """The queue of mails that wait to be sent."""

    def send(self, mail_id: str) -> None:
        """Hand a mail on; twice does no harm."""
        ...


@dataclass(frozen=True, slots=True)
class Workflows:
    """What a fact can start."""

    request_consent: Workflow
    renew_consent: Workflow
    withdraw_consent: Workflow
    export_person: Workflow
    erase_person: Workflow
    erase_asset: Workflow
    relook: Workflow


def follow_register(fact: RecordedFact, workflows: Workflows, mails: MailQueue) -> bool:
    """Start the workflow of a fact, or hand its mail on; says whether that was new.

    Safe to repeat, as a stream does: an execution carries the name of its fact, and
    whoever delivers a mail claims it first. The fact was on record before, so nothing is
    started that did not happen.
    """
    about = fact.subject_id or fact.fact_id
    match fact.kind:
        case FactKind.REQUEST:
            begun, ids = workflows.request_consent, {"request_id": fact.fact_id}
        case FactKind.QUITCLAIM:
            ids = {"person_id": about, "quitclaim_id": fact.fact_id}
            begun = workflows.renew_consent
        case FactKind.WITHDRAWAL | FactKind.RESTRICTION | FactKind.LIFT:
            begun, ids = (
                workflows.withdraw_consent,
                {"person_id": about, "fact_id": fact.fact_id},
            )
        case FactKind.EXPORT:
            begun, ids = (
                workflows.export_person,
                {"export_id": fact.fact_id, "person_id": about},
            )
        case FactKind.ERASURE:
            begun, ids = (
                workflows.erase_person,
                {"erasure_id": fact.fact_id, "person_id": about},
            )
        case FactKind.PICTURE_ERASURE:
            begun, ids = (
                workflows.erase_asset,
                {"erasure_id": fact.fact_id, "asset_id": about},
            )
        case FactKind.ENROLMENT:
            begun, ids = (
                workflows.relook,
                {"enrolment_id": fact.fact_id, "person_id": about},
            )
        case FactKind.MAIL:
            mails.send(fact.fact_id)
            if fact.subject_id is None:
                return True
            # It tells that a consent has ended: its pictures and who has them follow.
            begun, ids = (
                workflows.withdraw_consent,
                {"person_id": about, "fact_id": fact.fact_id},
            )
    return begun.start(fact.fact_id, ids)
