"""What the demonstration and its contact sheet say, in English and Dutch."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue import Phrase
from local.demo.assessment import ASSESSMENT
from local.demo.rights_words import RIGHTS

_STEPS: Final = {
    "founded": Phrase(
        "A demonstration organisation with {count} invented people is on record: two"
        " forms on paper; three people signed by a session's code, and one called to take"
        " it back.",
        "Een demonstratieorganisatie met {count} verzonnen mensen staat vast: twee"
        " formulieren op papier; drie mensen tekenden met de code van een sessie, en een"
        " belde om het in te trekken.",
    ),
    "founded_before": Phrase(
        "The demonstration organisation was on record already.",
        "De demonstratieorganisatie stond er al.",
    ),
    "switch_asked": Phrase(
        "A privacy officer wants recognition in closed sessions, on an assessment (DPIA);"
        " that takes a second one, until {until}.",
        "Een functionaris gegevensbescherming wil herkenning in gesloten sessies, op een"
        " effectbeoordeling (DPIA); daar is een tweede voor nodig, tot {until}.",
    ),
    "switched": Phrase(
        "The second officer agrees: recognition goes as far as closed sessions.",
        "De tweede functionaris stemt in: herkenning gaat tot gesloten sessies.",
    ),
    "switched_before": Phrase(
        "Recognition was switched to closed sessions before.",
        "Herkenning stond al op gesloten sessies.",
    ),
    "making": Phrase("Making the pictures", "Foto's klaarzetten"),
    "uploading": Phrase("Uploading {count} files", "{count} bestanden uploaden"),
    "all_uploaded": Phrase(
        "All {count} files were uploaded before.",
        "Alle {count} bestanden waren al geüpload.",
    ),
    "waiting": Phrase("Through the chain", "Door de keten"),
    "deciding": Phrase("Deciding anew", "Opnieuw besluiten"),
    "still": Phrase("{count} to go: {stages}", "nog {count}: {stages}"),
    "linked": Phrase(
        "An editor says who is who: {count} faces linked, {left} left without a name.",
        "Een redacteur zegt wie wie is: {count} gezichten gekoppeld, {left} zonder naam"
        " gelaten.",
    ),
    "linked_before": Phrase(
        "The faces were linked before; {left} are left without a name.",
        "De gezichten waren al gekoppeld; {left} zijn zonder naam gelaten.",
    ),
    "enrolled": Phrase(
        "{name} gave biometric consent and is enrolled from {count} portraits.",
        "{name} gaf biometrische toestemming en is ingeschreven met {count} portretten.",
    ),
    "enrolled_before": Phrase(
        "{name} was enrolled before.", "{name} was al ingeschreven."
    ),
    "not_enrolled": Phrase(
        "{name} could not be enrolled ({reasons}); faces stay to be linked by hand.",
        "{name} kon niet worden ingeschreven ({reasons}); koppelen blijft handwerk.",
    ),
    "suggested": Phrase(
        "In the closed session, software suggests {who} in {photo}.",
        "In de gesloten sessie stelt de software in {photo} voor: {who}.",
    ),
    "no_suggestion": Phrase(
        "Software suggests nobody in {photo}; the editor links it by hand.",
        "De software stelt in {photo} niemand voor; de redacteur koppelt met de hand.",
    ),
    "before": Phrase("  before: {decision}", "  vooraf: {decision}"),
    "after": Phrase("  after:  {decision}", "  daarna: {decision}"),
    "confirmed": Phrase(
        "A person confirms {name}; the check follows at once.",
        "Een mens bevestigt {name}; de controle volgt meteen.",
    ),
    "confirm_asked": Phrase(
        "One person says that it is {name}: that alone changes nothing (four eyes).",
        "Eén mens zegt dat het {name} is: dat alleen verandert niets (vier ogen).",
    ),
    "confirmed_by_second": Phrase(
        "A second person says so too: {name} is confirmed, and the check follows.",
        "Een tweede zegt het ook: {name} is bevestigd, en de controle volgt.",
    ),
    "confirmed_before": Phrase(
        "The suggestion in {photo} was confirmed before.",
        "De suggestie in {photo} was al bevestigd.",
    ),
    "released": Phrase("Released by a person: {photo}.", "Vrijgegeven: {photo}."),
    "asked": Phrase(
        "An editor asks {name} for consent, by mail to {address}.",
        "Een redacteur vraagt {name} om toestemming, per mail aan {address}.",
    ),
    "in_the_inbox": Phrase(
        "  the mail is in the inbox: {inbox}", "  de mail staat in de inbox: {inbox}"
    ),
    "opens": Phrase(
        "{name} opens the link in it, which works once: {link}",
        "{name} opent de link erin, die één keer werkt: {link}",
    ),
    "signed": Phrase(
        "{name} reads what is asked and signs it; {photo} follows by itself.",
        "{name} leest wat er gevraagd wordt en tekent; {photo} volgt vanzelf.",
    ),
    "signed_before": Phrase("{name} signed before.", "{name} had al getekend."),
    "own_page": Phrase(
        "{name} opens the page that came with the signed copy: {link}",
        "{name} opent de pagina die met het getekende exemplaar meekwam: {link}",
    ),
    "withdrawn": Phrase(
        "{name} takes everything back there; {photo} is dark from the answer on.",
        "{name} trekt daar alles in; {photo} is donker vanaf het antwoord.",
    ),
    "withdrawn_before": Phrase(
        "{name} had taken it back before.", "{name} had het al ingetrokken."
    ),
    "leaves": Phrase("{status}; may leave: {channels}", "{status}; mag weg: {channels}"),
    "nowhere": Phrase("nowhere", "nergens heen"),
    "sees": Phrase(
        "An editor sees {editor} files; a viewer sees {viewer}: {files}.",
        "Een redacteur ziet {editor} bestanden; een kijker ziet er {viewer}: {files}.",
    ),
    "downloaded_by_viewer": Phrase(
        "A viewer downloads {photo} for the {channel}: {path}",
        "Een kijker downloadt {photo} voor de {channel}: {path}",
    ),
    "refused_to_editor": Phrase(
        "An editor asks for {photo} for the {channel}: {why}",
        "Een redacteur vraagt {photo} voor de {channel}: {why}",
    ),
    "refused_to_viewer": Phrase(
        "A viewer asks for the same picture: {why}",
        "Een kijker vraagt dezelfde foto: {why}",
    ),
    "log_holds": Phrase(
        "The audit log holds: {count} entries in {chains} chains, none changed, none"
        " missing.",
        "Het auditlog klopt: {count} regels in {chains} ketens, niets gewijzigd, niets"
        " weg.",
    ),
    "log_broken": Phrase(
        "The audit log does not hold: {findings}", "Het auditlog klopt niet: {findings}"
    ),
    "done_page": Phrase(
        "The page to sign in to: {address} (names, passwords and codes:"
        " .venv/bin/python -m local users)",
        "De pagina om aan te melden: {address} (namen, wachtwoorden en codes:"
        " .venv/bin/python -m local users)",
    ),
    "done_inbox": Phrase("Every mail: {address}", "Elke mail: {address}"),
    "done_sign": Phrase(
        "{name} was asked and has not answered; sign for him: {link}",
        "{name} is gevraagd en heeft nog niet geantwoord; teken voor hem: {link}",
    ),
    "done_renew": Phrase(
        "The consent of {name} ends soon; renew it for her by one tap: {link}",
        "De toestemming van {name} loopt bijna af; vernieuw met één tik: {link}",
    ),
    "done_own_page": Phrase("The page of {name}: {link}", "De pagina van {name}: {link}"),
    "done_login": Phrase(
        "In the terminal: .venv/bin/python -m cli login --as editor",
        "In de terminal: .venv/bin/python -m cli login --as editor",
    ),
    "done_sheet": Phrase("Contact sheet: {path}", "Contactvel: {path}"),
    "done_stop": Phrase("Stop the local cloud: make down", "Stoppen: make down"),
    "done_next": Phrase(
        "Then try: .venv/bin/python -m cli release {asset} --channel website",
        "Probeer dan: .venv/bin/python -m cli release {asset} --channel website",
    ),
    "stalled": Phrase(
        "Nothing has moved for {seconds} seconds, waiting for {names}: look in {log} and"
        " run `python -m cli dead-letters`; the next run of the demo goes on from here.",
        "Er beweegt al {seconds} seconden niets, wachtend op {names}: kijk in {log} en"
        " draai `python -m cli dead-letters`; de volgende demo gaat hier verder.",
    ),
    "interrupted": Phrase(
        "Interrupted; the next run goes on from here.",
        "Afgebroken; de volgende keer gaat het hier verder.",
    ),
}

_SHEET: Final = {
    "sheet_title": Phrase("Contact sheet", "Contactvel"),
    "sheet_internal": Phrase("For staff only", "Alleen voor medewerkers"),
    "sheet_about": Phrase(
        "An internal view of the library: whole pictures, also those that may not leave."
        " Do not pass it on. Every answer was asked anew when this page was made, on"
        " {moment}, and is valid for that moment.",
        "Een interne blik in de beeldbank: hele foto's, ook die niet naar buiten mogen."
        " Geef dit blad niet door. Elk antwoord is opnieuw gevraagd toen deze pagina werd"
        " gemaakt, op {moment}, en geldt voor dat moment.",
    ),
    "sheet_invented": Phrase(
        "Names, roles, sessions and consents are invented. The photographs are free ones"
        " of people who have nothing to do with this; in group pictures one face stands"
        " for more than one invented person.",
        "Namen, rollen, sessies en toestemmingen zijn verzonnen. De foto's zijn vrij te"
        " gebruiken en de mensen erop hebben hier niets mee te maken; op groepsfoto's"
        " staat één gezicht voor meer dan één verzonnen mens.",
    ),
    "sheet_skip": Phrase("Skip to the pictures", "Ga naar de foto's"),
    "sheet_language": Phrase("Language", "Taal"),
    "sheet_overview": Phrase("Overview", "Overzicht"),
    "sheet_legend": Phrase("How to read it", "Zo lees je het"),
    "sheet_boxes": Phrase("Boxes around faces", "Kaders om gezichten"),
    "sheet_channels": Phrase("Per channel", "Per kanaal"),
    "sheet_people": Phrase("People and what they signed", "Mensen en wat ze tekenden"),
    "sheet_person": Phrase("Person", "Persoon"),
    "sheet_consent": Phrase("Image consent", "Toestemming voor beeld"),
    "sheet_for": Phrase("For", "Voor"),
    "sheet_recognition": Phrase("Recognition", "Herkenning"),
    "sheet_released": Phrase("Released", "Vrijgegeven"),
    "sheet_ready": Phrase("Ready to be released", "Klaar om vrij te geven"),
    "sheet_embargoed": Phrase("Stays in", "Blijft binnen"),
    "sheet_rejected": Phrase("Not taken in", "Niet aangenomen"),
    "sheet_under_way": Phrase("Under way", "Onderweg"),
    "sheet_none": Phrase("None at this moment.", "Op dit moment geen."),
    "sheet_faces": Phrase("Faces", "Gezichten"),
    "sheet_no_faces": Phrase("No faces", "Geen gezichten"),
    "sheet_point": Phrase("point out", "wijs aan"),
    "sheet_picture": Phrase("The picture", "De foto"),
    "sheet_leaves": Phrase("May leave for", "Mag naar buiten voor"),
    "sheet_allows": Phrase("Its faces allow", "De gezichten laten toe"),
    "sheet_hint_clear": Phrase("allowed in every channel", "mag in elk kanaal"),
    "sheet_hint_partly": Phrase(
        "allowed in some channels, covered in others",
        "mag in sommige kanalen, afgedekt in andere",
    ),
    "sheet_hint_covered": Phrase(
        "only with this face covered", "alleen met dit gezicht afgedekt"
    ),
    "sheet_hint_frozen": Phrase("the picture stays in", "de foto blijft binnen"),
    "sheet_hint_suggested": Phrase(
        "software suggests a name; a person has to answer",
        "de software stelt een naam voor; een mens moet antwoorden",
    ),
    "sheet_hint_unnamed": Phrase(
        "nobody has said who this is", "niemand heeft gezegd wie dit is"
    ),
    "consent_in_force": Phrase("In force through {day}", "Geldt tot en met {day}"),
    "consent_forever": Phrase("In force", "Geldt"),
    "consent_ending": Phrase(
        "Ends soon: through {day}", "Loopt bijna af: tot en met {day}"
    ),
    "consent_ended": Phrase("Ended on {day}", "Afgelopen op {day}"),
    "consent_withdrawn": Phrase("Withdrawn on {day}", "Ingetrokken op {day}"),
    "consent_none": Phrase("Never signed", "Nooit getekend"),
    "recognition_yes": Phrase(
        "Biometric consent through {day}", "Biometrische toestemming t/m {day}"
    ),
    "recognition_no": Phrase("No", "Nee"),
    "file_facts": Phrase("{size} kB, sent as {type}", "{size} kB, verstuurd als {type}"),
    "picture_facts": Phrase("{width} by {height} pixels", "{width} bij {height} pixels"),
}

PHRASES: Final[Mapping[str, Phrase]] = {**_STEPS, **_SHEET, **ASSESSMENT, **RIGHTS}


def say(key: str, language: str, **values: object) -> str:
    """The phrase of that key with its values filled in."""
    phrase: str = getattr(PHRASES[key], language)
    return phrase.format(**values)
