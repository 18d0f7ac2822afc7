import json
from random import Random

import numpy as np
import pytest

from workshop.scenes.arranged import SIDE, read_arranged
from workshop.scenes.backgrounds import BACKGROUNDS, painted
from workshop.scenes.worlds import wide

from .conftest import MAGENTA

LINE = {
    "width": 800,
    "height": 600,
    "background": "a room",
    "objects": [{"name": "dog", "box": [0.5, 0.1, 0.75, 0.4]}, {"name": "chair", "box": [0.125, 0.5, 0.25, 0.9]}],
}


def test_things_of_an_arranged_scene_are_drawn_where_their_boxes_say(sprites, tmp_path):
    path = tmp_path / "arranged.jsonl"
    path.write_text(json.dumps(LINE) + "\n")
    [(extent, scene)] = read_arranged(path, wide(sprites, ("solid",)))
    assert extent == (800, 600)
    assert scene.background == "a room"
    assert [(thing.name, list(thing.box)) for thing in scene.things] == [
        ("chair", [0.125, 0.5, 0.25, 0.9]),
        ("dog", [0.5, 0.1, 0.75, 0.4]),
    ]
    covered = np.zeros((SIDE, SIDE), bool)
    for x1, y1, x2, y2 in (entry["box"] for entry in LINE["objects"]):
        covered[round(y1 * SIDE) : round(y2 * SIDE), round(x1 * SIDE) : round(x2 * SIDE)] = True
    assert ((scene.picture == MAGENTA).all(-1) == covered).all()


def test_a_background_is_painted_by_its_words(sprites):
    for words in BACKGROUNDS:
        assert painted(Random(words), words, 48).shape == (48, 48, 3)
    with pytest.raises(KeyError):
        painted(Random(1), "a swimming pool", 48)
