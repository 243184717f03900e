"""The layers as they are built: they fit, they are apart, and they work by themselves."""

import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from cdk.constructs.functions import FUNCTIONS, FunctionSpec
from layers.build import files, is_current, layers_directory, size
from layers.definitions import AWS_PYTHON, LAYERS, UNZIPPED_LIMIT
from tools.photos import photos

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / f".cache/lambda-runtime/lib/python{AWS_PYTHON}/site-packages"
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
NAMES = tuple(layer.name for layer in LAYERS)
SPECS = [pytest.param(spec, id=spec.construct) for spec in FUNCTIONS]


@pytest.fixture(autouse=True, scope="module")
def layers_are_current() -> None:
    stale = [layer.name for layer in LAYERS if not is_current(layer)]
    assert not stale, f"run `make setup`: {', '.join(stale)} not built from these sources"


def names_of(spec: FunctionSpec) -> list[str]:
    return sorted(str(layer) for layer in spec.layers)


def code_size(spec: FunctionSpec) -> int:
    stage = ROOT / "functions" / spec.stage
    code = [*files(stage / spec.folder), *stage.glob("__init__.py")]
    left_out = {"__pycache__", "event.json"}
    return sum(path.stat().st_size for path in code if not left_out & set(path.parts))


def relative(layer: str) -> set[str]:
    tree = layers_directory() / layer
    return {str(path.relative_to(tree)) for path in files(tree)}


def run_with(layers: list[str], program: str, *arguments: str) -> dict[str, object]:
    """Run a program as Lambda would: only its layers, then what the runtime brings."""
    if THIS_PYTHON != AWS_PYTHON:
        pytest.skip(f"compiled for {AWS_PYTHON}, and this is {THIS_PYTHON}")
    assert RUNTIME.is_dir(), "run `make setup`: .cache/lambda-runtime is missing"
    path = [str(layers_directory() / layer / "python") for layer in layers]
    preamble = f"import json, sys; sys.path += {[*path, str(RUNTIME)]!r}\n"
    interpreter = Path(sys.base_prefix, "bin", f"python{AWS_PYTHON}")
    done = subprocess.run(
        # Isolated, without site-packages, and writing no bytecode into the layers.
        [interpreter, "-I", "-S", "-B", "-c", preamble + program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert isinstance(said, dict)
    return said


@pytest.mark.parametrize("spec", SPECS)
def test_a_function_with_its_layers_fits_into_lambda(spec: FunctionSpec) -> None:
    total = code_size(spec) + sum(size(layer) for layer in names_of(spec))
    assert total <= UNZIPPED_LIMIT, f"{total - UNZIPPED_LIMIT} bytes too many"


@pytest.mark.parametrize("spec", SPECS)
def test_a_function_carries_at_most_five_layers(spec: FunctionSpec) -> None:
    assert len(spec.layers) <= 5


def test_the_detecting_function_physically_cannot_recognise() -> None:
    detecting = next(spec for spec in FUNCTIONS if spec.folder == "detect_faces")
    carried = names_of(detecting)
    assert "recognition" not in carried
    assert sum(map(size, [*carried, "recognition"])) > UNZIPPED_LIMIT


def test_vision_opencv_and_recognition_never_fit_together() -> None:
    together = ("vision", "opencv", "recognition", "deps", "core")
    assert sum(map(size, together)) > UNZIPPED_LIMIT


def test_only_the_recognition_layer_holds_the_means_to_recognise() -> None:
    for name in NAMES:
        held = relative(name)
        # Rules and settings about recognition compute nothing: the core may speak of it.
        means = {
            path
            for path in held
            if ("recognition" in path or "sface" in path)
            and not path.startswith("python/beeldrecht/")
            # Nor does the text of a mail that says recognition was switched off.
            and not (path.startswith("mails/") and path.endswith(".html"))
        }
        models = {path for path in held if path.endswith((".onnx", ".ort"))}
        if name == "recognition":
            assert "models/sface.onnx" in means
            assert "python/beeldrecht_recognition/embedding.py" in means
            assert models == {"models/sface.onnx"}
        else:
            assert means == set()
            assert models <= {"models/yunet.onnx"}


def test_no_two_layers_hold_the_same_file() -> None:
    for one, other in combinations(NAMES, 2):
        assert relative(one) & relative(other) == set(), f"{one} and {other} overlap"


def test_no_layer_holds_what_the_runtime_brings() -> None:
    provided = {"boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil"}
    for name in NAMES:
        packages = {Path(path).parts[1] for path in relative(name)}
        assert packages & provided == set()


def test_licences_travel_with_the_packages() -> None:
    """Every package keeps its metadata, and its licence where its wheel had one."""
    installed = [
        folder
        for name in NAMES
        for folder in (layers_directory() / name / "python").glob("*.dist-info")
    ]
    assert len(installed) > 10
    silent = set()
    for folder in installed:
        assert (folder / "METADATA").read_text().startswith("Metadata-Version")
        if not any("licen" in path.name.lower() for path in folder.rglob("*")):
            silent.add(folder.name.partition("-")[0])
    # These wheels have theirs beside the code, or name it in the metadata alone.
    assert silent <= {
        *("c2pa_python", "onnxruntime", "opencv_python_headless"),
        *("pynamodb", "tzdata"),
    }
    assert relative("vision") >= {
        "python/onnxruntime/LICENSE",
        "python/onnxruntime/ThirdPartyNotices.txt",
    }
    assert relative("opencv") >= {
        "python/cv2/LICENSE.txt",
        "python/cv2/LICENSE-3RD-PARTY.txt",
    }


def test_modules_come_with_their_bytecode() -> None:
    """`/opt` is read-only: without it every cold start would compile again."""
    if THIS_PYTHON != AWS_PYTHON:
        pytest.skip("only an interpreter of the functions' version can make it")
    counts = Counter(Path(path).suffix for name in NAMES for path in relative(name))
    assert counts[".pyc"] >= counts[".py"] - 5 > 500


IMPORTS = """
import importlib
places = {}
for name in sys.argv[1].split(","):
    module = importlib.import_module(name)
    places[name] = module.__file__.split("/python/")[0].rpartition("/")[2]
print(json.dumps(places))
"""


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        (
            ["core", "deps"],
            {
                "beeldrecht.domain.permits": "core",
                "pydantic": "deps",
                "aws_lambda_powertools.utilities.batch": "deps",
                "pynamodb.models": "deps",
            },
        ),
        (
            ["core", "deps", "vision", "opencv"],
            {
                "numpy": "vision",
                "onnxruntime": "vision",
                "simplejpeg": "vision",
                "beeldrecht_vision.detection": "vision",
                "cv2": "opencv",
            },
        ),
        (
            ["core", "deps", "vision", "formats", "documents"],
            {
                "PIL.Image": "formats",
                "pi_heif": "formats",
                "pypdfium2": "documents",
                "simplejpeg": "vision",
            },
        ),
        (
            ["core", "deps", "vision", "formats", "sealing"],
            {
                "c2pa": "formats",
                "beeldrecht_vision.signing": "vision",
                "cryptography.x509": "sealing",
            },
        ),
        (
            ["core", "deps", "vision", "recognition", "sealing"],
            {
                "beeldrecht_recognition.embedding": "recognition",
                "cryptography.hazmat.primitives.ciphers.aead": "sealing",
                "beeldrecht_vision.decode": "vision",
            },
        ),
        (
            ["core", "deps", "search"],
            {"beeldrecht.adapters.search_engine": "core", "tantivy": "search"},
        ),
    ],
    ids=["base", "detecting", "receiving", "rendering", "recognising", "searching"],
)
def test_a_set_of_layers_imports_by_itself(
    layers: list[str], expected: dict[str, str]
) -> None:
    assert run_with(layers, IMPORTS, ",".join(expected)) == expected


def test_boto3_comes_from_the_runtime() -> None:
    where = 'import boto3; print(json.dumps({"boto3": boto3.__file__}))'
    assert str(run_with(["core", "deps"], where)["boto3"]).startswith(str(RUNTIME))


DETECT = """
from pathlib import Path
from beeldrecht_vision.detection import FaceDetector, read_picture
picture = read_picture(Path(sys.argv[1]).read_bytes())
found = FaceDetector(Path(sys.argv[2])).detect(picture).faces
print(json.dumps({"boxes": [
    [face.box.x, face.box.y, face.box.width, face.box.height] for face in found
]}))
"""


def test_the_detecting_layers_find_a_face_by_themselves() -> None:
    photo = photos()["obama.jpg"]
    model = layers_directory() / "vision/models/yunet.onnx"
    layers = ["core", "deps", "vision", "opencv"]
    said = run_with(layers, DETECT, str(photo.path), str(model))
    assert said == {"boxes": [[pytest.approx(edge, abs=20) for edge in photo.faces[0]]]}


EMBED = """
import numpy, onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
given = numpy.full((1, 3, 112, 112), 127, dtype=numpy.float32)
vector = session.run(None, {session.get_inputs()[0].name: given})[0]
finite = bool(numpy.isfinite(vector).all())
cv2 = "cv2" in sys.modules
print(json.dumps({"shape": list(vector.shape), "finite": finite, "cv2": cv2}))
"""


def test_the_recognising_layers_run_their_network_without_opencv() -> None:
    model = layers_directory() / "recognition/models/sface.onnx"
    said = run_with(["core", "deps", "vision", "recognition"], EMBED, str(model))
    assert said == {"shape": [1, 128], "finite": True, "cv2": False}


SEAL = """
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
key = AESGCM.generate_key(bit_length=256)
sealed = AESGCM(key).encrypt(bytes(12), b"template", b"person")
print(json.dumps({"opened": AESGCM(key).decrypt(bytes(12), sealed, b"person").decode()}))
"""


def test_the_sealing_layer_seals_and_opens_by_itself() -> None:
    assert run_with(["sealing"], SEAL) == {"opened": "template"}
