"""Install what Beeldrecht needs on this machine; `tools/setup.sh` starts it.

Safe to repeat, to interrupt and to start twice: a step runs only when its inputs changed,
its stamp comes last, and a second set-up waits for the first. With nothing to do it takes
a fraction of a second. Standard library only: it runs before anything is installed.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools import chromium, steps
from tools.progress import CommandFailedError
from tools.steps import CACHE, LOGS, ROOT, Command, Step

UV = CACHE / "tools/uv"
PYTHON = ROOT / ".venv/bin/python"
OLDEST_NODE = 20
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
INTERPRETER = f"{sys.executable} {sys.version}"


class UnfitMachineError(Exception):
    """Something is missing that a set-up cannot bring; the sentence says what to do."""


_WEB = ("staff", "web")
_DEMO = ("uv", "python", "node", *_WEB, "cloud", "models", "layers", "photos")
PURPOSES = {
    "lint": ("uv", "python", "node", *_WEB, "models", "layers"),
    "synth": ("uv", "python", "node", *_WEB, "models", "layers"),
    "bench": (*_DEMO, "composed", "chromium"),
    "demo": _DEMO,
    "test": (*_DEMO, "composed", "chromium"),
}
"""What each `make` target needs, in the order in which it is done."""


def all_steps() -> dict[str, Step]:
    """Return every step by name."""
    found = (
        Step("uv", "uv, which installs the rest", ("tools/uv.txt",), UV_BINARY, _uv),
        Step(
            "python",
            f"Python packages for {HERE}",
            ("pyproject.toml", "uv.lock"),
            (".venv/bin/python",),
            lambda: [
                [UV / "bin/uv", "sync", "--locked", "--no-progress", *_interpreter()]
            ],
            facts=lambda: [INTERPRETER],
            env={"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": ""},
        ),
        Step(
            "node",
            "Node packages",
            ("package.json", "package-lock.json"),
            ("node_modules/.bin/cdk",),
            lambda: [["npm", "ci", "--no-audit", "--no-fund"]],
        ),
        Step(
            "staff",
            "Node packages of the web app",
            ("web/staff/package.json", "web/staff/package-lock.json"),
            ("web/staff/node_modules/.bin/vite",),
            lambda: [["npm", "ci", "--no-audit", "--no-fund", "--prefix", "web/staff"]],
        ),
        Step(
            "web",
            "web app",
            WEB,
            ("build/web/index.html",),
            lambda: [[PYTHON, "-m", "tools.web"]],
        ),
        Step(
            "cloud",
            "local cloud",
            (
                "local/cloud/pyproject.toml",
                "local/cloud/uv.lock",
                "local/environments.py",
            ),
            (".cache/local-cloud/.lock", ".cache/lambda-runtime/.lock"),
            _cloud,
            facts=lambda: [INTERPRETER],
        ),
        Step(
            "models",
            "face models",
            ("layers/vision/*.py", "layers/vision/models.lock", "layers/vision/*.json"),
            ("build/models/yunet.onnx", "build/models/sface.onnx"),
            lambda: [[PYTHON, "-m", "layers.vision.prepare_models"]],
        ),
        Step(
            "layers",
            "Lambda layers",
            (
                *("uv.lock", "layers/*.py", "layers/*/python/**/*.py"),
                *(
                    "build/models/*.onnx",
                    "build/web/**/*.*",
                    "layers/mail/templates/**/*.mjml",
                ),
            ),
            LAYERS,
            _layers,
            facts=lambda: [HERE],
        ),
        Step(
            "photos",
            "photos for demo and tests",
            ("tools/photos.*", "tools/inert_backend/**/*.py"),
            (".cache/photos",),
            lambda: [[PYTHON, "-m", "tools.photos"]],
        ),
        Step(
            "composed",
            "group photos for tests and bench",
            ("tools/compose.py", "tools/photos.lock"),
            (".cache/photos/composed/trio.jpg", ".cache/photos/composed/turned-8.jpg"),
            lambda: [[PYTHON, "-m", "tools.compose"]],
        ),
        Step(
            "chromium",
            "Chromium for the browser tests",
            ("tools/chromium.py",),
            (),
            lambda: [[PYTHON, "-m", "tools.chromium"]],
            facts=lambda: [str(chromium.find())],
        ),
    )
    return {step.name: step for step in found}


WEB = (
    *("tools/web.py", "docs/api/openapi.json", "web/*.*", "web/subject/*.*"),
    *("web/staff/*.*", "web/staff/app/**/*.*", "web/staff/lib/**/*.*"),
    *("web/staff/parts/**/*.*", "web/staff/rooms/**/*.*"),
)
"""What the site is made of; the packages that it uses are far too many to look at."""
UV_BINARY = (".cache/tools/uv/bin/uv",)
LAYERS = tuple(
    f"build/layers/{name}.stamp"
    for name in (
        *("core", "deps", "vision", "opencv", "recognition", "formats"),
        *("documents", "sealing"),
        *("codes", "search", "mail", "site"),
    )
)


def _uv() -> Sequence[Command]:
    """Bootstrap uv with this Python's own pip, from pinned hashes.

    Made beside its place and renamed: the binary does not mind where it stands.
    """
    made = UV.with_name("uv.new")
    shutil.rmtree(made, ignore_errors=True)
    pip = ("-m", "pip", "install", "--disable-pip-version-check", "--require-hashes")
    return (
        [sys.executable, "-m", "venv", made],
        [
            made / "bin/python",
            *pip,
            "--only-binary",
            ":all:",
            "-r",
            ROOT / "tools/uv.txt",
        ],
        ["rm", "-rf", UV],
        ["mv", made, UV],
    )


def _interpreter() -> list[str]:
    return ["--python", sys.executable]


def _cloud() -> Sequence[Command]:
    """Have the local cloud make its two environments from its own lock."""
    ensure = "from local.environments import ensure_environments; ensure_environments()"
    return [[PYTHON, "-c", ensure]]


def _layers() -> Sequence[Command]:
    """Build the layers for AWS and, where that is another Python, those for here."""
    build: Command = [PYTHON, "-m", "layers.build"]
    if HERE == "3.13":
        return [build]
    print(f"layers: AWS gets 3.13; a second set for the local cloud runs on {HERE} here")
    return [build, [*build, "--python", HERE]]


def check_node() -> None:
    """Refuse a machine without Node 20, which the CDK needs; retried at no cost."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = ""
    if node and npm:
        version = subprocess.run(
            [node, "--version"], capture_output=True, text=True, check=False
        ).stdout.strip()
    major = re.match(r"v(\d+)\.", version)
    if major is None or int(major[1]) < OLDEST_NODE:
        has = f"this machine has {version}" if version else "this machine has none"
        raise UnfitMachineError(
            f"Beeldrecht needs Node {OLDEST_NODE} or newer with npm ({has}); get it with"
            " `nvm install 22`, `brew install node` or `apt-get install nodejs npm`"
        )


def set_up(purpose: str) -> None:
    """Carry out what the purpose needs and is not there yet."""
    began = time.monotonic()
    known = all_steps()
    wanted = [known[name] for name in PURPOSES[purpose]]
    if "node" in PURPOSES[purpose]:
        check_node()
    if all(step.is_done() for step in wanted):
        return
    with steps.alone():
        due = steps.carry_out(wanted)
    if due:
        print(f"setup: ready for `make {purpose}` in {time.monotonic() - began:.0f} s")


def main(arguments: Sequence[str]) -> int:
    """Set up for one purpose (`test`, which is everything, unless told otherwise)."""
    purpose = arguments[0] if arguments else "test"
    if purpose not in PURPOSES:
        print(f"setup: one of {', '.join(PURPOSES)}, not {purpose}", file=sys.stderr)
        return 2
    try:
        set_up(purpose)
    except (UnfitMachineError, CommandFailedError) as error:
        print(f"setup: {error}", file=sys.stderr)
        if isinstance(error, CommandFailedError):
            print(f"setup: the whole output is in {_name(LOGS)}/", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: interrupted; the next run goes on from here", file=sys.stderr)
        return 130
    return 0


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
