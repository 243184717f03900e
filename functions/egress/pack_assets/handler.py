"""Lambda entry of `pack_assets`: called by the staff API, which does not wait for it."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.export_files import ORDERED, ExportFiles
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.masks import Masker
from beeldrecht.adapters.packages import Packages
from beeldrecht.adapters.placed_renditions import PlacedRenderer, PlacedRenditions
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings
from egress.download_asset.step import Versions

from .step import Bench, Event, pack_assets


class PackAssetsSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    renditions_bucket: str
    exports_bucket: str
    mask_asset_arn: str
    render_asset_arn: str


_settings = PackAssetsSettings.read()
_region, _table = _settings.aws_region, _settings.library_table
_s3, _functions = clients.s3(_region), clients.functions(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_placed = PlacedRenditions(_s3, _settings.renditions_bucket)
_bench = Bench(
    packages=Packages(_table, _region, _trail),
    library=Library(_table, _region),
    register=ConsentRegister(_settings.consent_table, _region),
    bases=LegalBases(_table, _region, NoTrail()),
    versions=Versions(
        Masker(_functions, _settings.mask_asset_arn),
        _placed,
        PlacedRenderer(
            _functions, _settings.render_asset_arn, _s3, _settings.renditions_bucket
        ),
    ),
    disclosures=Disclosures(_table, _region, _trail),
    placed=_placed,
    files=ExportFiles(_s3, _settings.exports_bucket, folder=ORDERED),
    now=lambda: datetime.now(UTC),
    new_id=new_id,
)
_serving = serving_from(
    _settings.audit_table, _region, library=_table, consent=_settings.consent_table
)
_log = logger("pack_assets", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Parse, pack, answer; of a restored table nothing is given to anybody.

    What Lambda tries again goes by the same name, and takes up what it began.
    """
    _serving.check()
    result = pack_assets(Event.model_validate(event), context.aws_request_id, _bench)
    _log.info(
        "package made",
        outcome=result.outcome,
        pictures=result.pictures,
        left_out=result.left_out,
    )
    return result.model_dump(mode="json")
