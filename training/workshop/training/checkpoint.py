"""A run's state on disk, so that it can be interrupted at any time."""

from pathlib import Path

import torch
from torch import nn

from ..model.stored import load

Modules = dict[str, nn.Module]
Optimizers = list[torch.optim.Optimizer]


def save(path: Path, step: int, seconds: float, modules: Modules, optimizers: Optimizers) -> None:
    """Whole or not at all."""
    partial = path.with_suffix(".partial")
    states = {name: module.state_dict() for name, module in modules.items()}
    torch.save(
        {"step": step, "seconds": seconds, **states, "optimizers": [optimizer.state_dict() for optimizer in optimizers]}, partial
    )
    partial.rename(path)


def restore(path: Path, modules: Modules, optimizers: Optimizers) -> tuple[int, float]:
    """Steps and seconds of training so far; 0 where there is nothing to go on from."""
    if not path.exists():
        return 0, 0.0
    saved = load(path)
    for name, module in modules.items():
        module.load_state_dict(saved[name])
    for optimizer, state in zip(optimizers, saved["optimizers"], strict=True):
        optimizer.load_state_dict(state)
    return saved["step"], saved["seconds"]


def restore_helpers(path: Path, helpers: nn.Module) -> None:
    """The helper heads alone, which no export has: without them, a run's first hundreds of steps teach them what they knew."""
    helpers.load_state_dict(load(path)["helpers"])


def progress(path: Path) -> dict[str, float]:
    """Steps and seconds of the run so far."""
    saved = load(path)
    return {"steps": saved["step"], "seconds": saved["seconds"]}
