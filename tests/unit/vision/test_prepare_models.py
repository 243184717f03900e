"""The models are the pinned ones, or the build stops with one sentence."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
import pytest

from layers.vision import prepare_models as prepare
from layers.vision.convert_sface import UnexpectedNetworkError, convert_sface
from layers.vision.golden import GoldenMismatchError, check_sface, check_yunet
from layers.vision.model_lock import Address, LockedModel, Source, Wheel, read_lock
from layers.vision.model_sources import (
    ModelUnavailableError,
    SourceFailedError,
    WrongContentError,
    fetch_source,
    get_model,
    write_atomically,
)

ROOT = Path(__file__).resolve().parents[3]
CONTENT = b"the model"
MODEL = LockedModel(
    name="toy",
    title="A toy",
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size=len(CONTENT),
    licence="MIT",
    sources=(
        Wheel("toy==1", "0" * 64, "toy/model.onnx"),
        Address("https://toy.example/m"),
    ),
)


class Answers:
    """A network of two sources, which notes what was asked."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers = list(answers)
        self.asked: list[Source] = []

    def __call__(self, source: Source) -> bytes:
        self.asked.append(source)
        answer = self.answers.pop(0)
        if answer is None:
            raise SourceFailedError("no answer")
        return answer


def test_the_lock_pins_both_models_with_a_wheel_first_and_their_publisher_second() -> (
    None
):
    lock = read_lock(prepare.LOCK)
    assert set(lock) == {"yunet", "sface"}
    for model in lock.values():
        assert len(model.sha256) == 64
        assert model.licence in {"MIT", "Apache-2.0"}
        wheel, address = model.sources
        assert isinstance(wheel, Wheel)
        assert "==" in wheel.requirement
        assert isinstance(address, Address)
        assert address.url.startswith("https://")


def test_what_was_fetched_is_kept_and_not_fetched_again(tmp_path: Path) -> None:
    network = Answers(CONTENT)
    assert get_model(MODEL, tmp_path, network) == CONTENT
    assert get_model(MODEL, tmp_path, network) == CONTENT
    assert len(network.asked) == 1


def test_a_source_that_does_not_answer_gives_way_to_the_next(tmp_path: Path) -> None:
    network = Answers(None, CONTENT)
    assert get_model(MODEL, tmp_path, network) == CONTENT
    assert network.asked == list(MODEL.sources)


def test_without_any_answer_the_sentence_names_every_source(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"toy==1.*toy\.example"):
        get_model(MODEL, tmp_path, Answers(None, None))


@pytest.mark.parametrize("answer", [b"", b"the modeL", CONTENT + b"\0"])
def test_other_content_stops_and_is_neither_kept_nor_replaced(
    tmp_path: Path, answer: bytes
) -> None:
    network = Answers(answer, CONTENT)
    with pytest.raises(WrongContentError, match="has SHA-256"):
        get_model(MODEL, tmp_path, network)
    assert len(network.asked) == 1, "another source would hide the tampering"
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_was_tampered_with_stops(tmp_path: Path) -> None:
    (tmp_path / f"{MODEL.sha256}.onnx").write_bytes(b"the modem")
    with pytest.raises(WrongContentError, match=r"\.onnx has SHA-256"):
        get_model(MODEL, tmp_path, Answers())


def test_a_plain_http_address_is_refused() -> None:
    with pytest.raises(SourceFailedError, match="https"):
        fetch_source(Address("http://toy.example/m"))


def test_a_wheel_with_another_hash_is_not_opened(tmp_path: Path) -> None:
    """The real client, offline: a folder of wheels that holds a wrong one."""
    import os  # noqa: PLC0415 - the client's own settings, for this test only

    (tmp_path / "toy-1-py3-none-any.whl").write_bytes(b"no wheel")
    kept = {name: os.environ.get(name) for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS")}
    os.environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    try:
        with pytest.raises(SourceFailedError, match="client refused"):
            fetch_source(MODEL.sources[0])
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def test_a_wrong_hash_ends_the_command_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yunet = read_lock(prepare.LOCK)["yunet"]
    (tmp_path / f"{yunet.sha256}.onnx").write_bytes(b"another detector")
    output = tmp_path / "models"
    assert prepare.main(["--output", str(output), "--cache", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "models.lock pins" in said
    assert not output.exists()


def test_models_that_are_up_to_date_are_left_alone_and_damaged_ones_remade(
    tmp_path: Path,
) -> None:
    cache = ROOT / ".cache/models"
    written = prepare.prepare_models(tmp_path, cache)
    assert {path.name for path in written} == {"yunet.onnx", "sface.onnx"}
    assert prepare.prepare_models(tmp_path, cache) == []
    (tmp_path / "yunet.onnx").write_bytes(b"half a mod")
    assert prepare.prepare_models(tmp_path, cache) == [tmp_path / "yunet.onnx"]
    # Stored as halves: a detecting function has no room for more, let alone for this.
    assert 19_000_000 < (tmp_path / "sface.onnx").stat().st_size < 19_500_000


@pytest.mark.parametrize("name", ["yunet", "sface"])
def test_a_model_with_a_flipped_row_of_weights_fails_its_golden_check(name: str) -> None:
    model = onnx.load(ROOT / f"build/models/{name}.onnx")
    check = {"yunet": check_yunet, "sface": check_sface}[name]
    check(model.SerializeToString())
    weight = max(model.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    values = onnx.numpy_helper.to_array(weight).copy()
    values[0] = -values[0]
    weight.CopyFrom(
        onnx.numpy_helper.from_array(values.astype(values.dtype), weight.name)
    )
    with pytest.raises(GoldenMismatchError):
        check(model.SerializeToString())


def test_a_network_of_numbers_that_are_none_fails_the_golden_check() -> None:
    model = onnx.load(ROOT / "build/models/sface.onnx")
    tensor = next(
        t for t in model.graph.initializer if t.data_type == onnx.TensorProto.FLOAT
    )
    broken = np.full(tuple(tensor.dims), np.nan, np.float32)
    tensor.CopyFrom(onnx.numpy_helper.from_array(broken, tensor.name))
    with pytest.raises(GoldenMismatchError):
        check_sface(model.SerializeToString())


def test_another_network_is_not_converted_by_guesswork() -> None:
    node = onnx.helper.make_node("Softmax", ["data"], ["out"])
    kind = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        [node],
        "other",
        [onnx.helper.make_tensor_value_info("data", kind, [1, 3, 112, 112])],
        [onnx.helper.make_tensor_value_info("out", kind, [1, 3, 112, 112])],
    )
    with pytest.raises(UnexpectedNetworkError, match="Softmax"):
        convert_sface(onnx.helper.make_model(graph).SerializeToString())


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "model.onnx"
    write_atomically(target, b"old")

    def full(_self: Path, _target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
