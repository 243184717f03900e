"""What the command about the words of pictures says."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

DESCRIBING: Final[Mapping[str, Phrase]] = {
    "help_metadata": Phrase(
        "what is said of pictures: show it, change it, take a change back",
        "wat er over foto's is gezegd: tonen, wijzigen, een wijziging terugdraaien",
    ),
    "help_metadata_show": Phrase("show it", "toon het"),
    "help_metadata_edit": Phrase(
        "change one picture or many", "wijzig een foto of veel foto's"
    ),
    "help_metadata_undo": Phrase(
        "take a change of many pictures back", "draai een wijziging van veel foto's terug"
    ),
    "help_metadata_edit_id": Phrase("the edit", "de wijziging"),
    "help_metadata_collection": Phrase(
        "every picture of this collection", "elke foto van deze collectie"
    ),
    "help_metadata_set": Phrase(
        "a field and its value, as title=Fair; title= empties it (may be repeated)",
        "een veld en de waarde, zoals title=Kermis; title= maakt het leeg (mag vaker)",
    ),
    "help_metadata_add": Phrase(
        "add a keyword (may be repeated)", "voeg een trefwoord toe (mag vaker)"
    ),
    "help_metadata_remove": Phrase(
        "take a keyword away (may be repeated)", "haal een trefwoord weg (mag vaker)"
    ),
    "help_metadata_preview": Phrase(
        "only show what would change", "toon alleen wat er zou veranderen"
    ),
    "help_download_size": Phrase(
        "made in this size for the use, with the picture's words in the file",
        "in deze maat gemaakt voor het gebruik, met de woorden van de foto erin",
    ),
    "help_download_format": Phrase(
        "written as this; JPEG where nothing is said",
        "zo geschreven; JPEG als er niets staat",
    ),
    "help_download_crop": Phrase(
        "what may be cut off, and who has to be outside",
        "wat eraf mag, en wie er niet op mag staan",
    ),
    "help_download_watermark": Phrase(
        "with whose picture it is across it", "met van wie de foto is erop"
    ),
    "metadata_how": Phrase(
        "Name pictures or a collection, and fields as --set title=Fair.",
        "Noem foto's of een collectie, en velden zoals --set title=Kermis.",
    ),
    "metadata_preview": Phrase(
        "{count} pictures would change; nothing did.",
        "{count} foto's zouden veranderen; er is niets veranderd.",
    ),
    "metadata_edited": Phrase(
        "{count} pictures changed. To take it back: python -m cli metadata undo {edit}",
        "{count} foto's gewijzigd. Terugdraaien: python -m cli metadata undo {edit}",
    ),
    "metadata_undone": Phrase(
        "{count} pictures are as they were.", "{count} foto's zijn weer zoals ze waren."
    ),
}
