"""What a file says of a decision: what is done to it in order, and only what is ours."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from beeldrecht.domain.channel_renditions import (
    CropWay,
    FileFormat,
    Make,
    ReadySize,
    planned,
)
from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.provenance import (
    LABEL,
    NoStatementError,
    Statement,
    actions_of,
    manifest,
    statement_in,
)
from tests.fakes.samples import NOON, PICTURE, face_id
from tests.fakes.scenes import examined

NAME = derived_id("public", "of a picture")
STATEMENT = Statement(
    public_id=NAME,
    check=f"https://beeld.example.org/check/{NAME}",
    use=Use(Channel.PRESS, Place.NETHERLANDS, NOON),
    release="",
    masked=False,
)


def report(statement: Statement = STATEMENT, *actions: Any) -> dict[str, Any]:
    """What the library reads of a file that was made with a manifest."""
    made = manifest(statement, actions or ({"action": "c2pa.opened"},))
    older: dict[str, Any] = {"assertions": []}
    return {"active_manifest": "new", "manifests": {"old": older, "new": made}}


@pytest.mark.parametrize(
    ("make", "covered", "said"),
    [
        (Make(), (), ["opened"]),
        (Make(ReadySize.LARGE), (), ["opened", "resized"]),
        (Make(), (0,), ["opened", "edited (faces covered)"]),
        (
            Make(ReadySize.SOCIAL_SQUARE, FileFormat.WEBP, CropWay.FACES, True),
            (0,),
            [
                *("opened", "edited (faces covered)", "cropped", "resized"),
                *("edited (words laid over it)", "converted"),
            ],
        ),
    ],
)
def test_what_is_done_to_a_picture_is_said_and_nothing_else(
    make: Make, covered: tuple[int, ...], said: list[str]
) -> None:
    found = examined().library.picture(PICTURE)
    assert found is not None
    assert found[0].original is not None
    # As large as any picture is: each size asks for less.
    asset = found[1]
    original = replace(found[0].original, width=6000, height=4000)
    record = replace(found[0], original=original)
    plan = planned(record, asset, make, [face_id(n) for n in covered])
    done = actions_of(record, plan)
    assert statement_in(report(STATEMENT, *done)) == (STATEMENT, tuple(said))


def test_of_a_picture_whose_decision_changed_its_instant_is_said_in_utc() -> None:
    [ours] = [
        each["data"]
        for each in manifest(STATEMENT, ())["assertions"]
        if each["label"] == LABEL
    ]
    assert ours["decided_at"].endswith("+00:00")
    assert set(ours) == {
        *("public_id", "check", "channel", "place", "release_status", "masked"),
        "decided_at",
    }


def broken(**changes: Any) -> dict[str, Any]:
    made = copy.deepcopy(report())
    for each in made["manifests"]["new"]["assertions"]:
        if each["label"] == LABEL:
            each["data"] |= changes
    return made


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"active_manifest": "gone", "manifests": {}},
        {**report(), "active_manifest": "old"},
        broken(channel="billboard"),
        broken(place=None),
        broken(masked="no"),
        broken(release_status="MR-ALL"),
        broken(decided_at="2026-06-01T12:00:00"),
        broken(public_id="../admin"),
        broken(check="https://elsewhere.example/check/other"),
        broken(check=7),
        report(replace(STATEMENT, public_id="x")),
    ],
    ids=str,
)
def test_what_is_not_as_we_write_it_says_nothing(given: dict[str, Any]) -> None:
    with pytest.raises(NoStatementError):
        statement_in(given)


def test_two_statements_are_none() -> None:
    made = report()
    made["manifests"]["new"]["assertions"] *= 2
    with pytest.raises(NoStatementError):
        statement_in(made)
