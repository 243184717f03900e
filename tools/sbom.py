"""Write down what the software is made of: `python -m tools.sbom`, or `make sbom`.

CycloneDX, one file for what is deployed and one for each tool chain, in `build/sbom/`:

- `deployed.cdx.json`: the packages of the layers, the libraries that their wheels carry
  inside, and the models; what people's pictures really meet;
- `tools.cdx.json`, `local-cloud.cdx.json`: the Python that builds and tests;
- one file for each `package-lock.json`.

The packages, their hashes and who needs whom come from the locks, through uv and npm. The
licences come from the packages' own metadata; what that does not say is in the tables
below, read from the files that travel with the code.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from layers.build import layers_directory
from layers.definitions import LAYERS, Layer
from layers.vision.model_lock import read_lock

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".cache/tools/uv/bin/uv"
TARGET = ROOT / "build/sbom"
MODELS = ROOT / "layers/vision/models.lock"
NODE_LOCKS = ("package-lock.json", "web/staff/package-lock.json")

type Component = dict[str, Any]
type Bom = dict[str, Any]

# What a package's metadata says in words of its own, or wrongly.
SAID_BY_HAND = {
    "aws-lambda-powertools": "MIT-0 AND MIT",
    # An expression where a word is expected; what is compiled into it is not said.
    "c2pa-python": "MIT OR Apache-2.0",
    "onnxruntime": "MIT",
    "opencv-python-headless": "Apache-2.0",
    # The metadata name the binding's licence; the wheel carries libheif and libde265.
    "pi-heif": "BSD-3-Clause AND LGPL-3.0-or-later",
    "protobuf": "BSD-3-Clause",
    # Words where an expression is expected; PDFium and what it is built of go along.
    "pypdfium2": "BSD-3-Clause AND Apache-2.0 AND FTL AND IJG AND libpng-2.0",
    "statelint": "Apache-2.0",
}

# The libraries inside the wheels, from the notices that came with them.
CARRIED = {
    "libXau": "MIT",
    "libaom": "BSD-2-Clause",
    "libavcodec": "LGPL-2.1-or-later",
    "libavformat": "LGPL-2.1-or-later",
    "libavif": "BSD-2-Clause",
    "libavutil": "LGPL-2.1-or-later",
    "libbrotlicommon": "MIT",
    "libbrotlidec": "MIT",
    "libcrypto": "OpenSSL",
    "libde265": "LGPL-3.0-or-later",
    "libdrm": "MIT",
    "libfreetype": "FTL",
    "libgfortran": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libharfbuzz": "MIT-Modern-Variant",
    "libheif": "LGPL-3.0-or-later",
    "libjpeg": "IJG AND BSD-3-Clause",
    "liblcms2": "MIT",
    "liblzma": "0BSD",
    "libopenblasp": "BSD-3-Clause",
    "libopenjp2": "BSD-2-Clause",
    "libpng16": "libpng-2.0",
    "libquadmath": "LGPL-2.1-or-later",
    "libscipy_openblas64_": "BSD-3-Clause",
    "libsharpyuv": "BSD-3-Clause",
    "libssl": "OpenSSL",
    "libswresample": "LGPL-2.1-or-later",
    "libswscale": "LGPL-2.1-or-later",
    "libtiff": "libtiff",
    "libvpx": "BSD-3-Clause",
    "libwebp": "BSD-3-Clause",
    "libwebpdemux": "BSD-3-Clause",
    "libwebpmux": "BSD-3-Clause",
    "libxcb": "MIT",
    "libzstd": "BSD-3-Clause",
}

_PACKAGES = "lib/python*/site-packages"
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


class SbomError(Exception):
    """The bill cannot be written; the sentence says what to do."""


def deployed() -> Bom:
    """Give the bill of what is deployed: layers, what their wheels carry, models."""
    components: dict[str, Component] = {}
    needs: dict[str, set[str]] = {}
    head: Bom = {}
    for layer in LAYERS:
        if layer.group is not None:
            exported = _exported(layer)
            head = head or exported
            left = {each.what for each in layer.without}
            for component in exported["components"]:
                if component["name"] not in left:
                    _note(components, component, layer.name)
            for edge in exported["dependencies"]:
                needs.setdefault(edge["ref"], set()).update(edge.get("dependsOn", []))
        for component in (*_carried(layer), *_models(layer)):
            _note(components, component, layer.name)
    root = head["metadata"]["component"]["bom-ref"]
    known = {*components, root}
    needs[root] = set(components)
    return {
        **head,
        "components": [components[ref] for ref in sorted(components)],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(on & known)}
            for ref, on in sorted(needs.items())
            if ref in known
        ],
    }


def python(project: Path, *environments: Path) -> Bom:
    """Give the bill of a Python tool chain: its lock, and where it is installed."""
    bom = _uv_bom("--all-groups", "--project", project)
    places = [str(place) for each in environments for place in each.glob(_PACKAGES)]
    for component in bom["components"]:
        _license(component, _licence_of(component["name"], places))
    return bom


def node(lock: Path) -> Bom:
    """Give the bill of one `package-lock.json`; npm reads the licences in it."""
    said = _run(
        *("npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"),
        folder=lock.parent,
    )
    bom: Bom = json.loads(said)
    return bom


def licences(bom: Bom) -> dict[str, str]:
    """Give the licence expression of every component; empty where none is known."""
    return {component["bom-ref"]: _said(component) for component in bom["components"]}


def _said(component: Component) -> str:
    ids = []
    for entry in component.get("licenses", []):
        licence = entry.get("license", {})
        ids.append(entry.get("expression") or licence.get("id") or licence.get("name"))
    return " AND ".join(map(str, ids))


# --- packages -------------------------------------------------------------------------


def _exported(layer: Layer) -> Bom:
    group = ["--only-group", layer.group] if layer.group else ["--no-default-groups"]
    bom = _uv_bom(*group)
    for component in bom["components"]:
        _license(component, _licence_of(component["name"]))
    return bom


def _uv_bom(*arguments: str | Path) -> Bom:
    said = _run(
        *(UV, "export", "--locked", "--quiet", "--preview-features", "sbom-export"),
        *("--format", "cyclonedx1.5", "--python", sys.executable, *arguments),
    )
    bom: Bom = json.loads(said)
    return bom


def _licence_of(name: str, places: Sequence[str] = ()) -> str:
    """Read a package's licence as an SPDX expression; empty when it says none we know."""
    if name in SAID_BY_HAND:
        return SAID_BY_HAND[name]
    installed = Distribution.discover(name=name, path=list(places) or sys.path)
    found = next(iter(installed), None)
    if found is None:
        return ""  # locked for another machine than this one
    about = found.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    for classifier in about.get_all("Classifier") or []:
        if known := _CLASSIFIERS.get(classifier.rpartition(" :: ")[2]):
            return known
    word = str(about.get("License") or "").strip()
    return word if re.fullmatch(r"[\w.+-]+", word) else ""


def _license(component: Component, expression: str) -> None:
    if expression:
        component["licenses"] = [{"expression": expression}]


# --- what wheels carry, and models ----------------------------------------------------


def _carried(layer: Layer) -> Iterator[Component]:
    """Yield the shared libraries in a built layer that a wheel brought along."""
    built = layers_directory() / layer.name
    if layer.group is not None and not built.is_dir():
        raise SbomError(f"layer {layer.name} is not built; `make setup` builds it")
    for file in sorted(built.glob("python/*.libs/*.so*")):
        name, version = library(file.name)
        component = _component("library", name, version, _sha256(file))
        component["properties"] = [
            {"name": "beeldrecht:carried-by", "value": file.parent.name[: -len(".libs")]}
        ]
        _license(component, CARRIED.get(name, ""))
        yield component


def library(file: str) -> tuple[str, str]:
    """Give the name and version in a shared library's file name."""
    found = re.fullmatch(r"(lib[A-Za-z]\w*?)-([\w.-]+?)\.so(?:\.([\w.]+))?", file)
    if found is None:
        raise SbomError(f"{file}: no name and version can be read from it")
    name, middle, version = found.groups()
    return name, version or middle.rpartition("-")[2]


def _models(layer: Layer) -> Iterator[Component]:
    locked = read_lock(MODELS)
    for model in layer.models:
        lock = locked[model.removesuffix(".onnx")]
        component = _component(
            "machine-learning-model", lock.name, lock.sha256[:12], lock.sha256
        )
        component["description"] = lock.title
        _license(component, lock.licence)
        yield component


def _component(kind: str, name: str, version: str, sha256: str) -> Component:
    return {
        "type": kind,
        "bom-ref": f"{name}@{version}#{sha256[:8]}",
        "name": name,
        "version": version,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
    }


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _note(components: dict[str, Component], found: Component, layer: str) -> None:
    component = components.setdefault(found["bom-ref"], found)
    properties = component.setdefault("properties", [])
    properties.append({"name": "beeldrecht:layer", "value": layer})


# --- command line ---------------------------------------------------------------------


def _run(*command: str | Path, folder: Path = ROOT) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SbomError(f"{Path(command[0]).name} failed:\n{done.stderr.strip()}")
    return done.stdout


def bills() -> Iterator[tuple[str, Bom]]:
    """Yield every bill with the name of its file."""
    yield "deployed", deployed()
    yield "tools", python(ROOT)
    emulator, functions = ROOT / ".cache/local-cloud", ROOT / ".cache/lambda-runtime"
    yield "local-cloud", python(ROOT / "local/cloud", emulator, functions)
    for lock in NODE_LOCKS:
        if (ROOT / lock).is_file():
            place = "-".join(Path(lock).parent.parts)
            yield f"node-{place}" if place else "node", node(ROOT / lock)


def write(found: Iterable[tuple[str, Bom]], target: Path) -> None:
    """Write bills to a folder; say of each what is in it."""
    target.mkdir(parents=True, exist_ok=True)
    for name, bom in found:
        file = target / f"{name}.cdx.json"
        file.write_text(json.dumps(bom, indent=1, sort_keys=True) + "\n")
        known = sum(bool(licence) for licence in licences(bom).values())
        print(f"sbom: {file.name}: {len(bom['components'])} parts, {known} licences")


def main() -> int:
    """Write every bill; 1 with one sentence when that fails."""
    try:
        write(bills(), TARGET)
    except SbomError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
