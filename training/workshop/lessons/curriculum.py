"""What is taught on one scene, and what is asked of it in an examination."""

from random import Random

from ..scenes.scene import Scene
from .ask import anything, how_many, is_there, what_background
from .describe import brief, detailed, plain, swayed
from .find import any_reference, by_name, in_context, others
from .phrases import groups
from .region import ask_region, name_region
from .task import Task


def lessons(random: Random, scene: Scene) -> list[Task]:
    """A mix of all tasks; what is learned slowly, by name, presence, count and background, comes more often."""
    tasks: list[Task | None] = []
    if random.random() < 0.9:
        tasks.append(brief(swayed(random, scene)))
    if random.random() < 0.13:
        tasks.append(detailed(scene, grounded=random.random() < 0.8))
    if random.random() < 0.08:
        tasks.append(plain(scene))
    named = list(groups(scene.things).items())
    tasks += [by_name(random, *group) for group in random.sample(named, min(3, len(named)))]
    tasks += [any_reference(random, scene) for _ in range(3)]
    if random.random() < 0.4:
        tasks.append(in_context(random, scene))
    if random.random() < 0.3:
        tasks.append(others(random, scene))
    if random.random() < 0.75:
        tasks.append(name_region(random, scene))
    tasks += [ask_region(random, scene) for _ in range(2)]
    there = random.random() < 0.5
    tasks.append(is_there(random, scene, there))
    if random.random() < 0.5:
        tasks.append(is_there(random, scene, not there))
    if random.random() < 0.8:
        tasks.append(how_many(random, scene))
    if random.random() < 0.4:
        tasks.append(what_background(random, scene))
    tasks += [anything(random, scene) for _ in range(2)]
    return list(dict.fromkeys(task for task in tasks if task is not None))


def examination(random: Random, scene: Scene) -> list[Task]:
    """One scene's part of an evaluation: every family of tasks alike."""
    named = list(groups(scene.things).items())
    tasks = [
        brief(scene),
        by_name(random, *random.choice(named)),
        any_reference(random, scene),
        any_reference(random, scene),
        in_context(random, scene),
        name_region(random, scene),
        ask_region(random, scene),
        is_there(random, scene, random.random() < 0.5),
        how_many(random, scene),
        what_background(random, scene),
        anything(random, scene),
    ]
    return [task for task in tasks if task is not None]
