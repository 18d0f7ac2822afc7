"""What a generated answer says: its words, its boxes, and the things it names."""

import re
from collections import Counter
from collections.abc import Sequence

from ..lessons.phrases import NUMBERS
from ..scenes.geometry import Box, Point, box_between, box_of
from ..scenes.kinds import KINDS

_PAIR = re.compile(r"<patch_index_(\d{4})><patch_index_(\d{4})>")
_PHRASE = re.compile(r"<phrase>\s*(.*?)</phrase>(?:<object>(.*?)</object>)?")
_PLACE = re.compile(r" (?:to the|above|below|on the|in the|at the) ")
_TAG = re.compile(r"<object>.*?</object>|<[^>]*>")

_BY_FORM = {form: kind.name for kind in KINDS.values() for form in (kind.name, kind.plural)}


def boxes(answer: str) -> list[Box]:
    return [box_between(int(first), int(last)) for first, last in _PAIR.findall(answer)]


def placed(answer: str, places: Sequence[Point]) -> list[Box]:
    """The same boxes with their corners between the cells. `places`: of all locations of the answer, in their order."""
    found = []
    for match in _PAIR.finditer(answer):
        at = answer.count("<patch_index_", 0, match.start())
        found.append(box_of(int(match[1]), int(match[2]), (places[at], places[at + 1])))
    return found


def words(answer: str) -> str:
    """Without tags and locations, and with single spaces."""
    return " ".join(_TAG.sub("", answer).split())


def kind_of(phrase: str) -> str | None:
    """The kind that a phrase ends with: 'fox' of 'a small red fox'; of two that fit, the longer."""
    parts = phrase.lower().rstrip(".").split()
    return next((_BY_FORM[form] for start in range(len(parts)) if (form := " ".join(parts[start:])) in _BY_FORM), None)


def kind_named(answer: str) -> str | None:
    """The kind in 'a small red fox to the left of a house.'"""
    return kind_of(_PLACE.split(words(answer) + " ")[0].strip())


def told(caption: str, places: Sequence[Point] | None = None) -> list[tuple[str, Box]]:
    """Every box of a grounded caption, with the kind that its phrase names. `places`: as for `placed`."""
    drawn = iter(boxes(caption) if places is None else placed(caption, places))
    named = ((kind_of(phrase) or phrase, len(_PAIR.findall(located))) for phrase, located in _PHRASE.findall(caption))
    return [(kind, next(drawn)) for kind, count in named for _ in range(count)]


def things(caption: str) -> Counter[str]:
    """Kinds of a grounded caption, each as often as its phrase says or as it has boxes, whichever is more."""
    counted: Counter[str] = Counter()
    for phrase, located in _PHRASE.findall(caption):
        kind = kind_of(phrase) or phrase
        first = phrase.split(" ")[0]
        said = NUMBERS.index(first) if first in NUMBERS else 1
        counted[kind] += max(said, len(boxes(located)))
    return counted
