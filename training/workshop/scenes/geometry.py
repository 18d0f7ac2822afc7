"""Boxes, and KOSMOS-2's locations: the 32x32 grid over the picture (arXiv:2306.14824, and the reference's processor)."""

import math

#: Cells of the location grid along an edge.
CELLS = 32

#: (x1, y1, x2, y2) in 0..1 of the picture.
Box = tuple[float, float, float, float]

#: (x, y) in 0..1 of the picture.
Point = tuple[float, float]


def corners(box: Box) -> tuple[int, int]:
    """The patch indices of the upper-left and lower-right cell."""
    x1, y1, x2, y2 = box
    left, top = (min(CELLS - 1, math.floor(edge * CELLS)) for edge in (x1, y1))
    right, bottom = (max(low, math.ceil(edge * CELLS - 1)) for edge, low in ((x2, left), (y2, top)))
    return top * CELLS + left, bottom * CELLS + right


def box_between(first: int, last: int) -> Box:
    """The box that two patch indices stand for: between the centres of their cells, or whole cells of one row or column."""
    (top, left), (bottom, right) = divmod(first, CELLS), divmod(last, CELLS)
    if left == right or top == bottom:
        return left / CELLS, top / CELLS, (right + 1) / CELLS, (bottom + 1) / CELLS
    return (left + 0.5) / CELLS, (top + 0.5) / CELLS, (right + 0.5) / CELLS, (bottom + 0.5) / CELLS


def box_of(first: int, last: int, places: tuple[Point, Point]) -> Box:
    """The box of two corners that lie between their cells; that of the cells where they share a row or column or are turned."""
    (x1, y1), (x2, y2) = places
    one_line = first % CELLS == last % CELLS or first // CELLS == last // CELLS
    return (x1, y1, x2, y2) if x1 < x2 and y1 < y2 and not one_line else box_between(first, last)


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def iou(one: Box, other: Box) -> float:
    shared = overlap(one, other)
    return shared / (area(one) + area(other) - shared) if shared > 0 else 0.0
