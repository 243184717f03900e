"""The copy of what was signed: made once, sealed, kept, and the same ever after."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from beeldrecht.domain.consent import Grant
from beeldrecht.domain.links import TERMS, LinkPurpose
from beeldrecht.domain.signing import Evidence
from beeldrecht.domain.wordings import Wording
from beeldrecht_mail.copy import signed_copy

from .desk import Desk

LONGEST_LINK: Final = timedelta(days=5 * 365)
"""Of a copy whose grants have no end."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as it was kept."""

    content: bytes
    """The PDF that was made of a signature, or the scan of a form."""
    sha256: str


def document_of(
    desk: Desk, evidence: Evidence, wording: Wording, grants: Sequence[Grant]
) -> Copy:
    """The copy of one signed document; makes and keeps it when there is none.

    Kept first, then noted. Killed in between it is found and noted by the retry: what is
    kept stands, and is what the digest is of, even if a later release would set the page
    otherwise.
    """
    quitclaim_id = evidence.quitclaim_id
    if desk.signatures.document_sha256(evidence.person_id, quitclaim_id) is None:
        made = signed_copy(evidence, wording, grants)
        # Of two at once, or of a retry, the first one stands.
        desk.documents.keep(quitclaim_id, desk.seals.proof.seal(evidence.person_id, made))
    # Asked for only once it is there: S3 tells nobody who may not list that it is not.
    sealed = desk.documents.read(quitclaim_id)
    if sealed is None:
        raise LookupError("a copy that was kept is not there")
    content = desk.seals.proof.open(evidence.person_id, sealed)
    sha256 = hashlib.sha256(content).hexdigest()
    desk.signatures.note_document(evidence.person_id, quitclaim_id, sha256)
    return Copy(content, sha256)


def link_ends(grants: Sequence[Grant], at: datetime) -> datetime:
    """Until when the link in a copy works: as long as what was signed, or a month."""
    least = at + TERMS[LinkPurpose.OWN_PAGE].lasts
    ends = [grant.period.end or at + LONGEST_LINK for grant in grants]
    return max([least, *ends])
