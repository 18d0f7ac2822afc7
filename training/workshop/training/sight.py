"""What each cell of a grid over the picture shows."""

from dataclasses import dataclass, fields

import numpy as np

from ..scenes.geometry import Box, area, overlap
from ..scenes.kinds import INDEX, NAMES
from ..scenes.scene import Scene

#: The kind of a cell without a thing.
NOTHING = len(NAMES)


@dataclass
class Sight:
    """What is in each cell of a grid over the picture."""

    #: Index of the thing, or -1.
    thing: np.ndarray
    #: Index of its kind, or NOTHING.
    kind: np.ndarray
    #: Its edges, from the middle of the cell, in quarters of the picture.
    box: np.ndarray
    #: Whether the middle of the thing is here.
    centre: np.ndarray


def by_columns(sight: Sight, rows: int, columns: int) -> Sight:
    """The same with its cells column by column."""
    order = np.arange(rows * columns).reshape(rows, columns).T.ravel()
    return Sight(*(getattr(sight, field.name)[order] for field in fields(Sight)))


def sight_of(scene: Scene, rows: int, columns: int) -> Sight:
    """The thing with the largest part in each cell, and always the one whose middle is there."""
    count = columns * rows
    sight = Sight(np.full(count, -1), np.full(count, NOTHING), np.zeros((count, 4), np.float32), np.zeros(count, np.float32))
    best = np.zeros(count)
    for index, thing in enumerate(scene.things):
        x1, y1, x2, y2 = thing.box
        for row in range(int(y1 * rows), min(rows, int(y2 * rows) + 1)):
            for column in range(int(x1 * columns), min(columns, int(x2 * columns) + 1)):
                cell: Box = (column / columns, row / rows, (column + 1) / columns, (row + 1) / rows)
                shared, at = overlap(cell, thing.box), row * columns + column
                if shared > best[at] and shared >= 0.25 * min(area(cell), area(thing.box)):
                    best[at], sight.thing[at] = shared, index
    for index, thing in enumerate(scene.things):
        x, y = thing.centre
        at = min(rows - 1, int(y * rows)) * columns + min(columns - 1, int(x * columns))
        if not sight.centre[at]:
            sight.thing[at], sight.centre[at] = index, 1
    for at in np.flatnonzero(sight.thing >= 0):
        thing = scene.things[sight.thing[at]]
        middle = np.tile(((at % columns + 0.5) / columns, (at // columns + 0.5) / rows), 2)
        sight.kind[at], sight.box[at] = INDEX[thing.name], (np.array(thing.box) - middle) * 4
    return sight
