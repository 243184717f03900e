"""Lambda: Python functions run under AWS's own runtime client, layers at /opt.

MiniStack runs a function in its own interpreter through a small script: every exception
becomes `Runtime.HandlerError`, so Retry and Catch by class never match; the process dies
of each error; layers are folders somewhere; and what the emulator or the developer has
installed can be imported. Here a function gets what it gets at AWS: `awslambdaric`,
Python 3.13, boto3, its own code, its layers bound to /opt (in a mount namespace of its
own), its own environment variables, and nothing else.

Where mounting is not allowed, layers stay in their folder: PYTHONPATH and every variable
that names something under /opt point there instead.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import ministack.core.lambda_runtime as workers
import ministack.services.lambda_svc as functions

from local.cloud.gaps import need
from local.cloud.layers import LayerCache, remove_unused
from local.cloud.settings import Settings

type Variables = dict[str, str]

BOOTSTRAP = Path(__file__).parents[1] / "bootstrap.sh"
_FROM_LAMBDA = ("AWS_", "_HANDLER", "LAMBDA_TASK_ROOT")
"""How the names of the variables begin that Lambda itself sets."""


def close(settings: Settings) -> None:
    """Send python functions to the HTTP runtime that MiniStack has for `provided`."""
    need(workers, "_worker_class_for", "ProvidedWorker", "Worker")
    need(workers.ProvidedWorker, "_build_handler_class", "_drain_stderr_bounded")
    need(functions, "_execute_function_warm", "_execute_function_provided_warm")
    need(functions, "_provided_worker_env", "_provided_runtime_code_dir")
    need(functions, "_resolve_layer_zip")
    worker_class, warm = workers._worker_class_for, functions._execute_function_warm
    code_dir = functions._provided_runtime_code_dir
    lambda_env = functions._provided_worker_env
    environment = _Environment(settings, LayerCache(settings.cache / "layers"))

    def worker_for(config: dict[str, Any]) -> Any:
        return workers.ProvidedWorker if _is_python(config) else worker_class(config)

    def execute(func: dict[str, Any], event: Any, request_id: str) -> Any:
        config = func.get("config") or func
        run = functions._execute_function_provided_warm if _is_python(config) else warm
        return run(func, event, request_id)

    def code_with_bootstrap(package: bytes) -> str:
        folder = str(code_dir(package))
        with suppress(FileExistsError):  # two cold starts at once share the folder
            Path(folder, "bootstrap").symlink_to(BOOTSTRAP)
        return folder

    def env_of(config: dict[str, Any], code: str, port: int) -> Variables:
        base: Variables = lambda_env(config, code, port)
        return environment.of(config, base, code) if _is_python(config) else base

    workers._worker_class_for = worker_for
    functions._execute_function_warm = execute
    functions._provided_runtime_code_dir = code_with_bootstrap
    functions._provided_worker_env = env_of
    _answer_at_once()


def _is_python(config: dict[str, Any]) -> bool:
    return str(config.get("Runtime", "")).startswith("python")


def _answer_at_once() -> None:
    """Save 40 ms of delayed acknowledgement and 50 ms of waiting for logs a call."""
    worker = workers.ProvidedWorker
    build, drain = worker._build_handler_class, worker._drain_stderr_bounded

    def build_prompt(self: Any, *args: Any) -> Any:
        handler = build(self, *args)
        handler.disable_nagle_algorithm = True
        handler.wbufsize = -1  # headers and body leave in one packet
        return handler

    def drain_promptly(self: Any, first_line_wait: float = 0.01) -> Any:
        # What a function prints is in the pipe before its answer is.
        return drain(self, first_line_wait=first_line_wait)

    worker._build_handler_class = build_prompt
    worker._drain_stderr_bounded = drain_promptly


class _Environment:
    """Builds the environment variables of functions."""

    def __init__(self, settings: Settings, layers: LayerCache) -> None:
        self._settings = settings
        self._layers = layers
        self._bytecode = settings.cache / "bytecode"
        remove_unused(self._bytecode)
        self._unshare = find_unshare() if settings.mount else None
        if self._unshare is None:
            sys.stdout.write("Layers are not mounted at /opt here; paths are mapped.\n")

    def of(self, config: dict[str, Any], base: Variables, code: str) -> Variables:
        """Give one function's variables: Lambda's, its own, and where its layers are."""
        own = (config.get("Environment") or {}).get("Variables") or {}
        kept = {k: v for k, v in base.items() if k in own or k.startswith(_FROM_LAMBDA)}
        layers = self._layers.merged(
            [(self._arn(layer), partial(functions._resolve_layer_zip, layer))
             for layer in config.get("Layers") or []]
        )  # fmt: skip
        env = kept | self._of_runtime(config)
        if layers is None:
            return env
        bytecode = self._bytecode / layers.name
        bytecode.mkdir(parents=True, exist_ok=True)
        os.utime(bytecode)
        env["PYTHONPYCACHEPREFIX"] = str(bytecode)
        return self._mounted(env, layers, code) if self._unshare else _mapped(env, layers)

    @staticmethod
    def _arn(layer: str | dict[str, Any]) -> str:
        return layer if isinstance(layer, str) else str(layer["Arn"])

    def _of_runtime(self, config: dict[str, Any]) -> Variables:
        return {
            "AWS_ENDPOINT_URL": self._settings.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{config['Runtime']}",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": config["LoggingConfig"]["LogGroup"],
            "HOME": "/nonexistent",  # no ~/.aws of the developer
            "LANG": "en_US.UTF-8",
            "LD_LIBRARY_PATH": "/opt/lib",
            "LOCAL_PYTHON": str(self._settings.runtime / "bin" / "python"),
            "PATH": f"{self._settings.runtime}/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin",
            "PYTHONNOUSERSITE": "1",
            "PYTHONPATH": "/opt/python/lib/python3.13/site-packages:/opt/python",
            "TZ": ":UTC",
        }

    def _mounted(self, env: Variables, layers: Path, code: str) -> Variables:
        return env | {
            "LOCAL_UNSHARE": str(self._unshare),
            "LOCAL_LAYERS": str(layers),
            "LOCAL_KEEP": " ".join(self._under_opt(code)),
        }

    def _under_opt(self, code: str) -> set[str]:
        """Name what a function needs of this machine's own /opt (CI's Python, say)."""
        needed = (Path(code), self._settings.runtime, self._settings.cache, BOOTSTRAP)
        interpreter = (self._settings.runtime / "bin" / "python").resolve()
        paths = [path.absolute() for path in (*needed, interpreter)]
        return {p.relative_to("/opt").parts[0] for p in paths if p.is_relative_to("/opt")}


def _mapped(env: Variables, layers: Path) -> Variables:
    env = {"MODELS_DIR": "/opt/models"} | env
    return {key: value.replace("/opt/", f"{layers}/") for key, value in env.items()}


def find_unshare() -> str | None:
    """Give the options with which `unshare` can mount here; None where it cannot."""
    for options in ("-m", "-rm"):
        if shutil.which("unshare") and _can_mount(options):
            return options
    return None


def _can_mount(options: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        attempt = subprocess.run(
            ["unshare", options, "--propagation", "private", str(BOOTSTRAP), "mounted"],
            env={
                "PATH": os.environ["PATH"],
                "LOCAL_LAYERS": folder,
                "LOCAL_PYTHON": "true",
            },
            capture_output=True,
            check=False,
        )
    return attempt.returncode == 0
