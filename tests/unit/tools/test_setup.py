"""The steps name things that exist, and what a machine lacks is one sentence."""

from pathlib import Path

import pytest

from layers.definitions import LAYERS
from tools.setup import PURPOSES, UnfitMachineError, all_steps, check_node, main
from tools.steps import Step

ROOT = Path(__file__).resolve().parents[3]


def node_that_says(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_names_known_steps(purpose: str) -> None:
    assert set(PURPOSES[purpose]) <= set(all_steps())


def test_testing_needs_everything_there_is() -> None:
    assert set(PURPOSES["test"]) == set(all_steps())


def test_the_demo_needs_no_browser() -> None:
    assert "chromium" not in PURPOSES["demo"]


@pytest.mark.parametrize("step", all_steps().values(), ids=lambda step: step.name)
def test_every_input_of_a_step_matches_a_file(step: Step) -> None:
    made = "build/"
    for glob in step.inputs:
        assert glob.startswith(made) or any(ROOT.glob(glob)), glob


def test_the_layers_are_done_when_every_layer_is() -> None:
    stamps = {f"build/layers/{layer.name}.stamp" for layer in LAYERS}
    assert set(all_steps()["layers"].outputs) == stamps


@pytest.mark.parametrize("version", ["v20.0.0", "v22.11.0"])
def test_node_20_and_newer_will_do(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node_that_says(tmp_path, version, monkeypatch)
    check_node()


@pytest.mark.parametrize("version", ["v19.9.0", "v8.17.0", "nonsense"])
def test_an_older_node_is_refused_with_the_command_that_helps(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node_that_says(tmp_path, version, monkeypatch)
    with pytest.raises(UnfitMachineError, match=rf"has {version}.*`nvm install 22`"):
        check_node()


def test_no_node_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnfitMachineError, match="this machine has none"):
        check_node()


def test_an_unknown_purpose_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["party"]) == 2
    assert "not party" in capsys.readouterr().err
