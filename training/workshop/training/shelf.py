"""Pictures that are used more than once, with what a vision tower that no longer learns makes of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import torch
from torch import Tensor

from ..scenes.scene import Scene

#: Scenes that are kept to be drawn from, before any is used again; a picture's features of the largest size take 0.3 MB.
KEPT = 500

#: `[B, side, side, 3]`, uint8, to `[B, 1 + patches, H]`.
See = Callable[[Tensor], Tensor]


@dataclass(eq=False)
class _Kept:
    scene: Scene
    seen: Tensor
    #: How often it is to be used yet.
    left: int


class Shelf:
    """
    The tower takes two thirds of a step, and drawing a tenth: what reads its features learns from more than twice as many
    scenes a minute where one of `uses` is new and the others are drawn from hundreds. Each is used so often and no more.
    """

    def __init__(self, see: See, uses: int):
        self._see, self._uses = see, uses
        self._kept: list[_Kept] = []

    def batch(self, random: Random, size: int, compose: Callable[[], Scene]) -> tuple[list[Scene], Tensor]:
        """Scenes without their pictures, and the features of these."""
        scenes = [compose() for _ in range(max(1, size // self._uses) if len(self._kept) >= max(KEPT, size) else size)]
        features = self._see(torch.from_numpy(np.stack([scene.picture for scene in scenes]))).to(torch.bfloat16)
        # A view would keep all of the picture.
        plain = [replace(scene, picture=scene.picture[:0].copy()) for scene in scenes]
        new = [_Kept(scene, seen, self._uses - 1) for scene, seen in zip(plain, features, strict=True)]
        again = random.sample(self._kept, size - len(new))
        for kept in again:
            kept.left -= 1
        self._kept = [kept for kept in (*self._kept, *new) if kept.left > 0]
        batch = [*new, *again]
        return [kept.scene for kept in batch], torch.stack([kept.seen for kept in batch]).float()
