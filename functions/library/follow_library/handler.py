"""Lambda entry of `follow_library`: what changed in the library's table."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.index_builder import IndexBuilder
from beeldrecht.adapters.library_changes import is_urgent, subject_of
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import follow_library


class FollowLibrarySettings(Settings):
    """What this function is told."""

    library_table: str
    build_index_arn: str


_settings = FollowLibrarySettings.read()
_region = _settings.aws_region
_state = SearchState(_settings.library_table, _region)
_builder = IndexBuilder(clients.functions(_region), _settings.build_index_arn)
_log = logger("follow_library", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """A batch as a whole: what fails is delivered again, halved while it goes on failing.

    That a picture changed is said once for all its records of the batch.
    """
    records = event["Records"]
    subjects = frozenset(filter(None, map(subject_of, records)))
    urgent = any(map(is_urgent, records))
    result = follow_library(subjects, urgent, _state, _builder, datetime.now(UTC))
    _log.info("library followed", count=result.touched)
    return {"batchItemFailures": []}
