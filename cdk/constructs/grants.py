"""How a store gives a function what it needs, and how an exception is explained."""

from collections.abc import Mapping
from typing import Any, Protocol

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import Construct


class Grantee(Protocol):
    """Something with a role of its own."""

    def allow(
        self,
        sid: str,
        actions: list[str],
        resources: list[str],
        *,
        wildcard_reason: str | None = None,
        conditions: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        """Add one statement; a `*` in a resource needs its reason."""
        ...


def waive(scope: Construct, rule: str, reason: str) -> None:
    """Leave a cdk-nag rule unmet at this construct alone, with the reviewer's reason."""
    Validations.of(scope).acknowledge(Acknowledgment(id=rule, reason=reason))


def waive_wildcard(scope: Construct, resource: str, reason: str) -> None:
    """Let one statement name a family of resources (`…/originals/*`)."""
    flat = _flattened(Stack.of(scope).resolve(resource))
    waive(scope, f"AwsSolutions-IAM5[Resource::{flat}]", reason)


def _flattened(value: Any) -> str:
    """Write an ARN the way cdk-nag names it in a finding."""
    match value:
        case str():
            return value
        case {"Fn::Join": [separator, parts]}:
            return str(separator).join(_flattened(part) for part in parts)
        case {"Fn::ImportValue": name}:
            return _flattened(name)
        case {"Fn::GetAtt": [resource, attribute]}:
            return f"<{resource}.{attribute}>"
        case {"Ref": resource}:
            return f"<{resource}>"
    raise TypeError(f"no name for {value!r} in a finding")
