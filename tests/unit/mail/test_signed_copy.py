"""The signed copy: an archive's PDF, the same bytes for the same evidence."""

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Grant, GrantKind
from beeldrecht.domain.signing import (
    Choices,
    Evidence,
    Guardian,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signer,
    evidence_bytes,
    evidence_from,
)
from beeldrecht.domain.time import Period
from beeldrecht.domain.wordings import Wording, WordingText, canonical, digest
from beeldrecht_mail import copy as copies
from beeldrecht_mail.copy import WrongWordingError, signed_copy
from beeldrecht_mail.glyphs import RANGES, drawable, shown

AT = datetime(2026, 6, 1, 12, 0, 0, 500, tzinfo=UTC)
TEXT = WordingText(
    title="Foto's van het zomerfeest",
    purpose="Verslag van het feest.",
    controller="Gemeente Voorbeeld, Plein 1",
    notice=("Waarvoor we het gebruiken.", "Je kunt een klacht indienen."),
    image="Ik vind goed dat foto's van mij worden gebruikt.",
    portrait="Ik sluit een overeenkomst.",
    biometric="Ik vind goed dat software mij herkent.",
    guardian="Ik teken voor mijn kind.",
)
WORDING = Wording(
    wording_id="0" * 32,
    version=3,
    texts=dict.fromkeys(("nl", "en", "de", "fr"), TEXT),
    channels={Channel.WEBSITE: 24, Channel.PRINT: 12},
    places=frozenset({Place.EUROPEAN_UNION}),
    portrait_months=60,
    biometric_months=12,
    compensation="€ 25",
    created_by="1" * 32,
    created_at=AT,
)
GRANT = Grant(
    grant_id="2" * 32,
    quitclaim_id="a" * 32,
    person_id="b" * 32,
    kind=GrantKind.IMAGE_CONSENT,
    period=Period(AT, AT + timedelta(days=730)),
    channels=frozenset({Channel.WEBSITE}),
    places=frozenset({Place.EUROPEAN_UNION}),
    last_day=date(2028, 5, 31),
)


def evidence(
    code: str = "nl",
    name: str = "Ann de Vries",
    signature: Signature = Signature(SignatureKind.TYPED, "Ann de Vries"),  # noqa: B008
    guardian: Guardian | None = None,
) -> Evidence:
    return Evidence(
        quitclaim_id="a" * 32,
        person_id="b" * 32,
        wording=WORDING.name,
        wording_sha256=digest(WORDING, code),
        language=code,
        signed_at=AT,
        signed_on="link",
        choices=Choices(frozenset({Channel.WEBSITE}), portrait=False, biometric=True),
        signer=Signer(name, "ann@example.org", date(1990, 2, 28), "NL", guardian),
        signature=signature,
        seen=Seen("203.0.113.0/24", "Firefox on Linux"),
    )


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


DRAWN = Signature(SignatureKind.DRAWN, "M0 40L30 0M10 10L500 200L600 20")
PAPER = Signature(SignatureKind.PAPER, "c" * 32)
CLICK = Signature(SignatureKind.CLICK, "Ann de Vries")
TYPED = Signature(SignatureKind.TYPED, "Ann de Vries")


@pytest.mark.parametrize("code", ["nl", "en", "de", "fr"])
@pytest.mark.parametrize("signature", [TYPED, DRAWN, PAPER, CLICK])
@pytest.mark.parametrize("guardian", [None, Guardian("Bo", Relation.PARENT)])
def test_it_is_an_archive_document_with_everything_inside(
    code: str, signature: Signature, guardian: Guardian | None
) -> None:
    said = evidence(code, signature=signature, guardian=guardian)
    pdf = opened(signed_copy(said, WORDING, [GRANT]))
    about = pdf.open_metadata()
    assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
    assert about["pdfuaid:part"] == "1"
    assert about["dc:title"] == TEXT.title
    [intent] = pdf.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1
    assert len(intent.DestOutputProfile.read_bytes()) > 100
    assert str(pdf.Root.Lang) == code
    assert bool(pdf.Root.MarkInfo.Marked)
    assert "/Encrypt" not in pdf.trailer
    assert "/AA" not in pdf.Root
    assert "/OpenAction" not in pdf.Root


def test_its_fonts_are_inside_and_it_runs_nothing() -> None:
    pdf = opened(signed_copy(evidence(), WORDING, [GRANT]))
    fonts = [each for each in pdf.objects if is_dictionary(each, "/FontDescriptor")]
    assert fonts
    for font in fonts:
        assert {"/FontFile2", "/FontFile3"} & set(font.keys())
    forbidden = {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/Movie", "/Sound"}
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary):
            assert str(each.get("/S", "")) not in forbidden


def is_dictionary(each: object, kind: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == kind


def test_the_wording_and_the_evidence_lie_inside_as_they_were_hashed_and_sealed() -> None:
    said = evidence()
    pdf = opened(signed_copy(said, WORDING, [GRANT]))
    files = {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}
    assert files["wording.json"] == canonical(WORDING, "nl")
    assert hashlib.sha256(files["wording.json"]).hexdigest() == said.wording_sha256
    assert files["evidence.json"] == evidence_bytes(said)
    assert evidence_from(files["evidence.json"]) == said
    assert json.loads(files["evidence.json"])["signer"]["name"] == "Ann de Vries"


def test_the_same_evidence_makes_the_same_bytes_in_another_process_too() -> None:
    grants = [GRANT, replace(GRANT, grant_id="3" * 32, kind=GrantKind.BIOMETRIC_CONSENT)]
    here = signed_copy(evidence(), WORDING, grants)
    assert signed_copy(evidence(), WORDING, reversed(grants)) == here
    path = [each for each in sys.path if each]
    script = (
        f"import hashlib, sys; sys.path[:0] = {path!r}\n"
        "from tests.unit.mail.test_signed_copy import *\n"
        "grants = [GRANT, replace(GRANT, grant_id='3' * 32,"
        " kind=GrantKind.BIOMETRIC_CONSENT)]\n"
        "print(hashlib.sha256(signed_copy(evidence(), WORDING, grants)).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_other_evidence_makes_another_document() -> None:
    assert signed_copy(evidence(), WORDING, [GRANT]) != signed_copy(
        evidence(name="Ann de Vriess"), WORDING, [GRANT]
    )


def test_words_that_were_not_the_ones_signed_are_not_printed() -> None:
    said = evidence()
    for other in (
        replace(said, wording_sha256="0" * 64),
        replace(said, wording=f"{WORDING.wording_id}.4"),
    ):
        with pytest.raises(WrongWordingError):
            signed_copy(other, WORDING, [GRANT])


HOSTILE = [
    "#emph[x] $x^2$ \\ _a_ *b* `c` @ref <label> // not a comment",
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd")',
    "中文 العربية עברית 🙂 \u202e\u2066 \x00\x07",
    "Ångström-Ðžëlšan O'Connor ẞ ǅ \u0301 \u0489",
    "x" * 200,
    " ",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_read_as_markup_and_never_stops_the_copy(name: str) -> None:
    said = evidence(name=name, signature=Signature(SignatureKind.TYPED, name))
    pdf = opened(signed_copy(said, WORDING, [GRANT]))
    inside = pdf.attachments["evidence.json"].get_file().read_bytes()
    assert json.loads(inside)["signer"]["name"] == name


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_set(text: str) -> None:
    assert signed_copy(evidence(name=text.replace("\x00", "")), WORDING, [GRANT])


def test_what_has_no_shape_is_named_by_its_number() -> None:
    assert shown("Ann 中\n🙂") == "Ann [U+4E2D] [U+1F642]"
    assert shown("e\u0301") == "é"


@pytest.mark.parametrize("first", [first for first, _ in RANGES])
def test_every_letter_that_is_called_drawable_is(first: int) -> None:
    last = dict(RANGES)[first]
    letters = [chr(n) for n in range(first, last + 1) if drawable(chr(n))]
    assert signed_copy(evidence(name=" ".join(letters)), WORDING, [GRANT])


def test_a_long_document_goes_on_over_pages() -> None:
    notice = tuple(
        f"Alinea {n}. " + "Woorden en nog meer woorden. " * 20 for n in range(40)
    )
    long = replace(WORDING, texts={"nl": replace(TEXT, notice=notice)})
    said = replace(evidence(), wording_sha256=digest(long, "nl"))
    assert len(opened(signed_copy(said, long, [GRANT])).pages) > 4


def test_a_drawing_keeps_its_proportions_and_fits() -> None:
    strokes, width, height = copies._fitted("M0 0L1000 500M5 5")
    assert (width, height) == (162.0, 82.0)
    assert strokes == [[[0.0, 0.0], [160.0, 80.0]]]
