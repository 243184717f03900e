"""Phrases about the registers of who is responsible."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

GOVERNANCE: Final[Mapping[str, Phrase]] = {
    "help_governance": Phrase(
        "assessments, agreements and processing activities: list, write, sign, revoke",
        "beoordelingen, overeenkomsten en verwerkingen: tonen, schrijven, tekenen,"
        " intrekken",
    ),
    "help_governance_kind": Phrase("which register", "welk register"),
    "help_governance_form": Phrase(
        "what a register asks, as a file to fill in",
        "wat een register vraagt, als bestand om in te vullen",
    ),
    "help_governance_add": Phrase("begin a record", "begin een vastlegging"),
    "help_governance_file": Phrase(
        "JSON, as `governance form` gives it", "JSON, zoals `governance form` het geeft"
    ),
    "help_governance_show": Phrase("show a record whole", "toon een hele vastlegging"),
    "help_governance_change": Phrase(
        "write the next version of a record", "schrijf de volgende versie"
    ),
    "help_governance_sign": Phrase(
        "sign the latest version of a record", "onderteken de laatste versie"
    ),
    "help_governance_revoke": Phrase(
        "let a record hold no more, for good", "laat een vastlegging niet meer gelden"
    ),
    "help_governance_record": Phrase(
        "a record: its id or the beginning of it",
        "een vastlegging: het kenmerk of het begin ervan",
    ),
    "help_governance_last_day": Phrase(
        "through which day it is to hold", "tot en met welke dag het geldt"
    ),
    "help_governance_reason": Phrase("why", "waarom"),
    "record_line": Phrase(
        "  {id}  {title} (version {version}): {state}{until}",
        "  {id}  {title} (versie {version}): {state}{until}",
    ),
    "record_until": Phrase(", through {day}", ", tot en met {day}"),
    "record_head": Phrase(
        "{kind}: {title}, version {version} ({record})",
        "{kind}: {title}, versie {version} ({record})",
    ),
    "record_open": Phrase(
        "  {field}: not answered yet. {words}", "  {field}: nog open. {words}"
    ),
    "record_digest": Phrase("SHA-256 {sha256}", "SHA-256 {sha256}"),
    "record_state": Phrase("{state}{until}.", "{state}{until}."),
    "no_records": Phrase("  Nothing yet.", "  Nog niets."),
    "error_unknown_record": Phrase(
        "No record begins with {given}: see `python -m cli governance`.",
        "Geen vastlegging begint met {given}: zie `python -m cli governance`.",
    ),
    "file_not_a_record": Phrase(
        "the file holds no record: it is JSON as `governance form` gives it",
        "het bestand bevat geen vastlegging: het is JSON zoals `governance form` het"
        " geeft",
    ),
}
