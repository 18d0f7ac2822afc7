"""Which parameters learn by which rule, and how fast."""

from collections import defaultdict

import torch
from torch import nn

from .muon import Muon
from .recipe import Recipe

#: Learning rates relative to the rest; what mixes all patches into the image rows is delicate.
RELATIVE = {"projection.dense.weight": 6.0, "latent_query": 3.0, "x_attn.out_proj": 0.15}


def make_optimizers(model: nn.Module, helpers: nn.Module, recipe: Recipe) -> list[torch.optim.Optimizer]:
    matrices, rest = [], defaultdict(list)
    for name, parameter in [*model.named_parameters(), *helpers.named_parameters(prefix="helpers")]:
        if not parameter.requires_grad:
            continue
        inside = parameter.ndim == 2 and any(part in name for part in ("_proj.weight", ".fc1.weight", ".fc2.weight"))
        if inside and "x_attn.out_proj" not in name:
            matrices.append(parameter)
        else:
            rest[next((factor for part, factor in RELATIVE.items() if part in name), 1.0)].append(parameter)
    groups = [{"params": parameters, "lr": recipe.rate * factor} for factor, parameters in sorted(rest.items())]
    optimizers = [Muon(matrices, recipe.muon_rate), torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0)]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["full_rate"] = group["lr"]
    return optimizers


def set_rates(optimizers: list[torch.optim.Optimizer], recipe: Recipe, step: int, at: float) -> None:
    falling = min(1.0, max(0.01, 1 - 0.99 * (at - recipe.decay_from) / (1 - recipe.decay_from)))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = group["full_rate"] * min(1.0, (step + 1) / recipe.warm_up) * falling
