"""A document by its first page, in a process of its own; and files that nothing opens."""

import io
import os
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
import simplejpeg
from PIL import Image

from beeldrecht.domain.declarations import FILE_TYPE, PDF_TYPE
from beeldrecht.domain.intake import RenditionName
from intake.receive_upload.imaging import RejectedFileError, RejectionReason, take_in
from intake.receive_upload.imaging import document as document_module
from intake.receive_upload.imaging.first_page import (
    LONGEST_SIDE,
    MOST_PIXELS,
    SCALE,
    scale_of,
)
from tests.fakes.samples import LETTER, document_of, picture_of
from tests.unit.imaging.hostile import HTML, SVG, ZIP

LIMIT = 200_000_000


def pages_of(*sizes: tuple[float, float], content: bytes = b"") -> pikepdf.Pdf:
    """A PDF of pages of so many points, each with this drawn on it."""
    pdf = pikepdf.new()
    for width, height in sizes:
        pdf.add_blank_page(page_size=(width, height))
    for page in pdf.pages:
        page.Contents = pdf.make_stream(content)
    return pdf


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def refused(data: bytes, announced: str = PDF_TYPE, limit: int = LIMIT) -> str:
    with pytest.raises(RejectedFileError) as caught:
        take_in(data, announced, pixel_limit=limit)
    return caught.value.reason


def test_the_first_page_becomes_the_picture_and_the_file_is_kept_beside_it() -> None:
    data = document_of(3)
    taken = take_in(data, PDF_TYPE, pixel_limit=LIMIT)
    assert taken.format == PDF_TYPE
    assert set(taken.files) == set(RenditionName) - {RenditionName.FRAMES}
    assert taken.files[RenditionName.FILE] == data
    assert taken.notes == ("first_page_only",)
    one = take_in(document_of(1), PDF_TYPE, pixel_limit=LIMIT)
    assert one.files[RenditionName.WORKING] == taken.files[RenditionName.WORKING]
    working = simplejpeg.decode_jpeg(taken.files[RenditionName.WORKING])
    assert working.shape[:2] == (taken.height, taken.width)
    original = Image.open(io.BytesIO(picture_of())).convert("RGB")
    shown = Image.fromarray(working).resize(original.size)
    apart = np.asarray(original, np.int16) - np.asarray(shown, np.int16)
    assert np.abs(apart).mean() < 10
    again = take_in(data, PDF_TYPE, pixel_limit=LIMIT)
    assert again == taken


def test_what_a_file_is_follows_from_what_is_in_it() -> None:
    for announced in (PDF_TYPE, FILE_TYPE, "image/jpeg"):
        taken = take_in(document_of(), announced, pixel_limit=LIMIT)
        assert taken.format == PDF_TYPE
    picture = take_in(picture_of("PNG"), FILE_TYPE, pixel_limit=LIMIT)
    assert picture.format == "image/png"
    assert RenditionName.FILE not in picture.files


@pytest.mark.parametrize("data", [LETTER, HTML, SVG, ZIP, b"#!/bin/sh\n", b"MZ\x90\0"])
def test_a_file_that_nothing_opens_is_kept_as_it_came_where_it_was_announced_so(
    data: bytes,
) -> None:
    taken = take_in(data, FILE_TYPE, pixel_limit=LIMIT)
    assert (taken.format, taken.width, taken.perceptual_hash) == (FILE_TYPE, 0, "")
    assert dict(taken.files) == {RenditionName.FILE: data}
    assert refused(data, "image/jpeg") in {"not_an_image", "unsupported_format"}


def test_what_is_empty_or_a_damaged_picture_is_refused_however_it_was_announced() -> None:
    assert refused(b"", FILE_TYPE) is RejectionReason.EMPTY_FILE
    assert refused(picture_of("PNG")[:200], FILE_TYPE) in {"truncated", "corrupt"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing of the kind", RejectionReason.CORRUPT),
        (document_of()[:300], RejectionReason.CORRUPT),
        (
            saved(
                pages_of((100, 100)),
                encryption=pikepdf.Encryption(user="secret", owner="secret"),
            ),
            RejectionReason.ENCRYPTED,
        ),
        (saved(pikepdf.new()), RejectionReason.CORRUPT),
    ],
    ids=["no document", "cut off", "a password", "no pages"],
)
def test_a_document_that_cannot_be_looked_at_is_refused_with_the_reason(
    data: bytes, reason: RejectionReason
) -> None:
    assert refused(data) is reason


def test_a_page_of_any_size_has_so_many_pixels_at_most() -> None:
    poster = saved(pages_of((14_400, 14_400), (10, 10)))
    taken = take_in(poster, PDF_TYPE, pixel_limit=LIMIT)
    assert MOST_PIXELS * 0.9 < taken.width * taken.height <= MOST_PIXELS
    small = take_in(poster, PDF_TYPE, pixel_limit=40_000)
    assert small.width * small.height <= 40_000
    strip = scale_of(1, 1e7, MOST_PIXELS)
    assert strip is not None
    assert 1e7 * strip <= LONGEST_SIDE
    assert scale_of(595, 842, MOST_PIXELS) == pytest.approx(SCALE, rel=0.01)
    for width in (0, -3, float("nan"), float("inf")):
        assert scale_of(width, 5, MOST_PIXELS) is None


def test_a_page_that_takes_too_long_or_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    monkeypatch.setattr(document_module, "_PROGRAM", program)
    monkeypatch.setattr(document_module, "_WAIT", 0.3)
    for does in (
        "while True: pass",
        "raise MemoryError",
        "import os; os.abort()",
    ):
        program.write_text(does)
        assert refused(document_of()) is RejectionReason.TOO_COMPLEX
    for says in ("nonsense", '{"width": 9, "height": 9, "stride": 36}', "[]"):
        program.write_text(f"print('''{says}''')")
        monkeypatch.setattr(document_module, "_WAIT", 20.0)
        assert refused(document_of()) is RejectionReason.DECOMPRESSION_MISMATCH


def test_the_process_is_given_nothing_of_the_functions_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not for a document")
    told = tmp_path / "told"
    program = tmp_path / "program.py"
    program.write_text(
        "import os, pathlib\n"
        f"pathlib.Path({str(told)!r}).write_text(' '.join(sorted(os.environ)))\n"
    )
    monkeypatch.setattr(document_module, "_PROGRAM", program)
    refused(document_of())
    assert "AWS_SECRET_ACCESS_KEY" in os.environ
    assert set(told.read_text().split()) <= {"PATH", "PYTHONPATH", "LC_CTYPE"}


def test_the_limits_of_the_process_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The program's own limits, with something in place of PDFium that wants more."""
    package = tmp_path / "pypdfium2"
    package.mkdir()
    (package / "raw.py").write_text("")
    greedy = package / "__init__.py"
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    greedy.write_text("held = bytearray(1_600 * 1024 * 1024)")
    assert refused(document_of()) is RejectionReason.TOO_COMPLEX
    held = tmp_path / "held"
    greedy.write_text(f"open({str(held)!r}, 'wb').write(b'x')")
    assert refused(document_of()) is RejectionReason.TOO_COMPLEX
    assert not held.exists() or not held.read_bytes()


def test_what_renders_pages_is_built_without_scripts_and_forms() -> None:
    assert not {"V8", "XFA"} & set(pypdfium2.PDFIUM_INFO.flags)


def test_scripts_of_a_document_are_not_run_and_other_pages_not_opened() -> None:
    pdf = pages_of((96, 64), (14_400, 14_400), content=b"1 0 0 rg 0 0 96 64 re f")
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS="app.alert(1); while (true) {}"
    )
    taken = take_in(saved(pdf), PDF_TYPE, pixel_limit=LIMIT)
    pixels = simplejpeg.decode_jpeg(taken.files[RenditionName.WORKING])
    assert pixels[10, 10, 0] > 240
    assert pixels[10, 10, 1] < 20
