"""Where the corners of boxes are between the cells of the grid, as the app draws them (src/kosmos2/corner-place.ts)."""

import torch
from torch import Tensor

from ..scenes.geometry import CELLS, Point

#: How far the neighbours of a cell are asked.
REACH = 2


def place(logits: Tensor, cell: int) -> Point:
    """The mean of the centres of a cell and its neighbours, by their probabilities. `logits`: `[cells]`."""
    row, column = divmod(cell, CELLS)
    top, left = max(0, row - REACH), max(0, column - REACH)
    near = torch.softmax(logits.float(), -1).view(CELLS, CELLS)[top : row + REACH + 1, left : column + REACH + 1]
    near = near / near.sum()
    across = left + 0.5 + torch.arange(near.shape[1])
    down = top + 0.5 + torch.arange(near.shape[0])
    return (near.sum(0) @ across).item() / CELLS, (near.sum(1) @ down).item() / CELLS
