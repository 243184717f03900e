"""Start what follows a fact: the one place from which the register moves anything."""

from collections.abc import Mapping
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


def follow_register(
    fact: RecordedFact,
    request_consent: Workflow,
    renew_consent: Workflow,
    withdraw_consent: Workflow,
    export_person: Workflow,
    erase_person: Workflow,
    erase_asset: Workflow,
    mails: MailQueue,
) -> bool:
    """Start the workflow of a fact, or hand its mail on; says whether that was new.

    Safe to repeat, as a stream does: an execution carries the name of its fact, and
    whoever delivers a mail claims it first. The fact was on record before, so nothing is
    started that did not happen.
    """
    about = fact.subject_id or fact.fact_id
    match fact.kind:
        case FactKind.REQUEST:
            begun, ids = request_consent, {"request_id": fact.fact_id}
        case FactKind.QUITCLAIM:
            ids = {"person_id": about, "quitclaim_id": fact.fact_id}
            begun = renew_consent
        case FactKind.WITHDRAWAL | FactKind.RESTRICTION | FactKind.LIFT:
            begun, ids = withdraw_consent, {"person_id": about, "fact_id": fact.fact_id}
        case FactKind.EXPORT:
            begun, ids = export_person, {"export_id": fact.fact_id, "person_id": about}
        case FactKind.ERASURE:
            begun, ids = erase_person, {"erasure_id": fact.fact_id, "person_id": about}
        case FactKind.PICTURE_ERASURE:
            begun, ids = erase_asset, {"erasure_id": fact.fact_id, "asset_id": about}
        case FactKind.MAIL:
            mails.send(fact.fact_id)
            if fact.subject_id is None:
                return True
            # It tells that a consent has ended: its pictures and who has them follow.
            begun, ids = withdraw_consent, {"person_id": about, "fact_id": fact.fact_id}
    return begun.start(fact.fact_id, ids)
