"""The bills of materials are valid, whole, and hold no licence we cannot live with."""

import json
import re
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing  # type: ignore[import-untyped]

from layers.build import layers_directory
from layers.definitions import LAYERS
from tools.sbom import ROOT, SbomError, bills, deployed, library, licences

type Bom = dict[str, Any]

# What may be deployed. Everything here lets us run and pass on the whole, as long as the
# notices travel along. LGPL and GPL with GCC's exception: libraries that are loaded as
# they came in the wheel, unchanged, and can be exchanged.
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "FTL",
    "GCC-exception-3.1",
    "GPL-3.0-or-later",
    "IJG",
    "LGPL-2.1-or-later",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MIT-Modern-Variant",
    "OpenSSL",
    "PSF-2.0",
    "Zlib",
    "libpng-2.0",
    "libtiff",
}


@pytest.fixture(scope="module")
def every() -> dict[str, Bom]:
    return dict(bills())


@pytest.fixture(scope="module")
def ours(every: dict[str, Bom]) -> Bom:
    return every["deployed"]


def outside(bom: Bom) -> list[tuple[str, str]]:
    """The parts whose licence is unknown, or not among those we allow."""
    spdx = get_spdx_licensing()
    return [
        (part, said)
        for part, said in licences(bom).items()
        if not said
        or not {str(key) for key in spdx.license_keys(said)} <= ALLOWED
        or ("GPL-3.0-or-later" in said.split() and "WITH GCC" not in said)
    ]


def test_every_bill_is_valid_cyclonedx(every: dict[str, Bom]) -> None:
    assert {"deployed", "tools", "local-cloud", "node"} <= every.keys()
    for name, bom in every.items():
        version = SchemaVersion.from_version(bom["specVersion"])
        problem = JsonStrictValidator(version).validate_str(json.dumps(bom))
        assert problem is None, f"{name}: {problem}"


def test_the_bill_names_what_lies_in_the_layers_and_nothing_else(ours: Bom) -> None:
    def normal(name: str) -> str:
        return re.sub(r"[-_.]+", "-", name).lower()

    installed = {
        (normal(name), version)
        for layer in LAYERS
        for info in (layers_directory() / layer.name).glob("python/*.dist-info")
        for name, _, version in [info.name.removesuffix(".dist-info").partition("-")]
    }
    named = {
        (normal(part["name"]), part["version"])
        for part in ours["components"]
        if part.get("purl", "").startswith("pkg:pypi/")
    }
    assert named == installed


def test_the_bill_names_the_libraries_inside_the_wheels(ours: Bom) -> None:
    lying = sum(
        1
        for layer in LAYERS
        for _ in (layers_directory() / layer.name).glob("python/*.libs/*.so*")
    )
    carried = [
        part
        for part in ours["components"]
        if any(each["name"] == "beeldrecht:carried-by" for each in part["properties"])
    ]
    assert len(carried) == lying > 30
    assert all(part["hashes"] for part in carried)


def test_the_models_are_in_it_with_the_hash_of_their_lock(ours: Bom) -> None:
    lock = (ROOT / "layers/vision/models.lock").read_text()
    models = [
        part for part in ours["components"] if part["type"] == "machine-learning-model"
    ]
    assert {part["name"] for part in models} == {"yunet", "sface"}
    for part in models:
        assert part["hashes"][0]["content"] in lock


def test_every_part_says_in_which_layer_it_is_deployed(ours: Bom) -> None:
    names = {layer.name for layer in LAYERS}
    for part in ours["components"]:
        layers = {
            each["value"]
            for each in part["properties"]
            if each["name"] == "beeldrecht:layer"
        }
        assert layers
        assert layers <= names


def test_no_deployed_part_has_a_licence_outside_the_list(ours: Bom) -> None:
    assert outside(ours) == []


@pytest.mark.parametrize("said", [None, "AGPL-3.0-only", "GPL-3.0-or-later"])
def test_a_part_with_another_licence_is_found(said: str | None) -> None:
    part: dict[str, Any] = {"bom-ref": "seeded@1"}
    if said:
        part["licenses"] = [{"expression": said}]
    assert [found for found, _ in outside({"components": [part]})] == ["seeded@1"]


@pytest.mark.parametrize(
    ("file", "name", "version"),
    [
        ("libheif-7a3e919c.so.1.23.0", "libheif", "1.23.0"),
        ("libcrypto-5409cd36.so.1.1.1k", "libcrypto", "1.1.1k"),
        ("libopenblasp-r0-59ffcd50.3.15.so", "libopenblasp", "59ffcd50.3.15"),
        ("libscipy_openblas64_-4b78795a.so", "libscipy_openblas64_", "4b78795a"),
    ],
)
def test_a_librarys_file_tells_its_name_and_version(
    file: str, name: str, version: str
) -> None:
    assert library(file) == (name, version)


def test_a_file_that_tells_neither_is_refused() -> None:
    with pytest.raises(SbomError, match="no name and version"):
        library("plugin.so")


def test_a_bill_is_the_same_for_the_same_locks(ours: Bom) -> None:
    again = deployed()
    assert again["components"] == ours["components"]
    assert again["dependencies"] == ours["dependencies"]
