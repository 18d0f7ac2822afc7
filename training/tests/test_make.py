"""The one command from nothing to the exported folder, with a little of everything; needs npm for the art."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import make

ROOT = Path(__file__).parent.parent
ART = ROOT.parent / ".cache/art"


def test_one_command_goes_from_nothing_to_an_exported_folder(tmp_path):
    out = tmp_path / "model"
    command = [
        sys.executable,
        "make.py",
        "--smoke",
        "--size",
        "small",
        "--out",
        str(out),
        "--work",
        str(tmp_path / "work"),
        "--art",
        str(ART),
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "The reference implementation gives the same answers" in ran.stdout
    expected = ["README.md", "config.json", "generation_config.json", "model.safetensors", "preprocessor_config.json"]
    assert sorted(file.name for file in out.iterdir()) == [*expected, "tokenizer.json", "tokenizer_config.json"]
    size = json.loads((out / "tokenizer.json").read_text())["added_tokens"][-1]["id"] + 1
    assert json.loads((out / "config.json").read_text())["text_config"]["vocab_size"] == size
    card = (out / "README.md").read_text()
    assert all(word in card for word in ("openmoji", "Apache-2.0", "caption, precision", ", 3 steps"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--uses 0", "--uses is 0: give a number above 0."),
        ("--steps 0", "--steps is 0: give a number above 0."),
        ("--minutes 0", "--minutes is 0.0: give a number above 0."),
        ("--minutes nan", "--minutes is nan: give a number above 0."),
        ("--processes 0", "--processes is 0: give a number that divides the 24 images of a step."),
        ("--processes 5", "--processes is 5: give a number that divides the 24 images of a step."),
        ("--processes 3 --smoke", "--processes is 3: give a number that divides the 4 images of a step."),
    ],
)
def test_options_that_no_run_can_be_made_by_are_refused_before_anything_is_made(monkeypatch, tmp_path, options, told):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["make.py", "--out", "model", *options.split()])
    monkeypatch.setattr(make, "_make", lambda *_: pytest.fail("The run began."))
    with pytest.raises(SystemExit) as refused:
        make.main()
    assert refused.value.code == told
    assert not list(tmp_path.iterdir())
