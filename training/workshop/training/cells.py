"""Corners as targets: the right cell of the location grid, and those around it while training is young."""

import torch
from torch import Tensor

from ..scenes.geometry import CELLS


class Cells:
    """Targets that harden: `spread` cells around a corner count as nearly right."""

    def __init__(self, device: torch.device):
        self._near, self._distance = (table.to(device) for table in _neighbours())

    def loss(self, likely: Tensor, cells: Tensor, spread: float) -> Tensor:
        """Cross entropy `[n]` of log-probabilities `[n, cells]`."""
        share = torch.softmax(-self._distance[cells] / (2 * spread**2), -1)
        return -(likely.gather(1, self._near[cells]) * share).sum(-1)


def close(guess: Tensor, right: Tensor) -> Tensor:
    """Which guessed cells are the right one or touch it."""
    across = (guess % CELLS - right % CELLS).abs()
    down = (guess // CELLS - right // CELLS).abs()
    return (across <= 1) & (down <= 1)


def _neighbours() -> tuple[Tensor, Tensor]:
    """For every cell the 25 around it, and their squared distances; beyond the edge there is none."""
    cells = torch.arange(CELLS**2)
    steps = torch.arange(-2, 3)
    across, down = torch.meshgrid(steps, steps, indexing="xy")
    x, y = (cells % CELLS)[:, None] + across.flatten(), (cells // CELLS)[:, None] + down.flatten()
    inside = (x >= 0) & (x < CELLS) & (y >= 0) & (y < CELLS)
    squared = (across**2 + down**2).flatten().float().expand(len(cells), -1)
    return torch.where(inside, y * CELLS + x, cells[:, None]), torch.where(inside, squared, torch.inf)
