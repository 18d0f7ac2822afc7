"""Scenes that somebody arranged: what is where is given, and is drawn."""

import json
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from .backgrounds import painted
from .colours import colour_of
from .geometry import Box
from .scene import Scene, Thing, World

#: Pixels of a picture's side while things are put on it.
SIDE = 640


def read_arranged(path: Path, world: World) -> list[tuple[tuple[int, int], Scene]]:
    """
    For each line of a JSONL file `{width, height, background, objects: [{name, box}]}` its picture's width and height, and
    the scene as the model sees it: a square.

    Raises KeyError for a kind or background that there is not.
    """
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return [
        ((line["width"], line["height"]), _arranged(Random(f"arranged/{index}"), line, world)) for index, line in enumerate(lines)
    ]


def _arranged(random: Random, line: dict, world: World) -> Scene:
    picture = painted(random, line["background"], SIDE)
    aspect = line["width"] / line["height"]
    things = []
    for entry in line["objects"]:
        box = tuple(entry["box"])
        drawn = [sprite for style in world.styles for sprite in world.sprites[style].get(entry["name"], [])]
        sprite = _nearest(drawn, box, aspect)
        things.append(Thing(entry["name"], box, colour_of(sprite)))
        _put(picture, sprite, box)
    whole = np.clip(picture, 0, 255).astype(np.uint8)
    return Scene(whole, line["background"], sorted(things, key=lambda thing: thing.centre), world.names)


def _nearest(sprites: list[np.ndarray], box: Box, aspect: float) -> np.ndarray:
    """The one that the box changes least in shape."""
    wanted = np.log((box[2] - box[0]) * aspect / (box[3] - box[1]))
    return min(sprites, key=lambda sprite: abs(np.log(sprite.shape[1] / sprite.shape[0]) - wanted))


def _put(picture: np.ndarray, sprite: np.ndarray, box: Box) -> None:
    left, top, right, bottom = (round(edge * SIDE) for edge in box)
    resized = Image.fromarray(sprite).resize((right - left, bottom - top), Image.Resampling.LANCZOS)
    rgba = np.asarray(resized).astype(np.float32)
    under = picture[top:bottom, left:right]
    under += (rgba[..., :3] - under) * (rgba[..., 3:] / 255)
