"""R9: the copy of all that is on record is fetched by its link, on record each time."""

from datetime import timedelta

import pytest

from beeldrecht.domain.exports import FETCHABLE, Export, Package, begun
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.people import Person
from tests.fakes.forms import entry
from tests.fakes.samples import ANN, BOB, EDITOR, NOON
from tests.fakes.subject import Subject

ENDS = NOON + FETCHABLE
SHA = "ab" * 32


class Office:
    """Ann's export, and the link to it."""

    def __init__(self, packed: bool = True) -> None:
        self.subject = Subject()
        world, services = self.subject.world, self.subject.services
        for person_id, name in ((ANN, "Ann"), (BOB, "Bob")):
            world.register.add_person(Person(person_id, name), world.keys, NOON)
        self.export = begun(derived_id("test", "asks"), ANN, EDITOR, NOON)
        services.exports.put_new(self.export)
        if packed:
            package = Package(12_345, SHA, 3, 1, NOON, ENDS)
            services.exports.packed(self.export, package, entry(ANN, "test:pack:it"), [])
        self.token = self.link()

    def link(
        self,
        person_id: str = ANN,
        purpose: LinkPurpose = LinkPurpose.EXPORT,
        about: str = "",
    ) -> str:
        about = about or self.export.export_id
        return self.subject.link(person_id, purpose=purpose, about=about, ends=ENDS)

    @property
    def there(self) -> Export:
        found = self.subject.services.exports.get(self.export.export_id)
        assert found is not None
        return found

    def tags(self) -> list[str]:
        return [
            each.tag
            for each in self.subject.world.audit.entries(ANN)
            if each.tag.startswith("api:export")
        ]


def test_what_there_is_is_told_and_nothing_is_handed_out() -> None:
    office = Office()
    answer = office.subject.ask("export", office.token, {})
    assert answer.status == 200
    told = answer.json
    assert (told["size"], told["pictures"], told["left_out"]) == (12_345, 3, 1)
    assert (told["sha256"], told["url"]) == (SHA, None)
    assert office.there.fetched == 0
    assert office.tags() == ["api:export:look"]


def test_each_confirmation_is_one_address_for_a_minute_on_record_before_it_exists() -> (
    None
):
    office = Office()
    for times in (1, 2):
        answer = office.subject.ask("export", office.token, {"confirm": True})
        assert answer.status == 200
        assert (
            f"{office.export.export_id}?60&beeldrecht-2026-06-01.zip"
            in (answer.json["url"])
        )
        assert office.there.fetched == times
    assert office.tags() == ["api:export:fetch"] * 2


def test_an_address_never_outlives_the_file() -> None:
    office = Office()
    office.subject.world.at = ENDS - timedelta(seconds=20)
    answer = office.subject.ask("export", office.token, {"confirm": True})
    assert "?20&" in answer.json["url"]
    office.subject.world.at = ENDS - timedelta(milliseconds=500)
    answer = office.subject.ask("export", office.token, {"confirm": True})
    assert answer.status == 404
    assert office.there.fetched == 1


@pytest.mark.parametrize("confirm", [True, False])
@pytest.mark.parametrize("case", ["over", "not packed", "gone", "erased"])
def test_what_is_not_there_is_a_link_that_does_not_work(case: str, confirm: bool) -> None:
    office = Office(packed=case != "not packed")
    if case == "over":
        office.subject.world.at = ENDS
    if case == "gone":
        office.subject.services.exports.exports.clear()
    if case == "erased":
        office.subject.world.keys.destroy(ANN)
    answer = office.subject.ask("export", office.token, {"confirm": confirm})
    assert (answer.status, answer.json["code"]) == (404, "link_not_valid")
    assert office.tags() == []


def test_nobody_reaches_it_by_another_link_or_for_another_person() -> None:
    office = Office()
    others = [
        office.link(purpose=LinkPurpose.OWN_PAGE),
        office.link(purpose=LinkPurpose.RENEW),
        office.link(BOB),
        office.link(about=derived_id("test", "none")),
    ]
    for token in (*others, None, "x" * 43):
        answer = office.subject.ask("export", token, {"confirm": True})
        assert answer.status == 404, token
    page = office.subject.ask("page", office.token)
    assert page.status == 404
    assert office.there.fetched == 0


def test_a_get_changes_nothing() -> None:
    office = Office()
    answer = office.subject.ask("export", office.token, method="GET")
    assert answer.status == 404
    assert (office.there.fetched, office.tags()) == (0, [])
