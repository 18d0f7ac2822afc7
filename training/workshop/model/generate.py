"""Greedy decoding of many texts at once, each behind its own image, with what the decoder's layers have seen kept."""

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from ..scenes.geometry import CELLS, Point
from ..words.tokenizer import END, Words
from .decoder import DecoderLayer
from .kosmos2 import Kosmos2
from .places import place

HIDDEN = -1e9

#: Keys and values of one layer, `[B, heads, T, width]`.
Kept = tuple[Tensor, Tensor]


@dataclass
class Written:
    #: Without the end token.
    ids: list[int] = field(default_factory=list)
    #: Of each location among them, in their order: where it is between the cells.
    places: list[Point] = field(default_factory=list)


def generate(model: Kosmos2, words: Words, latents: Tensor, prompts: list[list[int]], most: int = 160) -> list[list[int]]:
    """The ids of `write` alone."""
    return [written.ids for written in write(model, words, latents, prompts, most)]


@torch.inference_mode()
def write(model: Kosmos2, words: Words, latents: Tensor, prompts: list[list[int]], most: int = 160) -> list[Written]:
    """
    What follows each prompt.

    latents: `[B, latents, H]`, the image rows of each prompt's picture
    prompts: ids of the texts behind the images
    most: ids to generate where none ends the text
    """
    text = model.text_model.model
    rows = model.prefix(latents, words.tags["<image>"], words.tags["</image>"])
    count, before = rows.shape[:2]
    longest = max(map(len, prompts))
    ids = torch.ones(count, longest, dtype=torch.long)
    for row, prompt in enumerate(prompts):
        ids[row, longest - len(prompt) :] = torch.tensor(prompt)
    missing = longest - torch.tensor([len(prompt) for prompt in prompts])
    seen = torch.ones(count, before + longest, dtype=torch.bool)
    seen[:, before:] = torch.arange(longest) >= missing[:, None]
    positions = torch.cat([torch.arange(before).expand(count, -1), before + torch.arange(longest) - missing[:, None]], 1)
    x = text.place(torch.cat([rows, text.embed_tokens(ids)], 1), positions.clamp(min=0))
    causal = torch.tril(torch.ones(before + longest, before + longest, dtype=torch.bool))
    kept: list[Kept | None] = [None] * len(text.layers)
    out = [Written() for _ in prompts]
    first = words.first_location
    ended = torch.zeros(count, dtype=torch.bool)
    visible = causal & seen[:, None, :]
    for index in range(most):
        mask = torch.where(visible, 0.0, HIDDEN)[:, None]
        for number, layer in enumerate(text.layers):
            x, kept[number] = _step(layer, x, mask, kept[number])
        logits = model.logits(text.layer_norm(x[:, -1]))
        chosen = logits.argmax(-1)
        ended |= chosen == END
        if ended.all():
            break
        for row in torch.nonzero(~ended)[:, 0].tolist():
            cell = int(chosen[row]) - first
            out[row].ids.append(int(chosen[row]))
            if 0 <= cell < CELLS**2:
                out[row].places.append(place(logits[row, first : first + CELLS**2], cell))
        seen = F.pad(seen, (0, 1), value=True)
        visible = seen[:, None, :]
        x = text.place(text.embed_tokens(chosen[:, None]), (before + longest - missing + index)[:, None])
    return out


def _step(layer: DecoderLayer, x: Tensor, mask: Tensor, kept: Kept | None) -> tuple[Tensor, Kept]:
    attention = layer.self_attn
    normed = layer.self_attn_layer_norm(x)
    q, k, v = attention.heads_of(normed, normed)
    if kept is not None:
        k, v = torch.cat([kept[0], k], 2), torch.cat([kept[1], v], 2)
    x = x + attention.attend(q, k, v, mask)
    return x + layer.ffn(layer.final_layer_norm(x)), (k, v)
