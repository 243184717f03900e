"""What each Lambda layer holds, and what is left out of it: data, with a reason each.

`layers.build` carries this out. A layer becomes `/opt` of the functions that carry it:
Python below `python/`, models below `models/`, the web site below `web/`, the templates
of mails below `mails/`.
"""

from dataclasses import dataclass

AWS_PYTHON = "3.13"
"""The functions' `Runtime`; the layers for AWS are built for it, always."""

PLATFORM = "x86_64-manylinux_2_28"
"""x86_64 because onnxruntime aborts on Lambda's arm64 (microsoft/onnxruntime#10038)."""

UNZIPPED_LIMIT = 262_144_000
"""AWS's limit, in bytes, for the code and the layers of one function together."""


@dataclass(frozen=True)
class Left:
    """Something that is left out, and why nothing misses it."""

    what: str
    reason: str


@dataclass(frozen=True)
class Layer:
    """One layer: a locked dependency group, our packages, models; each may be absent."""

    name: str
    group: str | None = None
    """Dependency group in pyproject.toml; "" means `[project.dependencies]`."""
    packages: tuple[str, ...] = ()
    """Our own packages, folders of `layers/<name>/python/`."""
    models: tuple[str, ...] = ()
    """Files of `build/models/`, as the model preparation wrote them."""
    folder: str | None = None
    """A folder of the repository, carried as it is: `build/web` becomes `/opt/web`."""
    mails: bool = False
    """Whether it carries the compiled templates of mails, as `/opt/mails`."""
    without: tuple[Left, ...] = ()
    """Locked packages of the group that this layer does not carry."""


IN_RUNTIME = "comes with the Lambda runtime, beside boto3; the local cloud has it as well"
IN_C2PA_BUILD = "c2pa-python downloads its own library with it, which its wheel brings"
IN_SEALING = "in the layer `sealing`, which goes along where files are signed"

LAYERS = (
    Layer("core", packages=("beeldrecht",)),
    Layer(
        "deps",
        group="",
        without=(
            Left("botocore", IN_RUNTIME),
            Left("jmespath", IN_RUNTIME),
            Left("python-dateutil", IN_RUNTIME),
            Left("six", IN_RUNTIME),
            Left("urllib3", IN_RUNTIME),
        ),
    ),
    Layer(
        "vision",
        group="vision",
        packages=("beeldrecht_vision",),
        models=("yunet.onnx",),
        without=(
            Left("flatbuffers", "only onnxruntime's converters read the .ort format"),
            Left("packaging", "only onnxruntime's tools compare versions"),
            Left("protobuf", "onnxruntime parses models in C++; its tools use this one"),
        ),
    ),
    Layer(
        "opencv",
        group="opencv",
        without=(Left("numpy", "in the layer `vision`, which always goes along"),),
    ),
    Layer("recognition", packages=("beeldrecht_recognition",), models=("sface.onnx",)),
    Layer(
        "formats",
        group="formats",
        without=(
            Left("certifi", IN_C2PA_BUILD),
            Left("cffi", IN_SEALING),
            Left("charset-normalizer", IN_C2PA_BUILD),
            Left("cryptography", IN_SEALING),
            Left("idna", IN_C2PA_BUILD),
            Left("pycparser", IN_SEALING),
            Left("requests", IN_C2PA_BUILD),
            Left("toml", IN_C2PA_BUILD),
            Left("urllib3", IN_C2PA_BUILD),
        ),
    ),
    Layer("documents", group="documents"),
    Layer(
        "sealing",
        group="sealing",
        without=(Left("pycparser", "cffi needs it to compile declarations only"),),
    ),
    Layer("codes", group="codes"),
    Layer("search", group="search"),
    Layer("mail", group="mail", packages=("beeldrecht_mail",), mails=True),
    Layer("site", folder="build/web"),
)

UTILITIES = "aws_lambda_powertools/utilities"

TRIMS = (
    Left("bin", "console scripts: a function has no console"),
    Left(".lock", "the installer's own lock"),
    Left("**/tests", "test suites of the packages"),
    Left("**/*.pyi", "for type checkers"),
    Left("**/py.typed", "for type checkers"),
    Left("**/*.pxd", "for compiling extensions"),
    Left("**/*.h", "for compiling extensions"),
    Left("**/*.c", "for compiling extensions"),
    Left("**/*.a", "for compiling extensions"),
    Left("**/*.pc", "for compiling extensions"),
    Left("*.dist-info/INSTALLER", "says which tool installed"),
    Left("*.dist-info/RECORD", "lists files as they were before this trimming"),
    Left("*.dist-info/REQUESTED", "says that somebody asked for it"),
    Left("*.dist-info/WHEEL", "says how the wheel was made"),
    Left("*.dist-info/direct_url.json", "holds an address of the building machine"),
    Left("*.dist-info/uv_cache.json", "holds times of the building machine"),
    Left("*.dist-info/top_level.txt", "for old installers"),
    Left("*.dist-info/zip-safe", "for old installers"),
    Left("*.dist-info/entry_points.txt", "for the console scripts that are gone"),
    Left("numpy/f2py", "compiles Fortran"),
    Left("numpy/_pyinstaller", "hooks of a packager that is not used"),
    Left("numpy/conftest.py", "configures numpy's own tests"),
    Left("numpy/_core/include", "for compiling extensions"),
    Left("numpy/_core/*_tests.*.so", "compiled helpers of numpy's own tests"),
    Left("numpy/_core/_simd.*.so", "shows numpy's vector types to its own tests"),
    Left("onnxruntime/capi/libonnxruntime.so.*", "a second copy, for C programs"),
    Left("onnxruntime/backend", "runs ONNX's conformance suite"),
    Left("onnxruntime/datasets", "sample models"),
    Left("onnxruntime/quantization", "prepares models; ours are prepared at build time"),
    Left("onnxruntime/tools", "prepares models; ours are prepared at build time"),
    Left("onnxruntime/transformers", "prepares models; ours are prepared at build time"),
    Left(f"{UTILITIES}/auth_alpha", "not used, and unfinished by its own name"),
    Left(f"{UTILITIES}/circuit_breaker", "not used: we call nothing outside AWS"),
    Left(f"{UTILITIES}/data_masking", "needs the encryption SDK, which is not locked"),
    Left(f"{UTILITIES}/feature_flags", "not used: needs AppConfig"),
    Left(f"{UTILITIES}/kafka", "not used: needs Kafka"),
    Left(f"{UTILITIES}/streaming", "not used: pictures are read whole"),
    Left("c2pa/build.py", "downloads the library that the wheel brings"),
    Left("c2pa/libs/*.d", "for compiling programs against it"),
    Left("c2pa/libs/*.rlib", "a second copy, for Rust programs"),
    Left("pypdfium2_cli", "its command line"),
    Left("cv2/data", "Haar cascades, a face detector of 2001; ours is YuNet"),
    Left("cv2/typing", "for type checkers, though cv2 would import it on every start"),
    Left("cv2/gapi", "graph compiler, not used"),
)
"""Globs below `python/`. Licences are never among them: they travel with the code."""
