"""Weights from the files that this workshop and the hub write."""

from pathlib import Path

from safetensors.torch import load_file
from torch.optim.swa_utils import AveragedModel

from ..words.tokenizer import Words
from .kosmos2 import Kosmos2
from .size import Size
from .stored import load


def from_folder(folder: Path) -> tuple[Kosmos2, Words]:
    """The model of an exported folder in float32, and its tokenizer."""
    model = Kosmos2(Size.of(folder))
    model.load_state_dict({name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()})
    return model.eval(), Words(folder / "tokenizer.json")


def from_checkpoint(checkpoint: Path, size: Size) -> Kosmos2:
    """
    The model of a training run: the average of its weights since they were taught ever more slowly, which tells more than the
    last of them do (arXiv:1803.05407); these, where it has not come that far.
    """
    model, saved = Kosmos2(size), load(checkpoint)
    average = AveragedModel(model)
    average.load_state_dict(saved["average"])
    if not average.n_averaged:
        model.load_state_dict(saved["model"])
        return model.eval()
    return average.module.eval()
