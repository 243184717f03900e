"""The first page of a PDF as a picture, rendered by a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from PIL import Image

from . import first_page
from .rejection import RejectedFileError, RejectionReason

SIGNATURE: Final = b"%PDF-"
TYPE: Final = "application/pdf"
_PROGRAM: Final = Path(first_page.__file__)
_WAIT: Final = 30.0
"""Seconds; the process ends itself before, unless it waits for nothing."""
_LONGEST_TOLD: Final = 200
_REASONS: Final = {
    first_page.ENCRYPTED: RejectionReason.ENCRYPTED,
    first_page.CORRUPT: RejectionReason.CORRUPT,
    first_page.NO_PIXELS: RejectionReason.NO_PIXELS,
}


def is_document(data: bytes) -> bool:
    """Whether a file begins as a PDF does."""
    return data.startswith(SIGNATURE)


def first_page_of(data: bytes, *, pixel_limit: int) -> Image.Image:
    """The first page in mode RGB, on white, 300 dots an inch where that is not too large.

    Raises RejectedFileError: encrypted where it takes a password, corrupt, no_pixels, and
    too_complex where it wants more memory or time than there is for one page.
    """
    try:
        ended = subprocess.run(  # noqa: S603  (our own program, no shell)
            [sys.executable, "-P", str(_PROGRAM), str(pixel_limit)],
            input=data,
            capture_output=True,
            timeout=_WAIT,
            check=False,
            # Nothing of the function's own: above all not its credentials.
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath},
        )
    except subprocess.TimeoutExpired as error:
        raise _refused(RejectionReason.TOO_COMPLEX, data) from error
    if ended.returncode != first_page.OK:
        # Whatever ended it otherwise (a signal, no memory) was too much for one page.
        reason = _REASONS.get(ended.returncode, RejectionReason.TOO_COMPLEX)
        raise _refused(reason, data)
    told = ended.stdout[:_LONGEST_TOLD].partition(b"\n")[0]
    try:
        size = json.loads(told)
        width, height, stride = (int(size[n]) for n in ("width", "height", "stride"))
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(RejectionReason.DECOMPRESSION_MISMATCH, data) from error
    rows = ended.stdout[len(told) + 1 :]
    if len(rows) < stride * height or not 0 < width * height <= pixel_limit:
        raise _refused(RejectionReason.DECOMPRESSION_MISMATCH, data)
    return Image.frombuffer("RGB", (width, height), rows, "raw", "BGRX", stride, 1)


def _refused(reason: RejectionReason, data: bytes) -> RejectedFileError:
    if reason in {RejectionReason.TOO_COMPLEX, RejectionReason.ENCRYPTED}:
        return RejectedFileError(reason, format=TYPE, bytes=len(data))
    return RejectedFileError(reason, format=TYPE)
