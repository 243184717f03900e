"""A use that rests on a public task, on the deployed system: recorded, and ended."""

from datetime import datetime
from pathlib import Path

import pytest

from beeldrecht.domain.ids import new_id
from beeldrecht.domain.time import AMSTERDAM
from cli.api import ProblemError
from cli.deciding import say_who
from local.demo.staff import EDITOR, Staff
from tests.workflows.way import Way, until


def test_r03_a_basis_carries_a_use_until_it_is_ended(
    way: Way, staff: Staff, photos: Path
) -> None:
    editor = staff[EDITOR]
    asset_id = way.upload(photos / "obama.jpg")
    way.settled(asset_id)
    made = editor.post("/v1/people", {"name": "Gerda Wethouder"}, key=new_id())
    (face,) = editor.get(f"/v1/assets/{asset_id}")["faces"]
    say_who(editor, asset_id, face["face_id"], made["person_id"], "confirm")
    until(lambda: way.of_website(asset_id) == "masked" or None, "the first decision")

    bases = f"/v1/assets/{asset_id}/bases"
    order = {
        "channels": ["website"],
        "kind": "public_task",
        "reference": "Raadsbesluit 2026-114",
        "first_day": datetime.now(AMSTERDAM).date().isoformat(),
    }
    [basis] = editor.post(bases, order, key=new_id())["items"]
    assert basis["in_force"]
    until(lambda: way.of_website(asset_id) == "clear" or None, "the basis to count")

    # A public body rests nothing on an interest of its own (GDPR 6(1)).
    own = {**order, "kind": "legitimate_interest", "assessment_id": new_id()}
    with pytest.raises(ProblemError):
        editor.post(bases, own, key=new_id())

    for _ in range(2):
        [ended] = editor.delete(f"{bases}/{basis['basis_id']}")["items"]
        assert not ended["in_force"]
    until(lambda: way.of_website(asset_id) == "masked" or None, "the end to count")
