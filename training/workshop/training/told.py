"""What an answer has told."""

from collections.abc import Iterator, Set

from .text import Text


def told_before(text: Text, names: Set[int], first_location: int) -> Iterator[tuple[int, int]]:
    """
    Positions before a name or a box, and the ids that began earlier ones of the same answer, unless that is what follows.

    names: positions of the first ids of names
    """
    told: dict[int, None] = {}
    for at, label in enumerate(text.labels):
        if label < 0:
            told = {}
        elif at + 1 in names or (label >= first_location and text.ids[at] < first_location):
            yield from ((at, index) for index in told if index != label)
            told[label] = None
