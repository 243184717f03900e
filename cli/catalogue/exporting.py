"""The words of the command `exports`."""

from typing import Final

from cli.catalogue.phrase import Phrase

EXPORTING: Final = {
    "no_exports": Phrase(
        "Nobody was given a copy of what is on record.",
        "Niemand kreeg een kopie van wat is vastgelegd.",
    ),
    "export_line": Phrase(
        "{id}  {name}: begun on {at}. {state}.",
        "{id}  {name}: begonnen op {at}. {state}.",
    ),
    "export_request": Phrase(
        "  Answers subject request {request}.", "  Antwoord op verzoek {request}."
    ),
    "export_holds": Phrase(
        "  {size} MB with {pictures} pictures ({left_out} only told of), until {ends}.",
        "  {size} MB met {pictures} foto's ({left_out} alleen genoemd), tot {ends}.",
    ),
    "export_fetched": Phrase("  Fetched {count} times.", "  {count} keer opgehaald."),
    "export_mail": Phrase("  The mail: {words}", "  De mail: {words}"),
    "error_unknown_export": Phrase(
        "No copy begins with {given}: see `python -m cli exports`.",
        "Geen kopie begint met {given}: zie `python -m cli exports`.",
    ),
    "help_exports": Phrase(
        "people's copies of what is on record: list, show, send the mail again",
        "kopieën van wat over mensen is vastgelegd: tonen, de mail opnieuw sturen",
    ),
    "help_exports_limit": Phrase("list at most so many", "toon hoogstens zoveel"),
    "help_exports_show": Phrase("show how far one is", "toon hoe ver er een is"),
    "help_exports_tell": Phrase(
        "have the mail with its link sent again", "stuur de mail met de link opnieuw"
    ),
    "help_exports_export": Phrase(
        "a copy: its id or the beginning of it",
        "een kopie: het kenmerk of het begin ervan",
    ),
}
