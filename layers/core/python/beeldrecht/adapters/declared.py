"""Who is declared to be in a file, as the library table keeps them: in no face of it."""

from collections.abc import Sequence
from dataclasses import asdict

from pynamodb.transactions import TransactWrite

from beeldrecht.domain.declarations import Declaration, declared_place
from beeldrecht.domain.people import Appearance

from . import keys
from .appearance_items import appearance_item
from .audit import Write
from .library_items import AppearanceItem, AssetItem, LibraryItem


def declared(
    item: AssetItem, declaration: Declaration, people: Sequence[Appearance], due: str
) -> Write:
    """What records a declaration in an act: who is in it now, and nobody else any more.

    A release goes with it: it was given for the file as somebody else had declared it.
    """
    asset_id = item.asset_id
    here = keys.appearance(declared_place(asset_id), "")
    kept = {keys.appearance(each.face_id, each.person_id) for each in people}
    there = AppearanceItem.query(
        keys.asset(asset_id), LibraryItem.sk.startswith(here), consistent_read=True
    )
    gone = [each.sk for each in there if each.sk not in kept]

    def write(act: TransactWrite) -> None:
        act.update(
            item,
            actions=[
                AssetItem.declaration.set(asdict(declaration)),
                AssetItem.release.remove(),
                AssetItem.gsi2sk.set(due),
            ],
        )
        for each in people:
            act.save(appearance_item(each))
        for sk in gone:
            act.delete(AppearanceItem(keys.asset(asset_id), sk))

    return write
