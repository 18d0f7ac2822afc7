"""A run's state on disk, so that it can be interrupted at any time."""

from dataclasses import asdict
from pathlib import Path

import torch
from torch import nn

from ..model.stored import load
from .recipe import Recipe

Modules = dict[str, nn.Module]
Optimizers = list[torch.optim.Optimizer]


#: Of a recipe, what an interrupted run may be given anew: it may go on for longer, and on another machine.
FREE = ("steps", "minutes", "processes")


def save(path: Path, recipe: Recipe, step: int, seconds: float, modules: Modules, optimizers: Optimizers) -> None:
    """Whole or not at all."""
    partial = path.with_suffix(".partial")
    states = {name: module.state_dict() for name, module in modules.items()}
    optimized = [optimizer.state_dict() for optimizer in optimizers]
    torch.save({"recipe": _held(recipe), "step": step, "seconds": seconds, **states, "optimizers": optimized}, partial)
    partial.rename(path)


def restore(path: Path, recipe: Recipe, modules: Modules, optimizers: Optimizers) -> tuple[int, float]:
    """
    Steps and seconds of training so far; 0 where there is nothing to go on from.

    Raises ValueError where the checkpoint is of a run by another recipe: it would be taken for this one's.
    """
    if not path.exists():
        return 0, 0.0
    saved = load(path)
    other = [name for name, value in _held(recipe).items() if saved["recipe"].get(name) != value]
    if other:
        told = ", ".join(f"{name} {saved['recipe'].get(name)} and not {_held(recipe)[name]}" for name in other)
        raise ValueError(f"{path} is of another run ({told}). Give this one a folder of its own with --work.")
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


def _held(recipe: Recipe) -> dict[str, object]:
    plain = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(recipe).items()}
    return {name: value for name, value in plain.items() if name not in FREE}
