"""Lambda entry of `build_index`: every hour, and whenever it is asked for."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.search_documents import SearchSource
from beeldrecht.adapters.search_files import IndexFiles
from beeldrecht.adapters.search_index import SearchIndex
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings

from .step import Workshop, build_index


class BuildIndexSettings(Settings):
    """What this function is told."""

    library_table: str
    audit_table: str
    exports_bucket: str


def _now() -> datetime:
    return datetime.now(UTC)


_settings = BuildIndexSettings.read()
_region = _settings.aws_region
_tables = (_settings.library_table, _region)
_trail = AuditTrail(_settings.audit_table, _region)
_state = SearchState(*_tables)
_files = IndexFiles(clients.s3(_region), _settings.exports_bucket)
_source = SearchSource(
    *_tables, Library(*_tables, _trail).session, Collections(*_tables, _trail).find
)
_folder = Path(tempfile.mkdtemp(prefix="index-"))
_shop = Workshop(
    state=_state,
    files=_files,
    copies=SearchIndex(_state, _files, _source, _folder, _now),
    source=_source,
    new_id=new_id,
    now=_now,
)
_log = logger("build_index", _settings.log_level)
_serving = serving_from(_settings.audit_table, _region, library=_settings.library_table)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Make the next generation; the counts are the answer."""
    _serving.check()
    result = build_index(_shop)
    _log.info("index built", outcome=result.outcome.value, count=result.taken)
    return result.model_dump(mode="json")
