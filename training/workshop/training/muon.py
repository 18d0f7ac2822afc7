"""Muon (Keller Jordan et al., 2024): momentum, made orthogonal, for the matrices inside the layers."""

from collections import defaultdict

import torch
from torch import Tensor

from .narrow import multiplies_bfloat16

#: The quintic of the Newton-Schulz iteration.
A, B, C = 3.4445, -4.7750, 2.0315


class Muon(torch.optim.Optimizer):
    """Matrices of one shape are made orthogonal together: on a CPU many small products cost more than one large."""

    def __init__(self, parameters: list[Tensor], lr: float, momentum: float = 0.95, iterations: int = 3):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "iterations": iterations})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            shaped = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    shaped[tuple(sorted(parameter.shape))].append(parameter)
            for parameters in shaped.values():
                self._update(parameters, group)

    def _update(self, parameters: list[Tensor], group: dict) -> None:
        directions = []
        for parameter in parameters:
            state = self.state[parameter]
            if not state:
                state["momentum"] = torch.zeros_like(parameter)
            state["momentum"].lerp_(parameter.grad, 1 - group["momentum"])
            direction = parameter.grad.lerp(state["momentum"], group["momentum"])
            directions.append(direction if direction.shape[0] <= direction.shape[1] else direction.t())
        for parameter, update in zip(parameters, orthogonal(torch.stack(directions), group["iterations"]), strict=True):
            rows, columns = parameter.shape
            parameter.mul_(1 - 0.01 * group["lr"])
            parameter.sub_(update if rows <= columns else update.t(), alpha=group["lr"] * max(1, rows / columns) ** 0.5)


def orthogonal(matrices: Tensor, iterations: int) -> Tensor:
    """`[n, rows, columns]`, no more rows than columns: the nearest matrices with orthonormal rows, roughly."""
    x = matrices / (matrices.flatten(1).norm(dim=1)[:, None, None] + 1e-12)
    if multiplies_bfloat16(x.device):
        x = x.bfloat16()
    for _ in range(iterations):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=B, alpha=C), x, beta=A)
    return x.to(matrices.dtype)
