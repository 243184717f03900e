"""Lambda entry of `search_library`: every search of who signed in."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.claims import Claims
from beeldrecht.adapters.collections import Collections
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.saved_searches import SavedSearches
from beeldrecht.adapters.search_documents import SearchSource
from beeldrecht.adapters.search_files import IndexFiles
from beeldrecht.adapters.search_index import SearchIndex
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings

from .app import build


class SearchLibrarySettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    exports_bucket: str


@dataclass(frozen=True, slots=True)
class Services:
    """Everything, wired to the tables and the bucket of this deployment."""

    index: SearchIndex
    library: Library
    register: ConsentRegister
    bases: LegalBases
    collections: Collections
    searches: SavedSearches
    claims: Claims
    now: Callable[[], datetime]
    new_id: Callable[[], str]


def _now() -> datetime:
    return datetime.now(UTC)


_settings = SearchLibrarySettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_tables = (_settings.library_table, _region)
_library = Library(*_tables, _trail)
_collections = Collections(*_tables, _trail)
_services = Services(
    index=SearchIndex(
        SearchState(*_tables),
        IndexFiles(clients.s3(_region), _settings.exports_bucket),
        SearchSource(*_tables, _library.session, _collections.find),
        Path(tempfile.mkdtemp(prefix="search-")),
        _now,
    ),
    library=_library,
    register=ConsentRegister(_settings.consent_table, _region, _trail),
    bases=LegalBases(*_tables, _trail),
    collections=_collections,
    searches=SavedSearches(*_tables),
    claims=Claims(*_tables),
    now=_now,
    new_id=new_id,
)
_log = logger("search_library", _settings.log_level)
_serving = serving_from(
    _settings.audit_table,
    _region,
    library=_settings.library_table,
    consent=_settings.consent_table,
)
_api = build(_services, _log, _serving.check)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return _api.answer(event, context)
