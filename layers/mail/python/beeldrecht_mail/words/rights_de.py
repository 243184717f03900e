"""German: what people ask for themselves, and what comes of it."""

from collections.abc import Mapping
from typing import Final

from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import SubjectRequestKind

from .model import MailWords, Variant

KINDS: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "Auskunft",
    SubjectRequestKind.RECTIFICATION: "Berichtigung",
    SubjectRequestKind.RESTRICTION: "Einschränkung",
    SubjectRequestKind.OBJECTION: "Widerspruch",
    SubjectRequestKind.ERASURE: "Löschung",
}
"""What is asked, in a word."""
ASKED: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "Ihren Antrag auf eine Kopie Ihrer Daten",
    SubjectRequestKind.RECTIFICATION: "Ihren Antrag auf Berichtigung",
    SubjectRequestKind.RESTRICTION: "Ihren Antrag, Fotos einzufrieren",
    SubjectRequestKind.OBJECTION: "Ihren Widerspruch",
    SubjectRequestKind.ERASURE: "Ihren Antrag auf Löschung",
}
"""The same, said to whoever asked it."""
DUE: Final[Mapping[str, str]] = {
    "due": "{kind}: Antwort bis {day} ({id})",
    "late": "Verspätet, {kind}: Die Antwort war am {day} fällig ({id})",
    "more": "Und {count} weitere Anträge",
    "recalls": "Offene Rückrufe: {count}",
    "records": "Einträge, die ablaufen: {count}",
    "runs": "Aufbewahrungsläufe, die auf ein Ja warten: {count}",
}
"""The lines of a digest for officers."""
MAILS: Final[Mapping[tuple[MailKind, Variant], MailWords]] = {
    (MailKind.REQUEST_RECEIVED, Variant.RECTIFICATION): MailWords(
        subject="Wir haben Ihren Antrag auf Berichtigung erhalten",
        preview="Sie erhalten spätestens am {day} Antwort.",
        heading="Wir haben Ihren Antrag erhalten",
        before=(
            (
                "Am {at} haben Sie uns gebeten, etwas zu berichtigen. Sie erhalten"
                " spätestens am {day} Antwort, kostenlos."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.RESTRICTION): MailWords(
        subject="Ihre Fotos sind eingefroren",
        preview="Sie werden aufbewahrt und nicht verwendet.",
        heading="Ihre Fotos sind eingefroren",
        before=(
            (
                "Am {at} haben Sie uns gebeten, Fotos von Ihnen aufzubewahren, ohne sie"
                " zu verwenden. Das gilt bereits und bleibt so, bis darüber entschieden"
                " ist."
            ),
            "Sie erhalten spätestens am {day} Antwort, kostenlos.",
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_EXTENDED, Variant.PLAIN): MailWords(
        subject="Unsere Antwort dauert länger",
        preview="Sie erhalten spätestens am {day} Antwort.",
        heading="Unsere Antwort dauert länger",
        before=(
            (
                "Am {asked} haben wir {what} erhalten. Wir brauchen mehr Zeit, weil:"
                " {reason}"
            ),
            (
                "Sie erhalten spätestens am {day} Antwort. Was eingefroren ist, bleibt"
                " es so lange."
            ),
            (
                "Wenn Sie nicht einverstanden sind, antworten Sie auf diese Mail. Sie"
                " können sich auch bei der Datenschutzaufsicht Ihres Landes beschweren"
                " oder vor Gericht gehen."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_DECIDED, Variant.EXPORT): MailWords(
        subject="Sie erhalten eine Kopie Ihrer Daten",
        preview="Wir erstellen sie jetzt.",
        heading="Sie erhalten eine Kopie Ihrer Daten",
        before=(
            (
                "Am {at} haben wir Ihrem Antrag vom {asked} stattgegeben. Wir erstellen"
                " die Kopie jetzt; sobald sie bereitliegt, erhalten Sie eine Mail mit"
                " einem Link."
            ),
            "Unsere Erläuterung: {reason}",
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_DECIDED, Variant.ERASURE): MailWords(
        subject="Wir löschen, was wir über Sie haben",
        preview="Wir beginnen jetzt.",
        heading="Wir löschen, was wir über Sie haben",
        before=(
            (
                "Am {at} haben wir Ihrem Antrag vom {asked} stattgegeben. Was gelöscht"
                " ist, kommt nicht zurück. Danach hält eine Bescheinigung fest, was"
                " geschehen ist."
            ),
            "Unsere Erläuterung: {reason}",
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RECTIFICATION): MailWords(
        subject="Es ist berichtigt",
        preview="Was nicht stimmte, ist verbessert.",
        heading="Es ist berichtigt",
        before=(
            (
                "Am {at} haben wir Ihrem Antrag vom {asked} stattgegeben und es"
                " berichtigt."
            ),
            "Unsere Erläuterung: {reason}",
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RESTRICTION): MailWords(
        subject="Ihre Fotos bleiben eingefroren",
        preview="Sie werden aufbewahrt und nicht verwendet.",
        heading="Ihre Fotos bleiben eingefroren",
        before=(
            (
                "Am {at} haben wir Ihrem Antrag vom {asked} stattgegeben: Fotos von"
                " Ihnen werden aufbewahrt und nicht verwendet. Bevor das endet, sagen"
                " wir es Ihnen."
            ),
            "Unsere Erläuterung: {reason}",
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_DECIDED, Variant.DISMISSED): MailWords(
        subject="Zu Ihrem Antrag vom {asked}",
        preview="Wir haben entschieden, mit Begründung.",
        heading="Wir geben Ihrem Antrag nicht statt",
        before=(
            (
                "Am {at} haben wir über {what} vom {asked} entschieden. Wir geben ihm"
                " nicht statt, weil: {reason}"
            ),
            (
                "Wenn Sie nicht einverstanden sind, antworten Sie auf diese Mail. Sie"
                " können sich auch bei der Datenschutzaufsicht Ihres Landes beschweren"
                " oder vor Gericht gehen."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.FREEZE_LIFTED, Variant.PLAIN): MailWords(
        subject="Ab {day} sind Ihre Fotos nicht mehr eingefroren",
        preview="Wir sagen es Ihnen vorher, mit dem Grund.",
        heading="Ab {day} sind Ihre Fotos nicht mehr eingefroren",
        before=(
            (
                "Fotos von Ihnen sind jetzt eingefroren. Ab {day} sind sie es nicht"
                " mehr, weil: {reason}"
            ),
            (
                "Was Sie nicht erlaubt haben, ist auch danach nicht erlaubt. Wenn Sie"
                " nicht einverstanden sind, antworten Sie auf diese Mail oder"
                " widersprechen Sie auf Ihrer eigenen Seite."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.OFFICER_DIGEST, Variant.PLAIN): MailWords(
        subject="Anträge, die auf Antwort warten",
        preview="Was bald fällig ist oder war.",
        heading="Anträge, die auf Antwort warten",
        before=("Das Gesetz gibt einen Monat für eine Antwort. Am {day} wartet noch:",),
        button="Bilddatenbank öffnen",
    ),
}
