"""Dutch."""

from datetime import date, time

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Relation, SignatureKind

from . import officers, rights_nl
from .model import CopyWords, Language, MailWords, Variant

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _clock(at: time) -> str:
    return f"{at:%H.%M} uur"


_PLAIN = Variant.PLAIN
_MAILS = {
    (MailKind.ASK, _PLAIN): MailWords(
        subject="Mogen we foto's van je gebruiken? {title}",
        preview="Je kiest zelf waarvoor. Weigeren heeft geen gevolgen.",
        heading="Mogen we foto's van je gebruiken?",
        before=(
            (
                "We willen graag foto's gebruiken waarop je herkenbaar bent. Dat"
                " bepaal jij: je kiest per soort gebruik, en weigeren heeft geen"
                " gevolgen."
            ),
            "Het gaat om: {title}. Verantwoordelijk: {controller}",
            (
                "Je kunt antwoorden tot {day}. Het kost minder dan een minuut, ook op je"
                " telefoon."
            ),
        ),
        button="Lezen en kiezen",
        after=(
            (
                "Doe je niets, dan gebruiken we op deze grond geen foto's waarop je"
                " herkenbaar bent."
            ),
        ),
    ),
    (MailKind.REMIND, _PLAIN): MailWords(
        subject="Herinnering: mogen we foto's van je gebruiken? {title}",
        preview="We vroegen het je eerder. Je kunt antwoorden tot {day}.",
        heading="We hebben nog niets van je gehoord",
        before=(
            (
                "We vroegen je of we foto's mogen gebruiken waarop je herkenbaar bent. Je"
                " hebt nog niet geantwoord, en dat hoeft ook niet."
            ),
            "Het gaat om: {title}. Verantwoordelijk: {controller}",
            (
                "Je kunt antwoorden tot {day}. Daarna vervalt onze vraag; een volgende"
                " herinnering sturen we niet."
            ),
        ),
        button="Lezen en kiezen",
        after=(
            (
                "Doe je niets, dan gebruiken we op deze grond geen foto's waarop je"
                " herkenbaar bent."
            ),
        ),
    ),
    (MailKind.COPY, _PLAIN): MailWords(
        subject="Jouw exemplaar: {title}",
        preview="Wat je ondertekende zit bij deze mail. Wijzigen kan altijd.",
        heading="Dit heb je ondertekend",
        before=(
            (
                "Op {signed} ondertekende je “{title}”. Het document zit bij deze mail;"
                " bewaar het als je wilt."
            ),
            (
                "Op je eigen pagina zie je waarmee je hebt ingestemd en waar foto's"
                " van je worden gebruikt. Je kunt het daar wijzigen, intrekken of"
                " bezwaar maken, altijd en zonder reden op te geven."
            ),
        ),
        button="Open je eigen pagina",
        after=("De link werkt tot {day}.",),
    ),
    (MailKind.RENEW, _PLAIN): MailWords(
        subject="Je toestemming loopt af op {day}: {title}",
        preview="Met één tik verleng je haar. Doe je niets, dan loopt ze af.",
        heading="Je toestemming loopt af op {day}",
        before=(
            (
                "Op {signed} stemde je in met “{title}”. {day} is de laatste dag"
                " waarop dat geldt, voor: {channels}."
            ),
            (
                "Als je wilt, verleng je haar met één tik, voor hetzelfde gebruik. Doe je"
                " niets, dan loopt ze af en halen we de foto's weg."
            ),
        ),
        button="Verlengen of wijzigen",
        after=("Je hebt geen account nodig, en intrekken kan altijd.",),
    ),
    (MailKind.ENDED, _PLAIN): MailWords(
        subject="Je toestemming is afgelopen: {title}",
        preview="We gebruiken deze foto's niet meer. Je hoeft niets te doen.",
        heading="Je toestemming is afgelopen",
        before=(
            (
                "{day} was de laatste dag van wat je bij “{title}” goedvond, voor:"
                " {channels}. Daar gebruiken we op die grond geen foto's van je meer."
            ),
            (
                "Je hoeft niets te doen. Op je eigen pagina zie je alles, en kun je"
                " als je wilt opnieuw instemmen."
            ),
        ),
        button="Open je eigen pagina",
        after=("De link werkt tot {link_day}.",),
    ),
    (MailKind.COMES_OF_AGE, _PLAIN): MailWords(
        subject="Nu is het aan jou: foto's van {person_or_you}",
        preview="Tot nu toe besliste een ouder of voogd. Vanaf nu beslis jij.",
        heading="Nu is het aan jou",
        before=(
            (
                "Tot nu toe besliste een ouder of voogd of we foto's van"
                " {person_or_you} mochten gebruiken. Vanaf {day} beslist wie op de"
                " foto's staat zelf, en wat eerder was afgesproken is afgelopen."
            ),
            (
                "Ben jij dat? Kijk er dan naar en kies zelf. Ben je de ouder of voogd?"
                " Stuur deze mail dan door."
            ),
        ),
        button="Lezen en kiezen",
        after=("Doe je niets, dan gebruiken we die foto's op deze grond niet meer.",),
    ),
    (MailKind.WITHDRAWN, _PLAIN): MailWords(
        subject="Je hebt je toestemming ingetrokken",
        preview="Het geldt meteen. Dit is je bevestiging.",
        heading="Je hebt je toestemming ingetrokken",
        before=(
            (
                "Op {at} trok je in: {channels}. Het geldt meteen: we gebruiken"
                " daarvoor op deze grond geen foto's van je meer, en vertellen het aan"
                " wie ze van ons kreeg."
            ),
            (
                "Wat eerder is gebruikt, blijft rechtmatig; wat gedrukt is, is niet"
                " terug te halen. Dat je had ingestemd blijft bewaard, als bewijs."
            ),
        ),
        button="Open je eigen pagina",
        after=("Was jij dit niet? Antwoord dan op deze mail.",),
    ),
    (MailKind.OBJECTION, Variant.RECEIVED): MailWords(
        subject="We hebben je bezwaar ontvangen",
        preview="Je foto's zijn bevroren tot erover is beslist.",
        heading="We hebben je bezwaar ontvangen",
        before=(
            (
                "Op {at} ontvingen we je bezwaar tegen het gebruik van foto's van jou."
                " Zolang daarover niet is beslist gebruiken we ze niet; ze zijn bewaard"
                " en bevroren."
            ),
            "Je krijgt uiterlijk op {day} antwoord.",
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.OBJECTION, Variant.UPHELD): MailWords(
        subject="Je krijgt gelijk in je bezwaar",
        preview="We gebruiken deze foto's niet meer.",
        heading="Je krijgt gelijk in je bezwaar",
        before=(
            (
                "Op {at} beslisten we over je bezwaar van {asked}: je krijgt gelijk. We"
                " gebruiken geen foto's van je meer."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.OBJECTION, Variant.DISMISSED): MailWords(
        subject="Over je bezwaar",
        preview="We hebben beslist, met een reden.",
        heading="We wijzen je bezwaar af",
        before=(
            (
                "Op {at} beslisten we over je bezwaar van {asked}. We wijzen het af,"
                " omdat: {reason}"
            ),
            (
                "Ben je het er niet mee eens, antwoord dan op deze mail. Je kunt ook"
                " een klacht indienen bij de Autoriteit Persoonsgegevens, of naar de"
                " rechter gaan."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.RECALL, _PLAIN): MailWords(
        subject="Verwijder een foto ({asset})",
        preview="De foto mag niet meer worden gebruikt zoals je hem kreeg.",
        heading="Gebruik deze foto niet meer",
        before=(
            (
                "Je haalde foto {asset} uit de beeldbank. Sinds {at} mag die niet meer"
                " worden gebruikt voor: {channels}."
            ),
            (
                "Haal hem weg waar je hem plaatste, verwijder je kopieën, en vertel"
                " het aan wie je hem gaf. De wet vraagt ons dit te melden (AVG, artikel"
                " 19)."
            ),
            "Laat het daarna weten. Zonder antwoord vragen we het over een week opnieuw.",
        ),
        button="Bekijk en laat weten dat hij weg is",
        after=(
            "De link werkt tot en met {day}.",
            "Lukt het niet, bijvoorbeeld bij drukwerk? Antwoord dan op deze mail.",
        ),
    ),
    (MailKind.RECALL_REMINDER, _PLAIN): MailWords(
        subject="Herinnering: verwijder een foto ({asset})",
        preview="We hebben nog niet gehoord dat de foto weg is.",
        heading="Is deze foto al weg?",
        before=(
            (
                "We vroegen je foto {asset} niet meer te gebruiken voor: {channels}. We"
                " hebben nog niet gehoord dat hij weg is."
            ),
            (
                "Haal hem weg waar je hem plaatste, verwijder je kopieën, en vertel"
                " het aan wie je hem gaf (AVG, artikel 19)."
            ),
        ),
        button="Bekijk en laat weten dat hij weg is",
        after=(
            "De link werkt tot en met {day}.",
            "Lukt het niet, bijvoorbeeld bij drukwerk? Antwoord dan op deze mail.",
        ),
    ),
    (MailKind.DIGEST, _PLAIN): MailWords(
        subject="Foto's die binnenkort op zwart gaan",
        preview="Wat de komende {days} dagen afloopt.",
        heading="Wat de komende {days} dagen op zwart gaat",
        before=(
            (
                "De toestemming achter deze foto's loopt uiterlijk op {day} af. Wie"
                " erop staat is gevraagd te verlengen; zonder antwoord kunnen ze niet"
                " meer worden gebruikt."
            ),
        ),
        button="Open de beeldbank",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.EXPORT): MailWords(
        subject="We hebben je verzoek om je gegevens ontvangen",
        preview="Je krijgt uiterlijk op {day} antwoord.",
        heading="We hebben je verzoek ontvangen",
        before=(
            (
                "Op {at} vroeg je om een kopie van alles wat we over je hebben. Je krijgt"
                " uiterlijk op {day} antwoord, gratis."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.ERASURE): MailWords(
        subject="We hebben je verzoek om verwijdering ontvangen",
        preview="Je krijgt uiterlijk op {day} antwoord.",
        heading="We hebben je verzoek ontvangen",
        before=(
            (
                "Op {at} vroeg je ons te verwijderen wat we over je hebben. Je krijgt"
                " uiterlijk op {day} antwoord, gratis."
            ),
        ),
        button="Open je eigen pagina",
    ),
    (MailKind.ERASED, Variant.PLAIN): MailWords(
        subject="Je gegevens worden verwijderd",
        preview="Wat je vroeg wordt nu gedaan.",
        heading="Je gegevens worden verwijderd",
        before=(
            (
                "Je vroeg ons te verwijderen wat we over je hebben. Dat doen we nu:"
                " je naam en adres, wat je tekende en de foto's waar je op staat. Op"
                " foto's met anderen word je voorgoed afgedekt."
            ),
            (
                "Als alles klaar is, staat achter de knop een ondertekend bewijs: wat"
                " waar is verwijderd, wat moet blijven en waarom. Iedereen kan nagaan"
                " dat het klopt."
            ),
        ),
        button="Open het bewijs",
        after=(
            (
                "Het nummer is {number}. De link werkt tot en met {day}; bewaar het"
                " bewijs zelf."
            ),
            ("Dit is ons laatste bericht: daarna hebben we je adres niet meer."),
        ),
    ),
    (MailKind.SHARE, Variant.PLAIN): MailWords(
        subject="Foto's voor jou",
        preview="Je kunt ze bekijken tot en met {day}.",
        heading="Foto's voor jou",
        before=(
            (
                "Iemand deelt foto's met je ({count}). Ze zijn alleen voor jou:"
                " wie erop staat gaf toestemming voor een gebruik, en niet voor"
                " meer."
            ),
        ),
        button="Bekijk de foto's",
        after=(
            (
                "De link werkt tot en met {day}. Hoort er een wachtwoord bij,"
                " dan kreeg je dat op een andere manier."
            ),
            (
                "Wie op een foto staat kan toestemming intrekken. Dan is de"
                " foto niet meer beschikbaar, en vragen we je je kopieën te"
                " verwijderen."
            ),
        ),
    ),
    (MailKind.EXPORT_READY, Variant.PLAIN): MailWords(
        subject="Je gegevens staan klaar",
        preview="Je kunt ze ophalen tot en met {day}.",
        heading="Je gegevens staan klaar",
        before=(
            (
                "Je vroeg om een kopie van alles wat we over je hebben. Die staat nu"
                " klaar: één bestand met je gegevens, wat je tekende en de foto's waar"
                " je op staat. Andere mensen op die foto's zijn afgedekt."
            ),
        ),
        button="Haal je gegevens op",
        after=(
            (
                "Je kunt het ophalen tot en met {day}. Daarna verwijderen we het"
                " bestand; je kunt altijd om een nieuw vragen."
            ),
        ),
    ),
}

LANGUAGE = Language(
    code="nl",
    day=_day,
    clock=_clock,
    greeting="Beste {name},",
    greeting_nobody="Hallo,",
    about_person="Dit gaat over {person}.",
    address="Werkt de knop niet? Open dan dit adres:",
    legal_notice=(
        "Dit is een wettelijk bericht over het gebruik van foto's, geen reclame. Afmelden"
        " met één klik is er niet op van toepassing. Er zitten geen trackers in en het"
        " laadt niets van elders."
    ),
    private="De link is alleen voor jou bedoeld: stuur deze mail niet door.",
    sender="Verstuurd door de beeldbank van {organisation}.",
    channels={
        Channel.WEBSITE: "website",
        Channel.SOCIAL: "sociale media",
        Channel.INTRANET: "intranet",
        Channel.PRINT: "drukwerk",
        Channel.PRESS: "pers",
        Channel.PAID: "betaalde advertenties",
    },
    places={
        Place.NETHERLANDS: "Nederland",
        Place.EUROPEAN_UNION: "de Europese Unie",
        Place.WORLD: "wereldwijd",
    },
    mails={**_MAILS, **rights_nl.MAILS, **officers.DUTCH},
    kinds=rights_nl.KINDS,
    asked=rights_nl.ASKED,
    due=rights_nl.DUE,
    counted={"picture": "{channel}: {count} foto's", "one": "{channel}: 1 foto"},
    copy=CopyWords(
        title="Ondertekend exemplaar",
        subtitle="Wat is getoond, gekozen en ondertekend",
        wording="Tekst",
        purpose="Waarvoor",
        controller="Verantwoordelijk",
        notice="Wat vóór het ondertekenen is verteld",
        choices="Keuzes",
        yes="Ja",
        no="Nee",
        until="tot en met {day}",
        no_end="tot het wordt ingetrokken",
        image="Gebruik van foto's",
        portrait="Portretovereenkomst",
        biometric="Herkenning door software",
        compensation="Vergoeding",
        signer="Ondertekend door",
        name="Naam",
        guardian="Voor deze persoon ondertekend door {name} ({relation})",
        relations={Relation.PARENT: "ouder", Relation.GUARDIAN: "voogd"},
        signature="Handtekening",
        signatures={
            SignatureKind.TYPED: "getypte naam",
            SignatureKind.DRAWN: "getekend",
            SignatureKind.PAPER: "op papier; het formulier is gescand",
            SignatureKind.CLICK: "bevestigd op de eigen pagina",
        },
        evidence="Bewijs",
        signed_at="Ondertekend op",
        signed_on="Gevraagd met",
        ways={
            "link": "een link in een mail",
            "qr": "een code bij een sessie",
            "tablet": "een apparaat van de organisatie",
            "paper": "een papieren formulier",
        },
        network="Netwerk (ingekort)",
        agent="Browser en systeem",
        photographer="Fotograaf",
        document="Document",
        replaces="Vervangt document",
        digest="SHA-256 van de tekst zoals getoond",
        attached=(
            "In dit bestand zitten de tekst precies zoals die is getoond (wording.json,"
            " waarvan de SHA-256 hierboven staat) en het bewijs zoals het is vastgelegd"
            " (evidence.json)."
        ),
        unknown="niet vastgelegd",
    ),
)
