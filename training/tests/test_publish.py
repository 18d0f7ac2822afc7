import sys

import pytest

import publish
from workshop.release.export import EXPORTED


def filled(folder, *names, content="new"):
    folder.mkdir()
    for name in names:
        (folder / name).write_text(content)
    return folder


def files(folder):
    return {file.relative_to(folder): file.read_text() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """A shipped model with a card and scenes, in place of the real ones, and nothing made of them."""
    shipped = filled(tmp_path / "shipped")
    monkeypatch.setattr(publish, "MODEL", filled(shipped / "model", *EXPORTED, "README.md", content="old"))
    monkeypatch.setattr(publish, "SCENES", filled(shipped / "scenes", "scene-00.png", "scene-99.png", content="old"))
    for name in ("load_sprites", "wide", "_case", "_samples", "_self_test"):
        monkeypatch.setattr(publish, name, lambda *_: None)
    monkeypatch.setattr(publish, "make_samples", lambda model, out, *_: filled(out, "scene-00.png"))
    monkeypatch.setattr(publish.subprocess, "run", lambda *_, **__: None)
    return shipped


def published(monkeypatch, model):
    monkeypatch.setattr(sys, "argv", ["publish.py", "--model", str(model)])
    publish.main()


def test_a_published_model_and_its_scenes_leave_nothing_of_those_before(monkeypatch, tmp_path, shipped):
    published(monkeypatch, filled(tmp_path / "model", *EXPORTED, "checkpoint.pt"))
    told = {str(file): content for file, content in files(shipped).items()}
    assert told == {**{f"model/{name}": "new" for name in EXPORTED}, "scenes/scene-00.png": "new"}


@pytest.mark.parametrize("step", ["load_sprites", "make_samples", "_case"])
def test_what_is_shipped_stays_where_a_step_before_fails(monkeypatch, tmp_path, shipped, step):
    def fails(*_):
        raise OSError(step)

    before = files(shipped)
    monkeypatch.setattr(publish, step, fails)
    with pytest.raises(OSError, match=step):
        published(monkeypatch, filled(tmp_path / "model", *EXPORTED))
    assert files(shipped) == before


def test_a_folder_that_lacks_a_file_of_an_export_is_not_published(monkeypatch, tmp_path, shipped):
    before = files(shipped)
    with pytest.raises(SystemExit, match=r"lacks tokenizer.json, tokenizer_config.json\. Nothing was changed"):
        published(monkeypatch, filled(tmp_path / "model", *EXPORTED[:-2]))
    assert files(shipped) == before
