"""Logs that cannot carry personal data: only keys on a list get through.

Names, addresses, file names, captions, vectors and scores have no key here. A traceback
is reduced to where it went, because an exception's message can quote its input.
"""

import traceback
from types import TracebackType
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

ALLOWED = frozenset(
    {
        "level",
        "location",
        "message",
        "timestamp",
        "service",
        "cold_start",
        "function_name",
        "function_memory_size",
        "function_arn",
        "function_request_id",
        "exception_name",
        "exception",
        "asset_id",
        "session_id",
        "execution",
        "outcome",
        "reason",
        "status",
        "faces",
        "count",
        "templates",
        "attempts",
        "duration_ms",
        "shard",
        "number",
    }
)

type _ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)


class AllowListFormatter(LambdaPowertoolsFormatter):
    """Drops every key that is not on the list, and every exception's message."""

    def serialize(self, log: Any) -> str:
        """One JSON line with the allowed keys."""
        return super().serialize({k: v for k, v in log.items() if k in ALLOWED})

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  # logging's own name
        """Where the exception passed, outermost first, without what it said."""
        frames = traceback.extract_tb(ei[2])
        return " > ".join(f"{f.filename}:{f.lineno} {f.name}" for f in frames)


def logger(service: str, level: str = "INFO") -> Logger:
    """The function's logger; messages are constants, facts go in allowed keys."""
    return Logger(service=service, level=level, logger_formatter=AllowListFormatter())
