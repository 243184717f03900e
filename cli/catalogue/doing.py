"""What the command says of what was done, or was not."""

from typing import Final

from cli.catalogue.phrase import Phrase

REFUSED_FILES: Final = {
    "rejection_replaced_gone": Phrase(
        "what it was to replace is no longer there; upload it as a new picture",
        "wat het zou vervangen is er niet meer; upload het als nieuwe foto",
    ),
    "rejection_too_many_versions": Phrase(
        "of this picture as many files are kept as there may be; erase an older one"
        " first",
        "van deze foto worden al zoveel bestanden bewaard als er mogen zijn; wis eerst"
        " een ouder bestand",
    ),
    "rejection_unannounced": Phrase(
        "Nobody announced this file: upload it with `python -m cli upload`.",
        "Niemand heeft dit bestand aangekondigd: upload het met `python -m cli upload`.",
    ),
    "rejection_original_lost": Phrase(
        "The stored file is gone: upload the picture again.",
        "Het opgeslagen bestand is weg: upload de foto opnieuw.",
    ),
    "rejection_processing_failed": Phrase(
        "Processing it failed on our side, not because of the file: try again with"
        " `python -m cli retry`.",
        "Het verwerken mislukte bij ons, niet door het bestand: probeer het opnieuw met"
        " `python -m cli retry`.",
    ),
    "rejection_unknown": Phrase(
        "The picture was refused ({reason}): upload another copy of it.",
        "De foto is geweigerd ({reason}): upload een andere kopie.",
    ),
    "file_missing": Phrase(
        "there is no such file: check the path",
        "dat bestand is er niet: controleer het pad",
    ),
    "file_unreadable": Phrase(
        "the file cannot be read: check who may read it",
        "het bestand is niet te lezen: kijk wie het mag lezen",
    ),
    "file_is_a_folder": Phrase(
        "this is a folder: name the files in it, such as folder/*.jpg",
        "dit is een map: noem de bestanden erin, zoals map/*.jpg",
    ),
    "file_is_empty": Phrase(
        "the file is empty: check the original",
        "het bestand is leeg: controleer het origineel",
    ),
    "file_too_large": Phrase(
        "the file is larger than 200 MB: export a smaller version, or a film in parts",
        "het bestand is groter dan 200 MB: exporteer een kleinere versie, of een film in"
        " delen",
    ),
    "file_of_another_kind": Phrase(
        "this kind of file is not taken: use JPEG, PNG, WebP, TIFF, HEIC, AVIF, PDF, MP4,"
        " MOV or WebM, or upload it with --as-is to keep it as it comes",
        "dit soort bestand wordt niet aangenomen: gebruik JPEG, PNG, WebP, TIFF, HEIC,"
        " AVIF, PDF, MP4, MOV of WebM, of bewaar het zoals het komt met upload --as-is",
    ),
    "file_not_a_picture": Phrase(
        "its content is no picture, whatever its name says: check the original",
        "de inhoud is geen foto, wat de naam ook zegt: controleer het origineel",
    ),
}

DONE: Final = {
    "uploading": Phrase("Uploading", "Uploaden"),
    "sent": Phrase("{name}: sent as {asset_id}", "{name}: verstuurd als {asset_id}"),
    "not_sent": Phrase("{name}: not sent: {why}", "{name}: niet verstuurd: {why}"),
    "sent_summary": Phrase(
        "{sent} sent, {refused} not; follow them with: python -m cli show",
        "{sent} verstuurd, {refused} niet; volg ze met: python -m cli show",
    ),
    "sent_origin_unknown": Phrase(
        "Nobody said where this comes from, so outside a closed session software looks"
        " for nobody in it; say so with --origin when you upload.",
        "Niemand zei waar dit vandaan komt, dus buiten een gesloten sessie zoekt software"
        " er niemand in; zeg het met --origin bij het uploaden.",
    ),
    "templates_more": Phrase(
        "{count} templates turned so far.", "Tot nu toe {count} templates gedraaid."
    ),
    "templates_turned": Phrase(
        "Everybody was gone through; {count} templates were still to be turned.",
        "Iedereen is nagegaan; {count} templates moesten nog worden gedraaid.",
    ),
    "templates_again": Phrase(
        "Type the same again after {when}: then the old secret is destroyed.",
        "Typ hetzelfde nog eens na {when}: dan wordt het oude geheim vernietigd.",
    ),
    "templates_done": Phrase(
        "Every template is turned by the new secret, and the old one is destroyed.",
        "Elk template is met het nieuwe geheim gedraaid en het oude is vernietigd.",
    ),
    "templates_unknown": Phrase(
        "the function answered with a word this version does not know: {outcome}",
        "de functie antwoordde met een woord dat deze versie niet kent: {outcome}",
    ),
    "settled_confirm": Phrase(
        "Face {face} is {name}; the picture is being decided on.",
        "Gezicht {face} is {name}; over de foto wordt besloten.",
    ),
    "settled_reject": Phrase(
        "Face {face} is not {name}; the picture is being decided on.",
        "Gezicht {face} is niet {name}; over de foto wordt besloten.",
    ),
    "settled_before": Phrase(
        "That was on record already; the picture is decided on once more.",
        "Dat stond er al; over de foto wordt nog eens besloten.",
    ),
    "released": Phrase("Released: {channels}.", "Vrijgegeven: {channels}."),
    "waits_for_second": Phrase(
        "This takes a second person, who can agree until {until}.",
        "Hier is een tweede persoon voor nodig, die tot {until} kan instemmen.",
    ),
    "how_to_second": Phrase(
        "Somebody else types: python -m cli proposals approve {proposal}",
        "Iemand anders typt: python -m cli proposals approve {proposal}",
    ),
    "proposal_approved": Phrase(
        "Approved, and carried out.", "Goedgekeurd en uitgevoerd."
    ),
    "proposal_rejected": Phrase("Turned down.", "Afgewezen."),
    "downloaded": Phrase("Saved as {path}.", "Bewaard als {path}."),
    "person_added": Phrase(
        "{name} is on record as {person_id}.", "{name} is geregistreerd als {person_id}."
    ),
    "link_made": Phrase(
        "Give this link to that person alone; it works until {until} and is shown once:",
        "Geef deze link alleen aan die persoon; hij werkt tot {until} en wordt één keer"
        " getoond:",
    ),
    "link_taken_back": Phrase("The link works no more.", "De link werkt niet meer."),
    "retried": Phrase(
        "{name} is announced to the intake again.",
        "{name} is opnieuw bij de ontvangst aangemeld.",
    ),
}

DEAD_LETTERS: Final = {
    "no_dead_letters": Phrase(
        "No dead letters: every message was dealt with.",
        "Geen onbestelbare berichten: alles is verwerkt.",
    ),
    "redriven": Phrase(
        "{count} messages are back in their queues.",
        "{count} berichten staan weer in hun wachtrij.",
    ),
    "redrive_hint": Phrase(
        "Try them again with: python -m cli redrive",
        "Probeer ze opnieuw met: python -m cli redrive",
    ),
    "dead_unreadable": Phrase(
        "The message is not of a shape this queue carries: leave it, it expires.",
        "Het bericht heeft een vorm die hier niet hoort: laat het verlopen.",
    ),
    "dead_gone": Phrase(
        "The picture is not on record any more: leave it, it expires.",
        "De foto staat niet meer geregistreerd: laat het verlopen.",
    ),
    "dead_done": Phrase(
        "A later try did the work: a redrive does no harm.",
        "Een latere poging deed het werk: opnieuw sturen kan geen kwaad.",
    ),
    "dead_refused": Phrase(
        "The picture was refused since: nothing is left to do.",
        "De foto is sindsdien geweigerd: er valt niets meer te doen.",
    ),
    "dead_receive": Phrase(
        "Receiving it failed five times: see the log {log}, then redrive.",
        "Ontvangen mislukte vijf keer: zie het log {log} en stuur dan opnieuw.",
    ),
    "dead_detect": Phrase(
        "Looking for faces failed five times: see the log {log}, then redrive.",
        "Gezichten zoeken mislukte vijf keer: zie het log {log} en stuur dan opnieuw.",
    ),
    "dead_mail": Phrase(
        "Sending it failed five times: see the log {log}. The system tries again each"
        " hour for a week.",
        "Versturen mislukte vijf keer: zie het log {log}. Het systeem probeert het een"
        " week lang elk uur opnieuw.",
    ),
    "dead_delivery": Phrase(
        "What became of this mail could not be noted: see the log {log}, then redrive.",
        "Wat er van deze mail werd, kon niet worden genoteerd: zie het log {log} en stuur"
        " dan opnieuw.",
    ),
}
