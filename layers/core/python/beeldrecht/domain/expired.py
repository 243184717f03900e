"""What ended by its term: the rest of the job follows, and an entry says that it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .retention import RetentionKind

ACTOR: Final = "retention"
"""Who does what follows from terms: nobody in particular."""

EXPIRE_TAGS: Final[Mapping[RetentionKind, str]] = MappingProxyType(
    {
        RetentionKind.UNLINKED_FACES: "retention:face:expire",
        RetentionKind.TEMPLATES: "retention:template:expire",
        RetentionKind.CONTACTS: "retention:contact:expire",
        RetentionKind.REQUESTS: "retention:request:expire",
        RetentionKind.DISCLOSURES: "retention:disclosure:expire",
        RetentionKind.SHARES: "retention:share:expire",
        RetentionKind.MAILS: "retention:mail:expire",
        RetentionKind.PROOF: "retention:proof:expire",
        RetentionKind.ASSETS: "retention:asset:expire",
    }
)
"""How the trail says that something ended; a file not taken in ends as a picture does.

Entries of the trail itself leave none: each would need another. An export says so by its
own record, which outlives its file.
"""


@dataclass(frozen=True, slots=True)
class Expired:
    """One thing that time to live took away, or should have."""

    kind: RetentionKind
    subject_id: str
    """The picture or the person that it was about: whose history says so."""
    item_id: str
    """Which of theirs."""
    expires_at: int
    """The date of removal that it carried."""

    @property
    def tag(self) -> str:
        """How the trail says that it ended."""
        return EXPIRE_TAGS[self.kind]

    @property
    def entry_id(self) -> str:
        """The same for the same thing of the same date, however often it is told."""
        return f"{self.tag}:{self.item_id}:{self.expires_at}"
