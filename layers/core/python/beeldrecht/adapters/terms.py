"""When a picture ends, in the library table: its date, and the item that goes at it.

The date stands on the picture, for whoever reads it, and on an item of its own, which
time to live takes away: that starts the erasure of everything else, which nothing may
take away unseen.
"""

from pynamodb.expressions.update import Action

from . import keys
from .audit import Write
from .library_items import AssetItem, TermItem


def ends_action(ends_at: int | None) -> Action:
    """What puts the date on the picture."""
    if ends_at is None:
        removed: Action = AssetItem.ends_at.remove()
        return removed
    dated: Action = AssetItem.ends_at.set(ends_at)
    return dated


def term_put(asset_id: str, ends_at: int | None) -> Write:
    """What puts it on the item that goes; without a date that item stays."""
    return lambda act: act.save(
        TermItem(keys.asset(asset_id), keys.TERM, asset_id=asset_id, expires_at=ends_at)
    )
