import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from workshop.release.blend import blend


def written(path, **weights):
    save_file({name: torch.tensor(values, dtype=torch.float16) for name, values in weights.items()}, path)
    return path


def test_every_weight_lies_between_those_of_the_two_models(tmp_path):
    first = written(tmp_path / "first.safetensors", a=[0.0, 2.0], b=[1.0])
    second = written(tmp_path / "second.safetensors", a=[4.0, 2.0], b=[0.0])
    blend(first, second, 0.25, tmp_path / "out.safetensors")
    between = load_file(tmp_path / "out.safetensors")
    assert between["a"].tolist() == [1.0, 2.0] and between["b"].tolist() == [0.75]
    assert between["a"].dtype == torch.float16


def test_layers_that_the_second_was_given_besides_are_its_own(tmp_path):
    first = written(tmp_path / "first.safetensors", **{"layers.0.a": [0.0]})
    second = written(tmp_path / "second.safetensors", **{"layers.0.a": [4.0], "m.layers.1.a": [5.0]})
    blend(first, second, 0.25, tmp_path / "out.safetensors")
    assert {name: weight.tolist() for name, weight in load_file(tmp_path / "out.safetensors").items()} == {
        "layers.0.a": [1.0],
        "m.layers.1.a": [5.0],
    }


def test_models_of_other_shapes_are_not_blended(tmp_path):
    first = written(tmp_path / "first.safetensors", a=[0.0, 2.0])
    second = written(tmp_path / "second.safetensors", a=[0.0])
    with pytest.raises(ValueError, match="different weights"):
        blend(first, second, 0.5, tmp_path / "out.safetensors")


def test_models_with_other_ids_for_the_same_words_are_not_blended_and_a_blend_has_no_card(tmp_path):
    for name, words in (("first", "a"), ("second", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        written(tmp_path / name / "model.safetensors", a=[0.0])
        (tmp_path / name / "tokenizer.json").write_text(words)
        (tmp_path / name / "README.md").write_text(f"Figures of {name}.")
    blending = lambda second: subprocess.run(
        [sys.executable, "blend.py", "--first", tmp_path / "first", "--second", tmp_path / second, "--out", tmp_path / "out"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    assert "other ids" in blending("other").stderr
    assert not (tmp_path / "out").exists()
    assert blending("second").returncode == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["model.safetensors", "tokenizer.json"]
