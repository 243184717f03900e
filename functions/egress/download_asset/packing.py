"""What putting a picture into a package has in common with giving that package away."""

import hashlib
import json
from dataclasses import asdict

from beeldrecht.domain.metadata import plain
from beeldrecht.domain.packages import Package, Packed

from .step import Event, Leaving, leaves_as_file


def use_of(package: Package, asset_id: str) -> Event:
    """The use of one picture of a package: the same version for it is one copy."""
    made = asdict(package.make) if package.make else {}
    return Event.model_validate(
        {
            "asset_id": asset_id,
            "actor_id": package.made_by,
            "channel": package.channel,
            "place": package.place,
            "since": package.made_at,
            "or_file": True,
            **made,
        }
    )


def packed_of(package: Package, leaving: Leaving) -> Packed:
    """How a picture would be put in, by what was decided; or the file that is none."""
    record = leaving.record
    said = json.dumps(plain(record.description), sort_keys=True, default=str)
    return Packed(
        asset_id=record.asset_id,
        version_id=record.original.version_id if record.original else "",
        covered=leaving.covered,
        described=hashlib.sha256(said.encode()).hexdigest(),
        as_file=leaves_as_file(use_of(package, record.asset_id), leaving),
    )
