"""Lambda entry of `picture_export`: a state of `export_person`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.export_files import ExportFiles
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Renditions
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings

from .covering import Covering
from .step import Covers, Event, OnlyFaces, picture_export


class PictureExportSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    renditions_bucket: str
    exports_bucket: str
    pixel_limit: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Wired:
    """The shelf, over the stores of this deployment."""

    library: Library
    renditions: Renditions
    register: ConsentRegister
    bases: LegalBases
    disclosures: Disclosures
    trail: AuditTrail
    cover: Covers
    only: OnlyFaces
    parts: ExportFiles


_settings = PictureExportSettings.read()
_region, _table = _settings.aws_region, _settings.library_table
_s3 = clients.s3(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_covering = Covering(_settings.pixel_limit)
_shelf = Wired(
    library=Library(_table, _region),
    renditions=Renditions(_s3, _settings.renditions_bucket),
    register=ConsentRegister(_settings.consent_table, _region),
    bases=LegalBases(_table, _region, NoTrail()),
    disclosures=Disclosures(_table, _region, _trail, Retention(_table, _region)),
    trail=_trail,
    cover=_covering.cover,
    only=_covering.only,
    parts=ExportFiles(_s3, _settings.exports_bucket),
)
_serving = serving_from(
    _settings.audit_table, _region, library=_table, consent=_settings.consent_table
)
_log = logger("picture_export", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, cover, answer; of a restored table nothing is given to anybody."""
    _serving.check()
    result = picture_export(Event.model_validate(event), _shelf, datetime.now(UTC))
    _log.info("pictures of an export made", outcome=result.outcome, batch=result.batch)
    return result.model_dump(mode="json")
