"""Which worlds a model is examined in."""

from pathlib import Path

from ..model.kosmos2 import Kosmos2
from ..scenes.art import HELD_OUT, load_sprites
from ..scenes.worlds import WORLDS
from ..words.tokenizer import Words
from .examine import Figures, examine


def all_exams(
    model: Kosmos2,
    words: Words,
    art: Path,
    styles: tuple[str, ...],
    scenes: int,
    held_out: tuple[str, ...] = HELD_OUT,
    first: int = 0,
) -> dict[str, Figures]:
    """
    Figures by examination: each world in the styles trained on together, and in each style held out. `first`: the number of
    the first scene; whoever chooses between models by some scenes examines the chosen one with others.
    """
    figures = {}
    for label, drawn in ((None, styles), *((style, (style,)) for style in held_out)):
        sprites = load_sprites(art, drawn)
        for name, world in WORLDS.items():
            title = f"{name}, {label}" if label else name
            figures[title] = examine(model, words, world(sprites, drawn), range(first, first + scenes))
            print(f"examined: {title}", flush=True)
    return figures
