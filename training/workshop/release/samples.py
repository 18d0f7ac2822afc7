"""Sample scenes for app, tests and README: pictures, their truth, and what the reference implementation answers."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

from PIL import Image

from ..lessons.ask import anything, is_there, what_background
from ..lessons.describe import brief, detailed
from ..lessons.find import any_reference, by_name
from ..lessons.phrases import groups
from ..lessons.region import ask_region, name_region
from ..lessons.task import Task
from ..scenes.arranged import read_arranged
from ..scenes.scene import Scene, World, compose
from .reference import Reference

#: Of these packages alone the samples are drawn, so that one licence, MIT, covers them.
SAMPLE_STYLES = ("fluent-3d", "fluent")

#: Pixels of a picture's height; every third is 4:3.
HEIGHT = 640


def make_samples(model: Path | None, out: Path, world: World, count: int, seed: int, arranged: Path | None = None) -> None:
    """
    Draws the scenes of the file `arranged` and then `count` random ones. Writes scene-NN.png, scenes.jsonl, truth.jsonl
    (phrases to find, and their boxes) and expected.jsonl (prompts with the ids that the reference generates in float32,
    greedily, with the weights of the folder `model`); without one, no answers.
    """
    out.mkdir(parents=True, exist_ok=True)
    reference = Reference(model) if model else None
    lines: dict[str, list[dict]] = {"scenes": [], "truth": [], "expected": []}
    for index, (extent, scene) in enumerate(_scenes(world, count, seed, arranged)):
        random = Random(f"samples/{seed}/{index}/tasks")
        picture = Image.fromarray(scene.picture).resize(extent, Image.Resampling.LANCZOS)
        name = f"scene-{index:02d}.png"
        picture.save(out / name, optimize=True)
        lines["scenes"].append({"image": name, **_described(scene, picture)})
        lines["truth"] += [{"image": name, **_wanted(task)} for task in _to_find(random, scene)]
        for task in _to_answer(random, scene) if reference else []:
            answer = reference.answer(picture, task.prompt.strip())
            lines["expected"].append({"image": name, "prompt": task.prompt.strip(), **_recorded(asdict(answer))})
    for file, entries in lines.items():
        if entries:
            (out / f"{file}.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries))


def _scenes(world: World, count: int, seed: int, arranged: Path | None) -> Iterator[tuple[tuple[int, int], Scene]]:
    """Each with its picture's width and height."""
    if arranged:
        yield from read_arranged(arranged, world)
    for index in range(count):
        wide = index % 3 == 0
        calm = replace(world, varied=False, aspects=(0.75 if wide else 1,))
        scene = compose(Random(f"samples/{seed}/{index}"), calm, HEIGHT)
        yield (round(HEIGHT * 4 / 3) if wide else HEIGHT, HEIGHT), scene


def _described(scene: Scene, picture: Image.Image) -> dict:
    objects = [{"name": thing.name, "box": _rounded(thing.box)} for thing in scene.things]
    return {"width": picture.width, "height": picture.height, "background": scene.background, "objects": objects}


def _wanted(task: Task) -> dict:
    boxes = [_rounded(thing.box) for thing in task.targets]
    return {"prompt": task.prompt, "kind": task.kind.removeprefix("find-"), "boxes": boxes}


def _recorded(answer: dict) -> dict:
    margin = round(answer["smallest_margin"], 4)
    return {"generated_ids": answer["ids"], "generated_text": answer["text"], "smallest_margin": margin}


def _rounded(box: tuple[float, ...]) -> list[float]:
    return [round(edge, 5) for edge in box]


def _to_find(random: Random, scene: Scene) -> list[Task]:
    named = [by_name(random, name, things) for name, things in groups(scene.things).items()]
    return list(dict.fromkeys(task for task in (*named, any_reference(random, scene)) if task is not None))


def _to_answer(random: Random, scene: Scene) -> list[Task]:
    """What the page offers at a click, and questions of every kind."""
    tasks = [
        brief(scene),
        detailed(scene),
        by_name(random, *random.choice(list(groups(scene.things).items()))),
        name_region(random, scene),
        ask_region(random, scene),
        is_there(random, scene, random.random() < 0.5),
        what_background(random, scene),
        anything(random, scene),
    ]
    return [task for task in tasks if task is not None]
