"""What officers are told of the house itself, in every language."""

from collections.abc import Mapping
from typing import Final

from beeldrecht.domain.mails import MailKind

from .model import MailWords, Variant

type _Words = Mapping[tuple[MailKind, Variant], MailWords]
_OFF = (MailKind.RECOGNITION_OFF, Variant.PLAIN)

ENGLISH: Final[_Words] = {
    _OFF: MailWords(
        subject="Recognition is switched off",
        preview="Its impact assessment (DPIA) is no longer in force.",
        heading="Recognition is switched off",
        before=(
            (
                "Since {at} nobody is recognised any more: the impact assessment (DPIA)"
                " that recognition rested on has lapsed or was revoked."
            ),
            "Everything else goes on. People are linked to faces by hand.",
        ),
        button="Open the picture library",
        after=(
            (
                "To switch recognition on again, sign an assessment that is in force, and"
                " switch it with a second person."
            ),
        ),
    )
}
DUTCH: Final[_Words] = {
    _OFF: MailWords(
        subject="Herkenning is uitgezet",
        preview="De effectbeoordeling (DPIA) is niet meer van kracht.",
        heading="Herkenning is uitgezet",
        before=(
            (
                "Sinds {at} wordt niemand meer herkend: de effectbeoordeling (DPIA)"
                " waarop herkenning rustte is verlopen of ingetrokken."
            ),
            "Al het andere gaat door. Mensen worden met de hand aan gezichten gekoppeld.",
        ),
        button="Open de beeldbank",
        after=(
            (
                "Wil je herkenning weer aanzetten, onderteken dan een beoordeling die van"
                " kracht is, en zet haar samen met een tweede persoon aan."
            ),
        ),
    )
}
GERMAN: Final[_Words] = {
    _OFF: MailWords(
        subject="Die Erkennung ist ausgeschaltet",
        preview="Die Folgenabschätzung (DSFA) gilt nicht mehr.",
        heading="Die Erkennung ist ausgeschaltet",
        before=(
            (
                "Seit {at} wird niemand mehr erkannt: Die Folgenabschätzung (DSFA), auf"
                " der die Erkennung beruhte, ist abgelaufen oder wurde widerrufen."
            ),
            "Alles andere geht weiter. Personen werden von Hand zugeordnet.",
        ),
        button="Bilddatenbank öffnen",
        after=(
            (
                "Um die Erkennung wieder einzuschalten, unterzeichnen Sie eine gültige"
                " Folgenabschätzung und schalten Sie sie zu zweit ein."
            ),
        ),
    )
}
FRENCH: Final[_Words] = {
    _OFF: MailWords(
        subject="La reconnaissance est désactivée",
        preview="L'analyse d'impact (AIPD) n'est plus en vigueur.",
        heading="La reconnaissance est désactivée",
        before=(
            (
                "Depuis le {at}, plus personne n'est reconnu : l'analyse d'impact (AIPD)"
                " sur laquelle reposait la reconnaissance a expiré ou a été révoquée."
            ),
            "Tout le reste continue. Les personnes sont associées à la main.",
        ),
        button="Ouvrir la photothèque",
        after=(
            (
                "Pour réactiver la reconnaissance, signez une analyse en vigueur, puis"
                " activez-la à deux."
            ),
        ),
    )
}
