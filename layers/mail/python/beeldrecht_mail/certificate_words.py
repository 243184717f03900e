"""What a certificate says, in Dutch and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """The labels and sentences of one language."""

    code: str
    title: str
    of_person: str
    of_picture: str
    controller: str
    number: str
    confirmed: str
    issued: str
    entry: str
    pictures: str
    counted: str
    """`{masked}` and `{deleted}`."""
    proof: str
    no_proof: str
    stays: str
    stays_more: str
    stays_named: str
    """Instead of that, where a text still names somebody."""
    texts: str
    texts_counted: str
    """`{redacted}`, `{left}` and `{gone}`."""
    text: str
    nothing_stays: str
    stores: str
    stores_more: str
    store: str
    what: str
    found: str
    removed: str
    remains: str
    why: str
    empty: str
    """Before what was looked for and not there."""
    check: str
    checking: tuple[str, ...]
    key: str
    attached: str


DUTCH = CertificateWords(
    code="nl",
    title="Certificaat van wissing",
    of_person="Alles wat over deze persoon werd bewaard, is gewist.",
    of_picture="Deze foto is gewist, met alles wat ervan was gemaakt.",
    controller="Verantwoordelijk",
    number="Nummer van de wissing",
    confirmed="Bevestigd",
    issued="Vastgesteld",
    entry="Nummer in het wissingsregister",
    pictures="Foto's",
    counted="{deleted} verwijderd; {masked} gehouden, met het gezicht voorgoed bedekt",
    proof="Bewijs van toestemming blijft tot en met",
    no_proof="Er is geen bewijs van toestemming bewaard",
    stays="Wat moet blijven, en waarom",
    stays_more="Hiervan is niets te lezen dat zegt wie je bent.",
    stays_named=(
        "Van wat in opslagplaatsen bleef zegt niets wie je bent. De teksten in deze lijst"
        " noemen je naam nog."
    ),
    texts="Teksten die deze persoon noemden",
    texts_counted="{redacted} zonder de naam; {left} gebleven; {gone} verdwenen",
    text="Tekst",
    nothing_stays="Er is niets gebleven.",
    stores="Elke opslagplaats",
    stores_more=(
        "Overal waar iets kan liggen is eerst gezocht, toen gewist, en daarna opnieuw"
        " gezocht. De laatste kolom is wat er bij die tweede keer nog was."
    ),
    store="Opslagplaats",
    what="Soort",
    found="Gevonden",
    removed="Gewist",
    remains="Over",
    why="Waarom",
    empty="Gezocht en niet gevonden",
    check="Zo controleer je dit certificaat",
    checking=(
        (
            "Bij dit document hoort een bestand dat eindigt op .json. Dat is ondertekend,"
            " en noemt de vingerafdruk van dit document. Wie in een van beide een teken"
            " verandert, wordt daarmee betrapt."
        ),
        "Controleren kan zonder internet en zonder ons, met het programma Beeldrecht:",
    ),
    key="Vingerafdruk van onze sleutel (SHA-256)",
    attached=(
        "In dit document zit de inhoud van het certificaat ook als bestand dat een"
        " programma leest."
    ),
)
ENGLISH = CertificateWords(
    code="en",
    title="Certificate of erasure",
    of_person="Everything that was kept about this person has been erased.",
    of_picture="This picture has been erased, with everything that was made of it.",
    controller="Responsible",
    number="Number of the erasure",
    confirmed="Confirmed",
    issued="Established",
    entry="Number in the erasure ledger",
    pictures="Pictures",
    counted="{deleted} deleted; {masked} kept, with the face covered for good",
    proof="Proof of consent stays until and including",
    no_proof="No proof of consent was kept",
    stays="What must stay, and why",
    stays_more="Nothing that says who you are can be read of it.",
    stays_named=(
        "Of what stayed in stores nothing says who you are. The texts in this list still"
        " name you."
    ),
    texts="Texts that named this person",
    texts_counted="{redacted} without the name; {left} left as they were; {gone} gone",
    text="Text",
    nothing_stays="Nothing has stayed.",
    stores="Every store",
    stores_more=(
        "Wherever something can lie was searched first, then erased, and then searched"
        " again. The last column is what was there that second time."
    ),
    store="Store",
    what="Kind",
    found="Found",
    removed="Erased",
    remains="Left",
    why="Why",
    empty="Looked for and not found",
    check="How to check this certificate",
    checking=(
        (
            "With this document comes a file that ends in .json. It is signed, and names"
            " the fingerprint of this document. Whoever changes a single sign in either"
            " of them is caught by it."
        ),
        "Checking takes no internet and none of us, but the program Beeldrecht:",
    ),
    key="Fingerprint of our key (SHA-256)",
    attached=(
        "Inside this document lies what the certificate says, as a file for a program to"
        " read, too."
    ),
)
LANGUAGES = (DUTCH, ENGLISH)
