"""The words for asking, signing, and what uses rest on."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .asking import AskProblem, AskRefusal
from .consent_requests import Delivery
from .contacts import AddressState
from .legal_bases import LegalBasisKind
from .paper import PaperRefusal

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Delivery.LINK: "By a link in a mail.",
        Delivery.QR: "By a code at a session.",
        Delivery.TABLET: "On a tablet at the door.",
        Delivery.PAPER: "On a paper form.",
        AddressState.NONE: "No address is on record. Ask for one.",
        AddressState.FINE: "Nothing is known against this address.",
        AddressState.BOUNCED: "Mail to this address comes back. Ask for another one.",
        AddressState.COMPLAINED: (
            "Whoever reads this address does not want our mail. Ask in another way."
        ),
        AskProblem.UNKNOWN_PERSON: "Nobody is on record as this. Add the person first.",
        AskProblem.NO_ADDRESS: (
            "There is no address to send the link to. Add one, or ask on a tablet."
        ),
        AskProblem.ADDRESS_BOUNCED: (
            "Mail to this person came back. Correct the address, or ask on a tablet."
        ),
        AskProblem.ADDRESS_COMPLAINED: (
            "This person marked our mail as unwanted. Ask on a tablet or on paper."
        ),
        AskRefusal.REQUEST_SETTLED: (
            "This was answered, taken back or has ended. Ask anew if you need to."
        ),
        AskRefusal.NOT_BY_MAIL: (
            "This was not asked by mail, so no mail can remind. Ask the person yourself."
        ),
        AskRefusal.STANDARD_WORDING: (
            "The standard text comes with the system. Write one of your own beside it."
        ),
        PaperRefusal.NO_SCAN: "The scan has not arrived. Send it again.",
        PaperRefusal.SCAN_TOO_LARGE: "The scan is larger than 4 MB. Make a smaller one.",
        PaperRefusal.SCAN_UNREADABLE: (
            "The scan is no PDF, JPEG or PNG. Save it as one of those."
        ),
        PaperRefusal.SIGNED_LATER: (
            "The form cannot have been signed on a day to come. Correct the day."
        ),
        PaperRefusal.WITHDRAWN_SINCE: (
            "This person took consent back after signing this. Ask anew instead."
        ),
        PaperRefusal.ENTERED_OTHERWISE: (
            "This scan was entered before, with something else. Look at what is there."
        ),
        LegalBasisKind.CONTRACT: "A contract with the person.",
        LegalBasisKind.LEGAL_OBLIGATION: "A duty that the law sets.",
        LegalBasisKind.VITAL_INTEREST: "Protecting somebody's life.",
        LegalBasisKind.PUBLIC_TASK: "A public task of the organisation.",
        LegalBasisKind.LEGITIMATE_INTEREST: (
            "An interest of the organisation that was weighed against the person's."
        ),
        LegalBasisKind.PORTRAIT_WEIGHED: (
            "Weighed: no reasonable interest of who is portrayed is against it."
        ),
        LegalBasisKind.PORTRAIT_REFUSED: (
            "Weighed: a reasonable interest of who is portrayed is against it."
        ),
        LegalBasisKind.RELATIVES_AGREED: "The relatives of who has died agree to it.",
        LegalBasisKind.RELATIVES_REFUSED: "The relatives of who has died are against it.",
        LegalBasisKind.PORTRAIT_RIGHT_OVER: (
            "Who is portrayed died more than ten years ago."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Delivery.LINK: "Met een link in een bericht.",
        Delivery.QR: "Met een code bij een sessie.",
        Delivery.TABLET: "Op een tablet bij de deur.",
        Delivery.PAPER: "Op een papieren formulier.",
        AddressState.NONE: "Er is geen adres bekend. Vraag erom.",
        AddressState.FINE: "Er is niets mis met dit adres bekend.",
        AddressState.BOUNCED: "Berichten aan dit adres komen terug. Vraag een ander.",
        AddressState.COMPLAINED: (
            "Wie dit adres leest, wil onze berichten niet. Vraag het anders dan per mail."
        ),
        AskProblem.UNKNOWN_PERSON: (
            "Deze persoon is niet bekend. Voeg de persoon eerst toe."
        ),
        AskProblem.NO_ADDRESS: (
            "Er is geen adres voor de link. Voeg er een toe of vraag het op een tablet."
        ),
        AskProblem.ADDRESS_BOUNCED: (
            "Een bericht aan deze persoon kwam terug. Verbeter het adres of vraag het op"
            " een tablet."
        ),
        AskProblem.ADDRESS_COMPLAINED: (
            "Deze persoon wil onze berichten niet. Vraag het op een tablet of op papier."
        ),
        AskRefusal.REQUEST_SETTLED: (
            "Dit is beantwoord, teruggenomen of verlopen. Vraag het opnieuw als dat"
            " nodig is."
        ),
        AskRefusal.NOT_BY_MAIL: (
            "Dit is niet per bericht gevraagd, dus herinnert geen bericht eraan."
            " Vraag het de persoon zelf."
        ),
        AskRefusal.STANDARD_WORDING: (
            "De standaardtekst hoort bij het systeem. Schrijf er zelf een naast."
        ),
        PaperRefusal.NO_SCAN: "De scan is niet aangekomen. Stuur hem opnieuw.",
        PaperRefusal.SCAN_TOO_LARGE: (
            "De scan is groter dan 4 MB. Maak hem eerst kleiner."
        ),
        PaperRefusal.SCAN_UNREADABLE: (
            "De scan is geen PDF, JPEG of PNG. Bewaar hem als een daarvan."
        ),
        PaperRefusal.SIGNED_LATER: (
            "Het formulier kan niet in de toekomst zijn getekend. Verbeter de dag."
        ),
        PaperRefusal.WITHDRAWN_SINCE: (
            "Deze persoon trok na het tekenen toestemming in. Vraag het opnieuw."
        ),
        PaperRefusal.ENTERED_OTHERWISE: (
            "Deze scan is eerder anders ingevoerd. Bekijk wat er is vastgelegd."
        ),
        LegalBasisKind.CONTRACT: "Een overeenkomst met de persoon.",
        LegalBasisKind.LEGAL_OBLIGATION: "Een plicht uit de wet.",
        LegalBasisKind.VITAL_INTEREST: "Het beschermen van iemands leven.",
        LegalBasisKind.PUBLIC_TASK: "Een publieke taak van de organisatie.",
        LegalBasisKind.LEGITIMATE_INTEREST: (
            "Een belang van de organisatie, afgewogen tegen dat van de persoon."
        ),
        LegalBasisKind.PORTRAIT_WEIGHED: (
            "Gewogen: geen redelijk belang van wie is afgebeeld verzet zich ertegen."
        ),
        LegalBasisKind.PORTRAIT_REFUSED: (
            "Gewogen: een redelijk belang van wie is afgebeeld verzet zich ertegen."
        ),
        LegalBasisKind.RELATIVES_AGREED: "De nabestaanden van de overledene stemmen toe.",
        LegalBasisKind.RELATIVES_REFUSED: "De nabestaanden van de overledene zijn tegen.",
        LegalBasisKind.PORTRAIT_RIGHT_OVER: (
            "Wie is afgebeeld, overleed meer dan tien jaar geleden."
        ),
    }
)
