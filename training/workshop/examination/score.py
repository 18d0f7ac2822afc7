"""How good one answer is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..lessons.task import Task
from ..scenes.geometry import Box, Point, iou
from ..scenes.scene import Scene, Thing
from .answers import boxes, kind_named, placed, things, told, words

#: A box is right from this intersection over union on.
RIGHT = 0.5

#: A thing's longer side, as a share of the picture's: figures are told apart by it, for small things are seen in few pixels.
SMALL, LARGE = 0.1, 0.2


@dataclass(frozen=True)
class Mark:
    """One observation of a figure; means are weighted."""

    figure: str
    value: float
    weight: float = 1


def marks(scene: Scene, task: Task, answer: str, places: Sequence[Point] | None = None) -> list[Mark]:
    """
    The marks of one answer; every kind of task has its own figures.

    places: of its locations; boxes then lie between the cells, as the app draws them, and first boxes are judged on them too
    """
    drawn = boxes(answer) if places is None else placed(answer, places)
    if task.kind.startswith("find-"):
        return [*_found(drawn, task.targets), *(() if places is None else _found_on_cells(boxes(answer), task.targets))]
    if task.kind == "brief":
        return [*_captioned(scene, answer, drawn), *_located(scene.things, told(answer, places))]
    if task.kind in ("region-name", "region-what"):
        return _by_size("right", kind_named(answer) == task.targets[0].name, task.targets[0])
    return [Mark("right", words(answer) == words(task.answer))]


def _found(found: list[Box], targets: tuple[Thing, ...]) -> list[Mark]:
    if len(targets) == 1:
        overlap = iou(found[0], targets[0].box) if found else 0.0
        return [*_by_size("recall@1", overlap >= RIGHT, targets[0]), Mark("IoU", overlap)]
    hit = sum(any(iou(box, target.box) >= RIGHT for box in found) for target in targets)
    return [Mark("recall of several", hit / len(targets)), Mark("right number", len(found) == len(targets))]


def _found_on_cells(found: list[Box], targets: tuple[Thing, ...]) -> list[Mark]:
    if len(targets) > 1:
        return []
    overlap = iou(found[0], targets[0].box) if found else 0.0
    return [Mark("recall@1, cells", overlap >= RIGHT), Mark("IoU, cells", overlap)]


def _by_size(figure: str, value: float, thing: Thing) -> list[Mark]:
    """The figure, and again as that of things of this size."""
    size = "small" if thing.size < SMALL else "large" if thing.size >= LARGE else "middle"
    return [Mark(figure, value), Mark(f"{figure}, {size}", value)]


def _captioned(scene: Scene, answer: str, drawn: list[Box]) -> list[Mark]:
    """Things named, as many of a kind as there are; and whether each box is on a thing of the picture."""
    said, there = things(answer), Counter(thing.name for thing in scene.things)
    both = sum((said & there).values())
    best = [max(iou(box, thing.box) for thing in scene.things) for box in drawn]
    return [
        Mark("precision", both / max(1, said.total()), said.total()),
        Mark("recall", both / there.total(), there.total()),
        Mark("exact", said == there),
        *(Mark("box IoU", value) for value in best),
    ]


def _located(there: Sequence[Thing], said: Sequence[tuple[str, Box]]) -> list[Mark]:
    """Things told under their names each with a box of its own, of all things and of all boxes."""
    left, right = list(said), 0
    for thing in there:
        own = max((entry for entry in left if entry[0] == thing.name), key=lambda entry: iou(entry[1], thing.box), default=None)
        if own is not None and iou(own[1], thing.box) >= RIGHT:
            left.remove(own)
            right += 1
    return [
        Mark("precision, located", right / max(1, len(said)), len(said)),
        Mark("recall, located", right / len(there), len(there)),
    ]
