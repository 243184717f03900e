"""A picture that becomes another one: somebody was covered in it, for good."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.films import is_film
from beeldrecht.domain.intake import AssetRecord, Original, RenditionName, near_bands
from beeldrecht.domain.metadata import plain
from beeldrecht.domain.people import Appearance

from . import keys
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .films import film_gone
from .legal_bases import notes_about
from .library_encoding import release_json
from .library_items import AppearanceItem, AssetItem, BandItem, FaceItem, LibraryItem
from .pages import stamp
from .trail import Trail

_KEPT = ("captured_at", "creator", "credit", "copyright")
"""What a file said that is of whoever made it, and not of who is in it."""


class MaskedPictures:
    """Records in the library table that a picture is another one from now on."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def mask(
        self,
        record: AssetRecord,
        original: Original,
        renditions: frozenset[RenditionName],
        faces: Iterable[str],
        appearances: Iterable[Appearance],
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record the new original and take these faces and appearances out, as one act.

        What was written about the picture may name who is gone: title, caption, keywords
        and the file's name go, and the cached decision with them. So do the quarters of
        the old picture's perceptual hash: it looked like somebody. What their relatives
        said goes with them. Who made it stays. The
        picture is due at once. Raises StaleRevisionError when somebody changed it since
        it was read, and after that nothing of this is recorded.
        """
        asset_id, gone = record.asset_id, tuple(sorted(set(faces)))
        item = self._load(record)
        ties = [(a.face_id, a.person_id) for a in appearances]
        old = record.original.perceptual_hash if record.original else ""
        notes = notes_about(asset_id, frozenset(person_id for _, person_id in ties))

        def write(act: TransactWrite) -> None:
            act.update(item, _actions(record, original, renditions, gone, at))
            for face_id in gone:
                act.delete(FaceItem(keys.asset(asset_id), keys.face(face_id)))
            for face_id, person_id in ties:
                sk = keys.appearance(face_id, person_id)
                act.delete(AppearanceItem(keys.asset(asset_id), sk))
            for note in notes:
                act.delete(note)
            # Of a film its poster is all that stays.
            if record.original and is_film(record.original.media_type):
                for each in film_gone(asset_id):
                    act.delete(each)
            for band in near_bands(old):
                act.delete(BandItem(keys.band(band), keys.asset(asset_id)))

        try:
            self._trail.record(entry, write)
        except ActRefusedError as error:
            raise StaleRevisionError(asset_id) from error

    @staticmethod
    def _load(record: AssetRecord) -> AssetItem:
        asset_id = record.asset_id
        try:
            item = AssetItem.get(keys.asset(asset_id), keys.META, consistent_read=True)
        except DoesNotExist as error:
            raise StaleRevisionError(asset_id) from error
        if item.revision != record.revision:
            raise StaleRevisionError(asset_id)
        return item


def _actions(
    record: AssetRecord,
    original: Original,
    renditions: frozenset[RenditionName],
    gone: tuple[str, ...],
    at: datetime,
) -> list[Action]:
    said = plain(record.description)
    told = {name: said[name] for name in _KEPT if name in said}
    actions: list[Action] = [
        AssetItem.original.set(asdict(original)),
        AssetItem.description.set(told),
        AssetItem.description_before.remove(),
        AssetItem.edit_id.remove(),
        AssetItem.renditions.set({name.value for name in renditions}),
        AssetItem.file_name.set(f"{record.asset_id}.jpg"),
        AssetItem.face_count.set(max(0, (record.face_count or 0) - len(gone))),
        AssetItem.decision.remove(),
        AssetItem.declared_sha256.remove(),
        AssetItem.declared_parts.remove(),
        LibraryItem.gsi1pk.set(keys.digest(original.sha256)),
        LibraryItem.gsi2sk.set(stamp(at)),
    ]
    if record.release is not None:
        shown = release_json(record.release)
        shown["face_ids"] = [f for f in shown["face_ids"] if f not in set(gone)]
        actions.append(AssetItem.release.set(shown))
    return actions
