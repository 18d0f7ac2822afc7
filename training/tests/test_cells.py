"""Corners as they are taught."""

from random import Random

import pytest
import torch

from workshop.model.places import place
from workshop.model.size import Size
from workshop.scenes.geometry import CELLS, Box, corners
from workshop.scenes.worlds import wide
from workshop.training.batches import Stream
from workshop.training.cells import MOVED, close, corner_loss, corner_points

SMALL = Size(0, hidden=48, heads=6, inner=64, vision_layers=1, decoder_layers=4, image=64, latents=16, positions=256)


def some_boxes(count: int) -> list[Box]:
    random = Random(7)
    edges = lambda: sorted(random.random() for _ in range(2))
    return [(x1, y1, x2, y2) for (x1, x2), (y1, y2) in ((edges(), edges()) for _ in range(count))]


def shares(points: torch.Tensor, width: float) -> torch.Tensor:
    """What each cell's log-probability counts."""
    likely = torch.zeros(len(points), CELLS**2, requires_grad=True)
    corner_loss(likely, points, width).sum().backward()
    return -likely.grad


def test_a_corner_is_taught_inside_of_the_cell_that_is_written():
    for box in some_boxes(200):
        cells = [int(y) * CELLS + int(x) for x, y in corner_points(box)]
        assert cells == [*corners(box)]


def test_a_corner_is_taught_most_of_the_way_from_the_centre_of_its_cell_to_where_it_is():
    (x1, y1), (x2, y2) = corner_points((3.5 / CELLS, 4.9 / CELLS, 10 / CELLS, 12.3 / CELLS))
    assert (x1, y1) == pytest.approx((3.5, 4.5 + MOVED * 0.4))
    assert (x2, y2) == pytest.approx((9.5 + MOVED * 0.5, 12.5 - MOVED * 0.2))


def test_what_the_right_probabilities_of_a_corner_say_is_drawn_where_it_is_taught():
    inside = [(min(max(x1, 0.06), 0.6), min(max(y1, 0.06), 0.6), x2, y2) for x1, y1, x2, y2 in some_boxes(100)]
    points = torch.tensor([next(iter(corner_points(box))) for box in inside])
    for right, point in zip(shares(points, 1.0), points.tolist(), strict=True):
        cell = int(point[1]) * CELLS + int(point[0])
        assert right.sum().item() == pytest.approx(1)
        assert right.argmax().item() == cell
        assert (right > 0).sum() <= 4
        drawn = place(right.log().clamp(min=-1e4), cell)
        assert drawn == pytest.approx([edge / CELLS for edge in point], abs=1e-5)


def test_at_first_cells_around_the_right_one_count_as_nearly_right():
    point = torch.tensor([[4.5, 9.5]])
    hard, soft = shares(point, 1.0)[0], shares(point, 1.5)[0]
    assert hard.nonzero().tolist() == [[9 * CELLS + 4]]
    around = soft.nonzero()[:, 0]
    assert len(around) == 9
    assert close(around, torch.tensor(9 * CELLS + 4)).all()
    assert soft.sum().item() == pytest.approx(1)


def test_corners_at_the_edge_of_the_picture_share_with_no_cell_beyond_it():
    for point, cell in (((0.2, 0.2), 0), ((31.8, 31.8), CELLS**2 - 1)):
        assert shares(torch.tensor([point]), 1.0)[0].nonzero().tolist() == [[cell]]


def test_every_label_of_a_batch_that_is_a_location_has_its_place(sprites, words):
    batch = Stream([(wide(sprites, ("solid",)), 1.0)], words, SMALL, 6, 1, 0, 0).make(0)
    located = batch.labels >= words.first_location
    assert located.sum() > 50
    cells = batch.places[located].floor()
    assert (cells[:, 1] * CELLS + cells[:, 0]).tolist() == (batch.labels[located] - words.first_location).tolist()
    # Between the cells, not in their middles.
    assert (batch.places[located] % 1 - 0.5).abs().mean() > 0.1
