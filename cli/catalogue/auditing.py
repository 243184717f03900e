"""What is said of the audit log."""

from typing import Final

from cli.catalogue.phrase import Phrase

AUDIT: Final = {
    "audit_verifying": Phrase("Verifying the audit log", "Auditlogboek narekenen"),
    "audit_verified": Phrase(
        "{entries} entries in {chains} chains and {checkpoints} checkpoints"
        " in {seconds} s.",
        "{entries} regels in {chains} ketens en {checkpoints} ijkpunten in {seconds} s.",
    ),
    "audit_whole": Phrase(
        "The log is whole: nothing was changed, dropped, moved, put in or cut off.",
        "Het logboek is heel: niets is gewijzigd, weggelaten, verplaatst, ingevoegd of"
        " afgeknipt.",
    ),
    "audit_begins": Phrase(
        "Chain {chain} begins at {number}: what is older than {days} days, until {until},"
        " was removed under the retention policy, as declared on {at}.",
        "Keten {chain} begint bij {number}: wat ouder is dan {days} dagen, tot {until},"
        " is verwijderd volgens het bewaarbeleid, zoals vastgelegd op {at}.",
    ),
    "audit_broken": Phrase(
        "The log is not whole. Findings: {count}",
        "Het logboek is niet heel. Bevindingen: {count}",
    ),
    "audit_checkpoint": Phrase("checkpoint {number}", "ijkpunt {number}"),
    "audit_line": Phrase(
        "{at}  {tag}  {subject}  by {actor}  {data}",
        "{at}  {tag}  {subject}  door {actor}  {data}",
    ),
    "audit_more": Phrase(
        "There is more: ask for it with --limit, or take it along with export.",
        "Er is meer: vraag erom met --limit, of neem het mee met export.",
    ),
    "audit_nothing": Phrase("Nothing of the kind.", "Niets van dien aard."),
    "audit_exported": Phrase(
        "{count} entries are in {file}.", "{count} regels staan in {file}."
    ),
    "column_chain": Phrase("chain", "keten"),
    "column_numbers": Phrase("number", "nummer"),
    "column_entry": Phrase("entry", "regel"),
    "column_finding": Phrase("finding", "bevinding"),
    "error_no_copy": Phrase(
        "There is no copy of the audit log at {path}.",
        "Er staat geen kopie van het auditlogboek op {path}.",
    ),
    "help_audit": Phrase(
        "the audit log: verify it, search it, take it along",
        "het auditlogboek: narekenen, doorzoeken, meenemen",
    ),
    "help_audit_verify": Phrase(
        "verify every entry and checkpoint (credentials of the AWS account, or --file)",
        "reken elke regel en elk ijkpunt na (gegevens van het AWS-account, of --file)",
    ),
    "help_audit_file": Phrase(
        "a copy or a folder of them, verified without the account",
        "een kopie of een map ervan, nagerekend zonder het account",
    ),
    "help_audit_keep": Phrase(
        "write a copy of what is read, to be verified elsewhere",
        "schrijf een kopie van wat wordt gelezen, om elders na te rekenen",
    ),
    "help_audit_search": Phrase(
        "list what happened, the last first; today unless asked otherwise",
        "toon wat er gebeurde, het laatste eerst; vandaag tenzij anders gevraagd",
    ),
    "help_audit_export": Phrase(
        "write what happened to a file for a spreadsheet",
        "schrijf wat er gebeurde naar een bestand voor een rekenblad",
    ),
    "help_audit_to": Phrase("the file to write", "het bestand om te schrijven"),
    "help_audit_limit": Phrase(
        "list at most so many entries", "toon hoogstens zoveel regels"
    ),
    "help_audit_subject": Phrase(
        "what it happened to, by its whole id", "waarmee het gebeurde, met hele id"
    ),
    "help_audit_day": Phrase("the first day", "de eerste dag"),
    "help_audit_until": Phrase("the last day", "de laatste dag"),
    "help_audit_actor": Phrase(
        "who did it, by their whole id", "wie het deed, met hele id"
    ),
    "help_audit_tag": Phrase(
        "what was done, or how that begins: clearance:asset",
        "wat er gebeurde, of hoe dat begint: clearance:asset",
    ),
}
