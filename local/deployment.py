"""Deploys the CDK app to the running local cloud, as it is deployed to AWS.

The stock CDK command line reads the same app; only the environment differs. Deploying
takes half a minute, so it is skipped when nothing that goes into it has changed since.
What was deployed is remembered in the cloud itself, which forgets it with the stacks.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from local.client import REGION, LocalCloud
from local.dropped_properties import set_dropped_properties
from local.environments import ROOT, LocalCloudError
from local.server import STATE

INPUTS = (
    "build/layers/*.stamp",  # each changes with what was built
    "cdk.json",
    "cdk/**/*",
    "functions/**/*",
    "layers/**/*",
    "statemachines/**/*",
)
"""What goes into a deployment."""
APP = f"{sys.executable} -m cdk.app"
_DEPLOYED = "/beeldrecht/local/deployed"
_BOOTSTRAP_STACK = "CDKToolkit"


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
    where = ("--app", app, "--output", str(output))
    _cdk(cloud, directory, "deploy", *everything, *where)
    for stack in cloud.outputs():
        if stack != _BOOTSTRAP_STACK:
            set_dropped_properties(cloud, stack)
    cloud.client("ssm").put_parameter(
        Name=_DEPLOYED, Value=wanted, Type="String", Overwrite=True
    )
    return True


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
    command = [str(ROOT / "node_modules" / ".bin" / "cdk"), *arguments]
    env = cloud.process_env() | {
        "CDK_DEFAULT_ACCOUNT": cloud.account,
        "CDK_DEFAULT_REGION": REGION,
        "CI": "true",
    }
    if subprocess.run(command, cwd=directory, env=env, check=False).returncode:
        raise LocalCloudError(f"`cdk {arguments[0]}` failed; see above.")
