"""One good request for each route about what is said of pictures."""

from dataclasses import replace

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import User
from tests.fakes.call_kinds import about_picture, asked
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import NEVER_MADE

CHANGE = {"values": {"title": "Fair"}}


@asked("GET", "/v1/assets/<asset_id>/metadata")
def _read(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.ASSET_READ, "/metadata")


@asked("PATCH", "/v1/assets/<asset_id>/metadata")
def _change(asker: Asker, user: User) -> Call:
    call = about_picture(
        asker, user, Op.ASSET_DESCRIBE, "/metadata", method="PATCH", body=CHANGE
    )
    assert call.picture is not None
    tag = asker.tag(asker.estate.revision(call.picture))
    return replace(call, headers=tag, seen=None)


@asked("POST", "/v1/metadata/edits")
def _edit(asker: Asker, user: User) -> Call:
    picture = asker.picture(user)
    scene = asker.estate.scene(picture)
    return Call(
        "POST",
        "/v1/metadata/edits",
        ((Op.ASSET_DESCRIBE, scene),),
        body={**CHANGE, "asset_ids": [picture.asset_id]},
        headers=asker.key(),
        picture=picture,
    )


@asked("DELETE", "/v1/metadata/edits/<edit_id>")
def _undo(asker: Asker, user: User) -> Call:
    """Of an edit that nobody made: what it names is asked about one by one."""
    return Call(
        "DELETE",
        f"/v1/metadata/edits/{NEVER_MADE}",
        ((Op.ASSET_DESCRIBE, asker.estate.scene(asker.picture(user))),),
        may_miss=True,
    )
