"""The audit log through the API: for whoever oversees it, and each look on record."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from api.staff_api.audit_views import COLUMNS, csv_of
from api.staff_api.routes.audit import ROWS
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.audit import Entry, NewEntry, day_of, digest_of, time_of
from beeldrecht.runtime.http.paging import cursor_of
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE
from tests.fakes.staff import Staff, as_

OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [
    as_(),
    as_(Role.VIEWER),
    as_(Role.CONTRIBUTOR),
    as_(Role.EDITOR, Role.RECOGNISER),
    as_(Role.ADMINISTRATOR),
]
MINUTE = timedelta(minutes=1)


def written(*names: str, **said: Any) -> Staff:
    staff = Staff()
    for n, name in enumerate(names):
        write(staff, name, at=NOON + n * MINUTE, **said)
    return staff


def write(staff: Staff, name: str, **said: Any) -> None:
    right = {"subject": PICTURE, "tag": "intake:asset:receive", "actor": EDITOR}
    staff.world.audit.add(NewEntry(entry_id=name, **({"at": NOON} | right | said)))


def search(staff: Staff, user: User = OVERSEES, **query: str) -> Answer:
    return staff.get("/v1/audit", user, query=query)


def export(staff: Staff, user: User = OVERSEES, **query: str) -> Answer:
    return staff.get("/v1/audit/export", user, query=query)


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [item["entry_id"] for item in answer.json["items"]]


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def looks(staff: Staff, subject: str) -> list[tuple[str, str, Any]]:
    return [
        (e.tag, e.actor, e.data)
        for e in staff.world.audit.entries(subject)
        if e.tag.startswith("api:audit:")
    ]


# -- who may ---------------------------------------------------------------------------


@pytest.mark.parametrize("user", OTHERS)
@pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit/export"])
def test_r16_nobody_else_reads_the_log_and_asking_leaves_nothing(
    user: User, path: str
) -> None:
    staff = written("one")
    answer = staff.get(path, user)
    assert (answer.status, answer.json["code"]) == (403, "not_allowed")
    assert sum(len(chain) for chain in staff.world.audit.chains.values()) == 1


def test_who_signed_in_long_ago_searches_and_takes_nothing_along() -> None:
    staff = written("one")
    staff.world.at += timedelta(hours=2)
    answer = staff.get("/v1/audit", OVERSEES, query={"subject": PICTURE}, fresh=False)
    assert answer.status == 200
    assert answer.json["affordances"] == []
    refused = staff.get("/v1/audit/export", OVERSEES, fresh=False)
    assert (refused.status, refused.json["code"]) == (403, "sign_in_again")
    assert search(staff).json["affordances"] == [Operation.AUDIT_EXPORT]


# -- searching -------------------------------------------------------------------------


def test_an_entry_shows_what_it_says_and_where_it_stands() -> None:
    staff = written("one", data={"channels": "print:clear", "faces": 2, "reason": None})
    (entry,) = staff.world.audit.entries(PICTURE)
    [item] = search(staff, subject=PICTURE).json["items"]
    assert item == {
        "chain": entry.shard,
        "number": 1,
        "at": "2026-06-01T12:00:00Z",
        "tag": "intake:asset:receive",
        "subject": PICTURE,
        "actor": EDITOR,
        "data": {"channels": "print:clear", "faces": 2, "reason": None},
        "entry_id": "one",
        "digest": entry.digest,
    }


def test_what_happened_to_a_subject_comes_the_newest_first() -> None:
    staff = written("one", "two", "three")
    write(staff, "other", subject=ANN)
    assert names(search(staff, subject=PICTURE)) == ["three", "two", "one"]


def test_without_a_subject_or_a_day_it_is_today_as_lived_in_amsterdam() -> None:
    staff = Staff()
    midnight = NOON.replace(hour=22)  # 00:00 in Amsterdam, in summer
    for n, name in ((-1, "late yesterday"), (0, "just now")):
        write(staff, name.replace(" ", "-"), at=midnight + n * MINUTE)
    staff.world.at = midnight + MINUTE
    assert names(search(staff)) == ["just-now"]
    assert names(search(staff, day="2026-06-01"))[-1] == "late-yesterday"
    both = names(search(staff, day="2026-06-01", until="2026-06-02"))
    assert {"late-yesterday", "just-now"} <= set(both)


def test_who_and_what_narrow_it() -> None:
    staff = Staff()
    write(staff, "one", actor=ANN)
    write(staff, "two", actor=BOB)
    write(staff, "three", actor=BOB, tag="clearance:asset:decide")
    assert names(search(staff, subject=PICTURE, actor=BOB)) == ["three", "two"]
    assert names(search(staff, subject=PICTURE, tag="intake:asset")) == ["two", "one"]
    assert names(search(staff, subject=PICTURE, actor=BOB, tag="intake")) == ["two"]


def test_pages_follow_one_another() -> None:
    staff = written(*(f"e{n}" for n in range(5)))
    first = search(staff, day="2026-06-01", tag="intake", limit="3")
    assert names(first) == ["e4", "e3", "e2"]
    cursor = first.json["cursor"]
    second = search(staff, day="2026-06-01", tag="intake", cursor=cursor)
    assert names(second) == ["e1", "e0"]
    assert second.json["cursor"] is None


@pytest.mark.parametrize(
    "query",
    [
        {"subject": "Jan"},
        {"subject": PICTURE.upper()},
        {"actor": "jan@example.nl"},
        {"tag": "Intake"},
        {"tag": "a:b:c:d"},
        {"day": "yesterday"},
        {"until": "2026-06-02"},
        {"day": "2026-06-02", "until": "2026-06-01"},
        {"day": "2026-06-01", "until": "2026-07-02"},
        {"limit": "101"},
    ],
)
@pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit/export"])
def test_what_cannot_be_searched_for_is_refused_and_not_echoed(
    path: str, query: dict[str, str]
) -> None:
    if "limit" in query and path.endswith("export"):
        return  # a file has a length of its own
    answer = Staff().get(path, OVERSEES, query=query)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "jan" not in answer.text.lower()


def test_thirty_one_days_are_the_most() -> None:
    assert search(Staff(), day="2026-06-01", until="2026-07-01").status == 200


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        cursor_of(("a", "b", "c")),
        cursor_of(("2026-06-01T12:00:00", "00", "000000000001")),
        cursor_of(("2026-06-01T12:00:00+00:00", "64", "000000000001")),
        cursor_of(("2026-06-01T12:00:00+00:00", "00", "1")),
        cursor_of(("2026-06-01T12:00:00+00:00", "00")),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(cursor: str) -> None:
    answer = search(Staff(), subject=PICTURE, cursor=cursor)
    assert (answer.status, answer.json["code"]) == (400, "cursor_unknown")


def test_a_cursor_of_another_search_shows_nothing_of_that_one() -> None:
    staff = written("one", "two")
    write(staff, "hers", subject=ANN)
    cursor = search(staff, subject=PICTURE, limit="1").json["cursor"]
    assert "one" not in names(search(staff, subject=ANN, cursor=cursor))


# -- each look is on record ------------------------------------------------------------


def test_r16_a_search_is_on_record_under_what_it_was_about() -> None:
    staff = written("one", "two")
    search(staff, subject=PICTURE, actor=EDITOR, tag="intake")
    assert looks(staff, PICTURE) == [
        (
            "api:audit:search",
            OVERSEES.user_id,
            {
                "count": 2,
                "since": None,
                "until": None,
                "actor": EDITOR,
                "tag": "intake",
            },
        )
    ]


def test_r16_a_search_by_day_is_on_record_under_who_looked() -> None:
    staff = written("one")
    search(staff, day="2026-06-01")
    [(tag, actor, data)] = looks(staff, OVERSEES.user_id)
    assert (tag, actor) == ("api:audit:search", OVERSEES.user_id)
    assert data["since"] == "2026-05-31T22:00:00+00:00"
    assert data["until"] == "2026-06-01T22:00:00+00:00"


def test_r16_each_look_is_one_of_its_own_and_the_log_stays_whole() -> None:
    staff = written("one")
    for _ in range(3):
        search(staff, subject=PICTURE)
        export(staff, subject=PICTURE)
    tags = [tag for tag, _, _ in looks(staff, PICTURE)]
    assert tags == ["api:audit:search", "api:audit:export"] * 3
    assert staff.world.audit.findings() == ()


def test_r16_where_a_look_cannot_be_recorded_there_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staff = written("one")

    def busy(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(staff.world.audit, "append", busy)
    for ask in (search, export):
        answer = ask(staff, subject=PICTURE)
        assert answer.status == 500
        assert "one" not in answer.text


# -- the file --------------------------------------------------------------------------


def test_a_file_holds_the_oldest_first_and_each_row_verifies_by_itself() -> None:
    staff = written("one", "two", data={"channels": "print:clear", "n": 1})
    answer = export(staff, subject=PICTURE)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    found = rows(answer)
    assert [row["entry_id"] for row in found] == ["one", "two"]
    for row in found:
        again = Entry.of(
            {
                "shard": row["chain"],
                "place": row["number"],
                "subject": row["subject"],
                "entry_id": row["entry_id"],
                "tag": row["tag"],
                "day": day_of(row["at"], row["chain"]),
                "time": time_of(row["at"]),
                "actor": row["actor"],
                "text": row["data"],
                "previous": row["previous"],
                "digest": row["digest"],
            }
        )
        assert digest_of(again) == row["digest"]
    assert found[1]["previous"] == found[0]["digest"]


def test_a_file_that_ends_early_leads_to_the_next_and_they_hold_everything() -> None:
    staff = Staff()
    for n in range(ROWS + 3):
        write(staff, f"e{n}")
    first = export(staff, subject=PICTURE)
    assert len(rows(first)) == ROWS
    assert len(first.text.encode()) < 6_000_000
    link = first.headers["Link"]
    assert link.startswith("</v1/audit/export?subject=")
    assert link.endswith('>; rel="next"')
    query = dict(
        pair.split("=", 1) for pair in link[1:].split(">")[0].split("?")[1].split("&")
    )
    second = export(staff, OVERSEES, **query)
    assert [row["entry_id"] for row in rows(second)][:3] == [
        f"e{n}" for n in range(ROWS, ROWS + 3)
    ]
    assert "Link" not in second.headers


def test_an_empty_file_has_its_heading() -> None:
    answer = export(Staff(), subject=ANN)
    assert answer.text.splitlines() == [",".join(f'"{name}"' for name in COLUMNS)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula_whatever_the_log_holds(start: str) -> None:
    """Nothing of the kind can be written; a forged entry is no reason to run it."""
    (entry,) = written("one").world.audit.entries(PICTURE)
    forged = entry.but(actor=f"{start}cmd", text=f'{start}"{start}')
    [row] = csv.DictReader(io.StringIO(csv_of([forged]), newline=""))
    assert row["actor"] == f"'{start}cmd"
    assert row["data"].startswith("'")
