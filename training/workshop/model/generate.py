"""Greedy decoding of many texts at once, each behind its own image, with what the decoder's layers have seen kept."""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..words.tokenizer import END, Words
from .decoder import DecoderLayer
from .kosmos2 import Kosmos2

HIDDEN = -1e9

#: Keys and values of one layer, `[B, heads, T, width]`.
Kept = tuple[Tensor, Tensor]


@torch.inference_mode()
def generate(model: Kosmos2, words: Words, latents: Tensor, prompts: list[list[int]], most: int = 160) -> list[list[int]]:
    """
    The ids that follow each prompt, without the end token.

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
    out: list[list[int]] = [[] for _ in prompts]
    ended = torch.zeros(count, dtype=torch.bool)
    visible = causal & seen[:, None, :]
    for index in range(most):
        mask = torch.where(visible, 0.0, HIDDEN)[:, None]
        for number, layer in enumerate(text.layers):
            x, kept[number] = _step(layer, x, mask, kept[number])
        chosen = model.logits(text.layer_norm(x[:, -1])).argmax(-1)
        ended |= chosen == END
        if ended.all():
            break
        for row in torch.nonzero(~ended)[:, 0].tolist():
            out[row].append(int(chosen[row]))
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
