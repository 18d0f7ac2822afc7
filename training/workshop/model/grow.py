"""A larger model that begins with what a smaller one knows."""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from ..words.tokenizer import Words
from .kosmos2 import Kosmos2
from .size import Size, latent_grid

Weights = dict[str, Tensor]


def grow(model: Kosmos2, folder: Path, words: Words) -> None:
    """
    Gives `model` the weights of the exported folder. Pieces of the vocabulary go by name; positions and latent queries are
    interpolated on their grids; layers that the folder lacks begin as the identity, and those that `model` lacks are left out.
    """
    state = model.state_dict()
    stored = load_file(folder / "model.safetensors")
    weights = {name: tensor.float() for name, tensor in stored.items() if name in state}
    for name, start in state.items():
        if ".layers." in name and name not in weights:
            weights[name] = torch.zeros_like(start) if _writes_back(name) else start
    table = "text_model.model.embed_tokens.weight"
    weights[table] = _by_piece(state[table], weights[table], words, Words(folder / "tokenizer.json"))
    position = "vision_model.model.embeddings.position_embedding.weight"
    weights[position] = _positions(weights[position], model.size.grid)
    latent = "image_to_text_projection.latent_query"
    weights[latent] = _latents(weights[latent], model.size)
    model.load_state_dict(weights)


def _writes_back(name: str) -> bool:
    """Whether a weight is the last of its branch: zero, it makes the branch add nothing."""
    return ".out_proj." in name or ".fc2." in name


def _by_piece(start: Tensor, known: Tensor, words: Words, known_words: Words) -> Tensor:
    table = start.clone()
    ids = {known_words.decode([index]): index for index in range(4, known_words.size)}
    for index in range(words.size):
        other = index if index < 4 else ids.get(words.decode([index]))
        if other is not None:
            table[index] = known[other]
    return table


def _positions(known: Tensor, grid: int) -> Tensor:
    """The class token's position, then those of the patches, row by row."""
    side = round((len(known) - 1) ** 0.5)
    return torch.cat([known[:1], _resized(known[1:], (side, side), (grid, grid))])


def _latents(known: Tensor, size: Size) -> Tensor:
    """Latent queries stand for regions. Those of another number are taken to go row by row."""
    if len(known) == size.latents:
        return known
    resized = _resized(known, latent_grid(len(known)), size.latent_grid)
    return resized.unflatten(0, size.latent_grid).transpose(0, 1).flatten(0, 1) if size.by_columns else resized


def _resized(rows: Tensor, known: tuple[int, int], wanted: tuple[int, int]) -> Tensor:
    grid = rows.t().reshape(1, -1, *known)
    return F.interpolate(grid, size=wanted, mode="bilinear").reshape(rows.shape[1], -1).t()
