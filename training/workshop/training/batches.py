"""Samples side by side as tensors; every batch follows from seed, rank and step alone, so that a run can be resumed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from ..lessons.curriculum import lessons
from ..model.size import Size
from ..scenes.scene import World, compose
from ..words.tokenizer import Words
from .sample import Sample, make_sample
from .shelf import Shelf
from .sight import Sight
from .spelling import Spelling

#: Added to scores that must not count.
HIDDEN = -1e9


@dataclass
class Seen:
    """`Sight`s of a batch."""

    kind: Tensor
    box: Tensor
    centre: Tensor


@dataclass
class Looks:
    """Rows of the batch, positions in the sequence, and for each the rows of the prefix, `[n, T0]`."""

    rows: Tensor
    positions: Tensor
    allowed: Tensor


@dataclass
class Batch:
    #: uint8 `[B, side, side, 3]`
    pictures: Tensor
    ids: Tensor
    positions: Tensor
    labels: Tensor
    weights: Tensor
    #: Where the corners that labels name are, in cells: `[B, T, 2]`.
    places: Tensor
    #: `[B, 1, T0 + T, T0 + T]`
    mask: Tensor
    patches: Seen
    latents: Seen
    #: Points of the two corners of the thing of each image row, in cells: `[B, rows, 2, 2]`.
    corners: Tensor
    background: Tensor
    names: Looks
    #: For the counting head, beside `names`: how attention is shared out.
    counts: Tensor
    pointers: Looks
    #: Rows of the batch, positions of the text, and ids that must not be next there: `[n, 3]`.
    told: Tensor
    #: Of the pictures, where the vision tower does not learn: `[B, 1 + patches, H]`.
    features: Tensor | None

    def to(self, device: torch.device) -> "Batch":
        return _moved(self, device)


def _moved(value, device: torch.device):
    if value is None:
        return None
    if isinstance(value, Tensor):
        return value.to(device, non_blocking=True)
    return type(value)(*(_moved(getattr(value, field.name), device) for field in fields(value)))


class Stream(IterableDataset):
    """
    Endless batches from `step` on; `worlds` with the share that each has of the scenes. With a shelf they follow from those
    before them too.
    """

    def __init__(
        self,
        worlds: list[tuple[World, float]],
        words: Words,
        size: Size,
        batch: int,
        seed: int,
        rank: int,
        step: int,
        shelf: Shelf | None = None,
    ):
        super().__init__()
        self.shelf = shelf
        self.worlds, self.shares = zip(*worlds, strict=True)
        self.words, self.size, self.batch = words, size, batch
        self.seed, self.rank, self.step = seed, rank, step
        self.spelling = Spelling(words)

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        at, stride = (self.step + worker.id, worker.num_workers) if worker else (self.step, 1)
        while True:
            yield self.make(at)
            at += stride

    def make(self, step: int) -> Batch:
        random = Random(f"{self.seed}/{self.rank}/{step}")
        new = lambda: compose(random, random.choices(self.worlds, self.shares)[0], self.size.image)
        sample = lambda scene: make_sample(random, scene, lessons(random, scene), self.words, self.spelling, self.size)
        prefix = self.size.latents + 3
        if self.shelf:
            scenes, features = self.shelf.batch(random, self.batch, new)
            return collate([sample(scene) for scene in scenes], prefix, features)
        return collate([sample(new()) for _ in range(self.batch)], prefix)


def loader(stream: Stream, workers: int) -> Iterator[Batch]:
    """With no workers, batches are made between the steps."""
    options = {"prefetch_factor": 4, "persistent_workers": True} if workers else {}
    return iter(DataLoader(stream, batch_size=None, num_workers=workers, **options))


def collate(samples: list[Sample], prefix: int, features: Tensor | None = None) -> Batch:
    length = max(len(sample.text.ids) for sample in samples)

    def padded(name: str, fill: float, kind: type) -> np.ndarray:
        table = np.full((len(samples), length), fill, kind)
        for row, sample in enumerate(samples):
            values = getattr(sample.text, name)
            table[row, : len(values)] = values
        return table

    segments = np.concatenate([np.zeros((len(samples), prefix), np.int64), padded("segment", -1, np.int64)], 1)
    before = np.tril(np.ones((prefix + length, prefix + length), bool))
    visible = before & ((segments[:, None] == segments[:, :, None]) | (segments[:, None] == 0))
    pointers = _looks([[*sample.pointers] for sample in samples], prefix)
    names = _looks([[look for look, _ in sample.names] for sample in samples], prefix)
    counts = [share for sample in samples for _, share in sample.names] or [_at_start(prefix)]
    return Batch(
        pictures=torch.from_numpy(np.stack([sample.picture for sample in samples])),
        ids=torch.from_numpy(padded("ids", 1, np.int64)),
        positions=torch.from_numpy(padded("positions", 0, np.int64)) + prefix,
        labels=torch.from_numpy(padded("labels", -1, np.int64)),
        weights=torch.from_numpy(padded("weights", 0, np.float32)),
        places=torch.from_numpy(np.stack([_longer(sample.places, length) for sample in samples])),
        mask=torch.from_numpy(np.where(visible, 0, HIDDEN).astype(np.float32))[:, None],
        patches=_seen([sample.patches for sample in samples]),
        latents=_seen([sample.latents for sample in samples]),
        corners=torch.from_numpy(np.stack([sample.corners for sample in samples])),
        background=torch.tensor([sample.background for sample in samples]),
        names=names,
        counts=torch.from_numpy(np.stack(counts)),
        pointers=pointers,
        told=torch.tensor([(row, *ban) for row, sample in enumerate(samples) for ban in sample.told]).view(-1, 3).long(),
        features=features,
    )


def _longer(places: np.ndarray, length: int) -> np.ndarray:
    return np.pad(places, ((0, length - len(places)), (0, 0)))


def _seen(sights: list[Sight]) -> Seen:
    return Seen(*(torch.from_numpy(np.stack([getattr(sight, name) for sight in sights])) for name in ("kind", "box", "centre")))


def _looks(looks: list[list], prefix: int) -> Looks:
    """Where there are none, one that asks for what is so anyway: the first id of a text may look at `<s>`."""
    flat = [(row, prefix + look.position, look.allowed) for row, those in enumerate(looks) for look in those]
    rows, positions, allowed = zip(*(flat or [(0, prefix, _at_start(prefix))]), strict=True)
    return Looks(torch.tensor(rows), torch.tensor(positions), torch.from_numpy(np.stack(allowed)))


def _at_start(prefix: int) -> np.ndarray:
    share = np.zeros(prefix, np.float32)
    share[0] = 1
    return share
