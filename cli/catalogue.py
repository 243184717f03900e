"""Every phrase of the command, by key, in English and Dutch.

A function's failure has the name of the exception class as its key. The words of
findings, refusals and verdicts are the domain's (`beeldrecht.domain.messages`).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Phrase(NamedTuple):
    """The same in each language; `{…}` is filled in."""

    en: str
    nl: str


_NAMES: Final = {
    "channel_website": Phrase("website", "website"),
    "channel_social": Phrase("social media", "sociale media"),
    "channel_intranet": Phrase("intranet", "intranet"),
    "channel_print": Phrase("print", "drukwerk"),
    "channel_press": Phrase("press", "pers"),
    "channel_paid": Phrase("advertising", "reclame"),
    "status_expected": Phrase("expected", "verwacht"),
    "status_received": Phrase("received", "ontvangen"),
    "status_examined": Phrase("examined", "bekeken"),
    "status_embargoed": Phrase("stays in", "blijft binnen"),
    "status_ready": Phrase("ready", "klaar"),
    "status_released": Phrase("released", "vrijgegeven"),
    "status_rejected": Phrase("refused", "geweigerd"),
    "verdict_clear": Phrase("allowed", "mag"),
    "verdict_masked": Phrase("faces covered", "afgedekt"),
    "verdict_restricted": Phrase("not allowed", "mag niet"),
    "face_clear": Phrase("cleared", "akkoord"),
    "face_partly": Phrase("cleared in part", "deels akkoord"),
    "face_covered": Phrase("to be covered", "afdekken"),
    "face_frozen": Phrase("not allowed", "mag niet"),
    "face_suggested": Phrase("suggestion waits", "suggestie wacht"),
    "face_unnamed": Phrase("no name yet", "nog geen naam"),
    "band_likely": Phrase("likely", "waarschijnlijk"),
    "band_review": Phrase("look closely", "goed kijken"),
}

_DATES: Final = {
    "since_moment": Phrase("That was on {moment}.", "Dat was op {moment}."),
    "from_day": Phrase("It begins on {day}.", "Die begint op {day}."),
    "ended_on": Phrase("Its last day was {day}.", "De laatste dag was {day}."),
    "through_day": Phrase("Through {day}.", "Tot en met {day}."),
    "holds_until": Phrase(
        "This holds until {moment}, unless something is recorded before.",
        "Dit geldt tot {moment}, tenzij er eerder iets wordt vastgelegd.",
    ),
    "holds_through": Phrase(
        "This holds through {day}, unless something is recorded before.",
        "Dit geldt tot en met {day}, tenzij er eerder iets wordt vastgelegd.",
    ),
}

_TABLES: Final = {
    "column_photo": Phrase("Photo", "Foto"),
    "column_status": Phrase("Status", "Status"),
    "column_faces": Phrase("Faces", "Gezichten"),
    "column_people": Phrase("People", "Mensen"),
    "column_channels": Phrase("Decision per channel", "Besluit per kanaal"),
    "column_findings": Phrase("Why", "Waarom"),
    "column_queue": Phrase("Queue", "Wachtrij"),
    "column_since": Phrase("Since", "Sinds"),
    "column_reason": Phrase("Reason", "Reden"),
    "legend": Phrase(
        "✓ allowed   ◐ only with faces covered   ✕ not allowed",
        "✓ mag   ◐ alleen met afgedekte gezichten   ✕ mag niet",
    ),
    "all_channels": Phrase("all channels", "alle kanalen"),
    "unnamed_count": Phrase("{count} without a name", "{count} zonder naam"),
    "suggested_name": Phrase("{name}? ({band})", "{name}? ({band})"),
    "face_number": Phrase("face {number}", "gezicht {number}"),
    "duplicate_of": Phrase(
        "The same file as {name}, byte for byte.",
        "Hetzelfde bestand als {name}, byte voor byte.",
    ),
    "agrees": Phrase("Agrees.", "Stemt in."),
    "under_way": Phrase(
        "The chain is still at work on it.", "De keten is er nog mee bezig."
    ),
    "nothing_here": Phrase(
        "There are no pictures yet; upload some with: python -m cli upload FILE…",
        "Er zijn nog geen foto's; upload ze met: python -m cli upload BESTAND…",
    ),
    "and_more": Phrase(
        "and {count} more; show them with --limit {total}",
        "en nog {count}; toon ze met --limit {total}",
    ),
}

_REFUSED_FILES: Final = {
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
        "the file is larger than 200 MB: export a smaller version",
        "het bestand is groter dan 200 MB: exporteer een kleinere versie",
    ),
    "file_of_another_kind": Phrase(
        "this kind of file is not taken: use JPEG, PNG, WebP, TIFF, HEIC or AVIF",
        "dit soort bestand wordt niet aangenomen: gebruik JPEG, PNG, WebP, TIFF, HEIC"
        " of AVIF",
    ),
    "file_not_a_picture": Phrase(
        "its content is no picture, whatever its name says: check the original",
        "de inhoud is geen foto, wat de naam ook zegt: controleer het origineel",
    ),
}

_DONE: Final = {
    "uploading": Phrase("Uploading", "Uploaden"),
    "sent": Phrase("{name}: sent as {asset_id}", "{name}: verstuurd als {asset_id}"),
    "not_sent": Phrase("{name}: not sent: {why}", "{name}: niet verstuurd: {why}"),
    "sent_summary": Phrase(
        "{sent} sent, {refused} not; follow them with: python -m cli show",
        "{sent} verstuurd, {refused} niet; volg ze met: python -m cli show",
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
    "retried": Phrase(
        "{name} is announced to the intake again.",
        "{name} is opnieuw bij de ontvangst aangemeld.",
    ),
}

_DEAD_LETTERS: Final = {
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
}

_FAILURES: Final = {
    "error_not_deployed": Phrase(
        "There is no deployment called {name} in this account: run `make demo` for a"
        " local one, or set AWS_PROFILE or AWS_ENDPOINT_URL to where it is.",
        "Er is in dit account geen installatie met de naam {name}: start er lokaal een"
        " met `make demo`, of zet AWS_PROFILE of AWS_ENDPOINT_URL goed.",
    ),
    "error_no_credentials": Phrase(
        "There are no valid AWS credentials: set AWS_PROFILE, or for the local cloud run"
        " eval $(.venv/bin/python -m local env)",
        "Er zijn geen geldige AWS-gegevens: zet AWS_PROFILE, of voer voor de lokale cloud"
        " uit: eval $(.venv/bin/python -m local env)",
    ),
    "error_unreachable": Phrase(
        "Nothing answers at {where}: start the local cloud with `make demo`, or check"
        " the network.",
        "Er antwoordt niets op {where}: start de lokale cloud met `make demo`, of"
        " controleer het netwerk.",
    ),
    "error_denied": Phrase(
        "Your account may not do this ({action}): ask whoever manages access.",
        "Je account mag dit niet ({action}): vraag het wie de toegang beheert.",
    ),
    "error_aws": Phrase(
        "AWS did not do {action} ({code}): try again, and look the code up if it stays.",
        "AWS deed {action} niet ({code}): probeer het opnieuw, en zoek de code op als dat"
        " blijft.",
    ),
    "error_store_busy": Phrase(
        "the store does not answer: try again in a minute",
        "de opslag antwoordt niet: probeer het over een minuut opnieuw",
    ),
    "error_upload_refused": Phrase(
        "the store refused it ({code}): run the command again for a new form",
        "de opslag weigerde het ({code}): voer het commando opnieuw uit",
    ),
    "error_unknown_asset": Phrase(
        "No picture has the id {given}: see `python -m cli show`.",
        "Geen foto heeft het kenmerk {given}: zie `python -m cli show`.",
    ),
    "error_ambiguous": Phrase(
        "More than one fits {given}: give more of the id.",
        "Meer dan één past bij {given}: geef meer van het kenmerk.",
    ),
    "error_unknown_face": Phrase(
        "The picture has no face {given}: see `python -m cli show ASSET`.",
        "De foto heeft geen gezicht {given}: zie `python -m cli show FOTO`.",
    ),
    "error_unknown_person": Phrase(
        "Nobody is known as {given}: give the person's whole id.",
        "Niemand is bekend als {given}: geef het hele kenmerk van de persoon.",
    ),
    "error_function": Phrase(
        "{function} failed ({error}): see the log {log}",
        "{function} mislukte ({error}): zie het log {log}",
    ),
    "UnknownFaceError": Phrase(
        "The picture does not have that face: see `python -m cli show ASSET`.",
        "De foto heeft dat gezicht niet: zie `python -m cli show FOTO`.",
    ),
    "UnknownPersonError": Phrase(
        "There is no such person on record: check the id.",
        "Die persoon staat niet geregistreerd: controleer het kenmerk.",
    ),
    "UnknownAssetError": Phrase(
        "There is no such picture, or it was refused: see `python -m cli show`.",
        "Die foto is er niet, of is geweigerd: zie `python -m cli show`.",
    ),
    "NotReleasableError": Phrase(
        "Nothing of that may be released now: `python -m cli show ASSET` says why.",
        "Daarvan mag nu niets worden vrijgegeven: `python -m cli show FOTO` zegt waarom.",
    ),
    "StaleRevisionError": Phrase(
        "Somebody changed the picture meanwhile: look at it and try again.",
        "Iemand heeft de foto intussen gewijzigd: bekijk hem en probeer het opnieuw.",
    ),
    "ChainBusyError": Phrase(
        "Too much changed at once: try again in a moment.",
        "Er veranderde te veel tegelijk: probeer het zo opnieuw.",
    ),
    "NotReceivedError": Phrase(
        "The picture has not arrived in full yet: try again in a moment.",
        "De foto is nog niet helemaal binnen: probeer het zo opnieuw.",
    ),
    "MissingObjectError": Phrase(
        "The stored picture is gone: upload it again.",
        "De opgeslagen foto is weg: upload hem opnieuw.",
    ),
    "KeyDestroyedError": Phrase(
        "This person's key was destroyed: what it sealed is gone for good.",
        "De sleutel van deze persoon is vernietigd: wat die verzegelde, is weg.",
    ),
    "ValidationError": Phrase(
        "The function does not take these values: check the ids you gave.",
        "De functie neemt deze waarden niet aan: controleer de kenmerken.",
    ),
}

_HELP: Final = {
    "help": Phrase(
        "Work with a Beeldrecht library. The AWS environment decides which one; for the"
        " local cloud: eval $(.venv/bin/python -m local env)",
        "Werk met een Beeldrecht-beeldbank. De AWS-omgeving bepaalt welke; voor de lokale"
        " cloud: eval $(.venv/bin/python -m local env)",
    ),
    "help_epilog": Phrase(
        "Exit codes: 0 all done, 1 something could not be done, 2 wrong use.",
        "Exitcodes: 0 alles gedaan, 1 iets kon niet, 2 verkeerd gebruik.",
    ),
    "help_language": Phrase("language of the output", "taal van de uitvoer"),
    "help_upload": Phrase("upload pictures", "upload foto's"),
    "help_show": Phrase(
        "show pictures, who is in them and what is allowed",
        "toon foto's, wie erop staan en wat mag",
    ),
    "help_confirm": Phrase(
        "say that a face is this person", "zeg dat een gezicht deze persoon is"
    ),
    "help_reject": Phrase(
        "say that a face is not this person", "zeg dat een gezicht niet deze persoon is"
    ),
    "help_release": Phrase("release a picture for use", "geef een foto vrij"),
    "help_retry": Phrase(
        "have a picture received again", "laat een foto opnieuw ontvangen"
    ),
    "help_dead_letters": Phrase(
        "list messages that failed for good", "toon berichten die definitief mislukten"
    ),
    "help_redrive": Phrase(
        "put failed messages back in their queues",
        "zet mislukte berichten terug in hun wachtrij",
    ),
    "help_file": Phrase("a picture file", "een fotobestand"),
    "help_session": Phrase(
        "id of the session the pictures were taken at",
        "kenmerk van de sessie waar de foto's zijn gemaakt",
    ),
    "help_asset": Phrase(
        "a picture: its id or the beginning of it",
        "een foto: het kenmerk of het begin ervan",
    ),
    "help_face": Phrase(
        "a face: its number in `show`, or its id",
        "een gezicht: het nummer in `show`, of het kenmerk",
    ),
    "help_person": Phrase(
        "a person: the id, its beginning, or the name that `show` prints",
        "een persoon: het kenmerk, het begin, of de naam die `show` toont",
    ),
    "help_channel": Phrase(
        "release for this channel only (may be repeated)",
        "geef alleen voor dit kanaal vrij (mag vaker)",
    ),
    "help_limit": Phrase("show at most so many pictures", "toon hoogstens zoveel foto's"),
}

PHRASES: Final[Mapping[str, Phrase]] = {
    **_NAMES,
    **_DATES,
    **_TABLES,
    **_REFUSED_FILES,
    **_DONE,
    **_DEAD_LETTERS,
    **_FAILURES,
    **_HELP,
}
