"""A layer is rebuilt when, and only when, something in it would differ."""

from pathlib import Path

import pytest

from layers import build as module
from layers.build import LayerBuildError, build, is_current, main
from layers.definitions import AWS_PYTHON, LAYERS, TRIMS, Layer

OURS = Layer("ours", packages=("ours_package",), models=("net.onnx",))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one layer of our own code and a model, and no third parties."""
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "MODELS", tmp_path / "build/models")
    package = tmp_path / "layers/ours/python/ours_package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("ANSWER = 42\n")
    (package / "__pycache__").mkdir()
    (package / "__pycache__/stale.cpython-313.pyc").write_bytes(b"stale")
    (tmp_path / "build/models").mkdir(parents=True)
    (tmp_path / "build/models/net.onnx").write_bytes(b"weights")
    return tmp_path


def tree(repository: Path) -> dict[str, tuple[bytes, int, float]]:
    layer = repository / "build/layers/ours"
    return {
        str(path.relative_to(layer)): (
            path.read_bytes(),
            path.stat().st_mode,
            path.stat().st_mtime,
        )
        for path in layer.rglob("*")
        if path.is_file()
    }


def test_a_layer_is_built_once_while_nothing_changes(repository: Path) -> None:
    assert build(OURS)
    assert is_current(OURS)
    assert not build(OURS)


def test_a_layer_is_laid_out_as_opt(repository: Path) -> None:
    build(OURS)
    assert {name for name in tree(repository) if not name.endswith(".pyc")} == {
        "python/ours_package/__init__.py",
        "models/net.onnx",
    }


def test_the_same_inputs_give_the_same_bytes_modes_and_times(repository: Path) -> None:
    build(OURS)
    first = tree(repository)
    source = repository / "layers/ours/python/ours_package/__init__.py"
    source.chmod(0o600)
    (repository / "build/layers/ours.stamp").unlink()
    assert build(OURS)
    assert tree(repository) == first


@pytest.mark.parametrize(
    "changed", ["layers/ours/python/ours_package/__init__.py", "build/models/net.onnx"]
)
def test_a_change_of_code_or_model_rebuilds(changed: str, repository: Path) -> None:
    build(OURS)
    (repository / changed).write_text("ANSWER = 43\n")
    assert not is_current(OURS)
    assert build(OURS)


def test_a_build_without_its_stamp_is_done_again(repository: Path) -> None:
    build(OURS)
    (repository / "build/layers/ours.stamp").unlink()
    assert not is_current(OURS)


def test_a_failed_build_leaves_the_last_good_layer(repository: Path) -> None:
    build(OURS)
    good = tree(repository)
    (repository / "layers/ours/python/ours_package/__init__.py").write_text("def broken(")
    with pytest.raises(LayerBuildError, match="does not compile"):
        build(OURS)
    assert tree(repository) == good
    assert not is_current(OURS)


def test_a_missing_model_is_said_with_what_to_do(repository: Path) -> None:
    (repository / "build/models/net.onnx").unlink()
    with pytest.raises(LayerBuildError, match="`make setup` fetches"):
        build(OURS)


def test_what_a_killed_build_left_is_swept(repository: Path) -> None:
    left = repository / "build/layers/.ours.999999999"
    left.mkdir(parents=True)
    module.build_all([OURS], AWS_PYTHON)
    assert not left.exists()


def test_another_python_gets_a_set_of_its_own(repository: Path) -> None:
    build(OURS, "3.12")
    assert (repository / "build/layers-3.12/ours/models/net.onnx").is_file()
    assert not (repository / "build/layers/ours").exists()


def test_an_unknown_layer_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "unknown layer: nonsense" in capsys.readouterr().err


def test_whatever_is_left_out_has_a_reason() -> None:
    everything = [*TRIMS, *(left for layer in LAYERS for left in layer.without)]
    assert all(len(left.reason.split()) >= 2 for left in everything)
    assert len({left.what for left in TRIMS}) == len(TRIMS)


def test_no_rule_trims_a_licence() -> None:
    assert not [trim for trim in TRIMS if "licen" in trim.what.lower()]
