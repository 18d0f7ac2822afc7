"""
What training minimises. The answers alone teach a small model little about where to look, so besides them `helpers` asks
what features and image rows stand for, and `looking` where heads of the decoder look.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..model.kosmos2 import Kosmos2
from ..model.pixels import normalised
from ..scenes.geometry import CELLS
from ..words.tokenizer import Words
from .batches import Batch
from .cells import close, corner_loss
from .helpers import Helpers, Seeing
from .looking import Looking


class Losses:
    def __init__(self, model: Kosmos2, helpers: Helpers, words: Words, trained: bool = False):
        """`trained`: the model knows corners already, which are taught where they are from the beginning then."""
        device = next(model.parameters()).device
        self._trained = trained
        self._model, self._words = model, words
        self._seeing = Seeing(helpers, words, device)

    def __call__(self, batch: Batch, at: float) -> tuple[Tensor, dict[str, Tensor]]:
        """The sum to minimise, and figures to report; `at`: how far training is, 0..1."""
        model, tags = self._model, self._words.tags
        figures: dict[str, Tensor] = {}
        # First cells around a corner count as nearly right, in the end those that it lies between.
        width = 1.0 if self._trained else 1.5 - 0.5 * min(1.0, max(0.0, (at - 0.4) / 0.45))
        features = model.features(normalised(batch.pictures)) if batch.features is None else batch.features
        latents = model.image_to_text_projection(features)
        rows = model.prefix(latents, tags["<image>"], tags["</image>"])
        looking = Looking(batch)
        hidden = model(rows, batch.ids, batch.positions, batch.mask, looking.watches)[:, rows.shape[1] :]
        table = model.text_model.model.embed_tokens.weight
        seen = self._seeing.loss(batch, features[:, 1:], latents, table, width, figures)
        return self._answers(batch, hidden, width, figures) + seen + 0.8 * looking.loss(figures), figures

    def _answers(self, batch: Batch, hidden: Tensor, width: float, figures: dict) -> Tensor:
        chosen = batch.labels >= 0
        labels, weights = batch.labels[chosen], batch.weights[chosen]
        likely = F.log_softmax(self._model.logits(hidden[chosen]).float(), -1)
        first = self._words.first_location
        located = labels >= first
        cells = labels[located] - first
        loss = -likely.gather(1, labels[:, None])[:, 0]
        corner = corner_loss(likely[located][:, first : first + CELLS**2], batch.places[chosen][located], width)
        loss = loss.masked_scatter(located, corner)
        again = self._told_again(batch, chosen, likely, figures)
        with torch.no_grad():
            guess = likely.argmax(-1)
            figures["text"] = (guess == labels)[~located].float().mean()
            figures["near"] = close(guess[located] - first, cells).float().mean()
        return (loss * weights).sum() / weights.sum() + 0.6 * again

    def _told_again(self, batch: Batch, chosen: Tensor, likely: Tensor, figures: dict) -> Tensor:
        """
        How likely it is that what an answer has told is told again: unlikelihood, after Welleck et al., "Neural Text
        Generation with Unlikelihood Training" (2019), at what begins a name or a box.
        """
        rows, positions, ids = batch.told.unbind(1)
        at = (chosen.flatten().cumsum(0) - 1).view_as(chosen)[rows, positions]
        again = likely.new_zeros(len(likely)).index_add(0, at, likely[at, ids].exp())[at.unique()]
        figures["again"] = again.detach().mean()
        return -torch.log1p(-again.clamp(max=0.999)).sum() / max(1, len(again))
