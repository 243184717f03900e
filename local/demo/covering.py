"""The chapter of the contact sheet with pictures before and after faces were covered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.catalogue import Phrase
from local.demo.catalogue import PHRASES
from local.demo.photos import COVERED, GIVEN, PARTLY

type Inlined = Callable[[bytes], str]
"""Makes a picture part of the page."""


@dataclass(frozen=True)
class Covered:
    """One picture as it is inside, and as it left."""

    file_name: str
    why: Phrase
    inside: bytes
    outside: bytes


@dataclass(frozen=True)
class Rights:
    """What the sheet shows of rights; nothing of what did not happen yet."""

    covered: tuple[Covered, ...] = ()
    certificate: str | None = None
    """The number of the erasure that is proven."""
    kept: str = ""
    """What the picture is called now that was kept for who else is in it."""

    @property
    def erased(self) -> Phrase | None:
        """What is said of who was erased."""
        if self.certificate is None:
            return None
        phrase = PHRASES["sheet_erased"]
        values = {"photo": self.kept, "number": self.certificate}
        return Phrase(phrase.en.format(**values), phrase.nl.format(**values))


def rights_in(
    output: Path, on_record: Mapping[str, str], preview: Callable[[str], bytes]
) -> Rights:
    """What the demonstration left in its folder, beside the pictures themselves."""
    copied = output / "copy" / "pictures"
    left = {
        PARTLY: (output / "masked" / PARTLY, "sheet_covered_release"),
        GIVEN: (copied / f"{on_record.get(GIVEN)}.jpg", "sheet_covered_copy"),
    }
    covered = tuple(
        Covered(name, PHRASES[why], preview(on_record[name]), file.read_bytes())
        for name, (file, why) in left.items()
        if name in on_record and file.is_file()
    )
    proofs = sorted((output / "certificate").glob("*.json"))
    if not proofs or COVERED not in on_record:
        return Rights(covered)
    return Rights(covered, proofs[-1].stem, f"{on_record[COVERED]}.jpg")
