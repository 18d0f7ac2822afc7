"""Tasks that describe the whole picture."""

from dataclasses import replace
from random import Random

from ..scenes.kinds import PLURAL_FORM
from ..scenes.scene import Scene, Thing
from .phrases import described, groups, holds, in_a_row, listed, located, place, relation, together
from .task import Task, question

#: In detail, no more things than this are gone through one by one.
MOST_IN_DETAIL = 6

#: How far a thing's middle is off, in 0..1 and as a standard deviation, when things are told from left to right.
SWAY = 0.02


def brief(scene: Scene) -> Task:
    """
    From left to right, never going ahead for others of a kind: where that was taught, what "two dogs" had told before its turn
    was found again on the way, and told twice.
    """
    parts = [located(together(name, len(things)), *things) for name, things in in_a_row(scene.things)]
    return Task("brief", "<grounding> An image of", f"{listed(parts)}.", tuple(scene.things))


def swayed(random: Random, scene: Scene) -> Scene:
    """
    Things nearly above each other in either order. Taught in one order alone, a model that tells the second first passes over
    the first, for what is told has always been right of what was.
    """
    return replace(scene, things=sorted(scene.things, key=lambda thing: thing.centre[0] + random.gauss(0, SWAY)))


def plain(scene: Scene) -> Task:
    parts = [together(name, len(things)) for name, things in groups(scene.things).items()]
    return Task("plain", " An image of", f"{listed(parts)}.")


def detailed(scene: Scene, grounded: bool = True) -> Task:
    """Every thing with size, colour and place, one relation, and the background."""
    things = sorted(scene.things, key=lambda thing: -thing.size)[:MOST_IN_DETAIL]
    things.sort(key=lambda thing: thing.centre)

    def part(thing: Thing) -> str:
        words = described(thing, colour=True, size=True)
        return f"{located(words, thing) if grounded else words} {place(thing)}"

    sentences = [f" The image shows{listed([part(thing) for thing in things])}."]
    single = [thing for thing in things if len(groups(scene.things)[thing.name]) == 1]
    if len(single) > 1 and holds(single[0], how := relation(single[0], single[1]), single[1]):
        verb = "are" if single[0].name in PLURAL_FORM else "is"
        sentences.append(f" The {single[0].name} {verb} {how} the {single[1].name}.")
    sentences.append(f" The background is {scene.background}.")
    prompt = f"{'<grounding>' if grounded else ''} Describe this image in detail:"
    return Task("detailed" if grounded else "detailed-plain", prompt, "".join(sentences), tuple(things))


def inventory(random: Random, scene: Scene, grounded: bool) -> Task:
    """The question that asks for a list of everything."""
    words = random.choice(("What is in the image?", "What is in this picture?", "What do you see?"))
    if grounded:
        answer = listed([located(together(name, len(things)), *things) for name, things in in_a_row(scene.things)])
    else:
        parts = [together(name, len(things)) for name, things in groups(scene.things).items()]
        answer = f" {listed(parts)[1:].capitalize()}"
    return Task("list", question(words, grounded), f"{answer}.")
