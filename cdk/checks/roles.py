"""No role without the boundary: read from the templates, whatever wrote them."""

from collections.abc import Mapping
from typing import Any

from cdk.checks.region import Finding
from cdk.checks.rendering import rendered

BOUNDARY = "NoBoundary"
_PRINCIPALS = ("AWS::IAM::Role", "AWS::IAM::User")


def unbounded_roles(template: Mapping[str, Any]) -> list[Finding]:
    """Every role or user of one template that the boundary of it does not bound."""
    resources: Mapping[str, Mapping[str, Any]] = rendered(template.get("Resources", {}))
    policies = {
        f"${{{logical_id}}}"
        for logical_id, resource in resources.items()
        if resource.get("Type") == "AWS::IAM::ManagedPolicy"
        and logical_id.startswith("Boundary")
    }
    return [
        Finding(
            BOUNDARY,
            logical_id,
            f"Resources/{logical_id}/Properties/PermissionsBoundary",
            "may do whatever it is ever granted: its deployment's boundary is missing",
        )
        for logical_id, resource in sorted(resources.items())
        if resource.get("Type") in _PRINCIPALS
        and resource.get("Properties", {}).get("PermissionsBoundary") not in policies
    ]
