"""Consents that were given elsewhere: nothing is guessed, dropped or entered twice."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from cli.commands import DONE, NOT_DONE
from cli.files import Candidate
from cli.sending import OnBytes, Store
from tests.fakes.samples import PICTURE, face_id
from tests.fakes.scenes import examined
from tests.unit.cli.desks import Office

SCAN = b"%PDF-1.7 a form that was signed"
HEAD = "ref;name;signed;expires;channels;scan;language\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("BEELDRECHT_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    made = Office().be(Role.EDITOR)
    documents = made.staff.services.documents

    def post(form: Mapping[str, Any], file: Candidate, on_bytes: OnBytes) -> None:
        name = form["fields"]["key"].removeprefix("paper/")
        documents.scans[name] = file.path.read_bytes()

    made.desk.store = Store(post=post)
    (tmp_path / "a.pdf").write_bytes(SCAN)
    return made


def bring(office: Office, *more: str, report: str = "r.csv") -> dict[str, dict[str, str]]:
    path = Path(report)
    path.unlink(missing_ok=True)
    office.run("import-quitclaims", "t.csv", "--report", report, *more)
    with path.open(newline="") as file:
        return {row["ref"]: row for row in csv.DictReader(file)}


def test_a_whole_row_is_entered_once_however_often_it_is_brought(office: Office) -> None:
    Path("t.csv").write_text(HEAD + "1;Ann de Wit;2026-05-30;;website|print;a.pdf;nl\n")
    first = bring(office, "--wording", "standard")["1"]
    assert (first["state"], first["reason"]) == ("entered", "")
    assert bring(office, "--wording", "standard")["1"]["state"] == "there"
    person_id = first["person_id"]
    assert len(office.staff.services.signatures.quitclaims(person_id)) == 1
    for kept in Path("state").glob("*"):
        kept.unlink()
    # Another machine knows of nothing: it lists, and makes no second of anybody.
    again = bring(office, "--wording", "standard")["1"]
    assert again["reason"] == "row_of_name_on_record" or again["person_id"] == person_id
    assert len(office.staff.services.signatures.quitclaims(person_id)) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1;;2026-05-30;;website;a.pdf;nl", "row_without_name"),
        ("1;Ann;;;website;a.pdf;nl", "row_without_day_of_signing"),
        ("1;Ann;some day;;website;a.pdf;nl", "row_with_no_such_day"),
        ("1;Ann;2026-05-30;;billboards;a.pdf;nl", "row_with_unknown_channel"),
        ("1;Ann;2026-05-30;;;a.pdf;nl", "row_without_channel"),
        ("1;Ann;2026-05-30;;website;b.pdf;nl", "row_without_scan"),
        ("1;Ann;2026-05-30;;website;;nl", "row_without_scan"),
        ("1;Ann;2026-05-30;2026-06-30;website;a.pdf;nl", "row_ends_before_wording"),
    ],
)
def test_what_is_not_certain_is_listed_and_allows_nothing(
    office: Office, row: str, reason: str
) -> None:
    Path("t.csv").write_text(HEAD + row + "\n")
    told = bring(office, "--wording", "standard")["1"]
    assert (told["state"], told["reason"], told["quitclaim_id"]) == ("listed", reason, "")
    if told["person_id"]:
        assert not office.staff.services.signatures.quitclaims(told["person_id"])


def test_without_the_wording_that_they_signed_nothing_is_valid(office: Office) -> None:
    Path("t.csv").write_text(HEAD + "1;Ann;2026-05-30;;website;a.pdf;nl\n")
    assert bring(office)["1"]["reason"] == "row_of_unknown_wording"


def test_a_dry_run_records_nothing(office: Office) -> None:
    Path("t.csv").write_text(
        HEAD + "1;Ann;2026-05-30;;website;a.pdf;nl\n2;Bob;;;;;\n2;Bob;;;;;\n"
    )
    told = bring(office, "--wording", "standard", "--dry-run")
    assert told["1"]["state"] == "would_enter"
    assert told["2"]["reason"] == "row_without_own_ref"
    assert not [path for method, path in office.sent if method != "GET"]


def test_resourcespace_is_mapped_as_far_as_it_says(office: Office) -> None:
    Path("t.csv").write_text(
        "ref,name,email,telephone,consent_usage,notes,expires,file,created,created_by\n"
        '7,Ann,a@example.org,,"Web, Print",,,a.pdf,2019-01-01,3\n'
    )
    Path("rc.csv").write_text("resource,consent\n101,7\n102,7\n")
    told = bring(
        office,
        *("--resourcespace", "--resource-consent", "rc.csv", "--wording", "standard"),
        *("--usage", "web=website"),
    )["7"]
    # The day on which a row was made is not the day on which somebody signed.
    assert told["reason"] == "row_without_day_of_signing"
    assert told["pictures"] == "101 102"
    assert told["person_id"]


def test_who_was_in_which_picture_is_found_again_and_nobody_is_linked(
    office: Office, tmp_path: Path
) -> None:
    world = examined(1)
    office = Office(world).be(Role.EDITOR)
    Path("t.csv").write_text("ref,name,consent_usage\n7,Ann,Web\n8,,Web\n")
    Path("rc.csv").write_text(
        "resource,consent\n101,7\n102,7\n103,7\n104,7\n105,7\n101,8\n101,9\n"
    )
    Path("resource.csv").write_text(
        "ref,original_filename\n101,fair.jpg\n102,two.jpg\n103,bad.jpg\n104,\n105,x.jpg\n"
    )
    Path("i.csv").write_text(
        "path,state,asset_id,reason,what_to_do\n"
        f"2009/fair.jpg,there,{PICTURE},,\n"
        f"a/two.jpg,sent,{'1' * 32},,\n"
        f"b/two.jpg,sent,{'2' * 32},,\n"
        "bad.jpg,refused,,file_empty,\n"
        f"x.jpg,sent,{'3' * 32},,\n"
    )
    bring(
        office,
        *("--resourcespace", "--resource-consent", "rc.csv"),
        *("--resources", "resource.csv", "--import-report", "i.csv"),
    )
    with Path("quitclaims-pictures.csv").open(newline="") as file:
        told = {(e["ref"], e["picture"]): e for e in csv.DictReader(file)}
    assert {each: row["state"] for each, row in told.items()} == {
        ("7", "101"): "to_look_at",
        ("7", "102"): "shown_name_of_several",
        ("7", "103"): "shown_not_taken_in",
        ("7", "104"): "shown_in_no_report",
        ("7", "105"): "shown_not_taken_in",
        ("8", "101"): "shown_nobody_on_record",
        ("9", "101"): "shown_without_consent",
    }
    found = told["7", "101"]
    assert (found["asset_id"], found["faces"]) == (PICTURE, "1")
    assert f"confirm {PICTURE} {face_id(0)} {found['person_id']}" in found["what_to_do"]
    assert all(each["what_to_do"] for each in told.values())
    assert not world.library.rows[PICTURE].appearances


def test_a_strange_table_of_pictures_is_refused(office: Office) -> None:
    Path("t.csv").write_text("ref,name,pictures\n7,Ann,a.jpg\n")
    Path("i.csv").write_text("path\na.jpg\n")
    arguments = ("import-quitclaims", "t.csv", "--import-report", "i.csv")
    assert office.run(*arguments) == NOT_DONE
    Path("i.csv").write_text("path,state,asset_id,reason,what_to_do\n")
    Path("resource.csv").write_text("colour\nred\n")
    Path("quitclaims-report.csv").unlink()
    assert office.run(*arguments, "--resources", "resource.csv") == NOT_DONE
    assert not Path("quitclaims-pictures.csv").exists()


def test_nothing_is_written_over_and_a_strange_table_is_refused(office: Office) -> None:
    Path("t.csv").write_text("colour\nred\n")
    assert office.run("import-quitclaims", "t.csv") == NOT_DONE
    Path("t.csv").write_text(HEAD)
    assert office.run("import-quitclaims", "t.csv") == DONE
    assert office.run("import-quitclaims", "t.csv") == NOT_DONE
