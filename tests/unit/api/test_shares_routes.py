"""Shares, publications and embeds through the staff's API, and what comes of them."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.channel_renditions import public_id
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.shares import MOST_PICTURES
from tests.fakes.http import Answer, call
from tests.fakes.samples import ANN, NOON, OTHER, PICTURE, grant
from tests.fakes.scenes import brochure, letter, released
from tests.fakes.staff import Staff, as_
from tests.fakes.subject import SITE, Subject
from tests.fakes.world import World

EDITOR, OFFICER = as_(Role.EDITOR), as_(Role.PRIVACY_OFFICER)
COLLEAGUE = as_(Role.EDITOR, user_id=derived_id("test", "colleague"))
WEBSITE = {"asset_ids": [PICTURE], "channel": "website"}


class House:
    """Staff and somebody outside, over one released picture of Ann."""

    def __init__(self, world: World | None = None) -> None:
        self.staff = Staff(world or released())
        self.world = self.staff.world
        self.subject = Subject(self.world)
        self.subject.services.links = self.staff.services.links
        self.subject.services.collections = self.staff.services.collections
        # Another source of identifiers than the staff's.
        self.subject.services._made = 1000

    def share(self, **order: Any) -> tuple[Any, str]:
        answer = self.staff.post("/v1/shares", EDITOR, {**WEBSITE, **order})
        assert answer.status == 201, answer.text
        site, _, token = answer.json["url"].partition("#")
        assert site == f"{SITE}/share"
        return answer.json, token

    def see(self, token: str, asset_id: str = PICTURE, **more: str) -> Answer:
        return self.subject.ask("share/picture", token, {"asset_id": asset_id, **more})

    def fetch(self, token: str, asset_id: str = PICTURE, **more: str) -> Answer:
        return self.subject.ask("share/download", token, {"asset_id": asset_id, **more})

    def withdraw(self) -> None:
        given = grant(ANN)
        self.world.register.withdraw(
            Withdrawal(derived_id("taken"), given.grant_id, ANN, self.world.at)
        )

    def get(self, path: str, **headers: str) -> Answer:
        return call(self.subject.api, "GET", path, user=None, headers=headers)

    @property
    def copies(self) -> list[tuple[DisclosureKind, str]]:
        found = self.world.disclosures.of_asset(PICTURE, self.world.at)
        return [(each.kind, each.recipient_id) for each in found]

    def collect(self, *collections: Collection, asset_id: str = PICTURE) -> None:
        """Have a picture stand in these, and in no others."""
        for each in collections:
            self.staff.services.collections.add(each, NOON)
        row = deepcopy(self.world.library.rows[PICTURE])
        said = replace(row.record.announcement, asset_id=asset_id)
        there = frozenset(each.collection_id for each in collections)
        row.record = replace(row.record, announcement=said, collection_ids=there)
        self.world.library.rows[asset_id] = row


@pytest.fixture
def house() -> House:
    return House()


def test_a_share_is_seen_by_its_link_and_each_look_of_an_hour_is_one_copy(
    house: House,
) -> None:
    made, token = house.share()
    opened = house.subject.ask("share", token, {})
    assert opened.json["asset_ids"] == [PICTURE]
    assert not house.copies
    seen = [house.see(token) for _ in range(3)]
    assert all(each.json["url"].endswith(f"/{PICTURE}/preview?60") for each in seen)
    assert house.copies == [(DisclosureKind.SHARE, made["recipient_id"])]
    house.world.at += timedelta(hours=1)
    house.see(token)
    assert len(house.copies) == 2


def test_what_went_dark_is_not_available_and_nobody_is_told_why(house: House) -> None:
    _, token = house.share(way="share_download", asset_ids=[PICTURE])
    assert house.fetch(token).status == 200
    copies = len(house.copies)
    house.withdraw()
    dark = house.see(token)
    assert dark.json == {
        "asset_id": PICTURE,
        "url": None,
        "masked": False,
        "only_file": False,
    }
    refused = house.fetch(token)
    assert (refused.status, refused.json["reason"]) == (409, "share_not_available")
    assert "findings" not in refused.json
    never = house.see(token, OTHER)
    assert never.status == 409
    assert never.json["reason"] == "share_not_available"
    assert len(house.copies) == copies


FAIR = Collection(derived_id("test", "fair"), "Fair", restricted=False)
OF_FAIR: dict[str, Any] = {"asset_ids": [], "collection_id": FAIR.collection_id}


def shown(house: House, token: str) -> list[str]:
    return list(house.subject.ask("share", token, {}).json["asset_ids"])


def test_a_shared_collection_is_what_is_in_it_at_each_look(house: House) -> None:
    house.collect(FAIR)
    made, token = house.share(**OF_FAIR, recipient={"email": "jo@krant.example"})
    assert (made["asset_ids"], made["collection_id"]) == ([], FAIR.collection_id)
    assert made["dark"] == []
    assert shown(house, token) == [PICTURE]
    assert house.see(token).json["url"]
    assert house.see(token, OTHER).json["reason"] == "share_not_available"
    house.collect(FAIR, asset_id=OTHER)
    assert set(shown(house, token)) == {PICTURE, OTHER}
    assert house.see(token, OTHER).status == 200
    house.collect()
    assert shown(house, token) == [OTHER]
    assert house.see(token).json["reason"] == "share_not_available"
    assert house.fetch(token).status == 409
    [mail] = [m for m in house.world.mails.mails.values() if m.kind is MailKind.SHARE]
    assert mail.about["pictures"] == "1"


@pytest.mark.parametrize("into", [False, True])
def test_what_stands_in_a_closed_collection_too_is_not_shown(
    house: House, into: bool
) -> None:
    """Nor what stands in an open one within a closed one."""
    house.collect(FAIR)
    _, token = house.share(**OF_FAIR)
    closed = Collection(derived_id("test", "closed"), "Closed", restricted=True)
    within = Collection(
        derived_id("test", "in"), "In", False, parent_id=closed.collection_id
    )
    house.staff.services.collections.add(closed, NOON)
    house.collect(FAIR, within if into else closed)
    assert shown(house, token) == []
    assert house.see(token).json["reason"] == "share_not_available"


def test_who_is_a_member_shares_what_is_closed_with_all_that_is_above_it(
    house: House,
) -> None:
    members = {EDITOR.user_id: Role.EDITOR}
    above = Collection(derived_id("test", "above"), "Above", True, members)
    mine = Collection(
        derived_id("test", "mine"), "Mine", True, members, parent_id=above.collection_id
    )
    house.staff.services.collections.add(above, NOON)
    house.collect(mine)
    order = {"asset_ids": [], "collection_id": mine.collection_id}
    _, token = house.share(**order)
    assert shown(house, token) == [PICTURE]
    assert house.see(token).json["url"]
    # Whoever is no member is told the same as of one that is not there.
    absent = {**WEBSITE, **order, "collection_id": derived_id("test", "none")}
    hidden = house.staff.post("/v1/shares", COLLEAGUE, {**WEBSITE, **order})
    assert hidden.status == 404
    assert hidden.text == house.staff.post("/v1/shares", COLLEAGUE, absent).text


def test_a_share_is_of_pictures_or_of_a_collection_and_of_so_many(house: House) -> None:
    house.collect(FAIR)
    wrongs: list[dict[str, Any]]
    wrongs = [{"asset_ids": []}, {"collection_id": FAIR.collection_id}]
    for wrong in wrongs:
        body = {**WEBSITE, **wrong}
        assert house.staff.post("/v1/shares", EDITOR, body).json["code"] == (
            "invalid_request"
        )
    for n in range(MOST_PICTURES):
        house.collect(FAIR, asset_id=derived_id("test", "many", str(n)))
    full = house.staff.post("/v1/shares", EDITOR, {**WEBSITE, **OF_FAIR})
    assert (full.status, full.json["reason"]) == (409, "share_too_many")


def test_a_share_that_ended_or_was_taken_back_opens_nothing(house: House) -> None:
    made, token = house.share()
    path = f"/v1/shares/{made['share_id']}"
    assert house.staff.delete(path, OFFICER).json["state"] == "share_revoked"
    assert house.staff.delete(path, EDITOR).status == 200
    assert house.see(token).json["code"] == "link_not_valid"
    _, other = house.share(expires_at=(NOON + timedelta(days=1)).isoformat())
    house.world.at += timedelta(days=1)
    assert house.see(other).json["code"] == "link_not_valid"


def test_a_share_lasts_no_longer_than_shares_are_kept(house: House) -> None:
    made, _ = house.share()
    assert made["expires_at"].startswith((NOON + timedelta(days=14)).date().isoformat())
    for wrong in (NOON + timedelta(days=40), NOON):
        body = {**WEBSITE, "expires_at": wrong.isoformat()}
        answer = house.staff.post("/v1/shares", EDITOR, body)
        assert answer.json["reason"] == "share_too_long"


def test_a_password_opens_for_an_hour_and_is_tried_a_few_times(house: House) -> None:
    made, token = house.share(password="correct horse")
    assert "correct horse" not in str(house.world.shares.shares)
    assert made["has_password"] is True
    ask = house.subject.ask
    assert ask("share", token, {}).json["reason"] == "share_password_needed"
    assert house.see(token).json["reason"] == "share_password_needed"
    wrong = ask("share", token, {"password": "wrong"})
    assert wrong.json["reason"] == "share_password_wrong"
    leave = ask("share", token, {"password": "correct horse"}).json["leave"]
    assert house.see(token, leave=leave).json["url"]
    assert house.see(token, leave="0" * 64).status == 409
    # Another link's leave is none here.
    _, other = house.share(password="correct horse")
    assert house.see(other, leave=leave).status == 409
    for _ in range(3):
        ask("share", token, {"password": "wrong"})
    late = ask("share", token, {"password": "correct horse"})
    assert (late.status, late.headers["Retry-After"]) == (429, "60")
    house.world.at += timedelta(hours=2)
    assert house.see(token, leave=leave).status == 409


def test_only_so_many_are_fetched_and_none_where_it_is_to_look_at(house: House) -> None:
    _, token = house.share()
    assert house.fetch(token).json["reason"] == "share_view_only"
    _, token = house.share(way="share_download", max_downloads=2)
    assert [house.fetch(token).status for _ in range(3)] == [200, 200, 409]
    assert house.fetch(token).json["reason"] == "share_none_left"
    assert len(house.copies) == 2


def test_who_receives_it_is_sealed_told_to_whom_it_concerns_and_mailed(
    house: House,
) -> None:
    person = {"name": "Jo Vis", "email": "jo@krant.example", "language": "fr"}
    made, _ = house.share(recipient=person)
    assert made["mailed"] is True
    assert "krant" not in repr(house.world.shares.shares)
    (mail,) = house.world.mails.mails.values()
    assert (mail.kind, mail.to, mail.to_staff) == (
        MailKind.SHARE,
        made["recipient_id"],
        False,
    )
    for user, told in ((EDITOR, "Jo Vis"), (OFFICER, "Jo Vis"), (COLLEAGUE, None)):
        (shown,) = house.staff.get("/v1/shares", user).json["items"]
        assert shown["recipient_name"] == told
    for role in (Role.VIEWER, Role.CONTRIBUTOR, Role.ADMINISTRATOR):
        assert house.staff.get("/v1/shares", as_(role)).status == 403


def test_a_publication_is_a_copy_of_whoever_answers_for_it(house: House) -> None:
    order = {"asset_id": PICTURE, "channel": "print", "where": "Jaarboek 2026"}
    made = house.staff.post("/v1/publications", EDITOR, order)
    assert (made.status, made.json["may"]) == (201, "copy_may")
    assert house.copies == [(DisclosureKind.PUBLICATION, EDITOR.user_id)]
    listed = house.staff.get("/v1/publications", OFFICER, query={"asset_id": PICTURE})
    assert [each["where"] for each in listed.json["items"]] == ["Jaarboek 2026"]
    path = f"/v1/publications/{made.json['publication_id']}"
    assert house.staff.delete(path, EDITOR).json["state"] == "publication_ended"
    dark = {**order, "channel": "press"}
    assert house.staff.post("/v1/publications", EDITOR, dark).json["may"] == (
        "copy_may_not"
    )


def test_an_embed_shows_while_it_may_and_is_gone_after(house: House) -> None:
    order = {"asset_id": PICTURE, "channel": "website", "where": "www.vis.example"}
    made = house.staff.post("/v1/embeds", EDITOR, order).json
    path = made["url"].removeprefix(SITE)
    answers = [house.get(path) for _ in range(3)]
    assert {each.status for each in answers} == {302}
    first = answers[0]
    assert first.headers["Location"].endswith(f"/{PICTURE}/preview?60")
    assert first.headers["Cache-Control"] == "private, max-age=30"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert house.copies == [(DisclosureKind.PUBLICATION, EDITOR.user_id)]
    assert list(house.world.publications.counts.values()) == [3]
    house.withdraw()
    gone = house.get(path)
    assert (gone.status, gone.headers["Cache-Control"]) == (410, "no-store")
    assert house.get(f"/embed/{OTHER}").status == 410


def test_an_embed_that_is_ended_is_gone(house: House) -> None:
    order = {"asset_id": PICTURE, "channel": "website", "where": "www.vis.example"}
    made = house.staff.post("/v1/embeds", EDITOR, order).json
    house.staff.delete(f"/v1/publications/{made['publication_id']}", EDITOR)
    assert house.get(made["url"].removeprefix(SITE)).status == 410


def test_whoever_holds_a_copy_may_ask_whether_it_may_still_be_used(house: House) -> None:
    path = f"/check/{public_id(PICTURE)}"
    unknown = house.get(path)
    _, token = house.share()
    house.see(token)
    told = {
        each["channel"]["id"]: each["may"]["id"] for each in house.get(path).json["uses"]
    }
    assert (told["website"], told["press"]) == ("copy_may", "copy_may_not")
    house.withdraw()
    after = house.get(path)
    assert {each["may"]["id"] for each in after.json["uses"]} == {"copy_may_not"}
    # What was never there reads like what may not be used any more, byte for byte.
    assert after.text == unknown.text
    assert PICTURE not in after.text
    assert ANN not in after.text
    page = house.get(path, Accept="text/html", **{"Accept-Language": "de"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Darf dieses Foto" in page.text


def test_who_asks_too_often_waits(house: House) -> None:
    path = f"/check/{public_id(PICTURE)}"
    answers = [house.get(path).status for _ in range(61)]
    assert (answers[59], answers[60]) == (200, 429)


def of_a_letter(*people: str) -> House:
    """A letter in which these are declared, each of whom agreed; released."""
    world = letter()
    world.sign(*(grant(each) for each in people))
    world.declare(*people)
    world.check()
    world.release()
    return House(world)


def test_a_file_that_is_no_picture_is_fetched_by_a_share_and_never_seen() -> None:
    house = of_a_letter(ANN)
    _, token = house.share(way="share_download")
    seen = house.see(token).json
    assert (seen["url"], seen["only_file"]) == (None, True)
    assert not house.copies
    fetched = house.fetch(token)
    assert fetched.status == 200
    assert fetched.json["url"].endswith(f"/{PICTURE}/file?60")
    assert fetched.json["file_name"] == f"{PICTURE}.jpg"
    [copy] = house.world.disclosures.of_asset(PICTURE, house.world.at)
    assert (copy.rendition, copy.kind) == ("file", DisclosureKind.SHARE)
    # To look at, there is nothing: then it says no more than of what may not leave.
    _, looks = house.share()
    assert not house.see(looks).json["only_file"]
    house.withdraw()
    assert house.fetch(token).status == 409
    assert not house.see(token).json["only_file"]


def test_of_a_document_the_file_is_fetched_only_where_somebody_declared_the_rest() -> (
    None
):
    for rest_stays, wanted in ((False, "file"), (True, "working")):
        world = brochure()
        world.declare(rest_stays=rest_stays)
        world.check()
        world.release()
        house = House(world)
        _, token = house.share(way="share_download")
        assert house.see(token).json["url"].endswith(f"/{PICTURE}/preview?60")
        assert house.fetch(token).json["url"].endswith(f"/{PICTURE}/{wanted}?60")
