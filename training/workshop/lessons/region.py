"""Tasks about a region of the picture: naming what is there, and questions that point."""

from random import Random

from ..scenes.kinds import KINDS, with_article
from ..scenes.scene import Scene, Thing
from .phrases import described, located, nearest, place, relation
from .task import Task, question


def name_region(random: Random, scene: Scene) -> Task:
    """Referring expression generation: 'It ... is a red car to the left of a house.'"""
    thing = random.choice(scene.things)
    other = nearest(thing, scene.things)
    where = f"{relation(thing, other)} {with_article(other.name)}" if other else place(thing)
    prompt = f"<grounding>{located(random.choice(('It', 'It', 'It', 'This')), thing)} is"
    return Task("region-name", prompt, f" {described(thing, colour=True, size=True)} {where}.", (thing,))


def ask_region(random: Random, scene: Scene) -> Task:
    """A question with one region, sometimes two, among its words."""
    thing = random.choice(scene.things)
    choice = random.random()
    if choice < 0.6:
        return _about(random, "region-what", "What is %s?", thing, with_article(thing.name))
    if choice < 0.72:
        category = KINDS[thing.name].category
        return _about(random, "region-category", "What kind of thing is %s?", thing, _category(category))
    if choice < 0.86 and thing.colour:
        return _about(random, "region-colour", "What color is %s?", thing, thing.colour)
    other = random.choice(scene.things)
    if other is thing:
        return _about(random, "region-what", "What is %s?", thing, with_article(thing.name))
    words = f"Is{located('it', thing)} the same kind of thing as{located('it', other)}?"
    return Task("region-same", question(words, True), " Yes." if thing.name == other.name else " No.")


def _about(random: Random, kind: str, form: str, thing: Thing, answer: str) -> Task:
    words = form.replace(" %s", located(random.choice(("it", "it", "this")), thing))
    return Task(kind, question(words, True), f" {answer.capitalize()}.", (thing,))


def _category(category: str) -> str:
    return category if category in ("food", "clothing") else with_article(category)
