"""Who fetched a picture for what, by the audit log: the recall list for now.

A download is the only disclosure that this library records yet. A register of all
disclosures takes this place by the same port, `Recipients` of `tell_recipients`.
"""

from collections.abc import Iterator

from beeldrecht.domain.channels import Channel

from .audit_items import AuditItem, EntryItem, entry_of
from .binding import bind

TAG = "egress:asset:download"


class Downloads:
    """Downloads, each by whoever it was given to and the channel it was given for."""

    def __init__(self, table: str, region: str) -> None:
        bind(AuditItem, table, region)

    def of(self, asset_id: str) -> Iterator[tuple[str, Channel]]:
        """Each download of a picture that is on record, the first one first."""
        for item in AuditItem.by_subject.query(asset_id):
            entry = entry_of(item) if isinstance(item, EntryItem) else None
            if entry is None or entry.tag != TAG:
                continue
            channel = entry.data.get("channel")
            if channel in set(Channel):
                yield entry.actor, Channel(str(channel))
