import numpy as np
import pytest

from workshop.scenes.colours import COLOURS, colour_of, named, turned


def solid(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((12, 12, 4), (*colour, 255), np.uint8)


@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_has_its_own_name(name):
    assert named(*COLOURS[name]) == name


@pytest.mark.parametrize("name", COLOURS)
def test_a_thing_of_one_colour_has_it(name):
    assert colour_of(solid(COLOURS[name])) == name


def test_a_thing_of_two_colours_has_none():
    both = np.concatenate([solid(COLOURS["red"]), solid(COLOURS["blue"])])
    assert colour_of(both) is None


def test_what_is_transparent_has_no_say():
    picture = np.concatenate([solid(COLOURS["red"]), solid(COLOURS["blue"])])
    picture[12:, :, 3] = 0
    assert colour_of(picture) == "red"


def test_hues_turned_full_circle_are_as_before_and_half_way_are_not():
    red = solid(COLOURS["red"])
    assert np.abs(turned(red, 360).astype(int) - red).max() <= 1
    assert colour_of(turned(red, 120)) not in ("red", None)


def test_turned_hues_are_as_bright_as_before():
    luma = np.array([0.299, 0.587, 0.114])
    grayish = solid((120, 100, 90))
    assert abs((turned(grayish, 90)[0, 0, :3] - grayish[0, 0, :3].astype(float)) @ luma) < 2
