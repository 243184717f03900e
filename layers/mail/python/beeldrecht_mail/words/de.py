"""German."""

from datetime import date, time

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Relation, SignatureKind

from . import officers, rights_de
from .model import CopyWords, Language, MailWords, Variant

_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
    *("September", "Oktober", "November", "Dezember"),
)


def _day(day: date) -> str:
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def _clock(at: time) -> str:
    return f"{at:%H:%M} Uhr"


_PLAIN = Variant.PLAIN
_MAILS = {
    (MailKind.ASK, _PLAIN): MailWords(
        subject="Dürfen wir Fotos von Ihnen verwenden? {title}",
        preview="Sie wählen, wofür. Ein Nein hat keine Folgen.",
        heading="Dürfen wir Fotos von Ihnen verwenden?",
        before=(
            (
                "Wir möchten Fotos verwenden, auf denen Sie erkennbar sind. Das"
                " entscheiden Sie: Sie wählen für jede Art der Verwendung, und ein Nein"
                " hat keine Folgen."
            ),
            "Es geht um: {title}. Verantwortlich: {controller}",
            (
                "Sie können bis zum {day} antworten. Es dauert keine Minute, auch auf dem"
                " Telefon."
            ),
        ),
        button="Lesen und wählen",
        after=(
            (
                "Wenn Sie nichts tun, verwenden wir auf dieser Grundlage keine Fotos, auf"
                " denen Sie erkennbar sind."
            ),
        ),
    ),
    (MailKind.REMIND, _PLAIN): MailWords(
        subject="Erinnerung: Dürfen wir Fotos von Ihnen verwenden? {title}",
        preview="Wir haben Sie schon gefragt. Antworten können Sie bis zum {day}.",
        heading="Wir haben noch nichts von Ihnen gehört",
        before=(
            (
                "Wir haben Sie gefragt, ob wir Fotos verwenden dürfen, auf denen Sie"
                " erkennbar sind. Sie haben noch nicht geantwortet und müssen das auch"
                " nicht."
            ),
            "Es geht um: {title}. Verantwortlich: {controller}",
            (
                "Sie können bis zum {day} antworten. Danach verfällt unsere Frage; eine"
                " weitere Erinnerung senden wir nicht."
            ),
        ),
        button="Lesen und wählen",
        after=(
            (
                "Wenn Sie nichts tun, verwenden wir auf dieser Grundlage keine Fotos, auf"
                " denen Sie erkennbar sind."
            ),
        ),
    ),
    (MailKind.COPY, _PLAIN): MailWords(
        subject="Ihr Exemplar: {title}",
        preview=(
            "Was Sie unterschrieben haben, liegt bei. Ändern können Sie es jederzeit."
        ),
        heading="Das haben Sie unterschrieben",
        before=(
            (
                "Am {signed} haben Sie „{title}“ unterschrieben. Das Dokument liegt"
                " bei; bewahren Sie es auf, wenn Sie möchten."
            ),
            (
                "Auf Ihrer eigenen Seite sehen Sie, worin Sie eingewilligt haben und"
                " wo Fotos von Ihnen verwendet werden. Dort können Sie es ändern,"
                " widerrufen oder widersprechen, jederzeit und ohne Angabe von Gründen."
            ),
        ),
        button="Eigene Seite öffnen",
        after=("Der Link gilt bis zum {day}.",),
    ),
    (MailKind.RENEW, _PLAIN): MailWords(
        subject="Ihre Einwilligung endet am {day}: {title}",
        preview="Mit einem Tippen verlängern Sie sie. Wenn Sie nichts tun, endet sie.",
        heading="Ihre Einwilligung endet am {day}",
        before=(
            (
                "Am {signed} haben Sie in „{title}“ eingewilligt. Der {day} ist der"
                " letzte Tag, an dem das gilt, für: {channels}."
            ),
            (
                "Wenn Sie möchten, verlängern Sie mit einem Tippen, für dieselben Zwecke."
                " Wenn Sie nichts tun, endet sie, und wir nehmen die Fotos herunter."
            ),
        ),
        button="Verlängern oder ändern",
        after=("Sie brauchen kein Konto, und widerrufen können Sie jederzeit.",),
    ),
    (MailKind.ENDED, _PLAIN): MailWords(
        subject="Ihre Einwilligung ist abgelaufen: {title}",
        preview="Wir verwenden diese Fotos nicht mehr. Sie müssen nichts tun.",
        heading="Ihre Einwilligung ist abgelaufen",
        before=(
            (
                "Der {day} war der letzte Tag Ihrer Einwilligung zu „{title}“, für:"
                " {channels}. Dort verwenden wir auf dieser Grundlage keine Fotos von"
                " Ihnen mehr."
            ),
            (
                "Sie müssen nichts tun. Auf Ihrer eigenen Seite sehen Sie alles und"
                " können, wenn Sie möchten, erneut einwilligen."
            ),
        ),
        button="Eigene Seite öffnen",
        after=("Der Link gilt bis zum {link_day}.",),
    ),
    (MailKind.COMES_OF_AGE, _PLAIN): MailWords(
        subject="Jetzt entscheiden Sie selbst: Fotos von {person_or_you}",
        preview="Bisher entschieden die Eltern. Ab jetzt entscheiden Sie.",
        heading="Jetzt entscheiden Sie selbst",
        before=(
            (
                "Bisher entschied ein Elternteil oder Vormund, ob wir Fotos von"
                " {person_or_you} verwenden dürfen. Ab dem {day} entscheidet die"
                " abgebildete Person selbst; was vorher vereinbart war, ist beendet."
            ),
            (
                "Sind Sie diese Person? Dann sehen Sie es sich an und wählen Sie"
                " selbst. Sind Sie Elternteil oder Vormund? Dann leiten Sie diese Mail"
                " bitte weiter."
            ),
        ),
        button="Lesen und wählen",
        after=(
            (
                "Wenn Sie nichts tun, verwenden wir diese Fotos auf dieser Grundlage"
                " nicht mehr."
            ),
        ),
    ),
    (MailKind.WITHDRAWN, _PLAIN): MailWords(
        subject="Sie haben Ihre Einwilligung widerrufen",
        preview="Es gilt sofort. Dies ist Ihre Bestätigung.",
        heading="Sie haben Ihre Einwilligung widerrufen",
        before=(
            (
                "Am {at} haben Sie widerrufen: {channels}. Es gilt sofort: Dafür"
                " verwenden wir auf dieser Grundlage keine Fotos von Ihnen mehr und"
                " sagen es allen, die sie von uns bekommen haben."
            ),
            (
                "Was vorher geschah, bleibt rechtmäßig; Gedrucktes lässt sich nicht"
                " zurückholen. Dass Sie eingewilligt hatten, bleibt als Nachweis"
                " gespeichert."
            ),
        ),
        button="Eigene Seite öffnen",
        after=("Waren Sie das nicht? Dann antworten Sie auf diese Mail.",),
    ),
    (MailKind.OBJECTION, Variant.RECEIVED): MailWords(
        subject="Wir haben Ihren Widerspruch erhalten",
        preview="Ihre Fotos sind gesperrt, bis darüber entschieden ist.",
        heading="Wir haben Ihren Widerspruch erhalten",
        before=(
            (
                "Am {at} haben wir Ihren Widerspruch gegen die Verwendung von Fotos"
                " von Ihnen erhalten. Solange nicht entschieden ist, verwenden wir sie"
                " nicht; sie sind aufbewahrt und gesperrt."
            ),
            "Sie erhalten spätestens am {day} Antwort.",
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.OBJECTION, Variant.UPHELD): MailWords(
        subject="Ihrem Widerspruch wurde stattgegeben",
        preview="Wir verwenden diese Fotos nicht mehr.",
        heading="Ihrem Widerspruch wurde stattgegeben",
        before=(
            (
                "Am {at} haben wir über Ihren Widerspruch vom {asked} entschieden: Sie"
                " haben recht. Wir verwenden keine Fotos von Ihnen mehr."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.OBJECTION, Variant.DISMISSED): MailWords(
        subject="Zu Ihrem Widerspruch",
        preview="Wir haben entschieden, mit Begründung.",
        heading="Wir geben Ihrem Widerspruch nicht statt",
        before=(
            (
                "Am {at} haben wir über Ihren Widerspruch vom {asked} entschieden. Wir"
                " geben ihm nicht statt, weil: {reason}"
            ),
            (
                "Wenn Sie nicht einverstanden sind, antworten Sie auf diese Mail. Sie"
                " können sich auch bei der Datenschutzaufsicht Ihres Landes beschweren"
                " oder vor Gericht gehen."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.RECALL, _PLAIN): MailWords(
        subject="Bitte ein Foto entfernen ({asset})",
        preview="Es darf nicht mehr so verwendet werden, wie Sie es bekommen haben.",
        heading="Bitte verwenden Sie dieses Foto nicht mehr",
        before=(
            (
                "Sie haben das Foto {asset} aus der Bilddatenbank geholt. Seit dem"
                " {at} darf es nicht mehr verwendet werden für: {channels}."
            ),
            (
                "Entfernen Sie es, wo Sie es eingesetzt haben, löschen Sie Ihre"
                " Kopien, und sagen Sie es allen, denen Sie es gegeben haben. Das"
                " Gesetz verlangt diese Mitteilung (DSGVO, Artikel 19)."
            ),
            (
                "Sagen Sie uns danach Bescheid. Ohne Antwort fragen wir in einer Woche"
                " noch einmal."
            ),
        ),
        button="Ansehen und als entfernt melden",
        after=(
            "Der Link gilt bis einschließlich {day}.",
            "Geht es nicht, etwa bei Gedrucktem? Dann antworten Sie auf diese Mail.",
        ),
    ),
    (MailKind.RECALL_REMINDER, _PLAIN): MailWords(
        subject="Erinnerung: bitte ein Foto entfernen ({asset})",
        preview="Wir haben noch nicht gehört, dass es entfernt ist.",
        heading="Ist dieses Foto entfernt?",
        before=(
            (
                "Wir haben Sie gebeten, das Foto {asset} nicht mehr zu verwenden für:"
                " {channels}. Wir haben noch nicht gehört, dass es entfernt ist."
            ),
            (
                "Entfernen Sie es, wo Sie es eingesetzt haben, löschen Sie Ihre"
                " Kopien, und sagen Sie es allen, denen Sie es gegeben haben (DSGVO,"
                " Artikel 19)."
            ),
        ),
        button="Ansehen und als entfernt melden",
        after=(
            "Der Link gilt bis einschließlich {day}.",
            "Geht es nicht, etwa bei Gedrucktem? Dann antworten Sie auf diese Mail.",
        ),
    ),
    (MailKind.DIGEST, _PLAIN): MailWords(
        subject="Fotos, die bald gesperrt werden",
        preview="Was in den nächsten {days} Tagen endet.",
        heading="Was in den nächsten {days} Tagen gesperrt wird",
        before=(
            (
                "Die Einwilligung hinter diesen Fotos endet spätestens am {day}. Die"
                " Abgebildeten wurden um Verlängerung gebeten; ohne Antwort dürfen die"
                " Fotos nicht mehr verwendet werden."
            ),
        ),
        button="Bilddatenbank öffnen",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.EXPORT): MailWords(
        subject="Wir haben Ihren Antrag auf Auskunft erhalten",
        preview="Sie erhalten spätestens am {day} Antwort.",
        heading="Wir haben Ihren Antrag erhalten",
        before=(
            (
                "Am {at} haben Sie um eine Kopie von allem gebeten, was wir über Sie"
                " haben. Sie erhalten spätestens am {day} Antwort, kostenlos."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.ERASURE): MailWords(
        subject="Wir haben Ihren Antrag auf Löschung erhalten",
        preview="Sie erhalten spätestens am {day} Antwort.",
        heading="Wir haben Ihren Antrag erhalten",
        before=(
            (
                "Am {at} haben Sie uns gebeten zu löschen, was wir über Sie haben. Sie"
                " erhalten spätestens am {day} Antwort, kostenlos."
            ),
        ),
        button="Eigene Seite öffnen",
    ),
    (MailKind.ERASED, Variant.PLAIN): MailWords(
        subject="Ihre Daten werden gelöscht",
        preview="Worum Sie gebeten haben, geschieht jetzt.",
        heading="Ihre Daten werden gelöscht",
        before=(
            (
                "Sie haben uns gebeten zu löschen, was wir über Sie haben. Das"
                " geschieht jetzt: Ihr Name und Ihre Adresse, was Sie unterschrieben"
                " haben, und die Fotos, auf denen Sie zu sehen sind. Auf Fotos mit"
                " anderen werden Sie dauerhaft abgedeckt."
            ),
            (
                "Sobald es getan ist, finden Sie hinter der Schaltfläche einen"
                " signierten Nachweis: was wo entfernt wurde, was bleiben muss und"
                " warum. Jeder kann seine Echtheit prüfen."
            ),
        ),
        button="Nachweis öffnen",
        after=(
            (
                "Die Nummer ist {number}. Der Link funktioniert bis einschließlich"
                " {day}; bewahren Sie den Nachweis selbst auf."
            ),
            (
                "Dies ist unsere letzte Nachricht: danach haben wir Ihre Adresse"
                " nicht mehr."
            ),
        ),
    ),
    (MailKind.SHARE, Variant.PLAIN): MailWords(
        subject="Fotos für Sie",
        preview="Sie können sie bis {day} ansehen.",
        heading="Fotos für Sie",
        before=(
            (
                "Jemand teilt Fotos mit Ihnen ({count}). Sie sind nur für Sie:"
                " wer darauf zu sehen ist, hat einer Nutzung zugestimmt und"
                " nicht mehr."
            ),
        ),
        button="Fotos ansehen",
        after=(
            (
                "Der Link funktioniert bis einschließlich {day}. Gehört ein"
                " Passwort dazu, haben Sie es auf anderem Weg erhalten."
            ),
            (
                "Wer auf einem Foto zu sehen ist, kann die Einwilligung"
                " widerrufen. Dann ist das Foto nicht mehr verfügbar, und wir"
                " bitten Sie, Ihre Kopien zu entfernen."
            ),
        ),
    ),
    (MailKind.EXPORT_READY, Variant.PLAIN): MailWords(
        subject="Ihre Daten liegen bereit",
        preview="Sie können sie bis {day} abholen.",
        heading="Ihre Daten liegen bereit",
        before=(
            (
                "Sie haben um eine Kopie von allem gebeten, was wir über Sie haben."
                " Sie liegt jetzt bereit: eine Datei mit Ihren Daten, dem, was Sie"
                " unterschrieben haben, und den Fotos, auf denen Sie zu sehen sind."
                " Andere Menschen auf diesen Fotos sind abgedeckt."
            ),
        ),
        button="Daten abholen",
        after=(
            (
                "Sie können sie bis einschließlich {day} abholen. Danach entfernen"
                " wir die Datei; Sie können jederzeit eine neue anfordern."
            ),
        ),
    ),
}

LANGUAGE = Language(
    code="de",
    day=_day,
    clock=_clock,
    greeting="Guten Tag {name},",
    greeting_nobody="Guten Tag,",
    about_person="Es geht um {person}.",
    address="Wenn die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:",
    legal_notice=(
        "Dies ist eine rechtliche Mitteilung über die Verwendung von Fotos, keine"
        " Werbung. Eine Abmeldung mit einem Klick gibt es dafür nicht. Die Mail enthält"
        " keine Tracker und lädt nichts nach."
    ),
    private="Der Link ist nur für Sie bestimmt: Leiten Sie diese Mail nicht weiter.",
    sender="Gesendet von der Bilddatenbank von {organisation}.",
    channels={
        Channel.WEBSITE: "Website",
        Channel.SOCIAL: "soziale Medien",
        Channel.INTRANET: "Intranet",
        Channel.PRINT: "Drucksachen",
        Channel.PRESS: "Presse",
        Channel.PAID: "bezahlte Werbung",
    },
    places={
        Place.NETHERLANDS: "Niederlande",
        Place.EUROPEAN_UNION: "Europäische Union",
        Place.WORLD: "weltweit",
    },
    mails={**_MAILS, **rights_de.MAILS, **officers.GERMAN},
    kinds=rights_de.KINDS,
    asked=rights_de.ASKED,
    due=rights_de.DUE,
    counted={"picture": "{channel}: {count} Fotos", "one": "{channel}: 1 Foto"},
    copy=CopyWords(
        title="Unterschriebenes Exemplar",
        subtitle="Was gezeigt, gewählt und unterschrieben wurde",
        wording="Text",
        purpose="Wofür",
        controller="Verantwortlich",
        notice="Was vor der Unterschrift mitgeteilt wurde",
        choices="Auswahl",
        yes="Ja",
        no="Nein",
        until="bis einschließlich {day}",
        no_end="bis auf Widerruf",
        image="Verwendung von Fotos",
        portrait="Porträtvereinbarung",
        biometric="Erkennung durch Software",
        compensation="Vergütung",
        signer="Unterschrieben von",
        name="Name",
        guardian="Für diese Person unterschrieben von {name} ({relation})",
        relations={Relation.PARENT: "Elternteil", Relation.GUARDIAN: "Vormund"},
        signature="Unterschrift",
        signatures={
            SignatureKind.TYPED: "getippter Name",
            SignatureKind.DRAWN: "gezeichnet",
            SignatureKind.PAPER: "auf Papier; das Formular wurde gescannt",
            SignatureKind.CLICK: "auf der eigenen Seite bestätigt",
        },
        evidence="Nachweis",
        signed_at="Unterschrieben am",
        signed_on="Gefragt über",
        ways={
            "link": "einen Link in einer Mail",
            "qr": "einen Code bei einem Termin",
            "tablet": "ein Gerät der Organisation",
            "paper": "ein Papierformular",
        },
        network="Netz (gekürzt)",
        agent="Browser und System",
        photographer="Fotografin oder Fotograf",
        document="Dokument",
        replaces="Ersetzt Dokument",
        digest="SHA-256 des Textes wie gezeigt",
        attached=(
            "In dieser Datei liegen der Text genau so, wie er gezeigt wurde"
            " (wording.json, deren SHA-256 oben steht), und der Nachweis, wie er"
            " festgehalten wurde (evidence.json)."
        ),
        unknown="nicht festgehalten",
    ),
)
