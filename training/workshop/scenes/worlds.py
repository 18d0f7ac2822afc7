"""The worlds that scenes are drawn from: the narrow one of the first demo model, and the wide one of this workshop."""

from dataclasses import replace

from .art import TRAINED, Sprites
from .kinds import GIVEN, NAMES
from .scene import World


def wide(sprites: Sprites, styles: tuple[str, ...] = TRAINED) -> World:
    """All kinds, one to ten things that may hide a third of each other, any size from 5% of the picture, any background."""
    return World(names=_drawn(NAMES, sprites, styles), styles=styles, sprites=sprites)


def crowded(sprites: Sprites, styles: tuple[str, ...] = TRAINED) -> World:
    """The wide world where it is hard, for training: many things, most of them small."""
    return replace(wide(sprites, styles), fewest_things=4, smallness=1.3)


def given(sprites: Sprites, styles: tuple[str, ...] = TRAINED) -> World:
    """What the first demo model was trained on: 62 kinds, one to five things apart from each other, plain backgrounds."""
    names = _drawn(tuple(name for name in NAMES if name in GIVEN), sprites, styles)
    narrow = World(names=names, styles=styles, sprites=sprites)
    return replace(narrow, most_things=5, sizes=(0.19, 0.52), hidden=0.1, aspects=(1,), varied=False, rich=False)


def _drawn(names: tuple[str, ...], sprites: Sprites, styles: tuple[str, ...]) -> tuple[str, ...]:
    """Those that some of the styles have a picture of."""
    return tuple(name for name in names if any(name in sprites[style] for style in styles))


WORLDS = {"given": given, "wide": wide}
