"""Weights between those of two models."""

from pathlib import Path

from safetensors.torch import load_file, save_file


def blend(first: Path, second: Path, share: float, out: Path) -> None:
    """
    Writes the checkpoint that is `share` of the way from the first to the second.

    Raises ValueError where they have not the same weights: then one was not trained on from the other.
    """
    start, end = load_file(first), load_file(second)
    shapes = [{name: weight.shape for name, weight in weights.items()} for weights in (start, end)]
    if shapes[0] != shapes[1]:
        raise ValueError(f"{first} and {second} have different weights: only a model and one trained on from it can be blended.")
    between = {name: start[name].float().lerp(weight.float(), share).to(weight.dtype) for name, weight in end.items()}
    save_file(between, out, {"format": "pt"})
