"""Our own checks as a part of synthesis, which fails where they find something."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsii
from aws_cdk import (
    App,
    IPolicyValidationContext,
    IPolicyValidationPlugin,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
    Stack,
    Token,
)

from cdk.checks.region import Finding, template_findings
from cdk.checks.roles import unbounded_roles
from cdk.deployment import DeploymentError


@jsii.implements(IPolicyValidationPlugin)
class RegionPin:
    """Reads every synthesized template, and reports what breaks R19."""

    def __init__(self, region: str) -> None:
        self._region = region

    @property
    def name(self) -> str:
        """How the report calls this check."""
        return "beeldrecht-region-pin"

    @property
    def version(self) -> str:
        """The version of the rules."""
        return "1.0.0"

    @property
    def rule_ids(self) -> list[str]:
        """Left open: the findings name their rules."""
        return []

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Check all templates of the app."""
        violations = [
            violation
            for path in context.template_paths
            for violation in _violations(
                path, template_findings(_read(path), self._region)
            )
        ]
        return PolicyValidationPluginReport(success=not violations, violations=violations)


@jsii.implements(IPolicyValidationPlugin)
class BoundedRoles:
    """Reads every synthesized template, and reports roles without their boundary."""

    @property
    def name(self) -> str:
        """How the report calls this check."""
        return "beeldrecht-bounded-roles"

    @property
    def version(self) -> str:
        """The version of the rules."""
        return "1.0.0"

    @property
    def rule_ids(self) -> list[str]:
        """Left open: the findings name their rules."""
        return []

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Check all templates of the app."""
        violations = [
            violation
            for path in context.template_paths
            for violation in _violations(path, unbounded_roles(_read(path)))
        ]
        return PolicyValidationPluginReport(success=not violations, violations=violations)


def refuse_unpinned(app: App, region: str) -> None:
    """Raise DeploymentError when a stack is not pinned to the one Region."""
    for construct in app.node.find_all():
        if not isinstance(construct, Stack):
            continue
        if Token.is_unresolved(construct.region) or construct.region != region:
            raise DeploymentError(
                f"stack {construct.stack_name} is not pinned to {region} (R19)"
            )


def _read(path: str) -> dict[str, Any]:
    template: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return template


def _violations(path: str, findings: Iterable[Finding]) -> list[PolicyViolation]:
    by_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.id, finding.message].append(finding)
    return [
        PolicyViolation(
            rule_name=rule,
            description=message,
            severity="error",
            violating_resources=[
                PolicyViolatingResource(
                    resource_logical_id=finding.logical_id,
                    template_path=path,
                    locations=[finding.path],
                )
                for finding in found
            ],
        )
        for (rule, message), found in by_rule.items()
    ]
