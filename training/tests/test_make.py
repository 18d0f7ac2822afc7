"""The one command from nothing to the exported folder, with a little of everything; needs npm for the art."""

import json
import subprocess
import sys
from pathlib import Path

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
