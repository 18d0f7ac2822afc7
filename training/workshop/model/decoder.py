"""The decoder that reads and writes."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .attention import Attention, Watch
from .size import Size


class Ffn(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.fc1 = nn.Linear(size.hidden, size.inner)
        self.fc2 = nn.Linear(size.inner, size.hidden)
        self.ffn_layernorm = nn.LayerNorm(size.inner)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(self.ffn_layernorm(F.gelu(self.fc1(x))))


class DecoderLayer(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.self_attn = Attention(size.hidden, size.heads, inner_norm=True)
        self.self_attn_layer_norm = nn.LayerNorm(size.hidden)
        self.ffn = Ffn(size)
        self.final_layer_norm = nn.LayerNorm(size.hidden)

    def forward(self, x: Tensor, mask: Tensor, watches: list[Watch] | None = None) -> Tensor:
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn(normed, normed, mask, watches)
        return x + self.ffn(self.final_layer_norm(x))


class TextModel(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.embed_tokens = nn.Embedding(size.vocabulary, size.hidden)
        self.layers = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.layer_norm = nn.LayerNorm(size.hidden)
        self.register_buffer("sinusoids", sinusoids(size.positions + 2, size.hidden), persistent=False)

    def place(self, rows: Tensor, positions: Tensor) -> Tensor:
        """Embeddings, image rows among them, as they enter the decoder; the first position is 2, as in the reference."""
        return rows * math.sqrt(rows.shape[-1]) + self.sinusoids[positions + 2]

    def forward(self, x: Tensor, mask: Tensor, watches: dict[int, list[Watch]]) -> Tensor:
        for index, layer in enumerate(self.layers):
            x = layer(x, mask, watches.get(index))
        return self.layer_norm(x)


def sinusoids(count: int, hidden: int) -> Tensor:
    """Sines, then cosines; the row of the padding id is zero."""
    half = hidden // 2
    frequencies = torch.exp(torch.arange(half) * -(math.log(10000) / (half - 1)))
    angles = torch.arange(count)[:, None] * frequencies
    table = torch.cat([angles.sin(), angles.cos()], 1)
    table[1] = 0
    return table
