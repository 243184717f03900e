"""The pure image part of receiving an upload: no AWS, no clock, no network.

`inspect` reads a header in microseconds; `receive` does everything. Both take bytes and
raise RejectedFileError, and nothing else, whatever the bytes are.
"""

from .header import Header, MediaType
from .inspection import inspect
from .metadata import Metadata
from .receiving import Received, receive
from .rejection import HELP, RejectedFileError, RejectionReason

__all__ = [
    "HELP",
    "Header",
    "MediaType",
    "Metadata",
    "Received",
    "RejectedFileError",
    "RejectionReason",
    "inspect",
    "receive",
]
