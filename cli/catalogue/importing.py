"""What the command that brings in an archive says."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

IMPORTING: Final[Mapping[str, Phrase]] = {
    "help_import": Phrase(
        "bring in a whole archive from a folder or a bucket; run it again to go on",
        "haal een heel archief uit een map of bucket binnen; start het opnieuw om door te"
        " gaan",
    ),
    "help_import_of": Phrase(
        "the archive's folder, or s3://bucket/folder in the library's own Region, read"
        " with your AWS credentials",
        "de map van het archief, of s3://bucket/map in de regio van de bibliotheek zelf,"
        " gelezen met je AWS-sleutels",
    ),
    "help_import_name": Phrase(
        "the import's name; the same name goes on with the same import (default: the"
        " folder's name)",
        "de naam van de import; dezelfde naam gaat door met dezelfde import (anders: de"
        " naam van de map)",
    ),
    "help_import_csv": Phrase(
        "a table with a column path, and title, caption, keywords and more beside it; of"
        " an archive in a bucket it may lie there: s3://…",
        "een tabel met een kolom path, en daarnaast title, caption, keywords en meer; van"
        " een archief in een bucket mag hij daar liggen: s3://…",
    ),
    "help_import_session": Phrase(
        "the session that all of it belongs to", "de sessie waar alles bij hoort"
    ),
    "help_import_collection": Phrase(
        "the collection that all of it is put into", "de collectie waar alles in komt"
    ),
    "help_import_basis": Phrase(
        "on what keeping it rests; it allows no use of any picture",
        "waar het bewaren op rust; het staat geen gebruik van een foto toe",
    ),
    "help_import_origin": Phrase(
        "where all of it comes from; software looks for nobody in it either way",
        "waar alles vandaan komt; software zoekt er hoe dan ook niemand in",
    ),
    "help_import_at_once": Phrase(
        "files that are sent side by side, 1 to 16",
        "bestanden die naast elkaar worden verstuurd, 1 tot 16",
    ),
    "help_import_report": Phrase(
        "where to write what became of each file: a table, or JSON where its name ends in"
        " .json",
        "waar te schrijven wat er van elk bestand werd: een tabel, of JSON als het op"
        " .json eindigt",
    ),
    "help_import_wait": Phrase(
        "then show how the pictures are taken in, until all are",
        "toon daarna hoe de foto's worden opgenomen, tot alle klaar zijn",
    ),
    "help_imports": Phrase(
        "what was brought in, and how far it is",
        "wat er is binnengehaald, en hoe ver het is",
    ),
    "help_imports_show": Phrase(
        "how many pictures of one stand where", "hoeveel foto's van één import waar staan"
    ),
    "help_imports_report": Phrase(
        "write where each of its pictures stands", "schrijf op waar elke foto ervan staat"
    ),
    "help_imports_stop": Phrase(
        "take no more files; what arrived stays",
        "neem geen bestanden meer aan; wat er is, blijft",
    ),
    "help_imports_of": Phrase(
        "the import, or how its id begins", "de import, of hoe het nummer begint"
    ),
    "help_imports_watch": Phrase(
        "go on showing it until all that was sent is taken in",
        "blijf het tonen tot alles wat is verstuurd, is opgenomen",
    ),
    "help_imports_to": Phrase(
        "the file to write: a table, or JSON where its name ends in .json",
        "het bestand om te schrijven: een tabel, of JSON als de naam op .json eindigt",
    ),
    "no_imports": Phrase(
        "You have brought in no archive yet.", "Je hebt nog geen archief binnengehaald."
    ),
    "import_line": Phrase(
        "{id}  {name}, begun {at}: {count} files found. {state}",
        "{id}  {name}, begonnen {at}: {count} bestanden gevonden. {state}",
    ),
    "import_counts": Phrase(
        "{announced} announced: {open} on their way ({lapsed} of them lapsed),"
        " {embargoed} embargoed, {ready} ready, {released} released, {rejected} rejected",
        "{announced} aangemeld: {open} onderweg ({lapsed} daarvan vervallen), {embargoed}"
        " onder embargo, {ready} gereed, {released} vrijgegeven, {rejected} afgewezen",
    ),
    "import_watching": Phrase("Taking in", "Opnemen"),
    "import_stands_still": Phrase(
        "{count} have not been taken in, and nothing has moved for ten minutes: run the"
        " import again for what was not sent; what was sent goes on within the hour.",
        "{count} zijn niet opgenomen, en er is tien minuten niets veranderd: start de"
        " import opnieuw voor wat niet is verstuurd; wat is verstuurd, gaat binnen het"
        " uur verder.",
    ),
    "import_report_written": Phrase(
        "Where {count} pictures stand: {path}", "Waar {count} foto's staan: {path}"
    ),
    "error_unknown_import": Phrase(
        "No import, or more than one, of yours begins with {given}.",
        "Geen import van jou, of meer dan één, begint met {given}.",
    ),
    "import_no_folder": Phrase(
        "there is no such folder: check the path",
        "die map is er niet: controleer het pad",
    ),
    "import_no_address": Phrase(
        "that names no bucket: type s3://bucket or s3://bucket/folder",
        "dat is geen bucket: typ s3://bucket of s3://bucket/map",
    ),
    "import_no_bucket": Phrase(
        "There is no bucket {bucket}: check its name.",
        "Er is geen bucket {bucket}: controleer de naam.",
    ),
    "import_bucket_denied": Phrase(
        "Your AWS credentials may not list {bucket}: they need s3:ListBucket and"
        " s3:GetObject there.",
        "Je AWS-sleutels mogen {bucket} niet lezen: ze hebben daar s3:ListBucket en"
        " s3:GetObject nodig.",
    ),
    "import_other_region": Phrase(
        "{bucket} is in {found}, and pictures nobody has cleared yet stay in {expected}:"
        " copy the archive to a bucket there first.",
        "{bucket} staat in {found}, en foto's die nog niemand heeft beoordeeld blijven in"
        " {expected}: kopieer het archief eerst naar een bucket daar.",
    ),
    "import_table_elsewhere": Phrase(
        "The table has to lie in {bucket} as the archive does, or on this machine.",
        "De tabel moet net als het archief in {bucket} liggen, of op deze computer.",
    ),
    "import_table_unread": Phrase(
        "The table {table} cannot be read: check that it is there, is UTF-8, and is yours"
        " to read.",
        "De tabel {table} is niet te lezen: controleer of hij er is, in UTF-8 is, en of"
        " je hem mag lezen.",
    ),
    "file_in_cold_storage": Phrase(
        "it lies in S3 Glacier: restore it there first, and run the import again",
        "het ligt in S3 Glacier: zet het daar eerst terug, en start de import opnieuw",
    ),
    "file_not_ours_to_read": Phrase(
        "your AWS credentials may not read it: it needs s3:GetObject, and kms:Decrypt"
        " where a key of your own is on it",
        "je AWS-sleutels mogen het niet lezen: s3:GetObject is nodig, en kms:Decrypt als"
        " er een eigen sleutel op zit",
    ),
    "import_empty": Phrase(
        "In {folder} are no files.", "In {folder} staan geen bestanden."
    ),
    "import_begun": Phrase(
        "Import “{name}” ({id}): {count} files.",
        "Import “{name}” ({id}): {count} bestanden.",
    ),
    "importing": Phrase("Importing", "Importeren"),
    "import_progress": Phrase(
        "{done} of {count} files, {rate} a second, {left} min left, {refused} not taken",
        "{done} van {count} bestanden, {rate} per seconde, nog {left} min, {refused} niet"
        " opgenomen",
    ),
    "import_row_without_file": Phrase(
        "the table names it and the folder does not have it: check the path",
        "de tabel noemt het en de map heeft het niet: controleer het pad",
    ),
    "import_bad_sidecar": Phrase(
        "its XMP cannot be read: mend it or take it away, and run the import again",
        "de XMP is niet te lezen: herstel hem of haal hem weg, en start opnieuw",
    ),
    "import_summary": Phrase(
        "{sent} sent, {there} there already, {refused} refused, {retry} to be tried again"
        " by the same command. What became of each: {report}",
        "{sent} verstuurd, {there} waren er al, {refused} geweigerd, {retry} nog eens te"
        " proberen met hetzelfde commando. Wat er van elk werd: {report}",
    ),
    "error_sidecar_columns": Phrase(
        "{name} needs a column path, and beside it only columns by the names of the"
        " fields: title, caption, keywords and so on (docs/import-schema.md).",
        "{name} heeft een kolom path nodig, en daarnaast alleen kolommen met de namen van"
        " de velden: title, caption, keywords enzovoort (docs/import-schema.md).",
    ),
}
