"""Pictures as the model takes them."""

import torch
from torch import Tensor

#: CLIP's, by which KOSMOS-2 normalises.
MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


def normalised(pictures: Tensor) -> Tensor:
    """uint8 `[B, side, side, 3]` to pixel values `[B, 3, side, side]`."""
    mean, std = (torch.tensor(values, device=pictures.device)[:, None, None] for values in (MEAN, STD))
    return (pictures.permute(0, 3, 1, 2).float() / 255 - mean) / std
