"""Pictures that are used more than once, with what a vision tower that no longer learns makes of them."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
import torch
from torch import Tensor

from ..scenes.scene import Scene

#: Scenes kept; a picture's features of the largest size take 0.3 MB.
KEPT = 3000

#: `[B, side, side, 3]`, uint8, to `[B, 1 + patches, H]`.
See = Callable[[Tensor], Tensor]


class Shelf:
    """
    The tower takes two thirds of a step, and drawing a tenth: what reads its features learns from more than twice as many
    scenes a minute where one of `uses` is new and the others are drawn from the last thousands.
    """

    def __init__(self, see: See, uses: int):
        self._see, self._uses = see, uses
        self._kept: deque[tuple[Scene, Tensor]] = deque(maxlen=KEPT)

    def batch(self, random: Random, size: int, compose: Callable[[], Scene]) -> tuple[list[Scene], Tensor]:
        """Scenes without their pictures, and the features of these."""
        scenes = [compose() for _ in range(max(1, size // self._uses) if self._kept else size)]
        features = self._see(torch.from_numpy(np.stack([scene.picture for scene in scenes]))).to(torch.bfloat16)
        new = [(replace(scene, picture=scene.picture[:0]), seen) for scene, seen in zip(scenes, features, strict=True)]
        batch = [*new, *(random.choice(self._kept) for _ in range(size - len(new)))]
        self._kept.extend(new)
        return [scene for scene, _ in batch], torch.stack([seen for _, seen in batch]).float()
