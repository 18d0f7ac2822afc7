"""Tasks that ask where something is: phrase grounding and referring expressions."""

from collections.abc import Iterator
from random import Random

from ..scenes.kinds import CATEGORIES, KINDS, with_article
from ..scenes.scene import Scene, Thing
from .phrases import (
    NUMBERS,
    SIDES,
    described,
    groups,
    holds,
    largest,
    listed,
    location,
    outermost,
    place,
    relation,
    sided,
    smallest,
    together,
)
from .task import Task

#: Categories whose name refers to a thing by itself: "the animal".
REFERRED = ("animal", "vehicle", "building", "plant")


def by_name(random: Random, name: str, things: list[Thing]) -> Task:
    """All things of one kind, by its name."""
    if len(things) == 1:
        return find("name", random.choice((with_article(name), with_article(name), f"the {name}", name)), things)
    plural = KINDS[name].plural
    return find("several", random.choice((f"{NUMBERS[len(things)]} {plural}", f"the {plural}", plural)), things)


def find(kind: str, phrase: str, things: list[Thing], before: str = "") -> Task:
    """`before`: the caption up to the phrase, where it stands in one."""
    context = f" {before}" if before else ""
    return Task(f"find-{kind}", f"<grounding>{context}<phrase> {phrase}</phrase>", location(*things), tuple(things))


def any_reference(random: Random, scene: Scene) -> Task | None:
    """One of all the ways in which things of this scene can be referred to."""
    references = list(_references(random, scene))
    return find(*random.choice(references)) if references else None


def in_context(random: Random, scene: Scene) -> Task:
    """A phrase of a caption, found with what stands before it."""
    named = list(groups(scene.things).items())
    at = random.randrange(len(named))
    name, things = named[at]
    earlier = [together(other, len(those)) for other, those in named[:at]]
    before = "An image of" + (f"{listed(earlier)}{random.choice((' and', ','))}" if earlier else "")
    return find("context", together(name, len(things)), things, before)


def others(random: Random, scene: Scene) -> Task | None:
    """The rest of the things of a kind, when boxes of some are given."""
    several = [(name, things) for name, things in groups(scene.things).items() if len(things) > 1]
    if not several:
        return None
    name, things = random.choice(several)
    shuffled = random.sample(things, len(things))
    known = shuffled[: random.randint(1, len(things) - 1)]
    rest = [thing for thing in things if thing not in known]
    phrase = random.choice((with_article(name), name, KINDS[name].plural))
    prompt = f"<grounding><phrase> {phrase}</phrase>{location(*known).removesuffix('</object>')}</delimiter_of_multi_objects/>"
    return Task("find-others", prompt, location(*rest).removeprefix("<object>"), tuple(rest))


def _references(random: Random, scene: Scene) -> Iterator[tuple[str, str, list[Thing]]]:
    """Kind of reference, phrase, and what it refers to."""
    things = scene.things
    named = groups(things)
    name, same = random.choice(list(named.items()))
    if len(same) > 1:
        yield from _among(random, name, same)
    else:
        yield "place", f"the {name} {place(same[0])}", same
    yield from _by_looks(things)
    yield from _beside(random, named)
    yield from _unnamed(random, things)


def _among(random: Random, name: str, same: list[Thing]) -> Iterator[tuple[str, str, list[Thing]]]:
    """One of several of a kind."""
    side = random.choice(list(SIDES))
    if outer := outermost(same, side):
        yield "side", sided(random, name, side), [outer]
    if big := largest(same):
        yield "size", random.choice(("the large %s", "the big %s", "the larger %s", "the largest %s")) % name, [big]
    if little := smallest(same):
        yield "size", random.choice(("the small %s", "the little %s", "the smaller %s", "the smallest %s")) % name, [little]
    colours = [thing.colour for thing in same]
    for thing in same:
        if thing.colour and colours.count(thing.colour) == 1 and None not in colours:
            yield "colour", f"the {thing.colour} {name}", [thing]


def _by_looks(things: list[Thing]) -> Iterator[tuple[str, str, list[Thing]]]:
    """Things of which no other has the same name, with what else is true of them."""
    for thing in things:
        if thing.colour and sum(other.name == thing.name for other in things) == 1:
            yield "colour", described(thing, colour=True, size=False), [thing]
            yield "colour", described(thing, colour=True, size=True), [thing]


def _beside(random: Random, named: dict[str, list[Thing]]) -> Iterator[tuple[str, str, list[Thing]]]:
    """A thing by another: 'the dog to the left of the house'."""
    single = [things[0] for things in named.values() if len(things) == 1]
    if not single:
        return
    other = random.choice(single)
    name, same = random.choice(list(named.items()))
    if other in same:
        return
    how = relation(random.choice(same), other)
    meant = [thing for thing in same if holds(thing, how, other)]
    close = any(holds(thing, how, other) is None for thing in same)
    if len(meant) == 1 and not close:
        words = how.removeprefix("to the ") if random.random() < 0.25 else how
        yield "relation", f"the {name} {words} the {other.name}", meant


def _unnamed(random: Random, things: list[Thing]) -> Iterator[tuple[str, str, list[Thing]]]:
    """Things by place, size or category alone."""
    side = random.choice(list(SIDES))
    if len(things) > 1 and (outer := outermost(things, side)):
        yield "object", f"the object {'on' if side in ('left', 'right') else 'at'} the {side}", [outer]
    if big := largest(things):
        yield "object", random.choice(("the largest object", "the biggest object")), [big]
    if little := smallest(things):
        yield "object", "the smallest object", [little]
    for category in REFERRED:
        members = [thing for thing in things if KINDS[thing.name].category == category]
        if len(members) == 1:
            yield "category", f"the {category}", members
        elif len(members) > 1 and random.random() < 0.5:
            yield "category", f"the {CATEGORIES[category]}", members
