"""An examination: fresh scenes of a world, tasks of every kind, greedy answers, and their marks by kind of task."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from ..lessons.curriculum import examination
from ..lessons.task import Task
from ..model.generate import write
from ..model.kosmos2 import Kosmos2
from ..model.pixels import normalised
from ..scenes.scene import Scene, World, compose
from ..words.tokenizer import Words
from .score import Mark, marks

#: Answers generated at once.
BATCH = 64

#: Scenes are drawn from a seed that no training run uses.
SEED = "examination"


@dataclass(frozen=True)
class Figure:
    mean: float
    #: How many observations it is the mean of.
    count: int


#: By kind of task and name of the figure.
Figures = dict[str, dict[str, Figure]]


def examine(model: Kosmos2, words: Words, world: World, scenes: range) -> Figures:
    """Scenes by their numbers: the same, with the same questions, for every model of one size of picture."""
    asked: list[tuple[Scene, Task, Tensor]] = []
    for index in scenes:
        random, scene, latents = seen(model, world, index)
        asked += [(scene, task, latents) for task in examination(random, scene)]
    # Long answers with long ones: a batch ends with its longest.
    asked.sort(key=lambda entry: (len(entry[1].answer), len(entry[1].prompt)))
    given: dict[str, dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        rows = torch.stack([latents for _, _, latents in batch])
        answers = write(model, words, rows, [words.prompt(task.prompt) for _, task, _ in batch])
        for (scene, task, _), written in zip(batch, answers, strict=True):
            for mark in marks(scene, task, words.decode(written.ids), written.places):
                given[task.kind][mark.figure].append(mark)
    return {kind: {name: mean(those) for name, those in figures.items()} for kind, figures in sorted(given.items())}


def seen(model: Kosmos2, world: World, index: int) -> tuple[Random, Scene, Tensor]:
    """A scene by its number, what drew it, and the image rows `[latents, H]` that the model makes of it."""
    random = Random(f"{SEED}/{index}")
    scene = compose(random, world, model.size.image)
    with torch.inference_mode():
        latents, _ = model.see(normalised(torch.tensor(scene.picture[None])))
    return random, scene, latents[0]


def mean(marks: list[Mark]) -> Figure:
    weight = sum(mark.weight for mark in marks)
    return Figure(sum(mark.value * mark.weight for mark in marks) / weight if weight else 0.0, len(marks))
