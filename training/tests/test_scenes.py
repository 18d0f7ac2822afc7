from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np

from workshop.scenes.backgrounds import LEAST_APART, pattern, still_there
from workshop.scenes.geometry import CELLS, area, box_between, corners, iou, overlap
from workshop.scenes.kinds import CATEGORIES, GIVEN, KINDS, with_article
from workshop.scenes.scene import compose
from workshop.scenes.worlds import crowded, given, wide

from .conftest import MAGENTA

STYLES = ("solid",)


def test_boxes_of_a_scene_are_where_its_pixels_are(sprites):
    world = replace(given(sprites, STYLES), hidden=0.0)
    for seed in range(40):
        scene = compose(Random(seed), world, 128)
        covered = np.zeros((128, 128), bool)
        for x1, y1, x2, y2 in (thing.box for thing in scene.things):
            covered[round(y1 * 128) : round(y2 * 128), round(x1 * 128) : round(x2 * 128)] = True
        assert ((scene.picture == MAGENTA).all(-1) == covered).all()


def test_a_scene_follows_from_its_seed(sprites):
    one, other = (compose(Random("seed"), wide(sprites, STYLES), 96) for _ in range(2))
    assert (one.picture == other.picture).all()
    assert one.things == other.things


def test_things_hide_no_more_of_each_other_than_their_world_allows(sprites):
    world = replace(wide(sprites, STYLES), varied=False)
    hidden = []
    for seed in range(60):
        for one, other in combinations(compose(Random(seed), world, 96).things, 2):
            hidden.append(overlap(one.box, other.box) / min(area(one.box), area(other.box)))
    assert 0.15 < max(hidden) <= 1 / 3 + 1e-9


def test_the_wide_world_has_small_and_many_things_and_the_given_one_has_not(sprites):
    scenes = [compose(Random(seed), wide(sprites, STYLES), 128) for seed in range(150)]
    assert max(len(scene.things) for scene in scenes) == 10
    assert min(thing.size for scene in scenes for thing in scene.things) < 0.09
    narrow = [compose(Random(seed), given(sprites, STYLES), 128) for seed in range(150)]
    assert max(len(scene.things) for scene in narrow) == 5
    assert {thing.name for scene in narrow for thing in scene.things} <= GIVEN


def test_the_crowded_world_has_more_things_and_smaller_ones(sprites):
    many, few = ([compose(Random(seed), world(sprites, STYLES), 128) for seed in range(60)] for world in (crowded, wide))
    counts, sizes = (
        [np.mean([value(scene) for scene in scenes]) for scenes in (many, few)]
        for value in (lambda scene: len(scene.things), lambda scene: np.median([thing.size for thing in scene.things]))
    )
    assert counts[0] > 1.3 * counts[1]
    assert sizes[0] < 0.7 * sizes[1]


def test_a_pattern_can_be_seen_on_every_colour():
    for seed in range(300):
        picture, words = pattern(Random(seed), 64)
        one, other = picture.min((0, 1)), picture.max((0, 1))
        assert words == "wood" or (other - one).mean() >= LEAST_APART


def test_a_part_of_a_picture_has_the_words_of_its_background_only_where_both_surfaces_are_there():
    assert still_there("sky and grass", 0.3, 0.75)
    assert not still_there("sky and grass", 0.5, 1)
    assert not still_there("a room", 0, 0.7)
    assert still_there("red", 0.5, 0.8) and still_there("checks", 0.5, 0.8)


def test_things_of_a_scene_go_from_left_to_right(sprites):
    for seed in range(20):
        lefts = [thing.centre[0] for thing in compose(Random(seed), wide(sprites, STYLES), 96).things]
        assert lefts == sorted(lefts)


def test_there_are_150_kinds_or_more_in_known_categories():
    assert len(KINDS) >= 150
    assert set(KINDS) >= GIVEN
    assert {kind.category for kind in KINDS.values()} == set(CATEGORIES)


def test_names_get_the_article_that_people_say():
    assert [with_article(name) for name in ("owl", "dog", "unicorn", "grapes")] == ["an owl", "a dog", "a unicorn", "grapes"]


def test_corners_span_a_box_as_the_reference_says():
    # Of the reference's processor: the first cell holds the upper-left corner, the last the lower-right one.
    assert corners((0.0, 0.0, 1.0, 1.0)) == (0, CELLS**2 - 1)
    assert corners((0.5, 0.25, 0.5001, 0.2501)) == (8 * CELLS + 16, 8 * CELLS + 16)
    assert iou(box_between(*corners((0.1, 0.2, 0.7, 0.9))), (0.1, 0.2, 0.7, 0.9)) > 0.9
