"""Der Standardtext auf Deutsch."""

from typing import Final

from .wordings import WordingText

TEXT: Final = WordingText(
    title="Bilder von Ihnen",
    purpose=(
        "Wir machen Fotos und Filme, um zu zeigen, wer wir sind und was wir tun. Sie"
        " können darauf zu sehen sein. Wir möchten wissen, womit Sie einverstanden sind."
    ),
    controller="{controller}, {contact}",
    notice=(
        (
            "{controller} ist für die Bilder und für Ihre Angaben hier verantwortlich."
            " Fragen, auch an unsere Datenschutzbeauftragte oder unseren"
            " Datenschutzbeauftragten, richten Sie an {contact}."
        ),
        (
            "Wir verwenden Bilder, um über unsere Arbeit zu informieren, auf den Wegen,"
            " die Sie unten auswählen, und für nichts anderes. Grundlage ist Ihre"
            " Einwilligung; ein Vertrag, wenn Sie auch die Bildvereinbarung"
            " unterschreiben. Ein Nein hat für Sie keine Folgen, weder jetzt noch später."
            " Sie können zum einen Ja und zum anderen Nein sagen."
        ),
        (
            "Die Bilder sehen alle, die diese Wege nutzen. Auf der Website, in sozialen"
            " Medien und in der Presse können das Menschen auf der ganzen Welt sein, und"
            " andere können Bilder kopieren. Die Betreiber sozialer Medien speichern"
            " Bilder auch außerhalb der Europäischen Union, zu ihren eigenen Bedingungen."
            " Wer für uns mit den Bildern arbeitet, tut das aufgrund eines Vertrags und"
            " innerhalb der Europäischen Union."
        ),
        (
            "Wie lange es gilt, steht bei jeder Auswahl. Danach verwenden wir die Bilder"
            " dort nicht mehr, es sei denn, Sie verlängern. Wir erinnern Sie rechtzeitig."
            " Was schon gedruckt ist, können wir nicht zurückholen."
        ),
        (
            "Mit Ihrer Unterschrift speichern wir Ihren Namen, Ihre E-Mail-Adresse, wenn"
            " Sie sie angeben, Ihr Geburtsdatum, wenn Sie jung sind, den Zeitpunkt, Ihre"
            " Auswahl sowie eine gekürzte Netzadresse und die Art des Browsers. Das"
            " belegt, womit Sie einverstanden waren. Wir bewahren diesen Nachweis auf,"
            " solange wir ihn möglicherweise vorlegen müssen."
        ),
        (
            "Sie können Ihre Einwilligung jederzeit widerrufen, auf Ihrer eigenen Seite"
            " und mit so wenigen Schritten, wie Sie sie gegeben haben. Wir hören dann"
            " sofort auf. Was vorher geschehen ist, bleibt rechtmäßig. Dort sehen Sie"
            " auch, welche Bilder es von Ihnen gibt und wo sie verwendet wurden."
        ),
        (
            "Sie können Auskunft, Berichtigung, Löschung, Herausgabe oder eine"
            " Einschränkung verlangen und der Verwendung widersprechen. Wir antworten"
            " innerhalb eines Monats."
        ),
        "Keine Entscheidung über Sie trifft allein ein Computer.",
        (
            "Sind Sie nicht zufrieden? Sie können sich bei der Datenschutzbehörde des"
            " Landes beschweren, in dem Sie leben; in den Niederlanden ist das die"
            " Autoriteit Persoonsgegevens."
        ),
    ),
    image=(
        "Bilder, auf denen ich zu erkennen bin, dürfen auf den Wegen verwendet werden,"
        " die ich hier auswähle. Ich kann das jederzeit widerrufen."
    ),
    portrait=(
        "Ich schließe mit {controller} eine Bildvereinbarung: Für die hier genannte Zeit"
        " dürfen Bilder von mir auf allen oben genannten Wegen verwendet werden. Dafür"
        " wird nichts bezahlt. Das ist ein Vertrag: Ich kann ihn vor seinem Ende nicht"
        " widerrufen, aber ich kann widersprechen, und dann wird nichts verwendet, bis"
        " darüber entschieden ist."
    ),
    biometric=(
        "Software darf mein Gesicht vermessen, um mich auf Bildern zu finden, damit ich"
        " sehen und entscheiden kann, was verwendet wird. Das ist unabhängig von allem"
        " anderen; ich kann es jederzeit widerrufen, und die Messwerte werden dann"
        " vernichtet."
    ),
    guardian=(
        "Ich habe das Sorgerecht oder die Vormundschaft für die hier genannte Person, die"
        " zu jung ist, um allein einzuwilligen. Ich habe mit ihr darüber gesprochen,"
        " soweit ihr Alter es zulässt. Ich willige für sie ein, bis sie alt genug ist,"
        " selbst zu entscheiden."
    ),
)
