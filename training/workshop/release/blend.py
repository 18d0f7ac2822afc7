"""Weights between those of two models."""

from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor


def blend(first: Path, second: Path, share: float) -> dict[str, Tensor]:
    """
    The weights `share` of the way from the first checkpoint to the second; layers that the second was given besides are its
    own.

    Raises ValueError where other weights differ in shape: then one was not trained on from the other.
    """
    start, end = load_file(first), load_file(second)
    shapes = {name: weight.shape for name, weight in end.items() if name in start or ".layers." not in name}
    if shapes != {name: weight.shape for name, weight in start.items()}:
        raise ValueError(f"{first} and {second} have different weights: only a model and one trained on from it can be blended.")
    return {
        name: start[name].float().lerp(weight.float(), share).to(weight.dtype) if name in start else weight
        for name, weight in end.items()
    }
