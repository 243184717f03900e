"""The templates of a deployment, for the functions that compare under a permit.

How a template is turned is the recognition layer's, which this layer does not know: those
functions carry it and hand it over.
"""

from datetime import UTC, datetime

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.rotations import Rotations, Turn

from . import clients


def kept_templates(
    region: str,
    table: str,
    key_arn: str,
    turn: Turn,
    turn_back: Turn,
    trail: AuditTrail | None = None,
) -> Templates:
    """Templates as they lie in their table: turned, and sealed with each one's key.

    `trail` is for who writes there, since a template comes with its entry.
    """
    kms = clients.kms(region)
    return Templates(
        KeyRing(table, region, kms, key_arn, KeyPurpose.BIOMETRIC),
        trail=trail,
        rotations=Rotations(kms, key_arn, lambda: datetime.now(UTC), turn, turn_back),
    )
