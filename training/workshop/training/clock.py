"""How far a run is."""

import time

import torch
import torch.distributed as dist

from .recipe import Recipe


class Clock:
    """0 at the start of a run, 1 at its end; by steps, or by the clock of the first process."""

    def __init__(self, recipe: Recipe, seconds: float, processes: int):
        self.recipe, self.before, self.started, self.processes = recipe, seconds, time.time(), processes

    @property
    def seconds(self) -> float:
        """Of training so far, those before an interruption among them."""
        return self.before + time.time() - self.started

    def at(self, step: int) -> float:
        if self.recipe.steps is not None:
            return step / self.recipe.steps
        passed = torch.tensor(self.seconds / 60 / self.recipe.minutes)
        if self.processes > 1:
            dist.broadcast(passed, 0)
        return passed.item()
