"""IAM: a schedule's ARN names the group that it is in.

At AWS a schedule is `schedule/<group>/<name>`, and a role may be let into one group
alone. The emulator takes every schedule for one of the group `default`, whatever the
request says, and so refuses who may only make schedules elsewhere.
"""

import json
from typing import Any
from urllib.parse import unquote

from ministack.core import iam_actions

from local.cloud.gaps import need
from local.cloud.settings import Settings

_DEFAULT = ":schedule/default/"


def close(_: Settings) -> None:
    """Put the group that a request names into the ARN of its schedule."""
    need(iam_actions, "extract_resource_arn")
    extract = iam_actions.extract_resource_arn

    def extract_with_group(*asked: Any) -> str:
        arn: str = extract(*asked)
        service, _, _, _, body, query = asked[:6]
        if service != "scheduler" or _DEFAULT not in arn:
            return arn
        before, _, name = arn.partition(_DEFAULT)
        return f"{before}:schedule/{_group(body, query)}/{unquote(name)}"

    iam_actions.extract_resource_arn = extract_with_group


def _group(body: bytes, query: dict[str, Any]) -> str:
    """The group that a request names: in its body, or where it has none in its query."""
    named = query.get("groupName")
    if isinstance(named, list):
        named = named[0] if named else None
    if named is None and body:
        try:
            said = json.loads(body)
        except ValueError:
            said = {}
        named = said.get("GroupName") if isinstance(said, dict) else None
    return str(named or "default")
