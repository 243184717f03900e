"""A picture's way through a fresh deployment, where loading recognition is an error.

Run as a process of its own by the test of R1: `python -m tests.fakes.default_way` prints
what happened. The guard stands before anything of ours is imported.
"""

import json
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

FORBIDDEN = ("beeldrecht_recognition", "recognition.suggest_people")


class Guard(MetaPathFinder):
    """Refuses what can make a template, however it is asked for."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Refuse those modules; leave the others to Python."""
        if fullname.startswith(FORBIDDEN):
            raise AssertionError(f"{fullname} was asked for on the default way")
        return None


def guard_bites() -> bool:
    """Whether asking for the layer is really refused: else the test proves nothing."""
    try:
        __import__("beeldrecht_recognition.embedding")
    except AssertionError:
        return True
    return False


def main() -> None:
    """Take a picture of thirty signed people from its upload to its decision."""
    sys.meta_path.insert(0, Guard())
    from beeldrecht.domain.consent import GrantKind  # noqa: PLC0415  # after the guard
    from beeldrecht.domain.people import AppearanceStatus  # noqa: PLC0415
    from tests.fakes import samples  # noqa: PLC0415
    from tests.fakes.scenes import closed_session  # noqa: PLC0415

    world = closed_session(
        30, [GrantKind.IMAGE_CONSENT, GrantKind.BIOMETRIC_CONSENT], mode=None
    )
    outcomes = [
        world.receive().outcome,
        world.detect().outcome,
        world.permit().outcome,
        world.check().outcome,
    ]
    suggested = [a for a in world.appearances() if a.status is AppearanceStatus.SUGGESTED]
    told = {
        "modes": [world.library.recognition_mode(world.at)],
        "outcomes": outcomes,
        "faces": world.record(samples.PICTURE).face_count,
        "suggestions": len(suggested),
        "guard_bites": guard_bites(),
        "templates_possible": any(m.startswith(FORBIDDEN) for m in sys.modules),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
