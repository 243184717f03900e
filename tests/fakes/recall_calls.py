"""One good request for each route of copies that left, beside those of `ASKED`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.recalls import Recall, RecallReason, RecallState
from tests.fakes.call_kinds import about_picture, asked
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import NEVER_MADE, SOMEBODY_ELSE
from tests.fakes.retention_calls import ASKED
from tests.fakes.samples import EDITOR, NOON, PICTURE
from tests.fakes.staff import Staff

__all__ = ["ASKED", "HERE", "furnish", "recall"]

HERE: Mapping[str, str] = {"recall_id": derived_id("recalled", "one")}


def recall(recipient_id: str = EDITOR, **more: Any) -> Recall:
    """A recall that is open."""
    made = Recall(
        HERE["recall_id"],
        PICTURE,
        recipient_id,
        derived_id("recalled", "fact"),
        frozenset({Channel.WEBSITE}),
        NOON,
        RecallReason.WITHDRAWAL,
        next_at=NOON,
    )
    return replace(made, **more)


def furnish(staff: Staff) -> None:
    """Somebody is asked to remove a picture."""
    staff.services.recalls.recalls[HERE["recall_id"]] = recall()


@asked("GET", "/v1/assets/<asset_id>/disclosures")
def list_disclosures(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.DISCLOSURE_READ, "/disclosures")


@asked("GET", "/v1/recalls")
def list_recalls(asker: Asker, user: User) -> Call:
    state = asker.random.choice(list(RecallState)).value
    asks = ((Op.RECALL_LIST, None),)
    return Call("GET", "/v1/recalls", asks, query={"state": state}, seen=Scene())


@asked("GET", "/v1/recalls/<recall_id>")
def read_recall(asker: Asker, user: User) -> Call:
    return about_recall(asker, user, "GET", "", Op.RECALL_READ)


@asked("POST", "/v1/recalls/<recall_id>/acknowledgement")
def acknowledge_recall(asker: Asker, user: User) -> Call:
    return about_recall(asker, user, "POST", "/acknowledgement", Op.RECALL_ACKNOWLEDGE)


def about_recall(asker: Asker, user: User, method: str, end: str, operation: Op) -> Call:
    """A third of the time their own."""
    own = asker.random.random() < 0.35
    scene = Scene(uploader_id=user.user_id if own else SOMEBODY_ELSE)
    made = recall(scene.uploader_id or SOMEBODY_ELSE)
    asker.estate.staff.services.recalls.recalls[made.recall_id] = made
    return Call(
        method,
        f"/v1/recalls/{made.recall_id}{end}",
        ((operation, scene),),
        absent=f"/v1/recalls/{NEVER_MADE}{end}",
        seen=scene,
    )
