"""Scenes: a background and one to ten things on it, with the truth about them."""

import io
from dataclasses import dataclass, field
from random import Random

import numpy as np
from PIL import Image

from .art import Sprites
from .backgrounds import background, still_there
from .colours import colour_of, turned
from .geometry import Box, area, overlap
from .kinds import NAMES


@dataclass(frozen=True)
class Thing:
    name: str
    #: In 0..1 of the picture, as far as it can be seen in it.
    box: Box
    #: Its one colour, where it has one.
    colour: str | None

    @property
    def centre(self) -> tuple[float, float]:
        x1, y1, x2, y2 = self.box
        return (x1 + x2) / 2, (y1 + y2) / 2

    @property
    def size(self) -> float:
        """Its longer side."""
        x1, y1, x2, y2 = self.box
        return max(x2 - x1, y2 - y1)


@dataclass(frozen=True)
class Scene:
    #: uint8 `[side, side, 3]`, stretched to a square as the model sees it.
    picture: np.ndarray
    background: str
    #: From left to right.
    things: list[Thing]
    #: What it could show: the kinds of its world.
    possible: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """How rich scenes are."""

    names: tuple[str, ...] = NAMES
    #: One named twice is drawn twice as often.
    styles: tuple[str, ...] = ()
    fewest_things: int = 1
    most_things: int = 10
    #: Longer side of a thing as a share of the picture's.
    sizes: tuple[float, float] = (0.05, 0.55)
    #: Above 0; the more, the more of the things are small.
    smallness: float = 0.6
    #: Of the smaller of two things, what the other may hide.
    hidden: float = 1 / 3
    #: Widths of things on the picture, relative to their own: pictures that are not square reach the model stretched.
    aspects: tuple[float, ...] = (1, 1, 1, 0.6, 0.75, 0.87, 1.15, 1.33, 1.7)
    #: Whether colours, shapes, crops and the picture's quality vary as they do in people's files.
    varied: bool = True
    #: Whether backgrounds go beyond colours and meadows.
    rich: bool = True
    sprites: Sprites = field(default_factory=dict, repr=False)


def compose(random: Random, world: World, side: int) -> Scene:
    """A random scene with at least one thing."""
    while True:
        picture, words = background(random, side, world.rich)
        things = _placed(random, world, picture)
        scene = Scene(np.clip(picture, 0, 255).astype(np.uint8), words, things)
        if world.varied and things and random.random() < 0.12:
            scene = _closer(random, scene)
        if scene.things:
            seen = _recorded(random, scene.picture) if world.varied else scene.picture
            return Scene(seen, scene.background, sorted(scene.things, key=lambda thing: thing.centre), world.names)


def _names(random: Random, world: World) -> list[str]:
    counts = range(world.fewest_things, world.most_things + 1)
    names: list[str] = []
    for _ in range(random.choices(counts, [1 / (2 + count) ** 0.7 for count in counts])[0]):
        again = names and random.random() < 0.28
        names.append(random.choice(names if again else world.names))
    return names


def _placed(random: Random, world: World, picture: np.ndarray) -> list[Thing]:
    """Draws things where there is room; those drawn later may hide a part of earlier ones."""
    side = len(picture)
    names = _names(random, world)
    style = random.choice(world.styles)
    mixed = random.random() < 0.35
    aspect = random.choice(world.aspects)
    apart = random.random() < 0.5
    things: list[Thing] = []
    for name in names:
        has = [other for other in world.styles if name in world.sprites[other]]
        if not has:
            continue
        own = style if style in has and not mixed else random.choice(has)
        sprite = _varied(random, random.choice(world.sprites[own][name]), world.varied)
        for attempt in range(12):
            width, height = _extent(sprite, _size(random, world, len(names), attempt) * side, aspect)
            left, top = random.randint(0, max(0, side - width)), random.randint(0, max(0, side - height))
            box = (left / side, top / side, (left + width) / side, (top + height) / side)
            if all(
                overlap(box, other.box) <= (0.08 if apart else world.hidden) * min(area(box), area(other.box)) for other in things
            ):
                _paste(picture, _resized(sprite, width, height), left, top)
                things.append(Thing(name, box, colour_of(sprite)))
                break
    return things


def _size(random: Random, world: World, count: int, attempt: int) -> float:
    """Sizes are drawn from the logarithm of their range; whatever finds no room tries to be smaller."""
    least, most = world.sizes
    top = max(least * 1.5, most * min(1, 1.25 / count**0.35) * 0.93**attempt)
    return least * (top / least) ** random.random() ** world.smallness


def _varied(random: Random, sprite: np.ndarray, varied: bool) -> np.ndarray:
    """The sprite as drawn, or mirrored, tilted, or in other colours."""
    if random.random() < 0.4:
        sprite = sprite[:, ::-1]
    if not varied:
        return sprite
    if random.random() < 0.3:
        tilted = Image.fromarray(sprite).rotate(random.uniform(-12, 12), expand=True, resample=Image.Resampling.BILINEAR)
        sprite = np.asarray(tilted.crop(tilted.getchannel("A").point(lambda alpha: 255 * (alpha > 60)).getbbox()))
    if random.random() < 0.25:
        sprite = turned(sprite, random.uniform(0, 360))
    if random.random() < 0.3:
        sprite = sprite.copy()
        gain, lift = random.uniform(0.75, 1.2), random.uniform(-25, 25)
        sprite[..., :3] = np.clip(sprite[..., :3] * gain + lift, 0, 255)
    return sprite


def _extent(sprite: np.ndarray, longer: float, aspect: float) -> tuple[int, int]:
    """Width and height on the picture, the longer one given in pixels."""
    height, width = sprite.shape[0], sprite.shape[1] * aspect
    scale = longer / max(height, width)
    return max(4, round(width * scale)), max(4, round(height * scale))


def _resized(sprite: np.ndarray, width: int, height: int) -> np.ndarray:
    how = Image.Resampling.BOX if width < 0.6 * sprite.shape[1] else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(sprite).resize((width, height), how))


def _paste(picture: np.ndarray, rgba: np.ndarray, left: int, top: int) -> None:
    height, width = rgba.shape[:2]
    under = picture[top : top + height, left : left + width]
    alpha = rgba[: under.shape[0], : under.shape[1], 3:].astype(np.float32) / 255
    under += (rgba[: under.shape[0], : under.shape[1], :3] - under) * alpha


def _closer(random: Random, scene: Scene) -> Scene:
    """A part of the scene as large as the whole: what a crop around a thing shows."""
    side = len(scene.picture)
    share = random.uniform(0.3, 0.8)
    x, y = random.choice(scene.things).centre
    left, top = (min(max(0.0, middle - share * random.uniform(0.3, 0.7)), 1 - share) for middle in (x, y))
    window = (left, top, left + share, top + share)
    if not still_there(scene.background, top, top + share):
        return scene
    things = []
    for thing in scene.things:
        if overlap(thing.box, window) >= 0.6 * area(thing.box):
            seen = [(edge - start) / share for edge, start in zip(thing.box, (left, top, left, top), strict=True)]
            things.append(Thing(thing.name, tuple(min(1.0, max(0.0, edge)) for edge in seen), thing.colour))
        elif overlap(thing.box, window) > 0.1 * area(thing.box):
            return scene
    cut = Image.fromarray(scene.picture).resize((side, side), Image.Resampling.BICUBIC, tuple(edge * side for edge in window))
    return Scene(np.asarray(cut), scene.background, things)


def _recorded(random: Random, picture: np.ndarray) -> np.ndarray:
    """The picture after what happens to people's files: made small, compressed, blurred."""
    side = len(picture)
    if random.random() < 0.15:
        small = int(side * random.uniform(0.45, 0.9))
        shrunk = Image.fromarray(picture).resize((small, small), Image.Resampling.BOX)
        picture = np.asarray(shrunk.resize((side, side), Image.Resampling.BICUBIC))
    if random.random() < 0.15:
        picture = _compressed(picture, random.randint(35, 90))
    return picture


def _compressed(picture: np.ndarray, quality: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))
