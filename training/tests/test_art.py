import io
import json
import os
import tarfile

import numpy as np
import pytest

from workshop.scenes.art import HELD_OUT, OUTLINED, STYLES, TRAINED, _iconify, _paler, _unpacked, load_sprites

CODE = "1f534"


def drawn(folder, outline: float) -> np.ndarray:
    body = '<circle cx="8" cy="8" r="6" fill="#f00"/>'
    (folder / "icons.json").write_text(json.dumps({"icons": {"dot": {"body": body}}, "width": 16, "height": 16}))
    return np.asarray(_iconify(folder, {CODE: ["dot"]}, 64, outline)(CODE))


def middle(picture: np.ndarray) -> list[int]:
    return picture[32, 32].tolist()


def test_an_outlined_picture_has_a_black_line_around_what_is_coloured_as_before(tmp_path):
    plain, outlined = drawn(tmp_path, 0), drawn(tmp_path, 0.05)
    assert middle(plain) == middle(outlined) == [255, 0, 0, 255]
    black = lambda picture: ((picture[..., :3].max(-1) < 10) & (picture[..., 3] > 250)).sum()
    assert black(plain) == 0 and black(outlined) > 100


def test_paler_pictures_keep_their_lines_and_their_edges(tmp_path):
    picture = drawn(tmp_path, 0.05)
    paler = _paler(picture)
    assert middle(paler) == [255, 128, 128, 255]
    dark = picture[..., :3].max(-1) <= 80
    assert (paler[dark] == picture[dark]).all() and (paler[..., 3] == picture[..., 3]).all()


def test_no_style_is_trained_on_and_held_out():
    trained = {STYLES[name].package for name in (*TRAINED, *OUTLINED)}
    assert trained.isdisjoint(STYLES[name].package for name in HELD_OUT)
    assert all(STYLES[name].outline > 0 for name in OUTLINED)


def npm(monkeypatch, tmp_path, script: str) -> None:
    """Puts an npm of these lines before the real one."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/npm"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("told", ['[{"filename": "art.tgz"}]', '{"art": {"filename": "art.tgz"}}'], ids=["npm 11", "npm 12"])
def test_a_package_is_unpacked_however_npm_tells_the_name_of_its_archive(monkeypatch, tmp_path, told):
    with tarfile.open(tmp_path / "art.tgz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("package/icons.json"), io.BytesIO())
    npm(monkeypatch, tmp_path, f"cp {tmp_path / 'art.tgz'} {tmp_path / 'packages'}\necho '{told}'")
    assert (_unpacked("art@1.0.0", tmp_path / "packages") / "icons.json").is_file()


def test_where_npm_fetches_nothing_its_words_are_told_and_a_sentence_with_the_package(monkeypatch, tmp_path, capfd):
    npm(monkeypatch, tmp_path, "echo 'npm error network' >&2\nexit 1")
    with pytest.raises(SystemExit, match=r"@iconify-json/noto@.* could not be fetched\..*exit status 1\. .*run the same command"):
        load_sprites(tmp_path / "art", ("noto",))
    assert capfd.readouterr().err == "npm error network\n"
