"""What stood in the way of a command, and what to do about it."""

from typing import Final

from cli.catalogue.phrase import Phrase

FAILURES: Final = {
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
        "Nobody is known as {given}: give a name or an id that is on record, or, to ask"
        " somebody new, Name <address>.",
        "Niemand is bekend als {given}: geef een naam of kenmerk dat bekend is, of, om"
        " iemand nieuw te vragen, Naam <adres>.",
    ),
    "error_unknown_proposal": Phrase(
        "Nothing that waits begins with {given}: see `python -m cli proposals`.",
        "Er wacht niets dat begint met {given}: zie `python -m cli proposals`.",
    ),
    "error_not_releasable": Phrase(
        "Nothing of that may be released now. {why}",
        "Daarvan mag nu niets worden vrijgegeven. {why}",
    ),
    "error_not_cleared": Phrase(
        "The picture may not be used for that now. {why}",
        "De foto mag daar nu niet voor worden gebruikt. {why}",
    ),
    "error_unknown_link": Phrase(
        "No link begins with {given}: see `python -m cli links PERSON`.",
        "Geen link begint met {given}: zie `python -m cli links PERSOON`.",
    ),
    "error_not_for_download": Phrase(
        "The store did not give the picture (status {status}): ask for it once more.",
        "De opslag gaf de foto niet (status {status}): vraag hem nog eens.",
    ),
    "error_not_of_the_form": Phrase(
        "What you gave is not accepted ({places}): `--help` says what it has to be.",
        "Wat je gaf wordt niet aangenomen ({places}): `--help` zegt wat het moet zijn.",
    ),
    "error_no_day": Phrase(
        "{given} is no day: type it as 2026-11-23.",
        "{given} is geen dag: typ hem als 2026-11-23.",
    ),
    "error_no_instant": Phrase(
        "{given} is no moment: type it as 2026-11-23T14:30 or 2026-11-23.",
        "{given} is geen tijdstip: typ het als 2026-11-23T14:30 of 2026-11-23.",
    ),
    "error_file_there": Phrase(
        "There is something called {name} already, and it stays: choose another place.",
        "Er is al iets dat {name} heet, en dat blijft: kies een andere plaats.",
    ),
    "error_no_place": Phrase(
        "{name} cannot be written there: choose another place.",
        "{name} kan daar niet worden geschreven: kies een andere plaats.",
    ),
}
