"""IAM: the caller's ARN in a condition is that of the role, not of its session.

The key of the biometrics table answers two roles, known to its policy by name alone:
`ArnEquals aws:PrincipalArn arn:…:role/…`. At AWS that is the ARN of the role, however it
is used; the emulator gives the session's, `arn:…:sts::…:assumed-role/…/…`, which no
such policy matches.
"""

import re
from typing import Any

from ministack.core import iam_evaluator

from local.cloud.gaps import need
from local.cloud.settings import Settings

_SESSION = re.compile(r"arn:(aws[\w-]*):sts::(\d{12}):assumed-role/([^/]+)/.*")


def close(_: Settings) -> None:
    """Resolve aws:PrincipalArn as AWS does."""
    need(iam_evaluator, "_resolve_condition_key")
    resolve = iam_evaluator._resolve_condition_key

    def resolve_role(key: str, context: Any) -> Any:
        value = resolve(key, context)
        if key.lower() != "aws:principalarn" or not isinstance(value, str):
            return value
        return _SESSION.sub(r"arn:\1:iam::\2:role/\3", value)

    iam_evaluator._resolve_condition_key = resolve_role
