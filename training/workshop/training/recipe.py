"""Everything that a training run follows from, besides the art and the tokenizer."""

from dataclasses import dataclass
from pathlib import Path

from ..scenes.art import OUTLINED, TRAINED


@dataclass(frozen=True)
class Recipe:
    #: How long: steps, or minutes of training by the clock, whatever the speed. By steps, a run can be repeated exactly.
    steps: int | None = None
    minutes: float | None = None
    size: str = "large"
    #: Images a step, over all processes.
    batch: int = 24
    styles: tuple[str, ...] = TRAINED
    #: Drawn half as often as the others.
    outlined: tuple[str, ...] = OUTLINED
    #: Of the scenes, how many show only what the first demo model knew, and how many are crowded.
    given_share: float = 0.15
    crowded_share: float = 0.4
    rate: float = 6e-4
    muon_rate: float = 0.007
    warm_up: int = 60
    #: From this share of the steps on, rates fall to a hundredth, and the weights are averaged.
    decay_from: float = 0.3
    seed: int = 1
    processes: int = 2
    #: Times a picture is used. More than once, and the vision tower does not learn.
    uses: int = 1
    #: An exported model to begin with; none begins from nothing.
    start: Path | None = None
    #: The checkpoint of an earlier run, to begin with its helper heads.
    helpers: Path | None = None
