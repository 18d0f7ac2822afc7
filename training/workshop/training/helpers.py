"""Auxiliary heads: patch features and image rows must tell what they stand for. Nothing of them is exported."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..scenes.backgrounds import BACKGROUNDS
from ..scenes.geometry import CELLS
from ..scenes.kinds import KINDS, NAMES
from ..words.tokenizer import Words
from .batches import Batch, Seen
from .cells import corner_loss
from .sight import NOTHING


class Helpers(nn.Module):
    def __init__(self, hidden: int):
        super().__init__()
        self.patch = nn.Linear(hidden, NOTHING + 1 + 4)
        self.latent = nn.Linear(hidden, NOTHING + 1 + 4)
        self.corner = nn.Linear(hidden, 2 * hidden)
        self.place = nn.Linear(hidden, 1 + len(BACKGROUNDS))
        self.name = nn.Linear(hidden, hidden)
        for head in self.children():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)


class Seeing:
    """What the auxiliary heads get wrong."""

    def __init__(self, helpers: Helpers, words: Words, device: torch.device):
        self._helpers, self._first = helpers, words.first_location
        self._spelled = _spelled(words).to(device)

    def loss(self, batch: Batch, features: Tensor, latents: Tensor, table: Tensor, width: float, figures: dict) -> Tensor:
        """`table`: the embeddings, which rows of things must come near to when they spell name and corners."""
        helpers, hidden = self._helpers, latents.shape[-1]
        normed = F.layer_norm(latents, (hidden,))
        patch = _known(helpers.patch(features * hidden**0.5), batch.patches, figures, "patch") if batch.features is None else 0
        latent = _known(helpers.latent(normed), batch.latents, figures, "latent")
        things = batch.latents.kind < NOTHING
        place = helpers.place(normed).float()
        centre = F.binary_cross_entropy_with_logits(place[..., 0], batch.latents.centre)
        behind = batch.background[:, None].expand_as(things)
        background = F.cross_entropy(place[..., 1:][~things], behind[~things])
        named = helpers.name(normed[things])
        kinds = batch.latents.kind[things]
        name = sum(F.cross_entropy((named @ (spelled @ table).t()).float(), kinds) for spelled in self._spelled) / 2
        spoken = F.layer_norm(helpers.corner(normed[things]).unflatten(-1, (2, hidden)), (hidden,))
        locations = table[self._first : self._first + CELLS**2]
        likely = F.log_softmax((spoken @ locations.t()).float(), -1)
        corner = corner_loss(likely.flatten(0, 1), batch.corners[things].flatten(0, 1), width).mean()
        return patch + 0.6 * (latent + centre + corner) + 0.3 * name + 0.2 * background


def _known(guess: Tensor, seen: Seen, figures: dict, name: str) -> Tensor:
    """Kind and box of what a patch or an image row stands for; nothing at all is common, so it counts less."""
    kinds, boxes = guess[..., :-4].float(), guess[..., -4:].float()
    things = seen.kind < NOTHING
    wrong = F.cross_entropy(kinds.flatten(0, 1), seen.kind.flatten(), reduction="none").view_as(seen.kind)
    off = F.smooth_l1_loss(boxes, seen.box, reduction="none", beta=0.1).sum(-1)
    figures[name] = (kinds.argmax(-1) == seen.kind)[things].float().mean().detach()
    return 1.6 * (wrong * torch.where(things, 1.0, 0.3)).mean() + (off * things).sum() / things.sum().clamp(min=1)


def _spelled(words: Words) -> Tensor:
    """`[2, kinds, vocabulary]`: the mean of the pieces of each name, and of its plural."""
    table = torch.zeros(2, len(NAMES), words.size)
    for row, kind in enumerate(KINDS.values()):
        for form, name in enumerate((kind.name, kind.plural)):
            ids = words.answer(f" {name}")
            for index in ids:
                table[form, row, index] += 1 / len(ids)
    return table
