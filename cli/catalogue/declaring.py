"""What the commands say about files that cannot be looked through."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

DECLARING: Final[Mapping[str, Phrase]] = {
    "help_declare": Phrase(
        "say who is in a document, a film or another file that cannot be looked through",
        "zeg wie er staat in een document, film of ander bestand dat niet te bekijken is",
    ),
    "help_declare_nobody": Phrase(
        "nobody is in it that is not a face of its first page or poster",
        "er staat niemand in, behalve de gezichten van de eerste bladzijde of het"
        " posterbeeld",
    ),
    "help_declare_people": Phrase(
        "everybody who is in it, by name or id: it leaves only while each is cleared",
        "iedereen die erin staat, op naam of kenmerk: het vertrekt alleen zolang het"
        " van ieder mag",
    ),
    "help_declare_first_page": Phrase(
        "only the first page, or the poster of a film, is used; the file itself never"
        " leaves",
        "alleen de eerste bladzijde, of het posterbeeld van een film, wordt gebruikt; het"
        " bestand zelf blijft binnen",
    ),
    "help_declare_look": Phrase(
        "get the file to look at it first; that is on record",
        "haal het bestand op om het eerst te bekijken; dat wordt vastgelegd",
    ),
    "help_upload_as_is": Phrase(
        "take files that are no pictures too, kept as they come until somebody declares"
        " who is in them",
        "neem ook bestanden die geen foto zijn, bewaard zoals ze komen tot iemand"
        " verklaart wie erin staan",
    ),
    "help_download_file": Phrase(
        "the file itself, of what is no picture",
        "het bestand zelf, van wat geen foto is",
    ),
    "declared_nobody": Phrase(
        "{name}: declared to be of nobody; it is being decided on.",
        "{name}: er staat volgens de verklaring niemand in; er wordt over besloten.",
    ),
    "declared_people": Phrase(
        "{name}: declared to be of {people}; it is being decided on.",
        "{name}: volgens de verklaring staan hierin {people}; er wordt over besloten.",
    ),
    "declared_first_page": Phrase(
        "{name}: only its picture is used; it is being decided on.",
        "{name}: alleen de afbeelding ervan wordt gebruikt; er wordt over besloten.",
    ),
    "file_to_look_at": Phrase(
        "Saved as {path}. Look at all of it, then: python -m cli declare {asset}"
        " --nobody, or --people PERSON …",
        "Bewaard als {path}. Bekijk alles, en dan: python -m cli declare {asset}"
        " --nobody, of --people PERSOON …",
    ),
    "help_film": Phrase(
        "what a film is, and in which of its frames faces were seen",
        "wat een film is, en in welke beelden ervan gezichten zijn gezien",
    ),
    "help_film_sheet": Phrase(
        "save the frames that were looked at, on one sheet; that is on record",
        "bewaar de bekeken beelden op één blad; dat wordt vastgelegd",
    ),
    "film_is": Phrase(
        "{length}, {width} x {height}, {codec}, {size} MiB",
        "{length}, {width} x {height}, {codec}, {size} MiB",
    ),
    "film_unknown": Phrase("of unknown length", "van onbekende lengte"),
    "film_frame": Phrase("{at}  faces: {count}", "{at}  gezichten: {count}"),
    "film_between": Phrase(
        "Between these frames others may appear: watch it before you declare.",
        "Tussen deze beelden kunnen anderen voorkomen: bekijk hem voor u verklaart.",
    ),
    "film_incomplete": Phrase(
        "Not every frame could be looked at: watch all of it before you declare.",
        "Niet elk beeld kon worden bekeken: bekijk alles voor u verklaart.",
    ),
    "film_frames_gone": Phrase(
        "Where faces were seen is kept no longer. The sheet of frames is still there.",
        "Waar gezichten zijn gezien wordt niet meer bewaard. Het blad met beelden is er"
        " nog.",
    ),
    "film_sheet": Phrase("Saved as {path}.", "Bewaard als {path}."),
    "error_not_a_film": Phrase(
        "{given} is no film, or none that could be opened.",
        "{given} is geen film, of geen die kon worden geopend.",
    ),
    "error_not_declarable": Phrase(
        "{given} is a picture, or has no part that can be used alone: nothing is declared"
        " of that.",
        "{given} is een foto, of heeft geen deel dat alleen te gebruiken is: daarvan"
        " wordt niets verklaard.",
    ),
}
