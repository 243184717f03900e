"""The forecast through the API: counts that add up, and the pictures behind them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api.staff_api.routes import forecast as routes
from beeldrecht.domain.access import Role
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.forecast import month_of
from beeldrecht.domain.ids import derived_id
from tests.fakes.samples import ANN, NOON, PICTURE, grant
from tests.fakes.scenes import ready, released
from tests.fakes.staff import Staff, as_

EDITOR, VIEWER = as_(Role.EDITOR), as_(Role.VIEWER)
END = NOON + timedelta(days=30)
MONTH = month_of(END).isoformat()
FAIR = derived_id("test", "fair")


def staff_of_a_released_picture() -> Staff:
    staff = Staff(released())
    staff.world.check()
    return staff


def counted(staff: Staff, user: Any = EDITOR, **query: str) -> dict[Any, int]:
    answer = staff.get("/v1/forecast", user, query=query)
    assert answer.status == 200, answer.text
    assert answer.json["cursor"] is None
    return {
        (each["month"], each["channel"], each["collection_id"]): each["pictures"]
        for each in answer.json["items"]
    }


def behind(staff: Staff, user: Any = EDITOR, **query: str) -> list[tuple[str, str]]:
    asked = {"month": MONTH, "channel": "website", **query}
    answer = staff.get("/v1/forecast/pictures", user, query=asked)
    assert answer.status == 200, answer.text
    return [(each["asset_id"], each["at"]) for each in answer.json["items"]]


@pytest.mark.parametrize("user", [EDITOR, VIEWER])
def test_what_ends_is_counted_by_month_and_channel_with_the_picture_behind_it(
    user: Any,
) -> None:
    staff = staff_of_a_released_picture()
    assert counted(staff, user) == {
        (MONTH, "print", None): 1,
        (MONTH, "website", None): 1,
    }
    assert behind(staff, user) == [(PICTURE, END.isoformat().replace("+00:00", "Z"))]
    assert behind(staff, user, channel="press") == []
    assert behind(staff, user, month="2031-01-01") == []


def test_beyond_the_months_that_are_asked_for_nothing_is_counted() -> None:
    staff = staff_of_a_released_picture()
    assert counted(staff, months="1") == {}
    for months in ("0", "37"):
        query = {"months": months}
        assert staff.get("/v1/forecast", EDITOR, query=query).status == 422


def test_a_picture_that_nobody_released_goes_dark_nowhere() -> None:
    staff = Staff(ready())
    staff.world.check()
    assert counted(staff) == {}


def test_a_consent_renewed_meanwhile_is_counted_still_and_is_not_behind_the_number() -> (
    None
):
    """A list follows a moment later; the pictures are decided on as they are shown."""
    staff = staff_of_a_released_picture()
    both = frozenset({Channel.WEBSITE, Channel.PRINT})
    staff.world.sign(grant(ANN, until=None, channels=both))
    assert counted(staff)[MONTH, "website", None] == 1
    assert behind(staff) == []
    staff.world.check()
    assert counted(staff) == {}


def test_collections_have_numbers_of_their_own_for_who_may_read_them() -> None:
    staff = staff_of_a_released_picture()
    record = staff.world.record()
    staff.world.library.collect(record, frozenset({FAIR}))
    collections = staff.services.collections.collections
    collections[FAIR] = Collection(FAIR, "Fair", False, {}, 1)
    assert counted(staff)[MONTH, "website", FAIR] == 1
    assert len(behind(staff, collection_id=FAIR)) == 1
    assert behind(staff, collection_id=derived_id("test", "other")) == []
    collections[FAIR] = Collection(FAIR, "Fair", True, {}, 1)
    assert counted(staff) == {}
    assert behind(staff) == []


def test_a_large_library_comes_in_parts_that_add_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staff = staff_of_a_released_picture()
    library = staff.world.library
    first = library.rows[PICTURE]
    for n in range(6):
        other = derived_id("test", "other", str(n))
        said = replace(first.record.announcement, asset_id=other)
        record = replace(first.record, announcement=said)
        library.rows[other] = replace(first, record=record)
    monkeypatch.setattr(routes, "LOOKED_AT", 3)
    monkeypatch.setattr(routes, "_TOGETHER", 2)
    pictures, cursor, answers = 0, None, 0
    while answers == 0 or cursor is not None:
        query: dict[str, str] = {"cursor": cursor} if cursor else {}
        answer = staff.get("/v1/forecast", EDITOR, query=query).json
        pictures += sum(
            each["pictures"] for each in answer["items"] if each["channel"] == "website"
        )
        cursor, answers = answer["cursor"], answers + 1
    assert (pictures, answers) == (7, 2)


def test_pages_of_pictures_leave_nothing_out() -> None:
    staff = staff_of_a_released_picture()
    asked = {"month": MONTH, "channel": "website", "limit": "1"}
    answer = staff.get("/v1/forecast/pictures", EDITOR, query=asked).json
    assert [each["asset_id"] for each in answer["items"]] == [PICTURE]
    more = {**asked, "cursor": answer["cursor"]}
    answer = staff.get("/v1/forecast/pictures", EDITOR, query=more).json
    assert answer == {"items": [], "cursor": None}


@pytest.mark.parametrize("cursor", ["nonsense", "WyJhIiwiYiJd", "WyIyMDI2Il0"])
def test_a_cursor_that_somebody_made_up_is_refused(cursor: str) -> None:
    staff = staff_of_a_released_picture()
    assert staff.get("/v1/forecast", EDITOR, query={"cursor": cursor}).status == 400
