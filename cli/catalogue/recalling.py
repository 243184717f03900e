"""The words of the commands `disclosures` and `recalls`."""

from typing import Final

from cli.catalogue.phrase import Phrase

RECALLING: Final = {
    "any_channel": Phrase("no use in particular", "geen gebruik in het bijzonder"),
    "no_disclosures": Phrase(
        "Nobody has received this picture.", "Niemand kreeg deze foto."
    ),
    "disclosure_line": Phrase(
        "{at}  {who}, for {channel}: {what}.", "{at}  {who}, voor {channel}: {what}."
    ),
    "disclosure_covered": Phrase(
        "    with {count} faces covered", "    met {count} gezichten afgedekt"
    ),
    "disclosure_recall": Phrase(
        "    recall {id}: {state}.", "    terugroeping {id}: {state}."
    ),
    "disclosures_more": Phrase("and {count} before that", "en {count} daarvoor"),
    "no_recalls": Phrase(
        "Nobody has to remove anything.", "Niemand hoeft iets te verwijderen."
    ),
    "recall_line": Phrase(
        "{id}  {who}, picture {asset}, for {channels}: {state}.",
        "{id}  {who}, foto {asset}, voor {channels}: {state}.",
    ),
    "recall_opened": Phrase(
        "  Opened on {at}, for picture {asset}.",
        "  Geopend op {at}, voor foto {asset}.",
    ),
    "recall_told": Phrase(
        "  Asked by mail on {at}, reminded {count} times.",
        "  Per mail gevraagd op {at}, {count} keer herinnerd.",
    ),
    "recall_removed": Phrase(
        "  The recipient said on {at} that it is removed.",
        "  De ontvanger zei op {at} dat het is verwijderd.",
    ),
    "recall_removed_by": Phrase(
        "  On {at} {by} noted that it is removed.",
        "  Op {at} noteerde {by} dat het is verwijderd.",
    ),
    "error_unknown_recall": Phrase(
        "No recall begins with {given}: see `python -m cli recalls`.",
        "Geen terugroeping begint met {given}: zie `python -m cli recalls`.",
    ),
    "help_disclosures": Phrase(
        "who received a picture, for what and when",
        "wie een foto kreeg, waarvoor en wanneer",
    ),
    "help_recalls": Phrase(
        "who is asked to remove a picture: list, show, note that it is removed",
        "wie een foto moet verwijderen: tonen, noteren dat het is gebeurd",
    ),
    "help_recalls_state": Phrase(
        "those in this state; the open ones unless another is named",
        "die in deze stand; de open, tenzij een andere is genoemd",
    ),
    "help_recalls_show": Phrase("show one", "toon er een"),
    "help_recalls_removed": Phrase(
        "note that every copy is removed, as the recipient says",
        "noteer dat elke kopie is verwijderd, zoals de ontvanger zegt",
    ),
    "help_recalls_recall": Phrase(
        "a recall: its id or the beginning of it",
        "een terugroeping: het kenmerk of het begin ervan",
    ),
}
