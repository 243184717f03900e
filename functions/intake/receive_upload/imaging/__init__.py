"""The image part of receiving an upload: no AWS, no clock, no network.

`inspect` reads a header in microseconds; `receive` does everything for a picture, and
`take_in` for any file. They take bytes and raise RejectedFileError, and nothing else,
whatever the bytes are.
"""

from .header import Header, MediaType
from .inspection import inspect
from .receiving import Received, receive
from .rejection import HELP, RejectedFileError, RejectionReason
from .taking import Taken, take_in

__all__ = [
    "HELP",
    "Header",
    "MediaType",
    "Received",
    "RejectedFileError",
    "RejectionReason",
    "Taken",
    "inspect",
    "receive",
    "take_in",
]
