"""One training sample: a scene, its tasks as ids, and everything that the losses compare with."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np

from ..lessons.task import Task
from ..model.size import Size
from ..scenes.backgrounds import BACKGROUNDS
from ..scenes.geometry import corners
from ..scenes.scene import Scene
from ..words.tokenizer import Words
from .cells import corner_points
from .sight import Sight, by_columns, sight_of
from .spelling import Spelling
from .text import Text, packed
from .told import told_before

#: The corners of no thing, at index -1.
NOWHERE = ((0.5, 0.5), (0.5, 0.5))


@dataclass
class Look:
    """Where attention belongs at one id of the text."""

    position: int
    #: For each row of the prefix, 1 where it may look.
    allowed: np.ndarray


@dataclass
class Sample:
    picture: np.ndarray
    text: Text
    patches: Sight
    latents: Sight
    #: Points of the two corners of the thing of each latent row, in cells: `[rows, 2, 2]`.
    corners: np.ndarray
    background: int
    #: At the end of a kind's name: rows of its things, and one row a thing to count them by.
    names: list[tuple[Look, np.ndarray]]
    #: At the two ids before a corner: rows of the thing meant.
    pointers: list[Look]
    #: At an id before a corner: where that is, in cells: `[ids, 2]`.
    places: np.ndarray
    #: Positions, and ids that must not be next there.
    told: list[tuple[int, int]]


def make_sample(random: Random, scene: Scene, tasks: list[Task], words: Words, spelling: Spelling, size: Size) -> Sample:
    text = packed(random, tasks, words)
    names = spelling.names(text)
    latents = sight_of(scene, *size.latent_grid)
    if size.by_columns:
        latents = by_columns(latents, *size.latent_grid)
    prefix = size.latents + 3
    boxes = list(_boxes(text, scene, words.first_location))
    points = np.array([*([*corner_points(thing.box)] for thing in scene.things), NOWHERE], np.float32)
    return Sample(
        scene.picture,
        text,
        sight_of(scene, size.grid, size.grid),
        latents,
        points[latents.thing],
        BACKGROUNDS.index(scene.background),
        [_look_for(last, kinds, latents, prefix) for _, last, kinds in names],
        [look for at, thing in boxes for look in _pointers(at, thing, latents, prefix)],
        _places(len(text.ids), boxes, points),
        list(told_before(text, {first for first, _, _ in names}, words.first_location)),
    )


def _look_for(position: int, kinds: frozenset[int], latents: Sight, prefix: int) -> tuple[Look, np.ndarray]:
    """A name looks at its things, and at `<s>` where there are none; a counting head at one row a thing and at `<s>`."""
    allowed, counted = np.zeros(prefix, np.float32), np.zeros(prefix, np.float32)
    named = np.isin(latents.kind, list(kinds))
    counted[0] = 1
    allowed[2:-1], counted[2:-1] = named, named * latents.centre
    if not named.any():
        allowed[0] = 1
    return Look(position, allowed), counted / counted.sum()


def _boxes(text: Text, scene: Scene, first_location: int) -> Iterator[tuple[int, int]]:
    """Positions before the two corners of a box, with the thing that is in it; of several with the same corners, the first."""
    things = {corners(thing.box): index for index, thing in reversed(list(enumerate(scene.things)))}
    labels = [label - first_location for label in text.labels]
    at = 0
    while at + 1 < len(labels):
        if labels[at] >= 0 and labels[at + 1] >= 0:
            yield at, things[labels[at], labels[at + 1]]
            at += 1
        at += 1


def _pointers(at: int, thing: int, latents: Sight, prefix: int) -> Iterator[Look]:
    rows = latents.thing == thing
    if rows.any():
        allowed = np.zeros(prefix, np.float32)
        allowed[2:-1] = rows
        yield from (Look(at, allowed), Look(at + 1, allowed))


def _places(length: int, boxes: list[tuple[int, int]], points: np.ndarray) -> np.ndarray:
    places = np.zeros((length, 2), np.float32)
    for at, thing in boxes:
        places[at : at + 2] = points[thing]
    return places
