"""Why a file is refused: stable reasons, and what to tell the person who uploaded it."""

from enum import StrEnum
from typing import Final


class RejectionReason(StrEnum):
    """The reasons, as ids that never change once they are stored."""

    EMPTY_FILE = "empty_file"
    NOT_AN_IMAGE = "not_an_image"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNSUPPORTED_VARIANT = "unsupported_variant"
    TOO_LARGE_FILE = "too_large_file"
    TOO_MANY_PIXELS = "too_many_pixels"
    SIDE_TOO_LONG = "side_too_long"
    NO_PIXELS = "no_pixels"
    TOO_COMPLEX = "too_complex"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    DECOMPRESSION_MISMATCH = "decompression_mismatch"
    NOT_AS_ANNOUNCED = "not_as_announced"
    ENCRYPTED = "encrypted"
    FILM_UNREADABLE = "film_unreadable"


class RejectedFileError(Exception):
    """The file cannot become an asset.

    `detail` holds figures and format names only (`{"width": 30000, "limit": …}`), never
    anything read from inside the picture, so it may be stored, queued and logged.
    """

    def __init__(self, reason: RejectionReason, **detail: str | int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        # Plain str, not an enum member: the detail is stored as it is.
        self.detail: dict[str, str | int] = {
            name: str(value) if isinstance(value, str) else value
            for name, value in detail.items()
        }


HELP: Final[dict[RejectionReason, dict[str, str]]] = {
    RejectionReason.EMPTY_FILE: {
        "en": "The file is empty: check the original and upload it again.",
        "nl": "Het bestand is leeg: controleer het origineel en upload het opnieuw.",
    },
    RejectionReason.NOT_AN_IMAGE: {
        "en": "This is not a picture: upload a JPEG, PNG, WebP, TIFF, HEIC, AVIF or "
        "raw file.",
        "nl": "Dit is geen foto: upload een JPEG-, PNG-, WebP-, TIFF-, HEIC-, AVIF- "
        "of raw-bestand.",
    },
    RejectionReason.UNSUPPORTED_FORMAT: {
        "en": "Files of this kind are not accepted yet: save the picture as JPEG, PNG or "
        "TIFF and upload that.",
        "nl": "Dit soort bestanden wordt nog niet aangenomen: bewaar de foto als JPEG, "
        "PNG of TIFF en upload die.",
    },
    RejectionReason.UNSUPPORTED_VARIANT: {
        "en": "The picture is stored in a rare variant of its format: open it in a "
        "photo program, save it as an ordinary JPEG and upload that.",
        "nl": "De foto is opgeslagen in een zeldzame variant van het formaat: open hem "
        "in een fotoprogramma, bewaar hem als gewone JPEG en upload die.",
    },
    RejectionReason.TOO_LARGE_FILE: {
        "en": "The file is larger than this library accepts: export a smaller version "
        "and upload that.",
        "nl": "Het bestand is groter dan deze beeldbank aanneemt: exporteer een kleinere "
        "versie en upload die.",
    },
    RejectionReason.TOO_MANY_PIXELS: {
        "en": "The picture has more pixels than this library accepts: make it smaller "
        "and upload it again.",
        "nl": "De foto heeft meer pixels dan deze beeldbank aanneemt: verklein hem en "
        "upload hem opnieuw.",
    },
    RejectionReason.SIDE_TOO_LONG: {
        "en": "One side of the picture is too long: crop it or make it smaller and "
        "upload it again.",
        "nl": "Eén zijde van de foto is te lang: snijd hem bij of verklein hem en upload "
        "hem opnieuw.",
    },
    RejectionReason.NO_PIXELS: {
        "en": "The file says its picture has no width or no height: export the picture "
        "again and upload that.",
        "nl": "Volgens het bestand heeft de foto geen breedte of geen hoogte: exporteer "
        "de foto opnieuw en upload die.",
    },
    RejectionReason.TOO_COMPLEX: {
        "en": "The file is built in a way that takes too long to open: save it as an "
        "ordinary JPEG and upload that.",
        "nl": "Het bestand zit zo in elkaar dat openen te lang duurt: bewaar het als "
        "gewone JPEG en upload die.",
    },
    RejectionReason.TRUNCATED: {
        "en": "The file stops before the picture is complete: copy it again from the "
        "camera or the sender and upload it again.",
        "nl": "Het bestand houdt op voordat de foto compleet is: haal het opnieuw van de "
        "camera of de afzender en upload het opnieuw.",
    },
    RejectionReason.CORRUPT: {
        "en": "The picture is damaged and cannot be shown in full: upload another copy "
        "of it.",
        "nl": "De foto is beschadigd en kan niet volledig worden getoond: upload een "
        "andere kopie.",
    },
    RejectionReason.DECOMPRESSION_MISMATCH: {
        "en": "The file announces another picture size than it holds: export the picture "
        "again and upload that.",
        "nl": "Het bestand kondigt een ander fotoformaat aan dan erin zit: exporteer de "
        "foto opnieuw en upload die.",
    },
    RejectionReason.NOT_AS_ANNOUNCED: {
        "en": "Another file arrived than the one that was announced: upload it again.",
        "nl": "Er kwam een ander bestand aan dan was aangekondigd: upload het opnieuw.",
    },
    RejectionReason.ENCRYPTED: {
        "en": "The document takes a password to open: save it without one and upload "
        "that.",
        "nl": "Het document gaat alleen open met een wachtwoord: bewaar het zonder en "
        "upload dat.",
    },
    RejectionReason.FILM_UNREADABLE: {
        "en": "The film is damaged or put together in a rare way: export it again as an "
        "ordinary MP4 with H.264 and upload that.",
        "nl": "De film is beschadigd of op een zeldzame manier opgebouwd: exporteer hem "
        "opnieuw als gewone MP4 met H.264 en upload die.",
    },
}
"""One sentence a person: what is wrong and what to do, by reason and language."""
