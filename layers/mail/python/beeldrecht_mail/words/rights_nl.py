"""Dutch: what people ask for themselves, and what comes of it."""

from collections.abc import Mapping
from typing import Final

from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import SubjectRequestKind

from .model import MailWords, Variant

KINDS: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "inzage",
    SubjectRequestKind.RECTIFICATION: "rechtzetting",
    SubjectRequestKind.RESTRICTION: "bevriezing",
    SubjectRequestKind.OBJECTION: "bezwaar",
    SubjectRequestKind.ERASURE: "verwijdering",
}
"""What is asked, in a word."""
ASKED: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "je verzoek om een kopie van je gegevens",
    SubjectRequestKind.RECTIFICATION: "je verzoek om iets recht te zetten",
    SubjectRequestKind.RESTRICTION: "je verzoek om foto's te bevriezen",
    SubjectRequestKind.OBJECTION: "je bezwaar",
    SubjectRequestKind.ERASURE: "je verzoek om verwijdering",
}
"""The same, said to whoever asked it."""
DUE: Final[Mapping[str, str]] = {
    "due": "{kind}: antwoord uiterlijk op {day} ({id})",
    "late": "Te laat, {kind}: het antwoord moest er op {day} zijn ({id})",
    "more": "En nog {count} andere verzoeken",
    "recalls": "Terugroepingen die openstaan: {count}",
    "records": "Registraties die aflopen: {count}",
    "runs": "Bewaarrondes die op een ja wachten: {count}",
}
"""The lines of a digest for officers."""
MAILS: Final[Mapping[tuple[MailKind, Variant], MailWords]] = {
    (MailKind.REQUEST_RECEIVED, Variant.RECTIFICATION): MailWords(
        subject="We hebben je verzoek om iets recht te zetten ontvangen",
        preview="Je krijgt uiterlijk op {day} antwoord.",
        heading="We hebben je verzoek ontvangen",
        before=(
            (
                "Op {at} vroeg je ons iets recht te zetten. Je krijgt uiterlijk op {day}"
                " antwoord, gratis."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.RESTRICTION): MailWords(
        subject="Je foto's zijn bevroren",
        preview="Ze worden bewaard en niet gebruikt.",
        heading="Je foto's zijn bevroren",
        before=(
            (
                "Op {at} vroeg je ons foto's van jou te bewaren zonder ze te gebruiken."
                " Dat geldt al, en het blijft zo tot erover is beslist."
            ),
            "Je krijgt uiterlijk op {day} antwoord, gratis.",
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_EXTENDED, Variant.PLAIN): MailWords(
        subject="Ons antwoord duurt langer",
        preview="Je krijgt uiterlijk op {day} antwoord.",
        heading="Ons antwoord duurt langer",
        before=(
            (
                "Op {asked} ontvingen we {what}. We hebben meer tijd nodig, omdat:"
                " {reason}"
            ),
            (
                "Je krijgt uiterlijk op {day} antwoord. Wat bevroren is, blijft dat"
                " zolang."
            ),
            (
                "Ben je het er niet mee eens, antwoord dan op deze mail. Je kunt ook een"
                " klacht indienen bij de Autoriteit Persoonsgegevens, of naar de rechter"
                " gaan."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_DECIDED, Variant.EXPORT): MailWords(
        subject="Je krijgt een kopie van je gegevens",
        preview="We maken hem nu voor je klaar.",
        heading="Je krijgt een kopie van je gegevens",
        before=(
            (
                "Op {at} wezen we je verzoek van {asked} toe. We maken de kopie nu;"
                " zodra hij klaar is, krijg je een mail met een link."
            ),
            "Toelichting: {reason}",
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_DECIDED, Variant.ERASURE): MailWords(
        subject="We verwijderen wat we over je hebben",
        preview="We beginnen er nu mee.",
        heading="We verwijderen wat we over je hebben",
        before=(
            (
                "Op {at} wezen we je verzoek van {asked} toe. Wat is verwijderd, komt"
                " niet terug. Als het klaar is, staat in een bewijs wat er is gebeurd."
            ),
            "Toelichting: {reason}",
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RECTIFICATION): MailWords(
        subject="Het is rechtgezet",
        preview="Wat niet klopte, is verbeterd.",
        heading="Het is rechtgezet",
        before=(
            "Op {at} wezen we je verzoek van {asked} toe, en is het rechtgezet.",
            "Toelichting: {reason}",
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RESTRICTION): MailWords(
        subject="Je foto's blijven bevroren",
        preview="Ze worden bewaard en niet gebruikt.",
        heading="Je foto's blijven bevroren",
        before=(
            (
                "Op {at} wezen we je verzoek van {asked} toe: foto's van jou worden"
                " bewaard en niet gebruikt. Voordat daar een einde aan komt, hoor je het"
                " van ons."
            ),
            "Toelichting: {reason}",
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_DECIDED, Variant.DISMISSED): MailWords(
        subject="Over je verzoek van {asked}",
        preview="We hebben beslist, met een reden.",
        heading="We wijzen je verzoek af",
        before=(
            (
                "Op {at} beslisten we over {what} van {asked}. We wijzen het af, omdat:"
                " {reason}"
            ),
            (
                "Ben je het er niet mee eens, antwoord dan op deze mail. Je kunt ook een"
                " klacht indienen bij de Autoriteit Persoonsgegevens, of naar de rechter"
                " gaan."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.FREEZE_LIFTED, Variant.PLAIN): MailWords(
        subject="Je foto's zijn vanaf {day} niet meer bevroren",
        preview="We vertellen het je vooraf, met de reden.",
        heading="Je foto's zijn vanaf {day} niet meer bevroren",
        before=(
            (
                "Foto's van jou zijn nu bevroren. Vanaf {day} is dat voorbij, omdat:"
                " {reason}"
            ),
            (
                "Wat je niet hebt toegestaan, mag ook daarna niet. Ben je het er niet"
                " mee eens, antwoord dan op deze mail, of maak bezwaar op je eigen"
                " pagina."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.OFFICER_DIGEST, Variant.PLAIN): MailWords(
        subject="Verzoeken die antwoord vragen",
        preview="Wat binnenkort moet, of al had gemoeten.",
        heading="Verzoeken die antwoord vragen",
        before=("De wet geeft een maand voor een antwoord. Dit wacht op {day} nog:",),
        button="Open de beeldbank",
    ),
}
