"""Synthesizes the real app over stand-in layers and code, so that no build is needed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from aws_cdk import App

from cdk.app import build
from cdk.checks.rendering import as_list, rendered
from cdk.constructs.functions import COMMANDS, FUNCTIONS, CommandSpec, FunctionSpec, Layer
from cdk.deployment import ROOT

type Resource = Mapping[str, Any]


def stand_ins(folder: Path) -> dict[str, str]:
    """Lay out one file per layer, and a handler or step with its neighbours."""
    for layer in Layer:
        (folder / "layers" / layer).mkdir(parents=True)
        (folder / "layers" / layer / "content.txt").write_text(layer)
    parts = ("step.py", "event.json", "__pycache__/step.pyc")
    for spec in FUNCTIONS:
        _write(folder, spec, "handler.py", *parts)
    for command in COMMANDS:
        _write(folder, command, *parts)
    return {
        "layers_dir": str(folder / "layers"),
        "functions_dir": str(folder / "functions"),
    }


def _write(folder: Path, spec: FunctionSpec | CommandSpec, *names: str) -> None:
    home = folder / "functions" / spec.stage / spec.folder
    (home / "__pycache__").mkdir(parents=True, exist_ok=True)
    for name in names:
        (home / name).write_text(f"{spec.folder}/{name}")


def app_with(folder: Path, context: Mapping[str, str]) -> App:
    """An app with the repository's own flags and this context; nothing built yet."""
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    return App(
        outdir=str(folder), context={**flags, **context}, analytics_reporting=False
    )


def synthesized(folder: Path, **context: str) -> "Assembly":
    """Build and synthesize the whole app; every check of synthesis runs."""
    app = app_with(folder / "out", {**stand_ins(folder), **context})
    deployment = build(app)
    app.synth()
    return Assembly(folder / "out", deployment.name, app)


@dataclass(frozen=True)
class Assembly:
    """What synthesis wrote."""

    folder: Path
    name: str
    app: App

    @cached_property
    def stores(self) -> "Template":
        """The stack that outlives updates."""
        return Template(self._read(f"{self.name}-Stores"))

    @cached_property
    def application(self) -> "Template":
        """The stack that can be made again."""
        return Template(self._read(self.name))

    @property
    def both(self) -> "list[Template]":
        """Both stacks."""
        return [self.stores, self.application]

    def _read(self, stack: str) -> Mapping[str, Any]:
        path = self.folder / f"{stack}.template.json"
        template: Mapping[str, Any] = json.loads(path.read_text())
        return template


@dataclass(frozen=True)
class Template:
    """One template, with its intrinsic functions folded into text."""

    raw: Mapping[str, Any]

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """Resources by logical id."""
        folded: Mapping[str, Resource] = rendered(self.raw["Resources"])
        return folded

    def of_type(self, kind: str) -> dict[str, Resource]:
        """The properties of every resource of a type, by logical id."""
        return {
            logical_id: resource.get("Properties", {})
            for logical_id, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def function(self, spec: FunctionSpec) -> Resource:
        """The properties of one function."""
        [found] = [
            properties
            for properties in self.of_type("AWS::Lambda::Function").values()
            if properties["Handler"] == spec.handler
        ]
        return found

    def role_of(self, spec: FunctionSpec) -> str:
        """The logical id of one function's role."""
        return str(self.function(spec)["Role"]).removeprefix("${").removesuffix(".Arn}")

    def statements(self, role: str) -> Iterator[Resource]:
        """Every statement of every policy of a role."""
        for policy in self.of_type("AWS::IAM::Policy").values():
            if f"${{{role}}}" in policy["Roles"]:
                yield from as_list(policy["PolicyDocument"]["Statement"])
        properties = self.resources[role]["Properties"]
        for inline in properties.get("Policies", []):
            yield from as_list(inline["PolicyDocument"]["Statement"])
        for name, policy in self.of_type("AWS::IAM::ManagedPolicy").items():
            if f"${{{name}}}" in properties.get("ManagedPolicyArns", []):
                yield from as_list(policy["PolicyDocument"]["Statement"])

    def managed_policy(self, construct: str) -> Resource:
        """The properties of the managed policy of a construct."""
        [found] = [
            policy
            for name, policy in self.of_type("AWS::IAM::ManagedPolicy").items()
            if name.startswith(construct)
        ]
        return found


def actions(statement: Resource) -> set[str]:
    """The actions of a statement."""
    return set(as_list(statement["Action"]))


def targets(statement: Resource) -> set[str]:
    """The resources of a statement."""
    return set(as_list(statement["Resource"]))
