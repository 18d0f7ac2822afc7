"""
Training, on one GPU or on the cores of a CPU: one process a core, gradients averaged, since many small products gain
little from threads.
"""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from ..model.grow import grow
from ..model.kosmos2 import Kosmos2
from ..model.pixels import normalised
from ..model.size import Size
from ..scenes.art import load_sprites
from ..scenes.worlds import crowded, given, wide
from ..words.tokenizer import Words
from .batches import Stream, loader
from .checkpoint import restore, restore_helpers, save
from .clock import Clock
from .helpers import Helpers
from .losses import Losses
from .narrow import multiplies_bfloat16
from .optimizers import make_optimizers, set_rates
from .recipe import Recipe
from .report import Report
from .shelf import Shelf

SAVED_EVERY = 300  # seconds
AVERAGED_EVERY = 5  # steps


def train(recipe: Recipe, tokenizer: Path, art: Path, folder: Path) -> Path:
    """Trains, or goes on where an earlier run stopped; returns the checkpoint, which is kept in `folder`."""
    checkpoint = folder / "checkpoint.pt"
    run = Run(recipe, tokenizer, art, checkpoint)
    # What is not drawn yet would be drawn by all processes at once, into the same files.
    load_sprites(art, _all_styles(recipe))
    if torch.cuda.is_available() or recipe.processes == 1:
        _work(0, 1, 0, run)
    else:
        mp.spawn(_work, (recipe.processes, _free_port(), run), recipe.processes)
    return checkpoint


@dataclass(frozen=True)
class Run:
    """What every process needs to know."""

    recipe: Recipe
    tokenizer: Path
    art: Path
    checkpoint: Path


def _all_styles(recipe: Recipe) -> tuple[str, ...]:
    return (*recipe.styles, *recipe.outlined)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _work(rank: int, processes: int, port: int, run: Run) -> None:
    recipe = run.recipe
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if processes > 1:
        dist.init_process_group("gloo", f"tcp://127.0.0.1:{port}", rank=rank, world_size=processes)
    if device.type == "cpu":
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
    torch.manual_seed(recipe.seed)
    words = Words(run.tokenizer)
    model = Kosmos2(Size.named(recipe.size, words.size))
    if recipe.start:
        grow(model, recipe.start, words)
    helpers = Helpers(model.size.hidden)
    if recipe.helpers:
        restore_helpers(recipe.helpers, helpers)
    model.to(device), helpers.to(device)
    # It then costs nothing but time, and may be used again.
    model.vision_model.requires_grad_(recipe.uses == 1)
    optimizers = make_optimizers(model, helpers, recipe)
    modules = {"model": model, "helpers": helpers, "average": AveragedModel(model)}
    step, seconds = restore(run.checkpoint, recipe, modules, optimizers)
    clock = Clock(recipe, seconds, processes)
    sprites = load_sprites(run.art, _all_styles(recipe))
    styles = (*recipe.styles * 2, *recipe.outlined)
    shares = {given: recipe.given_share, crowded: recipe.crowded_share, wide: 1 - recipe.given_share - recipe.crowded_share}
    worlds = [(world(sprites, styles), share) for world, share in shares.items()]
    shelf = Shelf(lambda pictures: _seen(model, pictures.to(device)), recipe.uses) if recipe.uses > 1 else None
    stream = Stream(worlds, words, model.size, recipe.batch // processes, recipe.seed, rank, step, shelf)
    batches = loader(stream, workers=(os.cpu_count() or 2) - 1 if device.type == "cuda" and not shelf else 0)
    losses = Losses(model, helpers, words, trained=recipe.start is not None)
    parameters = [parameter for optimizer in optimizers for group in optimizer.param_groups for parameter in group["params"]]
    # Muon's steps have one length whatever the gradient's.
    slow = [parameter for group in optimizers[1].param_groups for parameter in group["params"]]
    narrow = multiplies_bfloat16(device)
    report, saved = Report(recipe), time.time()
    while (at := clock.at(step)) < 1:
        set_rates(optimizers, recipe, step, at)
        with torch.autocast(device.type, torch.bfloat16, enabled=narrow):
            loss, figures = losses(next(batches).to(device), at)
        loss.backward()
        _average_gradients(parameters, processes)
        torch.nn.utils.clip_grad_norm_(slow, 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        step += 1
        if at > recipe.decay_from and step % AVERAGED_EVERY == 0:
            modules["average"].update_parameters(model)
        if rank == 0:
            report.add(step, at, figures)
            if time.time() - saved > SAVED_EVERY:
                save(run.checkpoint, recipe, step, clock.seconds, modules, optimizers)
                saved = time.time()
    if rank == 0:
        save(run.checkpoint, recipe, step, clock.seconds, modules, optimizers)
    if processes > 1:
        dist.destroy_process_group()


def _seen(model: Kosmos2, pictures: Tensor) -> Tensor:
    device = pictures.device
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=multiplies_bfloat16(device)):
        return model.features(normalised(pictures)).cpu()


def _average_gradients(parameters: list[Tensor], processes: int) -> None:
    if processes == 1:
        return
    gradients = [parameter.grad if parameter.grad is not None else torch.zeros_like(parameter) for parameter in parameters]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    flat /= processes
    for parameter, mean in zip(parameters, flat.split([parameter.numel() for parameter in parameters]), strict=True):
        parameter.grad = mean.view_as(parameter)
