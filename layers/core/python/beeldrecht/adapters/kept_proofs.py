"""Which proof an erasure kept: by the identifiers of what was signed, and nothing else.

What leads from a person to what they signed goes with the erasure. These rows are put
before that, and end when the proof does.
"""

from collections.abc import Iterable
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute

from . import keys
from .consent_items import ConsentItem
from .dates import is_kept


class ErasureProofItem(ConsentItem, discriminator="erasure_proof"):
    """That an erasure kept the proof of one signature."""

    erasure_id = UnicodeAttribute()
    quitclaim_id = UnicodeAttribute()


def put_proofs(
    erasure_id: str, quitclaim_ids: Iterable[str], until: datetime | None
) -> None:
    """Record what is kept, until then; safe to repeat."""
    for quitclaim_id in quitclaim_ids:
        ErasureProofItem(
            keys.erasure(erasure_id),
            keys.PROOF + quitclaim_id,
            erasure_id=erasure_id,
            quitclaim_id=quitclaim_id,
            expires_at=None if until is None else int(until.timestamp()),
        ).save()


def read_proofs(erasure_id: str) -> tuple[str, ...]:
    """What is kept, as long as it is."""
    found = ErasureProofItem.query(
        keys.erasure(erasure_id),
        ConsentItem.sk.startswith(keys.PROOF),
        consistent_read=True,
    )
    return tuple(item.quitclaim_id for item in found if is_kept(item))
