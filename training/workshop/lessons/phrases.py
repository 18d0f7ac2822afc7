"""What things are called: alone, by colour and size where they are true, by place, and beside each other."""

from itertools import groupby
from random import Random

from ..scenes.geometry import corners
from ..scenes.kinds import CATEGORIES, KINDS, WITHOUT_ARTICLE, article, with_article
from ..scenes.scene import Thing

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

#: Longer sides below and above which a thing is called small and large.
SMALL, LARGE = 0.16, 0.34

#: How much farther out, in 0..1, a thing must be for "the one on the left"; how many times as large for "the larger one".
MARGIN, TIMES = 0.07, 1.3

SIDES = {
    "left": lambda thing: thing.centre[0],
    "right": lambda thing: -thing.centre[0],
    "top": lambda thing: thing.centre[1],
    "bottom": lambda thing: -thing.centre[1],
}

OPPOSITE = {"to the left of": "to the right of", "to the right of": "to the left of", "above": "below", "below": "above"}


def groups(things: list[Thing]) -> dict[str, list[Thing]]:
    """Things by name, in their order."""
    named: dict[str, list[Thing]] = {}
    for thing in things:
        named.setdefault(thing.name, []).append(thing)
    return named


def in_a_row(things: list[Thing]) -> list[tuple[str, list[Thing]]]:
    """Things in their order, those of one name together that follow each other."""
    return [(name, list(those)) for name, those in groupby(things, key=lambda thing: thing.name)]


def together(name: str, count: int) -> str:
    """'a dog', 'two dogs'."""
    return with_article(name) if count == 1 else f"{NUMBERS[count]} {KINDS[name].plural}"


def size_word(thing: Thing) -> str:
    return "small" if thing.size < SMALL else "large" if thing.size > LARGE else ""


def described(thing: Thing, colour: bool, size: bool) -> str:
    """'a small red car': with its colour and size, where it has them."""
    words = [size_word(thing) if size else "", (thing.colour or "") if colour else "", thing.name]
    phrase = " ".join(word for word in words if word)
    return phrase if thing.name in WITHOUT_ARTICLE else f"{article(phrase)} {phrase}"


def place(thing: Thing) -> str:
    x, y = (middle - 0.5 for middle in thing.centre)
    if max(abs(x), abs(y)) < 0.14:
        return "in the center"
    if abs(x) >= abs(y):
        return "on the left" if x < 0 else "on the right"
    return "at the top" if y < 0 else "at the bottom"


def relation(one: Thing, other: Thing) -> str:
    """Where one thing is, seen from the other."""
    across, down = (there - here for there, here in zip(other.centre, one.centre, strict=True))
    if abs(across) >= abs(down):
        return "to the left of" if across > 0 else "to the right of"
    return "above" if down > 0 else "below"


def holds(one: Thing, relation_words: str, other: Thing) -> bool | None:
    """Whether this can be said of the two; None where it is too close to say."""
    across, down = (there - here for there, here in zip(other.centre, one.centre, strict=True))
    distance = {"to the left of": across, "to the right of": -across, "above": down, "below": -down}[relation_words]
    return None if abs(distance) < MARGIN else distance > 0


def outermost(things: list[Thing], side: str) -> Thing | None:
    """The thing on that side, where no other is nearly as far out."""
    ranked = sorted(things, key=SIDES[side])
    clear = len(ranked) == 1 or SIDES[side](ranked[1]) - SIDES[side](ranked[0]) >= MARGIN
    return ranked[0] if ranked and clear else None


def largest(things: list[Thing]) -> Thing | None:
    ranked = sorted(things, key=lambda thing: -thing.size)
    return ranked[0] if len(ranked) > 1 and ranked[0].size >= TIMES * ranked[1].size else None


def smallest(things: list[Thing]) -> Thing | None:
    ranked = sorted(things, key=lambda thing: thing.size)
    return ranked[0] if len(ranked) > 1 and ranked[0].size * TIMES <= ranked[1].size else None


def nearest(thing: Thing, things: list[Thing]) -> Thing | None:
    x, y = thing.centre
    others = [other for other in things if other is not thing]
    return min(others, key=lambda other: (other.centre[0] - x) ** 2 + (other.centre[1] - y) ** 2, default=None)


def location(*things: Thing) -> str:
    """An object of KOSMOS-2: the corners of each box."""
    pairs = ["".join(f"<patch_index_{index:04d}>" for index in corners(thing.box)) for thing in things]
    return f"<object>{'</delimiter_of_multi_objects/>'.join(pairs)}</object>"


def located(phrase: str, *things: Thing) -> str:
    return f"<phrase> {phrase}</phrase>{location(*things)}"


def listed(parts: list[str]) -> str:
    """'a dog, a cat and a car'."""
    spaced = [part if part.startswith("<") else f" {part}" for part in parts]
    return spaced[0] if len(spaced) == 1 else f"{','.join(spaced[:-1])} and{spaced[-1]}"


def category_plural(category: str) -> str:
    return CATEGORIES[category]


def sided(random: Random, name: str, side: str) -> str:
    """'the dog on the left', and its other forms."""
    forms = {
        "left": ("the %s on the left", "the left %s", "the leftmost %s"),
        "right": ("the %s on the right", "the right %s", "the rightmost %s"),
        "top": ("the %s at the top", "the top %s", "the upper %s"),
        "bottom": ("the %s at the bottom", "the bottom %s", "the lower %s"),
    }
    return random.choice(forms[side]) % name
