"""What the commands say about the files of a picture that follow each other."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

VERSIONING: Final[Mapping[str, Phrase]] = {
    "help_versions": Phrase(
        "the files of a picture, what differs between them, and which one is current",
        "de bestanden van een foto, wat eraan verschilt, en welk het huidige is",
    ),
    "help_versions_restore": Phrase(
        "make this older file the current one again; a person releases it anew",
        "maak dit oudere bestand weer het huidige; iemand geeft het opnieuw vrij",
    ),
    "help_upload_replaces": Phrase(
        "the picture of which this is a newer file; the older one is kept, and leaves for"
        " nobody once this one has arrived",
        "de foto waarvan dit een nieuwer bestand is; het oudere wordt bewaard, en"
        " vertrekt nergens meer heen zodra dit binnen is",
    ),
    "replaces_one": Phrase(
        "One file takes the place of one picture: name one file.",
        "Eén bestand komt in de plaats van één foto: noem één bestand.",
    ),
    "version_current": Phrase(
        "{number}. {asset} {name}, {width} x {height}: current since {since}, by {by}",
        "{number}. {asset} {name}, {width} x {height}: huidig sinds {since}, door {by}",
    ),
    "version_older": Phrase(
        "{number}. {asset} {name}, {width} x {height}: older, from {since}, by {by}",
        "{number}. {asset} {name}, {width} x {height}: ouder, van {since}, door {by}",
    ),
    "version_same_file": Phrase(
        "the same file, byte for byte",
        "hetzelfde bestand, byte voor byte",
    ),
    "version_other_size": Phrase("another number of bytes", "een ander aantal bytes"),
    "version_other_dimensions": Phrase(
        "another width or height", "een andere breedte of hoogte"
    ),
    "version_other_format": Phrase("another format", "een ander formaat"),
    "version_bits_apart": Phrase(
        "{bits} of 64 bits of what it looks like differ",
        "{bits} van 64 bits van hoe het eruitziet verschillen",
    ),
    "version_restored": Phrase(
        "{name} is current again; look at it and release it: python -m cli show {asset}",
        "{name} is weer het huidige; bekijk het en geef het vrij: python -m cli show"
        " {asset}",
    ),
    "version_is_current": Phrase(
        "{name} is the current file already: see python -m cli versions {asset}",
        "{name} is al het huidige bestand: zie python -m cli versions {asset}",
    ),
    "error_not_made_current": Phrase(
        "{given} cannot be made current again: nothing replaced it, or it is gone.",
        "{given} kan niet weer het huidige worden: niets verving het, of het is er niet"
        " meer.",
    ),
}
