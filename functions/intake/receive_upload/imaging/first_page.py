"""A program of its own: a PDF on its input, the pixels of its first page on its output.

It runs beside the function and not in it, so that a document which is made to harm takes
a process with it that has no credentials, little memory and little time. PDFium is built
without JavaScript and without XFA; forms are not set up, nothing is fetched, and no page
but the first is opened.

Output: a line of JSON with `width`, `height` and `stride`, then rows of four bytes a
pixel (blue, green, red, unused). Anything that does not end with OK was refused.
"""

import json
import math
import resource
import sys
from typing import Final

OK: Final = 0
ENCRYPTED: Final = 3
CORRUPT: Final = 4
NO_PIXELS: Final = 5

MEMORY: Final = 1_500 * 1024 * 1024
"""What there is for PDFium and the document, which may be 200 MiB."""
SECONDS: Final = 20
"""Of processor time. Posters of a thousand paths took less than one."""
MOST_PIXELS: Final = 12_000_000
"""A page of A4 at 300 dots an inch has 8.7 million."""
LONGEST_SIDE: Final = 8_000
SCALE: Final = 300 / 72
_WHITE: Final = (255, 255, 255, 255)


def limit() -> None:
    """Take from this process what a page does not need: memory, time, files."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def scale_of(width: float, height: float, most_pixels: int) -> float | None:
    """How much a page of so many points is enlarged; None where it has no size."""
    if not (math.isfinite(width) and math.isfinite(height)):
        return None
    if width <= 0 or height <= 0:
        return None
    by_area = math.sqrt(most_pixels / width / height)
    by_side = LONGEST_SIDE / max(width, height)
    return min(SCALE, by_area, by_side) * 0.999  # sides are rounded up


def main(most_pixels: int) -> int:
    """Render the first page, or say by the exit status why not."""
    limit()
    import pypdfium2  # noqa: PLC0415  (within the limits)
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
        if not len(document):
            return NO_PIXELS
        page = document[0]
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        return ENCRYPTED if locked else CORRUPT
    width, height = page.get_size()
    scale = scale_of(width, height, most_pixels)
    if scale is None:
        return NO_PIXELS
    bitmap = page.render(
        scale=scale, may_draw_forms=False, fill_color=_WHITE, prefer_bgrx=True
    )
    told = {"width": bitmap.width, "height": bitmap.height, "stride": bitmap.stride}
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    out.write(memoryview(bitmap.buffer).cast("B"))
    out.flush()
    return OK


if __name__ == "__main__":
    sys.exit(main(min(int(sys.argv[1]), MOST_PIXELS)))
