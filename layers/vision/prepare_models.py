"""Make the run-time models out of the files that models.lock pins.

`python -m layers.vision.prepare_models` writes `build/models/yunet.onnx` and
`build/models/sface.onnx`. Safe to run again and at the same time: a model that is up to
date is left alone, and files appear whole or not at all. A model that fails its golden
check is not written.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from layers.vision.convert_sface import UnexpectedNetworkError, convert_sface
from layers.vision.convert_yunet import convert_yunet
from layers.vision.golden import GoldenMismatchError, check_sface, check_yunet
from layers.vision.model_lock import read_lock
from layers.vision.model_sources import (
    ModelUnavailableError,
    WrongContentError,
    get_model,
    sha256_of,
    write_atomically,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.vision.model_lock import LockedModel, Source

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCK = HERE / "models.lock"
_STAMP = "models.json"
# What decides the content of the outputs: a change in any of these makes them stale.
_RECIPE = ("convert_yunet.py", "convert_sface.py", "golden.py", "golden.json")

_STEPS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], None]]] = {
    "yunet": (convert_yunet, check_yunet),
    "sface": (convert_sface, check_sface),
}


def prepare_models(
    output: Path,
    cache: Path,
    lock: Path = LOCK,
    fetch: Callable[[Source], bytes] | None = None,
) -> list[Path]:
    """Bring all models up to date in `output`; return the paths that were written."""
    stamp_path = output / _STAMP
    stamp = json.loads(stamp_path.read_text("utf-8")) if stamp_path.exists() else {}
    written = []
    for model in read_lock(lock).values():
        target = output / f"{model.name}.onnx"
        recipe = _recipe(model)
        if _is_current(target, recipe, stamp.get(model.name)):
            continue
        convert, check = _STEPS[model.name]
        converted = convert(get_model(model, cache, fetch))
        check(converted)
        write_atomically(target, converted)
        # The stamp comes last: a stop in between makes the next run do it again.
        stamp[model.name] = {"recipe": recipe, "sha256": sha256_of(converted)}
        write_atomically(stamp_path, json.dumps(stamp, indent=2).encode())
        written.append(target)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Run as a command; a refused model is one sentence on stderr and exit code 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build/models")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/models")
    options = parser.parse_args(arguments)
    try:
        written = prepare_models(options.output, options.cache)
    except (
        GoldenMismatchError,
        ModelUnavailableError,
        UnexpectedNetworkError,
        WrongContentError,
    ) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path in written:
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
    if not written:
        sys.stdout.write("The models are up to date.\n")
    return 0


def _recipe(model: LockedModel) -> str:
    parts = [model.sha256, *(sha256_of((HERE / name).read_bytes()) for name in _RECIPE)]
    return sha256_of("\n".join(parts).encode())


def _is_current(target: Path, recipe: str, stamp: dict[str, str] | None) -> bool:
    return (
        stamp is not None
        and stamp["recipe"] == recipe
        and target.exists()
        and sha256_of(target.read_bytes()) == stamp["sha256"]
    )


if __name__ == "__main__":
    sys.exit(main())
