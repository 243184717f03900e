"""Lambda entry of `erase_picture`: a state of `erase_person` and `erase_asset`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.masked_pictures import MaskedPictures
from beeldrecht.adapters.messages import Clearance
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.versions import Versions
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.pixels import FullSize
from beeldrecht.runtime.settings import Settings

from .covering import Cover
from .step import Event, Workshop, erase_picture


class ErasePictureSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    originals_bucket: str
    renditions_bucket: str
    exports_bucket: str
    clear_asset_arn: str
    pixel_limit: int


_settings = ErasePictureSettings.read()
_region = _settings.aws_region
_dynamodb, _s3 = clients.dynamodb(_region), clients.s3(_region)
_places = Places.of(_settings.model_dump())
_trail = AuditTrail(_settings.audit_table, _region)
_originals = Originals(_s3, _settings.originals_bucket)
_renditions = Renditions(_s3, _settings.renditions_bucket)
_shop = Workshop(
    erasures=Erasures(_settings.consent_table, _region, _trail),
    library=Library(_settings.library_table, _region),
    masked=MaskedPictures(_settings.library_table, _region, _trail),
    originals=_originals,
    renditions=_renditions,
    pixels=FullSize(_originals, _renditions),
    cover=Cover(_settings.pixel_limit),
    traces=Traces(_dynamodb, _s3, _places),
    wiper=Wiper(_dynamodb, _s3, _places),
    versions=Versions(_settings.library_table, _region),
    index=SearchState(_settings.library_table, _region),
    clearance=Clearance(clients.step_functions(_region), _settings.clear_asset_arn),
    trail=_trail,
)
_log = logger("erase_picture", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, mask or delete, answer."""
    result = erase_picture(Event.model_validate(event), _shop, datetime.now(UTC))
    _log.info("picture erased", asset_id=result.asset_id, outcome=result.outcome)
    return result.model_dump(mode="json")
