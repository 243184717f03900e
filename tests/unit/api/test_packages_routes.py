"""Packages through the API: ordered once, decided on when fetched, for who ordered it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.packages import (
    GIVEN_UP,
    LASTS,
    MOST_PICTURES,
    NotPacked,
    Package,
    PackageState,
    state_at,
)
from egress.download_asset.step import Versions
from egress.pack_assets.step import Bench, Event, pack_assets
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, NOON, OTHER, PICTURE, grant
from tests.fakes.scenes import ready, released
from tests.fakes.staff import Staff, as_
from tests.unit.test_pack_assets import Placed

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
OFFICER, ADMINISTRATOR = as_(Role.PRIVACY_OFFICER), as_(Role.ADMINISTRATOR)
WEBSITE: dict[str, Any] = {"asset_ids": [PICTURE], "channel": "website"}


def order(
    staff: Staff, user: User = EDITOR, key: str | None = None, **changed: Any
) -> Answer:
    headers = {"Idempotency-Key": key or new_id()}
    return staff.post("/v1/packages", user, {**WEBSITE, **changed}, headers=headers)


def seen(staff: Staff, made: Answer, user: User = EDITOR) -> Answer:
    return staff.get(f"/v1/packages/{made.json['package_id']}", user)


def fetch(staff: Staff, made: Answer, user: User = EDITOR) -> Answer:
    return staff.post(f"/v1/packages/{made.json['package_id']}/downloads", user)


def pack(staff: Staff) -> None:
    """Do what the function does that was asked for it."""
    services, world = staff.services, staff.world
    bench = Bench(
        services.packages,
        world.library,
        world.register,
        world.bases,
        Versions(world.masks, world.renditions, world.renders),
        world.disclosures,
        Placed(),
        services.package_files,
        world.now,
        new_id,
    )
    for package_id in services.packer.asked:
        pack_assets(Event(package_id=package_id), "one", bench)


def packed(staff: Staff, **changed: Any) -> Answer:
    made = order(staff, **changed)
    assert made.status == 201
    pack(staff)
    return made


@pytest.fixture
def staff() -> Staff:
    return Staff(released())


def test_it_is_ordered_made_and_fetched(staff: Staff) -> None:
    made = order(staff)
    assert made.status == 201
    package_id = made.json["package_id"]
    assert made.headers["Location"] == f"/v1/packages/{package_id}"
    assert (made.json["state"], made.json["total"], made.json["done"]) == (
        "package_making",
        1,
        0,
    )
    assert staff.services.packer.asked == [package_id]
    early = fetch(staff, made)
    assert (early.status, early.json["reason"]) == (409, "package_not_ready")
    pack(staff)
    there = seen(staff, made).json
    assert (there["state"], there["done"], there["left_out"]) == ("package_ready", 1, [])
    assert there["size"] == len(staff.services.package_files.packages[package_id])
    given = fetch(staff, made)
    assert given.status == 201
    assert given.json["url"].startswith(f"https://exports.invalid/{package_id}?60&")
    assert given.json["file_name"].startswith("website-")
    tags = [e.tag for e in staff.world.audit.entries(package_id)]
    assert tags == ["api:package:create", "egress:package:make", "api:package:fetch"]
    # Each address is on record, and so is each copy, once.
    fetch(staff, made)
    tags = [e.tag for e in staff.world.audit.entries(package_id)]
    assert tags.count("api:package:fetch") == 2
    assert len(staff.world.disclosures.disclosures) == 1


def test_the_same_key_makes_one_and_has_it_made_again_if_need_be(staff: Staff) -> None:
    key = "a-key-of-the-caller"
    first = order(staff, key=key)
    again = order(staff, key=key)
    assert again.json == first.json
    assert staff.services.packer.asked == [first.json["package_id"]] * 2
    pack(staff)
    assert order(staff, key=key).json["state"] == "package_ready"
    assert len(staff.services.packer.asked) == 2
    other = order(staff, key=key, channel="print")
    assert other.json["code"] == "idempotency_key_reused"


def test_it_is_for_who_ordered_it_alone(staff: Staff) -> None:
    made = packed(staff)
    absent = staff.get(f"/v1/packages/{new_id()}", EDITOR)
    assert absent.status == 404
    other = as_(Role.EDITOR, user_id=derived_id("test", "other"))
    for who in (other, VIEWER, OFFICER, ADMINISTRATOR, as_()):
        for answer in (seen(staff, made, who), fetch(staff, made, who)):
            assert (answer.status, answer.text) == (404, absent.text)


def test_what_somebody_may_not_see_they_cannot_order(staff: Staff) -> None:
    hidden = Staff(ready())
    for who in (VIEWER, ADMINISTRATOR, as_()):
        assert order(hidden, who).status == 404
    assert order(staff, asset_ids=[PICTURE, OTHER]).status == 404
    assert order(staff, VIEWER).status == 201
    assert hidden.services.packages.packages == {}


def withdrawn(staff: Staff) -> None:
    world = staff.world
    world.register.withdraw(
        Withdrawal(derived_id("w"), grant(ANN).grant_id, ANN, world.at)
    )


def described(staff: Staff) -> None:
    row = staff.world.library.rows[PICTURE]
    said = replace(row.record.description, title="Another")
    row.record = replace(row.record, description=said)


def replaced(staff: Staff) -> None:
    row = staff.world.library.rows[PICTURE]
    assert row.record.original is not None
    masked = replace(row.record.original, version_id="masked")
    row.record = replace(row.record, original=masked)


def erased(staff: Staff) -> None:
    del staff.world.library.rows[PICTURE]


def nobody_knows(staff: Staff) -> None:
    staff.services.packages.inside.clear()


@pytest.mark.parametrize("change", [withdrawn, described, replaced, erased, nobody_knows])
def test_what_changed_in_one_takes_the_whole_file_with_it(
    staff: Staff, change: Callable[[Staff], None]
) -> None:
    made = packed(staff)
    change(staff)
    for _ in range(2):
        refused = fetch(staff, made)
        assert (refused.status, refused.json["reason"]) == (409, "package_no_longer")
    assert seen(staff, made).json["state"] == "package_changed"
    assert staff.services.package_files.packages == {}
    tags = [e.tag for e in staff.world.audit.entries(made.json["package_id"])]
    assert tags[-1] == "api:package:drop"
    assert "api:package:fetch" not in tags


def test_who_may_not_come_near_a_picture_any_more_fetches_nothing(staff: Staff) -> None:
    made = packed(staff)
    closed = Collection(derived_id("test", "closed"), "Closed", restricted=True)
    staff.services.collections.add(closed, NOON)
    row = staff.world.library.rows[PICTURE]
    there = frozenset({closed.collection_id})
    row.record = replace(row.record, collection_ids=there)
    assert fetch(staff, made).status == 404


def test_an_address_works_no_longer_than_the_first_decision_to_end(staff: Staff) -> None:
    made = packed(staff)
    ends = grant(ANN).period.end
    assert ends is not None
    package = staff.services.packages.packages[made.json["package_id"]]
    staff.world.at = ends - timedelta(seconds=20)
    staff.services.packages.packages[package.package_id] = replace(
        package, made_at=staff.world.at - timedelta(hours=1)
    )
    given = fetch(staff, made)
    assert given.status == 201, given.text
    assert "?20&" in given.json["url"]


def test_its_day_ends(staff: Staff) -> None:
    made = packed(staff)
    staff.world.at += LASTS
    assert seen(staff, made).json["state"] == "package_over"
    assert fetch(staff, made).json["reason"] == "package_not_ready"


def test_one_that_does_not_come_says_so() -> None:
    late_one = derived_id("test", "late")
    package = Package(
        late_one, EDITOR.user_id, NOON, (PICTURE,), Channel.WEBSITE, Place.WORLD
    )
    late = NOON + GIVEN_UP
    just = late - timedelta(microseconds=1)
    assert state_at(package, just) is PackageState.MAKING
    assert state_at(package, late) is PackageState.FAILED


def test_what_was_left_out_is_told_with_why(staff: Staff) -> None:
    made = packed(staff, channel="social")
    [left] = seen(staff, made).json["left_out"]
    assert left == {
        "asset_id": PICTURE,
        "reason": NotPacked.NOT_CLEARED.value,
        "reason_words": "Somebody in it is not cleared for this use.",
    }
    # There is nothing in it to fetch.
    assert fetch(staff, made).json["reason"] == "package_not_ready"


# -- of a collection --------------------------------------------------------------------


def collection(staff: Staff, *, restricted: bool = False) -> str:
    made = Collection(derived_id("test", "fair"), "Fair", restricted)
    staff.services.collections.add(made, NOON)
    row = staff.world.library.rows[PICTURE]
    there = frozenset({made.collection_id})
    row.record = replace(row.record, collection_ids=there)
    return made.collection_id


def test_a_collection_is_what_of_it_the_caller_may_read(staff: Staff) -> None:
    fair = collection(staff)
    made = order(staff, VIEWER, asset_ids=[], collection_id=fair)
    assert (made.status, made.json["total"]) == (201, 1)
    [package] = staff.services.packages.packages.values()
    assert package.asset_ids == (PICTURE,)
    absent = order(staff, asset_ids=[], collection_id=new_id())
    assert absent.status == 404
    staff.world.library.rows.clear()
    empty = order(staff, asset_ids=[], collection_id=fair)
    assert (empty.status, empty.json["reason"]) == (409, "package_of_nothing")


def test_one_that_is_not_for_the_caller_gives_nothing_away(staff: Staff) -> None:
    fair = collection(staff, restricted=True)
    absent = order(staff, asset_ids=[], collection_id=new_id())
    hidden = order(staff, asset_ids=[], collection_id=fair)
    assert (hidden.status, hidden.text) == (404, absent.text)


def test_too_many_are_refused_with_how_many_may_be(staff: Staff) -> None:
    fair = collection(staff)
    first = staff.world.library.rows[PICTURE]
    for n in range(MOST_PICTURES):
        asset_id = derived_id("test", "many", str(n))
        said = replace(first.record.announcement, asset_id=asset_id)
        row = replace(first, record=replace(first.record, announcement=said))
        staff.world.library.rows[asset_id] = row
    full = order(staff, asset_ids=[], collection_id=fair)
    assert (full.status, full.json["reason"]) == (409, "package_too_many")
    assert str(MOST_PICTURES) in full.json["detail"]
    many = [derived_id("test", "many", str(n)) for n in range(MOST_PICTURES + 1)]
    assert order(staff, asset_ids=many).json["code"] == "invalid_request"
    wrong: list[dict[str, Any]] = [{"asset_ids": []}, {"collection_id": fair}]
    for each in wrong:
        assert order(staff, **each).json["code"] == "invalid_request"


def test_the_time_that_deciding_took_is_not_given_to_the_address(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = packed(staff)
    whole = staff.world.library.picture

    def slowly(*asked: Any) -> Any:
        staff.world.at += timedelta(seconds=20)
        return whole(*asked)

    staff.world.at = NOON + LASTS - timedelta(seconds=50)
    monkeypatch.setattr(staff.world.library, "picture", slowly)
    given = fetch(staff, made)
    assert given.status == 201
    ends = (NOON + LASTS).isoformat().replace("+00:00", "Z")
    assert given.json["expires_at"] == ends
    assert f"{made.json['package_id']}?50&" not in given.json["url"]
