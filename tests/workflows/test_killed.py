"""A function's process is killed in the middle of its work, and the work ends the same.

A real process, by SIGKILL, while Step Functions waits for it: after every change in turn
is proven over moto (`tests/adapters/test_killed_workflows.py`).
"""

from collections import Counter
from pathlib import Path
from typing import Any

from beeldrecht.domain.erasure import ErasureState, asset_erasure
from local.demo.staff import OFFICER
from tests.workflows.consents import now
from tests.workflows.test_erasing import stands, versions_of
from tests.workflows.way import Way

ENDED = {"ErasePicture": 3, "CertifyErasure": 2}
"""After which of its changes each process is killed: in between, and late."""


def role_of(way: Way, function: str) -> str:
    """The name of a function's role."""
    pages = way.cloud.client("lambda").get_paginator("list_functions").paginate()
    [role] = {
        each["Role"].rpartition("/")[2]
        for page in pages
        for each in page["Functions"]
        if function in each["FunctionName"]
    }
    return str(role)


def erased(way: Way, asset_id: str) -> tuple[Any, ...]:
    """Have a picture erased, and say all that is left of it, whatever its ids."""
    way.staff[OFFICER].post(f"/v1/assets/{asset_id}/erasure", {})
    erasure = asset_erasure(asset_id, "", now()).erasure_id
    stood = stands(way, erasure, ErasureState.ERASED)
    tags = Counter(entry.tag for entry in way.deployed.audit.entries(asset_id))
    receipts = sorted(
        (each["store"], each["what"], each["found"], each["removed"], each["remains"])
        for each in stood["receipts"]
    )
    return (*versions_of(way, asset_id), tags, receipts, stood["pictures"][0]["done"])


def test_r11_whose_process_is_killed_is_done_again_and_ends_the_same(
    way: Way, photos: Path
) -> None:
    one, other = (way.upload(photos / "composed/trio.jpg") for _ in range(2))
    for asset_id in (one, other):
        way.settled(asset_id)
    undisturbed = erased(way, one)
    roles = {role_of(way, name): after for name, after in ENDED.items()}
    for role, after in roles.items():
        way.cloud.end_at_change(role, after)
    assert erased(way, other) == undisturbed
    assert {each.partition(" ")[0] for each in way.cloud.ended()} == set(roles)
