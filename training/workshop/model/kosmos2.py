"""KOSMOS-2 with the reference's parameter names, written for training: one image a row, many short texts behind it."""

import torch
from torch import Tensor, nn

from .attention import Watch
from .decoder import TextModel
from .size import Size
from .vision import Projection, VisionModel


class Nested(nn.Module):
    """The reference keeps both halves one level down, as `model`."""

    def __init__(self, model: nn.Module):
        super().__init__()
        self.model = model


class Kosmos2(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.size = size
        self.vision_model = Nested(VisionModel(size))
        self.image_to_text_projection = Projection(size)
        self.text_model = Nested(TextModel(size))
        self.apply(_start)

    def see(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Normalised pixels to the image rows `[B, latents, H]` and the patch features `[B, patches, H]`."""
        features = self.features(pixels)
        return self.image_to_text_projection(features), features[:, 1:]

    def features(self, pixels: Tensor) -> Tensor:
        """What the vision tower makes of them: `[B, 1 + patches, H]`, the class token first."""
        return self.vision_model.model(pixels)

    def forward(self, rows: Tensor, ids: Tensor, positions: Tensor, mask: Tensor, watches: dict[int, list[Watch]]) -> Tensor:
        """
        Hidden states of texts behind their image.

        rows: `[B, T0, H]`, what stands before the texts, from `prefix`
        ids, positions: `[B, T]`; positions count from the start of the sequence
        mask: `[B, 1, T0 + T, T0 + T]`, added to the scores
        """
        text = self.text_model.model
        before = torch.arange(rows.shape[1], device=ids.device).expand(len(ids), -1)
        whole = torch.cat([rows, text.embed_tokens(ids)], 1)
        return text(text.place(whole, torch.cat([before, positions], 1)), mask, watches)

    def prefix(self, latents: Tensor, image_tag: int, image_end: int) -> Tensor:
        """`<s> <image>`, the image rows and `</image>` as embeddings."""
        table = self.text_model.model.embed_tokens.weight
        one = lambda index: table[index].expand(len(latents), 1, -1)
        return torch.cat([one(0), one(image_tag), latents, one(image_end)], 1)

    def logits(self, hidden: Tensor) -> Tensor:
        return hidden @ self.text_model.model.embed_tokens.weight.t()


def _start(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=module.in_features**-0.5)
        nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=module.embedding_dim**-0.5)
    elif isinstance(module, nn.Conv2d):
        nn.init.normal_(module.weight, std=0.02)
