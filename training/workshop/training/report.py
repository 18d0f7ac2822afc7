"""How a run is going, for people to read."""

import time
from collections import defaultdict

import torch
from torch import Tensor

from .recipe import Recipe

REPORTED_EVERY = 50  # steps


class Report:
    """Means of the figures, a line now and then."""

    def __init__(self, recipe: Recipe):
        self.recipe, self.figures, self.since = recipe, defaultdict(list), time.time()

    def add(self, step: int, at: float, figures: dict[str, Tensor]) -> None:
        for name, value in figures.items():
            self.figures[name].append(value)
        if step % REPORTED_EVERY == 0:
            images = REPORTED_EVERY * self.recipe.batch / (time.time() - self.since)
            means = "  ".join(f"{name} {torch.stack(values).nanmean().item():.3f}" for name, values in self.figures.items())
            print(f"{at:.1%}  step {step}  {images:.1f} images/s  {means}", flush=True)
            self.figures.clear()
            self.since = time.time()
