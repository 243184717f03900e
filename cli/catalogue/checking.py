"""What the command that looks at a deployment says."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

CHECKING: Final[Mapping[str, Phrase]] = {
    "help_doctor": Phrase(
        "look at a deployment and say what is not well (for an operator)",
        "bekijk een installatie en zeg wat er niet goed is (voor een beheerder)",
    ),
    "help_doctor_json": Phrase("print it as JSON", "druk het af als JSON"),
    "help_doctor_all": Phrase("show what is well too", "toon ook wat goed is"),
    "doctor_line": Phrase(
        "{sign} {what}: {found} (has to be {expected})",
        "{sign} {what}: {found} (moet zijn {expected})",
    ),
    "doctor_line_well": Phrase("{sign} {what}: {found}", "{sign} {what}: {found}"),
    "doctor_summary": Phrase(
        "{count} things looked at: {bad} bad, {warned} to watch.",
        "{count} dingen bekeken: {bad} slecht, {warned} om op te letten.",
    ),
    "doctor_do_region": Phrase(
        "Take it out of that Region: pictures and people stay in the EU (R19).",
        "Haal het weg uit die regio: foto's en mensen blijven in de EU (R19).",
    ),
    "doctor_do_deploy": Phrase(
        "Deploy again, which sets it; if it was changed by hand, see who did.",
        "Rol opnieuw uit, dat zet het goed; is het met de hand gewijzigd, zie door wie.",
    ),
    "doctor_do_restored": Phrase(
        "This table was restored: run `python -m cli restore` before it serves anybody.",
        "Deze tabel is teruggezet: voer eerst `python -m cli restore` uit.",
    ),
    "doctor_do_lock": Phrase(
        "A bucket's lock is set when it is made: make the bucket anew by deploying.",
        "Het slot van een bucket komt bij het maken: maak hem opnieuw met uitrollen.",
    ),
    "doctor_do_retention": Phrase(
        "See `python -m cli retention`: runs stand still, or wait for somebody's yes.",
        "Zie `python -m cli retention`: runs staan stil, of wachten op iemands ja.",
    ),
    "doctor_do_factor": Phrase(
        "Turn the second factor on again by deploying, and see who turned it off.",
        "Zet de tweede factor weer aan door uit te rollen, en ga na wie hem uitzette.",
    ),
    "doctor_do_dpia": Phrase(
        "The assessment lapsed: sign a new one, or switch recognition off.",
        "De beoordeling is verlopen: teken een nieuwe, of zet herkenning uit.",
    ),
    "doctor_do_concurrency": Phrase(
        "Ask AWS for more (Service Quotas, Lambda, Concurrent executions).",
        "Vraag AWS om meer (Service Quotas, Lambda, Concurrent executions).",
    ),
    "doctor_do_sandbox": Phrase(
        "Ask AWS for production access in SES: only verified addresses get mail now.",
        "Vraag AWS om productietoegang in SES: nu krijgen alleen geverifieerde adressen"
        " mail.",
    ),
    "doctor_do_mail_quota": Phrase(
        "Ask AWS for a higher sending quota in SES; mails wait meanwhile, none is lost.",
        "Vraag AWS om een hoger verzendquotum in SES; mails wachten zolang, er gaat geen"
        " verloren.",
    ),
    "doctor_do_identity": Phrase(
        "Put the records that SES names in the domain's DNS, and wait for them.",
        "Zet de records die SES noemt in de DNS van het domein, en wacht erop.",
    ),
}
