"""What Beeldrecht itself does with data of people, as the record of processing says it.

These entries come with the system, so that the record of GDPR 30 is never empty. A
privacy officer takes one over by writing its first version, and signs that.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from .governance import FormField, GovernanceRecord, RecordVersion, RegisterKind
from .ids import derived_id

SHIPPED_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
SHIPPED_BY: Final = "system"
_ORDER: Final = (
    FormField.PURPOSES,
    FormField.BASIS,
    FormField.PEOPLE,
    FormField.DATA,
    FormField.RECIPIENTS,
    FormField.TRANSFERS,
    FormField.TERMS,
    FormField.MEASURES,
)

_NONE_EN: Final = "None: everything is kept and done in one Region of the EU."
_NONE_NL: Final = "Geen: alles wordt bewaard en gedaan in één regio van de EU."
_SAFE_EN: Final = (
    "Encrypted at rest and in transit; roles by least privilege; a tamper-evident log."
)
_SAFE_NL: Final = (
    "Versleuteld in rust en onderweg; rollen met zo min mogelijk rechten; een logboek"
    " waarin elke wijziging zichtbaar is."
)

_ENGLISH: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "pictures": (
            "Keeping and finding pictures",
            "Keeping a library of pictures, and finding whose faces are in them.",
            "The organisation's task or interest in informing the public (GDPR 6(1)).",
            "People who are portrayed; people who send pictures in.",
            "Portraits, descriptions, positions of faces without a template.",
            "The organisation's own staff, by their role.",
            _NONE_EN,
            "As the retention policy says for pictures and for faces without a name.",
            f"{_SAFE_EN} Locations and devices are cut out of what is received.",
        ),
        "consents": (
            "Asking for consent and keeping its proof",
            "Asking people for consent, and being able to show what they agreed to.",
            "Consent (GDPR 6(1)(a)); the duty to show it (GDPR 7(1)).",
            "People who are portrayed, and guardians of who is too young to sign.",
            "Names, addresses, signatures, what was agreed to, for how long.",
            "The organisation's own staff; the person, by a link of their own.",
            _NONE_EN,
            "As the retention policy says for contacts, mails and proof.",
            f"{_SAFE_EN} Sealed with a key of each person's own.",
        ),
        "uses": (
            "Using pictures and giving them out",
            "Publishing pictures, and knowing who received which.",
            "The basis on record for each picture and channel, asked at every use.",
            "People who are portrayed; people who receive pictures.",
            "Portraits, masked where they are not cleared; who received what and when.",
            "The public, the press and others, by the channel that was agreed to.",
            _NONE_EN,
            "As the retention policy says for disclosures and shares.",
            f"{_SAFE_EN} Addresses that are signed for a minute, after a decision.",
        ),
        "recognition": (
            "Recognising people who agreed to it",
            "Suggesting who is in a picture. Off unless a signed DPIA carries it.",
            "Explicit consent (GDPR 9(2)(a)), apart from consent to pictures.",
            "People who enrolled, and nobody else.",
            "Templates of faces (biometric data); suggestions, without scores.",
            "Nobody: templates leave their table for no function but two.",
            _NONE_EN,
            "Until the biometric consent ends or is taken back; no backups are made.",
            f"{_SAFE_EN} A template is sealed under a key that is destroyed with it.",
        ),
        "requests": (
            "Answering what people ask of us",
            "Access, rectification, restriction, objection and erasure.",
            "A duty that the law sets (GDPR 6(1)(c) with 12 and 15 to 21).",
            "People who ask, for themselves or for a child.",
            "What was asked, how it was decided, letters about it, what was exported.",
            "The privacy officer; the person who asked.",
            _NONE_EN,
            "As the retention policy says for requests and exports.",
            _SAFE_EN,
        ),
        "accounts": (
            "Accounts of staff, and the log of what is done",
            "Letting staff work, and showing what was done with whose data.",
            "A duty that the law sets (GDPR 5(2), 30 and 32).",
            "The organisation's own staff; under a pseudonym, people who are portrayed.",
            "Addresses and roles of accounts; what was done, by whom, and when.",
            "Administrators and the privacy officer.",
            _NONE_EN,
            "The log: at least six months, at most as the retention policy says.",
            f"{_SAFE_EN} Nobody may change or take away an entry of the log.",
        ),
    }
)

_DUTCH: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "pictures": (
            "Foto's bewaren en terugvinden",
            "Een beeldbank bijhouden, en vinden wiens gezichten erop staan.",
            "De taak of het belang van de organisatie om te informeren (AVG 6, lid 1).",
            "Mensen die zijn afgebeeld; mensen die foto's insturen.",
            "Portretten, beschrijvingen, plaatsen van gezichten zonder sjabloon.",
            "De eigen medewerkers, naar hun rol.",
            _NONE_NL,
            "Zoals het bewaarbeleid zegt voor foto's en voor gezichten zonder naam.",
            f"{_SAFE_NL} Plaatsen en toestellen worden bij ontvangst weggelaten.",
        ),
        "consents": (
            "Toestemming vragen en het bewijs bewaren",
            "Mensen om toestemming vragen, en kunnen tonen waarmee zij instemden.",
            "Toestemming (AVG 6, lid 1, a); de plicht die te tonen (AVG 7, lid 1).",
            "Mensen die zijn afgebeeld, en wie gezag heeft over wie te jong is.",
            "Namen, adressen, handtekeningen, waarmee is ingestemd en hoe lang.",
            "De eigen medewerkers; de persoon zelf, met een eigen link.",
            _NONE_NL,
            "Zoals het bewaarbeleid zegt voor adressen, berichten en bewijs.",
            f"{_SAFE_NL} Verzegeld met een sleutel van elke persoon zelf.",
        ),
        "uses": (
            "Foto's gebruiken en verstrekken",
            "Foto's publiceren, en weten wie welke heeft ontvangen.",
            "De vastgelegde grondslag per foto en kanaal, bij elk gebruik nagegaan.",
            "Mensen die zijn afgebeeld; mensen die foto's ontvangen.",
            "Portretten, afgedekt waar dat moet; wie wat wanneer ontving.",
            "Het publiek, de pers en anderen, naar het kanaal waarmee is ingestemd.",
            _NONE_NL,
            "Zoals het bewaarbeleid zegt voor verstrekkingen en gedeelde links.",
            f"{_SAFE_NL} Adressen die na een beslissing een minuut gelden.",
        ),
        "recognition": (
            "Mensen herkennen die dat goedvonden",
            "Voorstellen wie op een foto staat. Uit zonder ondertekende DPIA.",
            "Uitdrukkelijke toestemming (AVG 9, lid 2, a), los van die voor foto's.",
            "Mensen die zich hebben aangemeld, en niemand anders.",
            "Sjablonen van gezichten (biometrisch); voorstellen, zonder scores.",
            "Niemand: sjablonen zijn er voor niet meer dan twee functies.",
            _NONE_NL,
            "Tot de biometrische toestemming eindigt; er zijn geen back-ups.",
            f"{_SAFE_NL} Een sjabloon is verzegeld met een sleutel die mee verdwijnt.",
        ),
        "requests": (
            "Verzoeken van mensen beantwoorden",
            "Inzage, rectificatie, beperking, bezwaar en wissing.",
            "Een plicht uit de wet (AVG 6, lid 1, c met 12 en 15 tot en met 21).",
            "Mensen die iets vragen, voor zichzelf of voor een kind.",
            "Wat is gevraagd en besloten, brieven daarover, wat is verstrekt.",
            "De functionaris gegevensbescherming; wie het vroeg.",
            _NONE_NL,
            "Zoals het bewaarbeleid zegt voor verzoeken en verstrekte bestanden.",
            _SAFE_NL,
        ),
        "accounts": (
            "Accounts van medewerkers, en het logboek",
            "Medewerkers laten werken, en tonen wat met wiens gegevens is gedaan.",
            "Een plicht uit de wet (AVG 5, lid 2, 30 en 32).",
            "De eigen medewerkers; onder pseudoniem mensen die zijn afgebeeld.",
            "Adressen en rollen van accounts; wat door wie en wanneer is gedaan.",
            "Beheerders en de functionaris gegevensbescherming.",
            _NONE_NL,
            "Het logboek: minstens een half jaar, hoogstens zoals het beleid zegt.",
            f"{_SAFE_NL} Niemand kan een regel van het logboek wijzigen of weghalen.",
        ),
    }
)
_BY_LANGUAGE: Final = MappingProxyType({"en": _ENGLISH, "nl": _DUTCH})
_IDS: Final = MappingProxyType(
    {derived_id("processing activity", name): name for name in _ENGLISH}
)


def shipped_activity(record_id: str, language: str = "en") -> GovernanceRecord | None:
    """An entry as it comes with the system: a draft of version 0; None: no such entry."""
    name = _IDS.get(record_id)
    if name is None:
        return None
    spoken = language.lower().partition("-")[0]
    title, *answers = _BY_LANGUAGE.get(spoken, _ENGLISH)[name]
    version = RecordVersion(
        record_id=record_id,
        kind=RegisterKind.PROCESSING_ACTIVITY,
        version=0,
        title=title,
        answers=dict(zip(_ORDER, answers, strict=True)),
        written_by=SHIPPED_BY,
        written_at=SHIPPED_AT,
    )
    return GovernanceRecord(record_id, RegisterKind.PROCESSING_ACTIVITY, (version,))


def shipped_activities(language: str = "en") -> tuple[GovernanceRecord, ...]:
    """Every entry that comes with the system, in their order."""
    made = (shipped_activity(record_id, language) for record_id in _IDS)
    return tuple(each for each in made if each is not None)
