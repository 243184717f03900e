"""People in faces, as the library table keeps them."""

from collections.abc import Sequence

from pynamodb.transactions import TransactWrite

from beeldrecht.domain.people import Appearance

from . import keys
from .audit import Write
from .library_items import AppearanceItem, LibraryItem


def appearance_item(appearance: Appearance) -> AppearanceItem:
    """The one item of a person in a face."""
    return AppearanceItem(
        keys.asset(appearance.asset_id),
        keys.appearance(appearance.face_id, appearance.person_id),
        asset_id=appearance.asset_id,
        face_id=appearance.face_id,
        person_id=appearance.person_id,
        status=appearance.status.value,
        settled_by=appearance.settled_by,
        settled_at=appearance.settled_at,
        band=appearance.band.value if appearance.band else None,
        gsi1pk=keys.person(appearance.person_id),
        gsi1sk=keys.asset(appearance.asset_id),
    )


def put_new(appearances: Sequence[Appearance]) -> Write:
    """What records these in an act, unless one of them is on record already."""

    def write(act: TransactWrite) -> None:
        for each in appearances:
            act.save(appearance_item(each), condition=AppearanceItem.pk.does_not_exist())

    return write


def without_those_on_record(suggestions: Sequence[Appearance]) -> list[Appearance]:
    """The first suggestion for each face and person of whom nothing is on record."""
    there: set[tuple[str, str]] = set()
    for asset_id in {s.asset_id for s in suggestions}:
        items = AppearanceItem.query(
            keys.asset(asset_id),
            LibraryItem.sk.startswith(keys.APPEARANCE),
            consistent_read=True,
        )
        there |= {(asset_id, item.sk) for item in items}
    new: list[Appearance] = []
    for each in suggestions:
        name = (each.asset_id, keys.appearance(each.face_id, each.person_id))
        if name not in there:
            there.add(name)
            new.append(each)
    return new
