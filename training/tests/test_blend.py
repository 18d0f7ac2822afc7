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
    between = blend(first, second, 0.25)
    assert between["a"].tolist() == [1.0, 2.0] and between["b"].tolist() == [0.75]
    assert between["a"].dtype == torch.float16


def test_layers_that_the_second_was_given_besides_are_its_own(tmp_path):
    first = written(tmp_path / "first.safetensors", **{"layers.0.a": [0.0]})
    second = written(tmp_path / "second.safetensors", **{"layers.0.a": [4.0], "m.layers.1.a": [5.0]})
    between = {name: weight.tolist() for name, weight in blend(first, second, 0.25).items()}
    assert between == {"layers.0.a": [1.0], "m.layers.1.a": [5.0]}


def test_models_of_other_shapes_are_not_blended(tmp_path):
    first = written(tmp_path / "first.safetensors", a=[0.0, 2.0])
    second = written(tmp_path / "second.safetensors", a=[0.0])
    with pytest.raises(ValueError, match="different weights"):
        blend(first, second, 0.5)


def exported(folder, words="a", **weights):
    folder.mkdir()
    written(folder / "model.safetensors", **weights)
    (folder / "tokenizer.json").write_text(words)
    (folder / "README.md").write_text(f"Figures of {folder.name}.")
    return folder


def blending(first, second, out):
    return subprocess.run(
        [sys.executable, "blend.py", "--first", first, "--second", second, "--out", out],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )


def test_models_with_other_ids_for_the_same_words_are_not_blended_and_a_blend_has_no_card(tmp_path):
    first, second = (exported(tmp_path / name, a=[place]) for name, place in (("first", 0.0), ("second", 1.0)))
    out = tmp_path / "out"
    assert "other ids" in blending(first, exported(tmp_path / "other", "b", a=[0.0]), out).stderr
    assert not out.exists()
    assert blending(first, second, out).returncode == 0
    assert sorted(file.name for file in out.iterdir()) == ["model.safetensors", "tokenizer.json"]
    assert load_file(out / "model.safetensors")["a"].tolist() == [0.5]


def test_models_of_other_shapes_are_refused_with_a_sentence_before_anything_is_written(tmp_path):
    refused = blending(exported(tmp_path / "first", a=[0.0]), exported(tmp_path / "second", a=[0.0, 1.0]), tmp_path / "out")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{tmp_path / 'first/model.safetensors'} and ") and "Traceback" not in refused.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_a_blend_is_never_written_over_a_model(tmp_path, name):
    first, second, _ = (exported(tmp_path / each, a=[0.0]) for each in ("first", "second", "third"))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.*")}
    assert "is there already" in blending(first, second, tmp_path / name).stderr
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.*")} == before
