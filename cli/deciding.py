"""The commands with which a person decides: confirm, reject, release, retry, download."""

import argparse
import time
from collections.abc import Callable
from typing import Any

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.intake import RenditionName
from cli import choosing, masking
from cli.api import Answer, Api, ProblemError
from cli.desk import DONE, Desk
from cli.fetching import fetch
from cli.looking import asset_meant, look
from cli.people import people_by_id
from cli.pictures import Seen, seen_of
from cli.recognition import waits
from cli.tables import channels_in_words
from cli.words import holds

TRIES = 6
PAUSE = 0.25
"""Seconds before a picture is looked at again that was just being decided on."""


def confirm(desk: Desk, given: argparse.Namespace) -> int:
    """Say that a face is a person."""
    return _settle(desk, given, "confirm")


def reject(desk: Desk, given: argparse.Namespace) -> int:
    """Say that a face is not a person."""
    return _settle(desk, given, "reject")


def _settle(desk: Desk, given: argparse.Namespace, answer: str) -> int:
    seen = look(desk, asset_meant(desk, given.asset))
    face = choosing.face(given.face, seen)
    person_id = given.person
    if not choosing.is_id(person_id):
        person_id = choosing.person(given.person, people_by_id(desk))
    before = _said(seen, face.face_id)
    answered = say_who(desk.api, seen.asset_id, face.face_id, person_id, answer)
    if answered.status == 202:
        waits(desk, answered.body)
        return DONE
    same = _said(seen_of(answered.body), face.face_id) == before
    key = "settled_before" if same else f"settled_{answer}"
    desk.print(key, face=face.number, name=desk.names[person_id])
    return DONE


def _said(seen: Seen, face_id: str) -> tuple[object, ...]:
    """Who a face is and may be, as far as the caller sees it."""
    return tuple(
        (face.person_ids, face.suggested)
        for face in seen.faces
        if face.face_id == face_id
    )


def say_who(
    api: Api,
    asset_id: str,
    face_id: str,
    person_id: str,
    answer: str,
    pause: Callable[[float], object] = time.sleep,
) -> Answer:
    """Say that a face is a person or is not; the answer is 202 where it takes two.

    The software decides on a picture at any moment, which changes its version and not
    whose face it is: such a change is looked at again. What a person changed is not
    passed over: whose names were on that face has to be as it was.
    """
    path = f"/v1/assets/{asset_id}/faces/{face_id}/people/{person_id}"
    first: tuple[object, ...] | None = None
    for again in range(TRIES):
        read = api.get(f"/v1/assets/{asset_id}")
        names = _said(seen_of(read.body), face_id)
        first = names if first is None else first
        try:
            return api.put(path, {"answer": answer}, if_match=read.etag)
        except ProblemError as error:
            last = again == TRIES - 1
            if error.status != 412 or last or names != first:
                raise
        pause(PAUSE * (again + 1))
    raise AssertionError("a loop that returns or raises has ended")


def release(desk: Desk, given: argparse.Namespace) -> int:
    """Release a picture, for all channels that are possible or for those named."""
    asset_id = asset_meant(desk, given.asset)
    answer = release_asset(desk.api, asset_id, given.channel, given.mask)
    released = seen_of(answer.body)
    if released.decision is None:
        raise AssertionError("only a picture that was decided on can be released")
    leaves = released.decision.leaves
    in_words = channels_in_words(leaves, desk.language).replace("\n", "; ")
    desk.print("released", channels=in_words)
    if released.decision.valid_until:
        desk.line(holds(released.decision.valid_until, desk.language))
    return DONE


def release_asset(
    api: Api,
    asset_id: str,
    channels: list[str] | None = None,
    masks: list[str] | None = None,
) -> Answer:
    """Release what was just looked at, and nothing that changed since.

    `masks` are the masked versions that were looked at.
    """
    read = api.get(f"/v1/assets/{asset_id}")
    body: dict[str, Any] = {"channels": sorted(channels)} if channels else {}
    if masks:
        body["masks"] = sorted(masks)
    return api.post(f"/v1/assets/{asset_id}/release", body, if_match=read.etag)


def retry(desk: Desk, given: argparse.Namespace) -> int:
    """Say to the intake again that the picture was uploaded."""
    asset_id = asset_meant(desk, given.asset)
    view = desk.api.post(f"/v1/assets/{asset_id}/retry")
    desk.print("retried", name=view["file_name"])
    return DONE


def download(desk: Desk, given: argparse.Namespace) -> int:
    """Get the picture for one channel, if it may leave for it at this instant."""
    asset_id = asset_meant(desk, given.asset)
    make = {
        name: getattr(given, name)
        for name in ("size", "format", "crop", "watermark")
        if getattr(given, name)
    }
    if given.file:
        make["rendition"] = RenditionName.FILE.value
    path, covered = fetch(desk.api, asset_id, Channel(given.channel), given.to, make)
    if covered:
        desk.print("masked_saved", path=path, faces=masking.faces(covered, desk.language))
    else:
        desk.print("downloaded", path=path)
    return DONE
