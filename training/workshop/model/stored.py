"""Reading what PyTorch has saved."""

from pathlib import Path
from typing import Any

import torch

#: 1.13 reads numbers only together with anything else that a pickle may hold.
READS_NUMBERS_ALONE = int(torch.__version__.split(".")[0]) > 1


def load(path: Path) -> Any:
    """A checkpoint of this workshop, on the CPU; tensors, numbers and nothing that runs, where PyTorch can tell."""
    return torch.load(path, map_location="cpu", weights_only=READS_NUMBERS_ALONE)
