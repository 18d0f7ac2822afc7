"""The tower that looks at the picture, and what turns its patches into the image rows of the decoder."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .attention import Attention
from .size import Size


class VisionMlp(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.fc1 = nn.Linear(size.hidden, size.inner)
        self.fc2 = nn.Linear(size.inner, size.hidden)

    def forward(self, x: Tensor) -> Tensor:
        x = self.fc1(x)
        return self.fc2(x * torch.sigmoid(1.702 * x))


class VisionLayer(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.self_attn = Attention(size.hidden, size.heads)
        self.layer_norm1 = nn.LayerNorm(size.hidden)
        self.mlp = VisionMlp(size)
        self.layer_norm2 = nn.LayerNorm(size.hidden)

    def forward(self, x: Tensor) -> Tensor:
        normed = self.layer_norm1(x)
        x = x + self.self_attn(normed, normed)
        return x + self.mlp(self.layer_norm2(x))


class Embeddings(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.class_embedding = nn.Parameter(torch.randn(size.hidden) * 0.3)
        self.patch_embedding = nn.Conv2d(3, size.hidden, size.patch, size.patch, bias=False)
        self.position_embedding = nn.Embedding(size.grid**2 + 1, size.hidden)

    def forward(self, pixels: Tensor) -> Tensor:
        patches = self.patch_embedding(pixels).flatten(2).transpose(1, 2)
        first = self.class_embedding.expand(len(patches), 1, -1)
        return torch.cat([first, patches], 1) + self.position_embedding.weight


class Encoder(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.layers = nn.ModuleList(VisionLayer(size) for _ in range(size.vision_layers))


class VisionModel(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.embeddings = Embeddings(size)
        self.pre_layrnorm = nn.LayerNorm(size.hidden)
        self.encoder = Encoder(size)
        self.post_layernorm = nn.LayerNorm(size.hidden)

    def forward(self, pixels: Tensor) -> Tensor:
        """`[B, 3, image, image]`, normalised, to `[B, 1 + patches, H]`."""
        x = self.pre_layrnorm(self.embeddings(pixels))
        for layer in self.encoder.layers:
            x = layer(x)
        return F.normalize(self.post_layernorm(x), dim=-1)


class Projection(nn.Module):
    """Latent queries look at the picture, and at each other's queries, once."""

    def __init__(self, size: Size):
        super().__init__()
        self.dense = nn.Linear(size.hidden, size.hidden)
        self.latent_query = nn.Parameter(torch.randn(size.latents, size.hidden) * 0.5)
        self.x_attn = Attention(size.hidden, size.heads)

    def forward(self, features: Tensor) -> Tensor:
        queries = self.latent_query.expand(len(features), -1, -1)
        return self.x_attn(queries, torch.cat([self.dense(features), queries], 1))
