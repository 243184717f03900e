"""Write the templates: `python -m cdk.app`, which is what `cdk synth` runs."""

if not __package__:
    raise SystemExit(
        "Run `python -m cdk.app` from the root of the repository. As a script, this "
        "folder's `constructs` would hide the package that CDK itself is built on."
    )

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from cdk.checks.plugin import BoundedRoles, RegionPin, refuse_unpinned
from cdk.checks.region import Finding, template_findings
from cdk.checks.roles import unbounded_roles
from cdk.deployment import Deployment, DeploymentError, deployment_from
from cdk.stacks.application import ApplicationStack
from cdk.stacks.stores import StoresStack


def build(app: App) -> Deployment:
    """Add both stacks and every check to an app. Raises DeploymentError."""
    deployment = deployment_from(app.node)
    stores = StoresStack(app, deployment=deployment)
    application = ApplicationStack(app, deployment=deployment, stores=stores.stores)
    application.add_stack_dependency(stores)
    refuse_unpinned(app, deployment.region)
    Validations.of(app).add_plugins(
        AwsSolutionsChecks(app, verbose=True),
        RegionPin(deployment.region),
        BoundedRoles(),
    )
    return deployment


def escapes(assembly: Path, region: str) -> list[Finding]:
    """What breaks R19 in the templates of a written assembly.

    Read once more here because CDK lets any construct acknowledge what a plugin finds,
    and can be told to skip plugins. R19 has no exceptions.
    """
    return [
        finding
        for template in _templates(assembly)
        for finding in template_findings(template, region)
    ]


def unbounded(assembly: Path) -> list[Finding]:
    """The roles without a boundary in a written assembly; nobody can acknowledge them."""
    return [
        finding
        for template in _templates(assembly)
        for finding in unbounded_roles(template)
    ]


def _templates(assembly: Path) -> Iterator[Mapping[str, Any]]:
    for path in sorted(assembly.glob("*.template.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def main() -> int:
    """Synthesize; 0 only when every check passed."""
    app = App(analytics_reporting=False)
    try:
        deployment = build(app)
    except DeploymentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    assembly = app.synth()
    written = Path(assembly.directory)
    found = [*escapes(written, deployment.region), *unbounded(written)]
    for finding in found:
        sys.stderr.write(f"{finding.id}: {finding.path} {finding.message}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
