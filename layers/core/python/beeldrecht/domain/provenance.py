"""What a file that leaves says, signed, of the decision by which it left.

The form is that of C2PA 2.2 (Content Credentials): what was done to the picture, and a
statement of our own. It names nobody: who is in the picture and who asked for it are no
part of it, and its public id leads back to the picture for nobody but us.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from .channel_renditions import CropWay, FileFormat, Plan
from .channels import Channel, Place, Use
from .intake import AssetRecord

LABEL: Final = "nl.beeldrecht.consent"
"""What the statement is called within a file."""
GENERATOR: Final = "Beeldrecht"
_PARENT: Final = "stored"
_ACTIONS: Final = "c2pa.actions"
_PUBLIC_ID: Final = re.compile(r"[0-9a-f]{32}")
_RELEASES: Final = ("", "MR-NON", "MR-NAP", "MR-UMR", "MR-LMR")


class NoStatementError(Exception):
    """A file that says nothing of a decision, or nothing that is understood."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of the decision by which it left."""

    public_id: str
    check: str
    """Where anybody can ask whether it may be used at this moment."""
    use: Use
    release: str
    """What it says of model releases, as PLUS writes it; empty is not said."""
    masked: bool
    """Whether somebody in it is covered."""


def manifest(
    statement: Statement, actions: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The manifest of a file, as the library that writes it takes it."""
    use = statement.use
    told = {
        "public_id": statement.public_id,
        "check": statement.check,
        "channel": use.channel.value,
        "place": use.place.value,
        "release_status": statement.release,
        "masked": statement.masked,
        "decided_at": use.decided_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    return {
        "claim_generator_info": [{"name": GENERATOR}],
        "title": statement.public_id,
        "ingredients": [
            {"title": statement.public_id, "relationship": "parentOf", "label": _PARENT}
        ],
        "assertions": [
            {
                "label": f"{_ACTIONS}.v2",
                "created": True,
                "data": {"actions": list(actions)},
            },
            {"label": LABEL, "created": True, "data": told},
        ],
    }


def actions_of(record: AssetRecord, plan: Plan) -> tuple[Mapping[str, Any], ...]:
    """What is done to the stored picture to make a file by a plan, in that order.

    In the words of C2PA, of which `redacted` is about assertions and not about pixels:
    covering and marking are edits that say what they are.
    """
    original, crop, make = record.original, plan.crop, plan.make
    done: list[Mapping[str, Any]] = [
        {"action": "c2pa.opened", "parameters": {"ingredientIds": [_PARENT]}}
    ]
    if plan.covered:
        done.append({"action": "c2pa.edited", "description": "faces covered"})
    whole = original is None or (crop.width, crop.height) == (
        original.width,
        original.height,
    )
    if not whole and make.crop is not CropWay.WHOLE:
        done.append({"action": "c2pa.cropped"})
    if (plan.width, plan.height) != (crop.width, crop.height):
        done.append({"action": "c2pa.resized"})
    if make.watermark:
        done.append({"action": "c2pa.edited", "description": "words laid over it"})
    if make.format is not FileFormat.JPEG:
        done.append({"action": "c2pa.converted"})
    return tuple(done)


def statement_in(report: Mapping[str, Any]) -> tuple[Statement, tuple[str, ...]]:
    """What a file says, with what was done to it; `report` is what the library read.

    Only of the newest manifest: what an older one says was said of another file. Raises
    NoStatementError where there is none, where there are two, or where it is not ours.
    """
    try:
        newest = report["manifests"][report["active_manifest"]]
        assertions = newest["assertions"]
        [said] = [each["data"] for each in assertions if each["label"] == LABEL]
        done = [
            _word(action)
            for each in assertions
            if each["label"].startswith(_ACTIONS)
            for action in each["data"]["actions"]
        ]
        statement = Statement(
            public_id=said["public_id"],
            check=said["check"],
            use=Use(
                Channel(said["channel"]),
                Place(said["place"]),
                datetime.fromisoformat(said["decided_at"]),
            ),
            release=said["release_status"],
            masked=said["masked"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoStatementError("it says nothing that is understood") from error
    if not _sound(statement):
        raise NoStatementError("it is not as it is written")
    return statement, tuple(done)


def _sound(statement: Statement) -> bool:
    return (
        isinstance(statement.masked, bool)
        and statement.release in _RELEASES
        and isinstance(statement.public_id, str)
        and _PUBLIC_ID.fullmatch(statement.public_id) is not None
        and isinstance(statement.check, str)
        and statement.check.endswith(f"/check/{statement.public_id}")
        and statement.use.decided_at.tzinfo is not None
    )


def _word(action: Mapping[str, Any]) -> str:
    """An action as one writes it: its name, and what it says of itself."""
    name = str(action["action"]).removeprefix("c2pa.")
    described = action.get("description")
    return f"{name} ({described})" if described else name
