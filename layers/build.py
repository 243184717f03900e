"""Build the Lambda layers: `python -m layers.build [--python 3.12] [layer …]`.

Locked wheels (with their hashes, nothing compiled by hand) are installed for Lambda's
platform, trimmed of what no function runs (`layers.definitions` says what and why), and
put together with our own packages and models below `build/layers/<layer>/`, the content
of `/opt`. The same directories go to AWS and are mounted by the local cloud, so what was
tried here is what runs there. The one exception: when this machine has only Python 3.12,
compiled wheels for 3.13 do not load, so the local cloud gets a second set,
`build/layers-3.12/`; AWS gets 3.13 always.

A retry is safe: each directory is made beside its place and renamed, and its stamp
(`build/layers/<layer>.stamp`, a digest of every input) is written last. The output is
deterministic (names, modes, times, bytecode), so an unchanged layer keeps its asset hash.
Modules are shipped with their bytecode: `/opt` cannot be written, so every cold start
would compile them anew (numpy and onnxruntime: 0.15 s instead of 0.4 to 0.55).
"""

import argparse
import compileall
import hashlib
import os
import py_compile
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from layers import mails
from layers.definitions import AWS_PYTHON, LAYERS, PLATFORM, TRIMS, Layer

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "build/models"
PACKAGES = ROOT / ".cache/layers"
ZIP_EPOCH = 315_532_800  # 1980-01-01: the earliest time a ZIP entry can carry
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


class LayerBuildError(Exception):
    """A layer cannot be built; the sentence says what to do."""


def layers_directory(python: str = AWS_PYTHON) -> Path:
    """Return the directory that holds the layers built for this Python version."""
    return ROOT / ("build/layers" if python == AWS_PYTHON else f"build/layers-{python}")


def is_current(layer: Layer, python: str = AWS_PYTHON) -> bool:
    """Return whether the layer is built, and from the inputs as they are now."""
    destination = layers_directory(python) / layer.name
    return destination.is_dir() and _read(_stamp(destination)) == _digest(layer, python)


def build(layer: Layer, python: str = AWS_PYTHON) -> bool:
    """Build one layer if an input changed; return whether it was built.

    Safe to repeat, and to interrupt: the finished directory replaces the old one in one
    rename, and only then is the stamp written.
    """
    if is_current(layer, python):
        return False
    digest = _digest(layer, python)
    destination = layers_directory(python) / layer.name
    stamp = _stamp(destination)
    scratch = destination.with_name(f".{layer.name}.{os.getpid()}")
    shutil.rmtree(scratch, ignore_errors=True)
    modules = scratch / "python"
    if layer.group is not None or layer.packages:
        modules.mkdir(parents=True)
    if layer.group is not None:
        _link_tree(_packages(layer, python), modules)
    for package in layer.packages:
        target = modules / package
        shutil.copytree(
            _source(layer, package), target, ignore=shutil.ignore_patterns("__pycache__")
        )
        _compile(target, modules, python)
    if layer.models:
        (scratch / "models").mkdir()
    for model in layer.models:
        shutil.copyfile(_model(model), scratch / "models" / model)
    if layer.folder:
        folder = _folder(layer.folder)
        shutil.copytree(folder, scratch / folder.name)
    if layer.mails:
        _compile_mails(scratch / "mails")
    _normalise(scratch)
    stamp.unlink(missing_ok=True)
    _replace(scratch, destination)
    _write(stamp, digest)
    return True


def size(layer: str, python: str = AWS_PYTHON) -> int:
    """Return the unzipped size of a built layer in bytes, as AWS counts it."""
    return sum(path.stat().st_size for path in files(layers_directory(python) / layer))


def _stamp(destination: Path) -> Path:
    return destination.with_name(f"{destination.name}.stamp")


def _digest(layer: Layer, python: str) -> str:
    """Digest everything that decides the layer's content."""
    inputs = hashlib.sha256(f"{python} {_compiler(python)} {layer}\n".encode())
    if layer.group is not None:
        inputs.update(_packages_key(layer, python).encode())
    else:
        inputs.update(Path(__file__).read_bytes())
    for package in layer.packages:
        source = _source(layer, package)
        for path in files(source):
            inputs.update(f"{path.relative_to(source)}\n".encode())
            inputs.update(hashlib.sha256(path.read_bytes()).digest())
    for model in layer.models:
        inputs.update(hashlib.sha256(_model(model).read_bytes()).digest())
    if layer.folder:
        for path in files(_folder(layer.folder)):
            inputs.update(f"{path.relative_to(ROOT)}\n".encode())
            inputs.update(hashlib.sha256(path.read_bytes()).digest())
    if layer.mails:
        inputs.update(f"{mails.compiler()}\n".encode())
        for path in (Path(mails.__file__), *files(mails.SOURCE)):
            inputs.update(f"{path.relative_to(ROOT)}\n".encode())
            inputs.update(hashlib.sha256(path.read_bytes()).digest())
    return inputs.hexdigest()


def _compile_mails(target: Path) -> None:
    try:
        mails.compile_all(target)
    except mails.TemplateError as error:
        raise LayerBuildError(f"a template of a mail: {error}") from error


def _source(layer: Layer, package: str) -> Path:
    source = ROOT / "layers" / layer.name / "python" / package
    if not source.is_dir():
        raise LayerBuildError(f"layer {layer.name} needs {source.relative_to(ROOT)}")
    return source


def _folder(name: str) -> Path:
    folder = ROOT / name
    if not folder.is_dir():
        raise LayerBuildError(f"{name} is missing; `make setup` builds it")
    return folder


def _model(name: str) -> Path:
    model = MODELS / name
    if not model.is_file():
        raise LayerBuildError(
            f"build/models/{name} is missing; `make setup` fetches and checks the models"
        )
    return model


# --- third-party packages -------------------------------------------------------------


def _packages(layer: Layer, python: str) -> Path:
    """Return the layer's trimmed third-party tree, installing it when it is not there.

    Kept apart from the finished layer, so that a change of our own code costs a copy.
    """
    tree = PACKAGES / _packages_key(layer, python)
    if tree.is_dir():
        return tree
    scratch = tree.with_name(f".{tree.name}.{os.getpid()}")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    _install(_requirements(layer), scratch, python)
    _trim(scratch)
    _compile(scratch, scratch, python)
    _normalise(scratch)
    _replace(scratch, tree)
    for old in PACKAGES.glob(f"{layer.name}-{python}-*"):
        if old != tree:
            shutil.rmtree(old)
    return tree


def _packages_key(layer: Layer, python: str) -> str:
    """Name the tree after everything that decides it."""
    key = hashlib.sha256()
    for part in (_lock(), *(str(trim) for trim in TRIMS), str(layer.without)):
        key.update(part.encode())
    key.update(Path(__file__).read_bytes())
    return f"{layer.name}-{python}-{_compiler(python)}-{key.hexdigest()[:12]}"


def _compiler(python: str) -> str:
    """Name who makes the bytecode: only an interpreter of the version it is for can."""
    return "bytecode" if python == THIS_PYTHON else "source"


@cache
def _lock() -> str:
    return (ROOT / "uv.lock").read_text()


def _requirements(layer: Layer) -> str:
    """Return the layer's locked requirements with every wheel's hash."""
    group = ["--only-group", layer.group] if layer.group else ["--no-default-groups"]
    without = [f"--no-emit-package={left.what}" for left in layer.without]
    return _uv("export", "--locked", "--quiet", "--no-header", *group, *without)


def _install(requirements: str, target: Path, python: str) -> None:
    """Install wheels for Lambda's platform, whatever this machine is.

    Files are copied, not linked: trimming and normalising must not reach uv's cache.
    """
    _uv(
        *("pip", "install", "--quiet", "--no-deps", "--require-hashes"),
        *("--only-binary", ":all:", "--link-mode", "copy", "--python", sys.executable),
        *("--python-platform", PLATFORM, "--python-version", python),
        *("--target", str(target), "--requirement", "-"),
        given=requirements,
    )


def _uv(*arguments: str, given: str | None = None) -> str:
    uv = ROOT / ".cache/tools/uv/bin/uv"
    if not uv.is_file():
        raise LayerBuildError("uv is missing; `make setup` installs it")
    done = subprocess.run(
        [uv, *arguments],
        cwd=ROOT,
        input=given,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise LayerBuildError(f"uv {arguments[0]} failed:\n{done.stderr.strip()}")
    return done.stdout


def _trim(tree: Path) -> None:
    """Remove what `TRIMS` lists, and the long descriptions of the packages."""
    for trim in TRIMS:
        for path in sorted(tree.glob(trim.what)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    for metadata in tree.glob("*.dist-info/METADATA"):
        # Version and licence are read at run time and by auditors; the rest is a README.
        metadata.write_text(metadata.read_text().partition("\n\n")[0] + "\n")


# --- one deterministic tree -----------------------------------------------------------


def _compile(tree: Path, modules: Path, python: str) -> None:
    """Add bytecode that is never checked against its source, both being read-only."""
    if _compiler(python) == "source":
        return
    compiled = compileall.compile_dir(
        tree,
        maxlevels=64,
        quiet=2,
        ddir=str(Path("/opt/python") / tree.relative_to(modules)),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise LayerBuildError(f"a module below {tree} does not compile")


def _normalise(tree: Path) -> None:
    """Give every file the same owner-neutral mode and the same time."""
    for directory, _, names in os.walk(tree, topdown=False):
        for name in names:
            path = Path(directory, name)
            path.chmod(0o755 if path.suffix == ".so" or ".so." in name else 0o644)
            os.utime(path, (ZIP_EPOCH, ZIP_EPOCH))
        Path(directory).chmod(0o755)
        os.utime(directory, (ZIP_EPOCH, ZIP_EPOCH))


def _link_tree(source: Path, target: Path) -> None:
    """Link the files of one tree into another; copy where links are impossible."""
    try:
        shutil.copytree(source, target, copy_function=os.link, dirs_exist_ok=True)
    except (OSError, shutil.Error):
        shutil.rmtree(target)
        shutil.copytree(source, target)


def files(tree: Path) -> Iterator[Path]:
    """Yield the files of a tree in a fixed order, without a checkout's own bytecode."""
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not (
            path.suffix == ".pyc" and tree.is_relative_to(ROOT / "layers")
        ):
            yield path


def _replace(scratch: Path, destination: Path) -> None:
    """Put a finished directory in its place; a reader sees the old one or the new one."""
    old = destination.with_name(f".{destination.name}.old.{os.getpid()}")
    if destination.exists():
        destination.rename(old)
    scratch.rename(destination)
    shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> str:
    return path.read_text().strip() if path.is_file() else ""


def _write(path: Path, text: str) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(text + "\n")
    scratch.rename(path)


# --- command line ---------------------------------------------------------------------


def _sweep(directory: Path) -> None:
    """Remove what interrupted builds left behind."""
    for leftover in directory.glob(".*.*") if directory.is_dir() else ():
        if leftover.is_dir() and not _alive(leftover.name.rpartition(".")[2]):
            shutil.rmtree(leftover, ignore_errors=True)


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def build_all(layers: Iterable[Layer], python: str) -> None:
    """Build the layers that changed, and print one line for each of them."""
    _sweep(layers_directory(python))
    _sweep(PACKAGES)
    for layer in layers:
        began = time.monotonic()
        if build(layer, python):
            mebibytes = size(layer.name, python) / 2**20
            seconds = time.monotonic() - began
            print(f"layer {layer.name}: {mebibytes:.1f} MiB, {seconds:.1f} s", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the named layers, or all of them; 1 with one sentence when that fails."""
    names = {layer.name: layer for layer in LAYERS}
    parser = argparse.ArgumentParser(prog="python -m layers.build", description=__doc__)
    parser.add_argument("layer", nargs="*", help=f"any of {', '.join(names)}; else all")
    parser.add_argument(
        "--python",
        default=AWS_PYTHON,
        help=f"build for this version (AWS runs {AWS_PYTHON}; others are for here only)",
    )
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.layer) - set(names)):
        parser.error(f"unknown layer: {', '.join(unknown)}")
    try:
        build_all([names[name] for name in given.layer or names], given.python)
    except LayerBuildError as error:
        print(f"layers: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
