"""The words for what verifying the audit log can find."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .audit_findings import AuditFindingId

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        AuditFindingId.CHANGED: (
            "This entry was changed after it was written."
            " Find out who could write to the table."
        ),
        AuditFindingId.MISSING: (
            "Entries are missing here. Look for them in a backup of the table."
        ),
        AuditFindingId.CUT_OFF: (
            "The end of this chain was cut off. Look for its entries in a backup."
        ),
        AuditFindingId.OUT_OF_PLACE: (
            "This entry stands where it was not written. Find out who moved it."
        ),
        AuditFindingId.INSERTED: (
            "This entry was put in later, beside the one that stood here."
            " Find out who did that."
        ),
        AuditFindingId.FORKED: (
            "The log was written anew from here on."
            " Compare it with a backup from before the checkpoint."
        ),
        AuditFindingId.STRAY: (
            "Something that is no entry stands among the entries."
            " Find out who put it there."
        ),
        AuditFindingId.MARK_ALONE: (
            "An entry is marked as written and is not there. Look for it in a backup."
        ),
        AuditFindingId.DATED: (
            "This entry is dated to go, and no locked beginning lets it."
            " Pause retention, and find out who could write to the table."
        ),
        AuditFindingId.BEGINNING_WRONG: (
            "This chain is said to begin later, and what says so does not agree with the"
            " log. Look for its oldest entries in a backup."
        ),
        AuditFindingId.BEGINNING_EARLY: (
            "This chain is said to begin later than its term lets it."
            " Look for what is gone in a backup, and find out who declared it."
        ),
        AuditFindingId.CHECKPOINT_CHANGED: (
            "This checkpoint was changed. Look at its older version in the bucket."
        ),
        AuditFindingId.CHECKPOINT_MISSING: (
            "Checkpoints are missing. Look for deleted versions in the bucket."
        ),
        AuditFindingId.CHECKPOINT_FORKED: (
            "This checkpoint does not follow the one before it."
            " Look at both in the bucket."
        ),
        AuditFindingId.CHECKPOINT_LATE: (
            "There has been no checkpoint for hours."
            " See why the function that makes them fails."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        AuditFindingId.CHANGED: (
            "Deze regel is na het schrijven gewijzigd."
            " Zoek uit wie in de tabel kon schrijven."
        ),
        AuditFindingId.MISSING: (
            "Hier ontbreken regels. Zoek ze in een reservekopie van de tabel."
        ),
        AuditFindingId.CUT_OFF: (
            "Het einde van deze keten is weg. Zoek de regels in een reservekopie."
        ),
        AuditFindingId.OUT_OF_PLACE: (
            "Deze regel staat niet waar hij is geschreven. Zoek uit wie hem verplaatste."
        ),
        AuditFindingId.INSERTED: (
            "Deze regel is er later bij gezet, naast de regel die hier stond."
            " Zoek uit wie dat deed."
        ),
        AuditFindingId.FORKED: (
            "Het logboek is vanaf hier opnieuw geschreven."
            " Vergelijk het met een reservekopie van voor het ijkpunt."
        ),
        AuditFindingId.STRAY: (
            "Tussen de regels staat iets dat geen regel is. Zoek uit wie het daar zette."
        ),
        AuditFindingId.MARK_ALONE: (
            "Een regel is als geschreven gemerkt en is er niet."
            " Zoek hem in een reservekopie."
        ),
        AuditFindingId.DATED: (
            "Deze regel is gedateerd om te gaan, zonder vergrendeld begin."
            " Zet de bewaartermijnen stil, en zoek uit wie kon schrijven."
        ),
        AuditFindingId.BEGINNING_WRONG: (
            "Deze keten zou later beginnen, en wat dat zegt klopt niet met het logboek."
            " Zoek de oudste regels in een reservekopie."
        ),
        AuditFindingId.BEGINNING_EARLY: (
            "Deze keten zou later beginnen dan de bewaartermijn toelaat."
            " Zoek wat weg is in een reservekopie, en zoek uit wie dat vastlegde."
        ),
        AuditFindingId.CHECKPOINT_CHANGED: (
            "Dit ijkpunt is gewijzigd. Bekijk de oudere versie in de bucket."
        ),
        AuditFindingId.CHECKPOINT_MISSING: (
            "Er ontbreken ijkpunten. Zoek verwijderde versies in de bucket."
        ),
        AuditFindingId.CHECKPOINT_FORKED: (
            "Dit ijkpunt volgt niet op het vorige. Bekijk beide in de bucket."
        ),
        AuditFindingId.CHECKPOINT_LATE: (
            "Er is al uren geen ijkpunt. Zoek uit waarom de functie die ze maakt faalt."
        ),
    }
)
