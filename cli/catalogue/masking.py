"""What the commands that cover faces say."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

MASKING: Final[Mapping[str, Phrase]] = {
    "help_mark": Phrase(
        "say that a face is always covered, or that nobody could recognise it",
        "zeg dat een gezicht altijd wordt afgedekt, of dat niemand het kan herkennen",
    ),
    "help_mark_as": Phrase("what is to be done about it", "wat ermee moet gebeuren"),
    "help_masked": Phrase(
        "see a picture as it would leave, with faces covered",
        "bekijk een foto zoals hij zou vertrekken, met gezichten afgedekt",
    ),
    "help_mask": Phrase(
        "the masked version that you looked at with `masked` (may be repeated)",
        "de afgedekte versie die je met `masked` hebt bekeken (mag vaker)",
    ),
    "marked_mask": Phrase(
        "Face {face} is always covered; the picture is being decided on.",
        "Gezicht {face} wordt altijd afgedekt; over de foto wordt besloten.",
    ),
    "marked_not_recognisable": Phrase(
        "Nobody could recognise face {face}; the picture is being decided on.",
        "Niemand kan gezicht {face} herkennen; over de foto wordt besloten.",
    ),
    "marked_unmarked": Phrase(
        "Nothing is said of face {face} any more; the picture is being decided on.",
        "Over gezicht {face} is niets meer gezegd; over de foto wordt besloten.",
    ),
    "masked_saved": Phrase(
        "Saved as {path}, with {faces} covered.",
        "Bewaard als {path}, met {faces} afgedekt.",
    ),
    "how_to_release_masked": Phrase(
        "Look at it. To release it so: python -m cli release {asset} --channel {channel}"
        " --mask {mask}",
        "Bekijk hem. Zo vrijgeven: python -m cli release {asset} --channel {channel}"
        " --mask {mask}",
    ),
    "error_mask_not_seen": Phrase(
        "For {channels} it can leave with faces covered alone. Look at it first:"
        " python -m cli masked ASSET --channel CHANNEL",
        "Voor {channels} kan hij alleen met gezichten afgedekt weg. Bekijk hem eerst:"
        " python -m cli masked FOTO --channel KANAAL",
    ),
    "faces_1": Phrase("1 face", "1 gezicht"),
    "faces_more": Phrase("{count} faces", "{count} gezichten"),
}
