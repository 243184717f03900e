"""One module per thing MiniStack does otherwise than AWS, each with its reason.

Every module has `close(settings)`, called once before the server starts. It first names
what it needs of MiniStack with `need`, so that an upgrade fails at the start and in one
sentence. A gap that MiniStack closes itself one day is a module to delete: run its probe
with `LOCAL_WITHOUT_GAPS=<module>` to see.
"""

from types import ModuleType

import ministack


class GapError(SystemExit):
    """MiniStack no longer has what a gap module builds on; the cloud must not start."""


def need(module: ModuleType, *names: str) -> None:
    """Refuse to start when one of `names` is gone from a module of MiniStack."""
    missing = [name for name in names if not hasattr(module, name)]
    if missing:
        version = getattr(ministack, "__version__", "of this version")
        raise GapError(
            f"The local cloud does not start: MiniStack {version} has no "
            f"{module.__name__}.{missing[0]}, on which local/cloud/gaps/ builds."
        )
