"""Questions about the whole picture."""

from random import Random

from ..scenes.kinds import KINDS, PLURAL_FORM, with_article
from ..scenes.scene import Scene, Thing
from .describe import inventory
from .phrases import NUMBERS, OPPOSITE, SIDES, groups, holds, largest, located, outermost, place, relation, smallest
from .task import Task, question


def is_there(random: Random, scene: Scene, there: bool) -> Task:
    present = groups(scene.things)
    if there:
        name = random.choice(list(present))
    else:
        # A palm tree is a tree: whether one is there is not asked beside it.
        told = {words for name in present for words in (name, name.split()[-1])}
        absent = [name for name in scene.possible if name not in told]
        category = KINDS[random.choice(scene.things).name].category
        alike = [name for name in absent if KINDS[name].category == category]
        name = random.choice(alike if alike and random.random() < 0.4 else absent)
    verb = "Are" if name in PLURAL_FORM else "Is"
    place_words = random.choice(("?", " in the image?", " in this picture?"))
    words = f"{verb} there {with_article(name)}{place_words}"
    return Task("is-there", question(words, random.random() < 0.5), " Yes." if there else " No.")


def how_many(random: Random, scene: Scene) -> Task:
    present = groups(scene.things)
    several = [name for name, things in present.items() if len(things) > 1]
    choice = random.random()
    if choice < 0.15:
        words, count = random.choice(("How many objects are there?", "How many things are there?")), len(scene.things)
    else:
        name = random.choice(several if several and choice < 0.6 else list(present) if choice < 0.85 else scene.possible)
        words, count = f"How many {KINDS[name].plural} are there?", len(present.get(name, ()))
    return Task("how-many", question(words, random.random() < 0.5), f" {NUMBERS[count].capitalize()}.")


def what_background(random: Random, scene: Scene) -> Task:
    words = random.choice(("What color is the background?", "What is the background?"))
    return Task("background", question(words, random.random() < 0.5), f" {scene.background.capitalize()}.")


def anything(random: Random, scene: Scene) -> Task | None:
    """Any other question whose answer this scene gives; None where it gives none to the one thought of."""
    ask = random.choices((_outermost, _where, _beside, _largest, _colour, _inventory), (22, 16, 22, 16, 16, 8))[0]
    return ask(random, scene)


def _named(thing: Thing, grounded: bool) -> str:
    words = with_article(thing.name)
    return f"{located(words, thing)}." if grounded else f" {words.capitalize()}."


def _outermost(random: Random, scene: Scene) -> Task | None:
    side = random.choice(list(SIDES))
    thing = outermost(scene.things, side)
    if thing is None:
        return None
    grounded = random.random() < 0.5
    words = f"What is {'on' if side in ('left', 'right') else 'at'} the {side}?"
    return Task("what-where", question(words, grounded), _named(thing, grounded))


def _single(scene: Scene) -> list[Thing]:
    return [things[0] for things in groups(scene.things).values() if len(things) == 1]


def _where(random: Random, scene: Scene) -> Task | None:
    single = _single(scene)
    if not single:
        return None
    thing = random.choice(single)
    verb = "are" if thing.name in PLURAL_FORM else "is"
    words = f"Where {verb} the {thing.name}?"
    return Task("where", question(words, random.random() < 0.5), f" {place(thing).capitalize()}.")


def _beside(random: Random, scene: Scene) -> Task | None:
    single = _single(scene)
    if len(single) < 2:
        return None
    one, other = random.sample(single, 2)
    how = relation(one, other)
    if random.random() < 0.5:
        how = OPPOSITE[how]
    true = holds(one, how, other)
    if true is None:
        return None
    verb = "Are" if one.name in PLURAL_FORM else "Is"
    words = f"{verb} the {one.name} {how} the {other.name}?"
    return Task("relation", question(words, random.random() < 0.5), " Yes." if true else " No.")


def _largest(random: Random, scene: Scene) -> Task | None:
    big = random.random() < 0.6
    thing = largest(scene.things) if big else smallest(scene.things)
    if thing is None:
        return None
    grounded = random.random() < 0.5
    words = f"What is the {random.choice(('largest', 'biggest')) if big else 'smallest'} object?"
    return Task("what-size", question(words, grounded), _named(thing, grounded))


def _colour(random: Random, scene: Scene) -> Task | None:
    coloured = [thing for thing in _single(scene) if thing.colour]
    if not coloured:
        return None
    thing = random.choice(coloured)
    verb = "are" if thing.name in PLURAL_FORM else "is"
    words = f"What color {verb} the {thing.name}?"
    return Task("what-colour", question(words, random.random() < 0.5), f" {thing.colour.capitalize()}.")


def _inventory(random: Random, scene: Scene) -> Task | None:
    return inventory(random, scene, random.random() < 0.5) if len(scene.things) <= 6 else None
