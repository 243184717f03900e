"""Deploys the CDK app to the running local cloud, as it is deployed to AWS.

The stock CDK command line reads the same app; only the environment differs. Deploying
takes half a minute, so it is skipped when nothing that goes into it has changed since.
What was deployed is remembered in the cloud itself, which forgets it with the stacks.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from local.addresses import tell_functions
from local.client import REGION, LocalCloud
from local.dropped_properties import set_dropped_properties
from local.environments import PYTHON, ROOT, LocalCloudError
from local.server import STATE
from tools.progress import CommandFailedError, Progress, run

INPUTS = (
    "build/layers*/*.stamp",  # each changes with what was built
    "cdk.json",
    "cdk/**/*",
    "functions/**/*",
    "layers/**/*",
    "statemachines/**/*",
    "web/**/*",
)
"""What goes into a deployment."""
APP = f"{sys.executable} -m cdk.app"
_CHOSEN = {
    "mail_from": "Beeldbank <beeld@beeldrecht.example>",
    "controller": "Gemeente Voorbeeldstad",
    "controller_contact": "privacy@voorbeeldstad.example",
}
"""What a deployment is asked for, of an invented municipality: without a sender no mail
would go out, and here it stays in the inbox; and people read who it is that asks."""
_DEPLOYED = "/beeldrecht/local/deployed"
_BOOTSTRAP_STACK = "CDKToolkit"
_EVERY_NODE = ",".join(map(str, range(20, 40)))
_QUIET = {
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": _EVERY_NODE,
    "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION": _EVERY_NODE,
    "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": _EVERY_NODE,
    "NODE_NO_WARNINGS": "1",
}
"""What the tools say about the age of Node is the set-up's business, not the demo's."""


def deploy(
    cloud: LocalCloud,
    *,
    app: str = APP,
    directory: Path = ROOT,
    output: Path = STATE / "cdk.out",
) -> bool:
    """Deploy every stack of the app; tell whether there was anything to do."""
    wanted = digest_of_inputs(directory)
    if _deployed(cloud) == wanted:
        return False
    if _BOOTSTRAP_STACK not in cloud.outputs():
        with tempfile.TemporaryDirectory() as nowhere:  # beside an app it is read first
            _cdk(cloud, Path(nowhere), "bootstrap", f"aws://{cloud.account}/{REGION}")
    everything = ("--all", "--require-approval", "never")
    where = ("--app", app, "--output", str(output), *_layers(), *_context())
    _cdk(cloud, directory, "deploy", *everything, *where)
    for stack in cloud.outputs():
        if stack != _BOOTSTRAP_STACK:
            set_dropped_properties(cloud, stack)
            tell_functions(cloud, stack)
    cloud.client("ssm").put_parameter(
        Name=_DEPLOYED, Value=wanted, Type="String", Overwrite=True
    )
    return True


def _context() -> tuple[str, ...]:
    return tuple(
        part
        for name, value in _CHOSEN.items()
        for part in ("--context", f"{name}={value}")
    )


def _layers() -> tuple[str, ...]:
    """The layers for the Python that functions run with here; AWS has 3.13 alone."""
    if PYTHON == "3.13":
        return ()
    return ("--context", f"layers_dir=build/layers-{PYTHON}")


def digest_of_inputs(directory: Path) -> str:
    """Give one name for all that goes into a deployment."""
    digest = hashlib.sha256()
    for path in sorted(_files(directory)):
        digest.update(str(path.relative_to(directory)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(directory: Path) -> Iterator[Path]:
    for pattern in INPUTS:
        for path in directory.glob(pattern):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _deployed(cloud: LocalCloud) -> str | None:
    parameters = cloud.client("ssm")
    try:
        return str(parameters.get_parameter(Name=_DEPLOYED)["Parameter"]["Value"])
    except parameters.exceptions.ParameterNotFound:
        return None


def _cdk(cloud: LocalCloud, directory: Path, *arguments: str) -> None:
    """Run the stock command line; what it says goes to a log, its last line is shown."""
    command: list[str | Path] = [ROOT / "node_modules/.bin/cdk", *arguments]
    foreign = {k: "" for k in os.environ if k.startswith("AWS_")}
    env = {**foreign, **cloud.env, **_QUIET} | {
        "CDK_DEFAULT_ACCOUNT": cloud.account,
        "CDK_DEFAULT_REGION": REGION,
        "CI": "true",
    }
    log = STATE / "deployment.log"
    progress = Progress(f"cdk {arguments[0]}")
    progress.start()
    try:
        run(command, progress, log, env, directory)
    except CommandFailedError as error:
        progress.failed()
        raise LocalCloudError(f"{error}\nAll of it is in {log}.") from error
    progress.done()
