"""Which words the tokenizer must know: those of many random tasks, and every name in every form."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from ..lessons.curriculum import lessons
from ..lessons.phrases import NUMBERS
from ..scenes.backgrounds import BACKGROUNDS
from ..scenes.kinds import KINDS, with_article
from ..scenes.scene import World, compose
from .tokenizer import prune


def make_vocabulary(official: Path, out: Path, world: World, scenes: int) -> None:
    """Writes the tokenizer.json for `world`, unless it is there."""
    if not out.exists():
        prune(official, _texts(world, scenes), out)


def _texts(world: World, scenes: int) -> Iterator[str]:
    random = Random(0)
    for _ in range(scenes):
        for task in lessons(random, compose(random, world, 64)):
            yield task.prompt
            yield task.answer
    for kind in KINDS.values():
        for words in (kind.name, kind.plural, with_article(kind.name).capitalize()):
            yield from (words, f"{words}.", f"{words},", f"{words}?")
    for word in (*BACKGROUNDS, *NUMBERS):
        yield from (word, f"{word.capitalize()}.")
