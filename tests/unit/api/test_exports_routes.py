"""R9: staff see how far somebody's copy is, and never what is in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.exports import FETCHABLE, MADE_WITHIN, Export, Package, begun
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.mails import MailKind, MailState, mail_about
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.fakes.staff import Staff, as_

OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
PATH = "/v1/exports"
PACKAGE = Package(12_345, "ab" * 32, 3, 1, NOON, NOON + FETCHABLE)


def begin(staff: Staff, name: str = "asks", packed: bool = True) -> Export:
    export = begun(derived_id("test", name), ANN, EDITOR, NOON)
    export = replace(export, package=PACKAGE) if packed else export
    staff.services.exports.put_new(export)
    return export


@pytest.fixture
def staff() -> Staff:
    return Staff()


@pytest.mark.parametrize(
    ("packed", "after", "state"),
    [
        (False, timedelta(minutes=1), "export_making"),
        (False, MADE_WITHIN, "export_stalled"),
        (True, timedelta(minutes=1), "export_ready"),
        (True, FETCHABLE, "export_expired"),
    ],
)
def test_the_officer_sees_how_far_it_is_by_the_clock(
    packed: bool, after: timedelta, state: str, staff: Staff
) -> None:
    export = begin(staff, packed=packed)
    staff.world.at = NOON + after
    told = staff.get(f"{PATH}/{export.export_id}", OVERSEES).json
    assert (told["state"], told["person_id"]) == (state, ANN)
    assert told["state_words"]
    assert ("export:tell" in told["affordances"]) == (state == "export_ready")
    assert "sha256" not in told
    assert "url" not in told


@pytest.mark.parametrize("user", [*OTHERS, as_(Role.EDITOR), None])
def test_nobody_else_hears_of_it(user: User | None, staff: Staff) -> None:
    export = begin(staff)
    status = 401 if user is None else 403
    assert staff.get(PATH, user).status == status
    for answer in (
        staff.get(f"{PATH}/{export.export_id}", user),
        staff.post(f"{PATH}/{export.export_id}/mail", user),
    ):
        assert answer.status == (401 if user is None else 404)
    assert staff.world.mails.of_person(ANN) == ()


def test_what_is_not_there_is_not_found(staff: Staff) -> None:
    assert staff.get(f"{PATH}/{new_id()}", OVERSEES).status == 404
    assert staff.post(f"{PATH}/{new_id()}/mail", OVERSEES).status == 404


def test_all_are_listed_a_page_at_a_time(staff: Staff) -> None:
    made = {begin(staff, str(n)).export_id for n in range(5)}
    found: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        page = staff.get(PATH, OVERSEES, query=query).json
        found += [each["export_id"] for each in page["items"]]
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
    assert (len(found), set(found)) == (5, made)


def test_how_far_the_mail_came_stands_with_it(staff: Staff) -> None:
    export = begin(staff)
    mail = mail_about(MailKind.EXPORT_READY, ANN, NOON, export_id=export.export_id)
    other = mail_about(MailKind.EXPORT_READY, ANN, NOON, export_id=new_id())
    for each in (mail, other):
        staff.world.mails.add(each)
    staff.world.mails.outcome(mail.mail_id, MailState.BOUNCED, NOON)
    told = staff.get(f"{PATH}/{export.export_id}", OVERSEES).json
    assert told["mail"] == "bounced"
    assert told["mail_words"] == "Came back."


def test_its_mail_is_sent_again_once_while_one_waits(staff: Staff) -> None:
    export = begin(staff)
    path = f"{PATH}/{export.export_id}/mail"
    first = mail_about(MailKind.EXPORT_READY, ANN, NOON, export_id=export.export_id)
    staff.world.mails.add(first)
    assert staff.post(path, OVERSEES).status == 201
    assert len(staff.world.mails.of_person(ANN)) == 1
    staff.world.mails.outcome(first.mail_id, MailState.BOUNCED, NOON)
    assert staff.post(path, OVERSEES).json["mail"] == "waiting"
    staff.post(path, OVERSEES)
    assert len(staff.world.mails.of_person(ANN)) == 2
    tags = [each.tag for each in staff.world.audit.entries(ANN)]
    assert tags.count("api:export:tell") == 1


@pytest.mark.parametrize("packed", [True, False])
def test_of_what_is_over_or_not_there_yet_nobody_is_told(
    packed: bool, staff: Staff
) -> None:
    export = begin(staff, packed=packed)
    staff.world.at = NOON + FETCHABLE
    answer = staff.post(f"{PATH}/{export.export_id}/mail", OVERSEES)
    assert (answer.status, answer.json["mail"]) == (201, None)
    assert staff.world.mails.of_person(ANN) == ()
