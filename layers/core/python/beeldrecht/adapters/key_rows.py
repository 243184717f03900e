"""The rows of people's keys and templates: ended without ever being opened.

Whoever destroys keys has no use for what they seal. So this knows rows by their names
alone, and neither reads a wrapped key nor asks KMS for anything.
"""

from datetime import datetime

from . import keys
from .key_ring import KeyPurpose
from .traces import Traces
from .wiping import Wiper

_PROOF = keys.KEY + KeyPurpose.PROOF


class KeyRows:
    """Ends the keys of one person."""

    def __init__(self, traces: Traces, wiper: Wiper) -> None:
        self._traces = traces
        self._wiper = wiper

    def destroy(self, person_id: str, proof_until: datetime | None) -> int:
        """Delete every key and template; give how many. Safe to repeat.

        Keys go before what they seal. With `proof_until` the key of the proof ends then,
        and never later than it would have; without, it goes with the others.
        """
        rows = list(self._traces.secrets(person_id))
        rows.sort(key=lambda row: not row.part.startswith(keys.KEY))
        removed = 0
        for row in rows:
            if row.part == _PROOF and proof_until is not None:
                self._wiper.end(row, proof_until)
            else:
                removed += self._wiper.remove([row])
        return removed
