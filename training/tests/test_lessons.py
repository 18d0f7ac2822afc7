from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from workshop.examination.answers import boxes, words
from workshop.lessons import phrases
from workshop.lessons.ask import how_many, is_there
from workshop.lessons.curriculum import examination, lessons
from workshop.lessons.describe import SWAY, brief, detailed, swayed
from workshop.lessons.find import any_reference, others
from workshop.scenes.geometry import box_between, corners
from workshop.scenes.kinds import KINDS
from workshop.scenes.scene import Scene, Thing, compose
from workshop.scenes.worlds import wide

SCENES = range(80)


def scene_of(*things: Thing) -> Scene:
    return Scene(None, "red", sorted(things, key=lambda thing: thing.centre), tuple(KINDS))


def thing(name: str, x: float, y: float, size: float = 0.2, colour: str | None = None) -> Thing:
    return Thing(name, (x - size / 2, y - size / 2, x + size / 2, y + size / 2), colour)


@pytest.fixture(scope="module")
def scenes(sprites):
    return [compose(Random(seed), wide(sprites, ("solid",)), 96) for seed in SCENES]


def test_the_boxes_of_an_answer_are_those_of_its_targets(scenes):
    checked = 0
    for seed, scene in enumerate(scenes):
        for task in lessons(Random(seed), scene):
            if task.kind.startswith(("find-", "brief")):
                assert sorted(boxes(task.answer)) == sorted(box_between(*corners(target.box)) for target in task.targets)
                checked += 1
    assert checked > 300


def test_lessons_and_examination_have_every_form_of_prompt(scenes):
    kinds = {task.kind for seed, scene in enumerate(scenes) for task in lessons(Random(seed), scene)}
    expected = "brief detailed plain find-name find-several find-side find-size find-colour find-relation find-object"
    expected += " find-category find-context find-others region-name region-what region-same is-there how-many background"
    assert set(expected.split()) <= kinds
    assert {"brief", "region-name"} <= {task.kind for task in examination(Random(0), scenes[0])}


def test_a_caption_never_goes_ahead_for_others_of_a_kind():
    dogs, cat = [thing("dog", x, 0.5, 0.1) for x in (0.1, 0.3, 0.9)], thing("cat", 0.6, 0.5, 0.1)
    assert words(brief(scene_of(*dogs, cat)).answer) == "two dogs, a cat and a dog."


def test_nothing_is_said_to_be_missing_that_is_there_by_a_longer_name():
    scene = scene_of(thing("palm tree", 0.3, 0.5), thing("teddy bear", 0.7, 0.5))
    asked = " ".join(is_there(Random(seed), scene, there=False).prompt for seed in range(2000))
    assert "a flower" in asked
    assert "a tree" not in asked and "a bear" not in asked


def test_what_is_plural_by_itself_are_somewhere():
    scene = scene_of(thing("scissors", 0.2, 0.5), thing("dog", 0.8, 0.5))
    assert " The scissors are to the left of the dog." in detailed(scene, grounded=False).answer


def test_a_reference_by_side_means_the_outermost_of_its_kind():
    scene = scene_of(thing("dog", 0.2, 0.5), thing("dog", 0.8, 0.5), thing("cat", 0.05, 0.5, 0.1))
    for seed in range(200):
        task = any_reference(Random(seed), scene)
        if task.kind == "find-side" and "left" in task.prompt:
            assert [target.centre[0] for target in task.targets] == pytest.approx([0.2])
            return
    pytest.fail("no reference by side came up")


def test_sides_and_sizes_that_are_too_close_are_not_said():
    near = [thing("dog", 0.5, 0.5), thing("dog", 0.53, 0.9)]
    assert phrases.outermost(near, "left") is None
    assert phrases.largest(near) is None
    assert phrases.smallest([thing("dog", 0.3, 0.3, 0.1), thing("dog", 0.7, 0.7, 0.2)]).size == pytest.approx(0.1)


def test_relations_hold_one_way_only():
    dog, house = thing("dog", 0.2, 0.5), thing("house", 0.8, 0.55)
    assert phrases.relation(dog, house) == "to the left of"
    assert phrases.holds(dog, "to the left of", house) is True
    assert phrases.holds(house, "to the left of", dog) is False
    assert phrases.holds(dog, "above", house) is None


def test_colour_and_size_are_said_where_they_are_true():
    assert phrases.described(thing("car", 0.5, 0.5, 0.1, "red"), colour=True, size=True) == "a small red car"
    assert phrases.described(thing("owl", 0.5, 0.5, 0.2), colour=True, size=True) == "an owl"
    assert phrases.described(thing("grapes", 0.5, 0.5, 0.5, "purple"), colour=True, size=True) == "large purple grapes"


def test_others_are_the_rest_of_their_kind():
    scene = scene_of(*(thing("dog", x, 0.5) for x in (0.2, 0.5, 0.8)), thing("cat", 0.5, 0.9))
    task = others(Random(1), scene)
    known = boxes(task.prompt)
    assert len(known) + len(task.targets) == 3
    assert not set(known) & set(boxes(task.answer))
    assert (task.prompt + task.answer).count("<object>") == (task.prompt + task.answer).count("</object>") == 1


def test_presence_and_numbers_are_those_of_the_scene(scenes):
    for seed, scene in enumerate(scenes):
        names = [each.name for each in scene.things]
        for there in (True, False):
            task = is_there(Random(seed), scene, there)
            asked = [name for name in KINDS if f" {name}?" in task.prompt or f" {name} in" in task.prompt]
            assert any(name in names for name in asked) or not there
            assert task.answer == (" Yes." if there else " No.")
        count = how_many(Random(seed), scene)
        number = phrases.NUMBERS.index(count.answer.strip(" .").lower())
        plural = count.prompt.split("How many ")[1].split(" are")[0]
        assert number == (len(names) if plural in ("objects", "things") else sum(KINDS[name].plural == plural for name in names))


def test_a_caption_is_taught_with_things_nearly_above_each_other_in_either_order_and_others_from_left_to_right(sprites):
    random = Random(2)
    either, apart = 0, 0
    for _ in range(300):
        scene = compose(random, replace(wide(sprites, ("solid",)), fewest_things=4), 64)
        told = swayed(random, scene).things
        assert sorted(told, key=lambda thing: thing.centre) == scene.things
        for one, other in pairwise(told):
            across = one.centre[0] - other.centre[0]
            assert across < 8 * SWAY
            either += 0 < across < SWAY
            apart += across > 4 * SWAY
    assert either > 40
    assert apart < 5
