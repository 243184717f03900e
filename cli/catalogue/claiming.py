"""What the command that brings in consents given elsewhere says."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

CLAIMING: Final[Mapping[str, Phrase]] = {
    "help_import_quitclaims": Phrase(
        "bring in consents that were given elsewhere; what is not certain is listed",
        "haal toestemmingen binnen die elders zijn gegeven; wat niet zeker is, wordt"
        " genoemd",
    ),
    "help_quitclaims_table": Phrase(
        "the table (docs/import-schema.md)", "de tabel (docs/import-schema.md)"
    ),
    "help_quitclaims_wording": Phrase(
        "the wording that all of them signed; without it nothing is valid for use",
        "de tekst die zij allemaal tekenden; zonder is niets geldig voor gebruik",
    ),
    "help_quitclaims_scans": Phrase(
        "where the scans are (default: beside the table)",
        "waar de scans staan (anders: naast de tabel)",
    ),
    "help_quitclaims_dry_run": Phrase(
        "only say what would become of each row", "zeg alleen wat er van elke rij wordt"
    ),
    "help_quitclaims_resourcespace": Phrase(
        "the table is ResourceSpace's `consent`",
        "de tabel is `consent` van ResourceSpace",
    ),
    "help_quitclaims_resource_consent": Phrase(
        "ResourceSpace's `resource_consent`: who is in which picture",
        "`resource_consent` van ResourceSpace: wie op welke foto staat",
    ),
    "help_quitclaims_resources": Phrase(
        "what the other system called each file: resource (or ref), and path, file_path"
        " or original_filename",
        "hoe het andere systeem elk bestand noemde: resource (of ref), en path, file_path"
        " of original_filename",
    ),
    "help_quitclaims_import_report": Phrase(
        "the report of an import that brought pictures in; then it is listed who was in"
        " which of them (may be repeated)",
        "het verslag van een import die foto's binnenhaalde; dan wordt genoemd wie op"
        " welke daarvan stond (mag vaker)",
    ),
    "help_quitclaims_pictures_report": Phrase(
        "where to write who was in which picture",
        "waar te schrijven wie op welke foto stond",
    ),
    "error_not_a_report": Phrase(
        "{name} is no report of an import: it is the table that `import` wrote.",
        "{name} is geen verslag van een import: het is de tabel die `import` schreef.",
    ),
    "error_resource_columns": Phrase(
        "{name} needs a column resource (or ref), and path, file_path or"
        " original_filename.",
        "{name} heeft een kolom resource (of ref) nodig, en path, file_path of"
        " original_filename.",
    ),
    "shown_without_consent": Phrase(
        "no consent of that number is in the table: look it up in the other system",
        "geen toestemming met dat nummer staat in de tabel: zoek haar op in het andere"
        " systeem",
    ),
    "shown_nobody_on_record": Phrase(
        "that row put nobody on record: see its own reason, and link by hand",
        "die rij bracht niemand in het register: zie de reden daar, en koppel zelf",
    ),
    "shown_in_no_report": Phrase(
        "no report names such a file: import it, or give the report that names it",
        "geen verslag noemt zo'n bestand: importeer het, of geef het verslag erbij",
    ),
    "shown_name_of_several": Phrase(
        "several files end so: say the whole path in --resources",
        "meer bestanden eindigen zo: zeg het hele pad in --resources",
    ),
    "shown_not_taken_in": Phrase(
        "the file was not taken in, or is gone: see the report of the import",
        "het bestand is niet opgenomen, of weg: zie het verslag van de import",
    ),
    "shown_link": Phrase(
        "look at {asset}, and confirm which face is theirs: python -m cli confirm {asset}"
        " FACE {person}",
        "bekijk {asset}, en bevestig welk gezicht het is: python -m cli confirm {asset}"
        " FACE {person}",
    ),
    "shown_link_one": Phrase(
        "look whether it is them: python -m cli confirm {asset} {face} {person}",
        "kijk of zij het zijn: python -m cli confirm {asset} {face} {person}",
    ),
    "shown_summary": Phrase(
        "Of who was in which picture: {found} found again for you to look at, {missing}"
        " listed with why not. Nobody was linked. All: {report}",
        "Van wie op welke foto stond: {found} teruggevonden om te bekijken, {missing}"
        " genoemd met waarom niet. Niemand is gekoppeld. Alles: {report}",
    ),
    "help_quitclaims_usage": Phrase(
        "which channel a word of the other system means: web=website (may be repeated)",
        "welk kanaal een woord van het andere systeem betekent, als web=website (mag"
        " vaker)",
    ),
    "help_quitclaims_report": Phrase(
        "where to write what became of each row",
        "waar te schrijven wat er van elke rij werd",
    ),
    "error_quitclaim_columns": Phrase(
        "{name} needs columns ref and name, and beside them only those of"
        " docs/import-schema.md.",
        "{name} heeft kolommen ref en name nodig, en daarnaast alleen die van"
        " docs/import-schema.md.",
    ),
    "quitclaim_listed": Phrase("{ref}: {why}", "{ref}: {why}"),
    "quitclaims_summary": Phrase(
        "{entered} entered, {there} entered before, {listed} listed: they allow nothing"
        " until somebody enters the form (`python -m cli consents enter`). All: {report}",
        "{entered} ingevoerd, {there} al ingevoerd, {listed} genoemd: ze staan niets toe"
        " tot iemand het formulier invoert (`python -m cli consents enter`). Alles:"
        " {report}",
    ),
    "quitclaim_row_without_name": Phrase(
        "no name: nobody goes on record", "geen naam: er komt niemand te staan"
    ),
    "quitclaim_row_without_own_ref": Phrase(
        "no ref of its own: give each row another one",
        "geen eigen ref: geef elke rij een andere",
    ),
    "quitclaim_row_without_scan": Phrase(
        "no scan of the signed form: find it, and run this again",
        "geen scan van het getekende formulier: zoek hem op en start opnieuw",
    ),
    "quitclaim_row_without_day_of_signing": Phrase(
        "not known when it was signed: read it on the form and add the column signed",
        "niet bekend wanneer er is getekend: lees het op het formulier en vul signed in",
    ),
    "quitclaim_row_with_no_such_day": Phrase(
        "a day that is none: write it as 2019-05-04",
        "een dag die niet bestaat: schrijf hem als 2019-05-04",
    ),
    "quitclaim_row_with_unknown_value": Phrase(
        "portrait is neither yes nor no: say which",
        "portrait is geen ja of nee: zeg welke van de twee",
    ),
    "quitclaim_row_with_unknown_channel": Phrase(
        "a use that is no channel of ours: say which with --usage WORD=CHANNEL",
        "een gebruik dat geen kanaal is: zeg welk met --usage WOORD=KANAAL",
    ),
    "quitclaim_row_with_channel_not_in_wording": Phrase(
        "the wording does not offer all of it: name the wording that they signed",
        "de tekst biedt niet alles aan: noem de tekst die zij tekenden",
    ),
    "quitclaim_row_without_channel": Phrase(
        "not known for what use: read it on the form",
        "niet bekend voor welk gebruik: lees het op het formulier",
    ),
    "quitclaim_row_of_unknown_wording": Phrase(
        "not known what they signed: put that wording on record, name it by --wording",
        "niet bekend wat zij tekenden: leg die tekst vast en noem hem met --wording",
    ),
    "quitclaim_row_ends_before_wording": Phrase(
        "it ends sooner than the wording says: put a wording with that term on record",
        "het eindigt eerder dan de tekst zegt: leg een tekst met die termijn vast",
    ),
    "quitclaim_row_of_name_on_record": Phrase(
        "somebody of this name is on record: enter it by hand with the right person",
        "er staat al iemand met deze naam: voer het met de hand in bij de juiste persoon",
    ),
    "quitclaim_row_refused_by_library": Phrase(
        "the library refused the form: enter it by hand to see why",
        "de bibliotheek weigerde het formulier: voer het met de hand in en zie waarom",
    ),
}
