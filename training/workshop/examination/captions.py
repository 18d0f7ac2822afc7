"""Captions thing by thing: what is told rightly, under another name and not at all, and what is told besides."""

from collections import Counter
from collections.abc import Sequence

import torch

from ..lessons.describe import brief
from ..model.generate import write
from ..model.kosmos2 import Kosmos2
from ..scenes.geometry import Box, iou
from ..scenes.scene import Thing, World
from ..words.tokenizer import Words
from .answers import told
from .examine import BATCH, seen

#: From this IoU on a box is a thing's.
OWN = 0.4

#: Of the things, each is one of the first three; of the boxes that are no thing's, some are the last.
ACCOUNTS = ("told rightly", "under another name", "passed over", "around nothing", "of these around a thing told already")


def describe(model: Kosmos2, words: Words, world: World, scenes: range) -> Counter[str]:
    """The accounts of the captions of scenes by their numbers, those of an examination from 0 on."""
    shown = [seen(model, world, index)[1:] for index in scenes]
    # Long captions with long ones: a batch ends with its longest.
    shown.sort(key=lambda entry: len(entry[0].things))
    accounts: Counter[str] = Counter()
    for start in range(0, len(shown), BATCH):
        batch = shown[start : start + BATCH]
        rows = torch.stack([latents for _, latents in batch])
        answers = write(model, words, rows, [words.prompt(brief(scene).prompt) for scene, _ in batch])
        for (scene, _), written in zip(batch, answers, strict=True):
            accounts += account(scene.things, told(words.decode(written.ids), written.places))
    return accounts


def account(things: Sequence[Thing], boxes: Sequence[tuple[str, Box]]) -> Counter[str]:
    """Gives every thing, in their order, the box that is nearest to it of those that are nobody's yet."""
    right, other, passed, nothing, again = ACCOUNTS
    accounts: Counter[str] = Counter()
    left = list(boxes)
    for thing in things:
        own = max(left, key=lambda entry: iou(entry[1], thing.box), default=None)
        if own is None or iou(own[1], thing.box) < OWN:
            accounts[passed] += 1
            continue
        left.remove(own)
        accounts[right if own[0] == thing.name else other] += 1
    accounts[nothing] += len(left)
    accounts[again] += sum(any(kind == thing.name and iou(box, thing.box) >= OWN for thing in things) for kind, box in left)
    return accounts
