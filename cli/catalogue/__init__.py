"""Every phrase of the command, by key, in English and Dutch.

The words of findings, refusals, roles and verdicts are the domain's
(`beeldrecht.domain.messages`), and those of a no come from the API with it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from cli.catalogue.asking import HELP
from cli.catalogue.auditing import AUDIT
from cli.catalogue.checking import CHECKING
from cli.catalogue.claiming import CLAIMING
from cli.catalogue.consenting import CONSENTS
from cli.catalogue.consenting_help import CONSENT_HELP
from cli.catalogue.declaring import DECLARING
from cli.catalogue.describing import DESCRIBING
from cli.catalogue.doing import DEAD_LETTERS, DONE, REFUSED_FILES
from cli.catalogue.erasing import ERASING
from cli.catalogue.exporting import EXPORTING
from cli.catalogue.failing import FAILURES
from cli.catalogue.forecasting import FORECASTING
from cli.catalogue.governing import GOVERNANCE
from cli.catalogue.importing import IMPORTING
from cli.catalogue.keeping import KEEPING
from cli.catalogue.masking import MASKING
from cli.catalogue.phrase import Phrase
from cli.catalogue.proving import PROVING
from cli.catalogue.recalling import RECALLING
from cli.catalogue.requesting import REQUESTING
from cli.catalogue.searching import SEARCHING
from cli.catalogue.sharing import SHARING
from cli.catalogue.showing import DATES, NAMES, TABLES
from cli.catalogue.signing_in import SIGN_IN
from cli.catalogue.versioning import VERSIONING

PARTS: Final[Sequence[Mapping[str, Phrase]]] = (
    NAMES,
    DATES,
    TABLES,
    SIGN_IN,
    REFUSED_FILES,
    DONE,
    DEAD_LETTERS,
    DESCRIBING,
    AUDIT,
    PROVING,
    CHECKING,
    CLAIMING,
    CONSENTS,
    CONSENT_HELP,
    ERASING,
    EXPORTING,
    FAILURES,
    FORECASTING,
    GOVERNANCE,
    HELP,
    IMPORTING,
    KEEPING,
    DECLARING,
    VERSIONING,
    MASKING,
    RECALLING,
    REQUESTING,
    SEARCHING,
    SHARING,
)
PHRASES: Final[Mapping[str, Phrase]] = {
    key: phrase for part in PARTS for key, phrase in part.items()
}

__all__ = ["PARTS", "PHRASES", "Phrase"]
