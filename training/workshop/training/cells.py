"""
Corners as targets. A cell shares a corner with the cells next to it, the more of it the nearer that lies to them, so that their
probabilities tell where in its cell a corner is: the app draws it at their mean (`model/places.py`). Edges of boxes as
distributions over two steps of a grid: "Generalized Focal Loss" (arXiv:2006.04388).
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from ..scenes.geometry import CELLS, Box, Point, corners

#: How much of the way from the centre of its cell a corner is moved: not all of it, so that the right cell stays the likeliest.
MOVED = 0.75


def corner_points(box: Box) -> Iterator[Point]:
    """The upper-left and the lower-right corner as they are taught, in cells; each inside of the cell that is written."""
    for edges, cell in zip((box[:2], box[2:]), corners(box), strict=True):
        row, column = divmod(cell, CELLS)
        yield tuple(
            index + 0.5 + MOVED * min(0.5, max(-0.5, edge * CELLS - index - 0.5))
            for edge, index in zip(edges, (column, row), strict=True)
        )


def corner_loss(likely: Tensor, points: Tensor, width: float) -> Tensor:
    """
    Cross entropy `[n]` of log-probabilities `[n, cells]`. `points`: `[n, 2]` in cells. `width`: how many cells away from a
    corner a cell still has a share; with 1 their mean is the point.
    """
    centres = torch.arange(CELLS, device=points.device) + 0.5
    across, down = ((width - (point[:, None] - centres).abs()).clamp(min=0) for point in points.unbind(1))
    shares = (down[:, :, None] * across[:, None]).flatten(1)
    return -(likely * shares).sum(1) / shares.sum(1)


def close(guess: Tensor, right: Tensor) -> Tensor:
    """Which guessed cells are the right one or touch it."""
    across = (guess % CELLS - right % CELLS).abs()
    down = (guess // CELLS - right // CELLS).abs()
    return (across <= 1) & (down <= 1)
