"""What is behind the things, and what it is called."""

from random import Random

import numpy as np

from .colours import COLOURS

Picture = np.ndarray


def background(random: Random, side: int, rich: bool = True) -> tuple[Picture, str]:
    """A float32 picture `[side, side, 3]` and the words for it; rich ones have patterns, landscapes and rooms among them."""
    picture, words = _smooth(random, side, rich)
    return (picture + _grain(random, side) if random.random() < 0.4 else picture), words


def painted(random: Random, words: str, side: int) -> Picture:
    """A background, without grain, of which these are the words. Raises KeyError where there is none."""
    if words not in BACKGROUNDS:
        raise KeyError(words)
    while True:
        picture, found = _smooth(random, side, rich=True)
        if found == words:
            return picture


def _smooth(random: Random, side: int, rich: bool) -> tuple[Picture, str]:
    paints, shares = (plain, shaded, meadow, two_colours), (40, 16, 14, 12)
    if rich:
        paints, shares = (*paints, pattern, landscape, room), (*shares, 18, 14, 12)
    paint = random.choices(paints, shares)[0]
    return paint(random, side)


def _grain(random: Random, side: int) -> Picture:
    """Noise as of paper or film, in grains of one to four pixels."""
    size = random.choice((1, 2, 4))
    noise = np.random.default_rng(random.getrandbits(32)).standard_normal((side // size, side // size, 1), dtype=np.float32)
    return noise.repeat(size, 0).repeat(size, 1) * random.uniform(2, 9)


def _near(random: Random, colour: tuple[int, int, int], spread: float = 18) -> Picture:
    return np.array([min(255, max(0, channel + random.uniform(-spread, spread))) for channel in colour], np.float32)


def _colour(random: Random) -> tuple[Picture, str]:
    """A colour and its name; near black and white, colours soon have another name."""
    name = "white" if random.random() < 0.25 else random.choice(list(COLOURS))
    return _near(random, COLOURS[name], 5 if name in ("black", "white") else 15), name


def _slope(random: Random, side: int) -> Picture:
    """0..1 from one edge to the opposite one."""
    slope = np.linspace(0, 1, side, dtype=np.float32)[:: random.choice((1, -1))]
    return slope[:, None, None] if random.random() < 0.5 else slope[None, :, None]


def _filled(side: int, colour: Picture) -> Picture:
    return np.broadcast_to(colour, (side, side, 3)).astype(np.float32)


def plain(random: Random, side: int) -> tuple[Picture, str]:
    colour, name = _colour(random)
    return _filled(side, colour), name


def shaded(random: Random, side: int) -> tuple[Picture, str]:
    colour, name = _colour(random)
    other = np.clip(colour + random.uniform(-22, 22), 0, 255)
    slope = _slope(random, side)
    return np.broadcast_to(colour * (1 - slope) + other * slope, (side, side, 3)).copy(), name


def two_colours(random: Random, side: int) -> tuple[Picture, str]:
    one, other = (_near(random, COLOURS[name]) for name in random.sample(list(COLOURS), 2))
    slope = _slope(random, side)
    return np.broadcast_to(one * (1 - slope) + other * slope, (side, side, 3)).copy(), "colorful"


#: Where two surfaces meet, in 0..1 from above.
HORIZONS, EDGES = (0.35, 0.7), (0.55, 0.75)


def _over(random: Random, side: int, above: tuple[int, int, int], below: tuple[int, int, int]) -> Picture:
    """Two surfaces that meet at a horizon, the upper one brighter towards it."""
    horizon = int(side * random.uniform(*HORIZONS))
    top = _near(random, above)
    slope = np.linspace(0, 1, horizon, dtype=np.float32)[:, None, None]
    picture = _filled(side, _near(random, below)).copy()
    picture[:horizon] = top * (1 - slope) + np.minimum(top + 25, 255) * slope
    return picture


def meadow(random: Random, side: int) -> tuple[Picture, str]:
    return _over(random, side, (125, 190, 240), (95, 165, 70)), "sky and grass"


LANDSCAPES = {
    "sky and sand": ((130, 195, 240), (232, 205, 150)),
    "sky and sea": ((170, 215, 245), (40, 105, 170)),
    "sky and snow": ((150, 185, 215), (240, 245, 250)),
    "a night sky": ((15, 20, 55), (30, 40, 45)),
}


def landscape(random: Random, side: int) -> tuple[Picture, str]:
    words = random.choice(list(LANDSCAPES))
    picture = _over(random, side, *LANDSCAPES[words])
    if words == "a night sky":
        for _ in range(random.randint(6, 20)):
            picture[random.randrange(side // 3), random.randrange(side)] = 230
    return picture, words


def room(random: Random, side: int) -> tuple[Picture, str]:
    """A wall, a skirting board and a floor of boards or tiles."""
    wall, _ = _colour(random)
    floor = _near(random, random.choice(((150, 105, 65), (190, 150, 105), (165, 165, 165))), 12)
    picture = _filled(side, wall).copy()
    edge = int(side * random.uniform(*EDGES))
    picture[edge:] = floor
    picture[edge : edge + max(2, side // 40)] = np.clip(wall * 0.55 + 90, 0, 255)
    step = random.randint(side // 10, side // 5)
    picture[edge + step :: step] = floor * 0.8
    return picture, "a room"


#: Of 255, in the mean of a colour's channels: below it a pattern could not be seen.
LEAST_APART = 15


def pattern(random: Random, side: int) -> tuple[Picture, str]:
    one, _ = _colour(random)
    sign, apart = random.choice((-1, 1)), random.uniform(25, 70)
    other = np.clip(one + sign * apart, 0, 255)
    if np.abs(other - one).mean() < LEAST_APART:
        # White has no room above itself.
        other = np.clip(one - sign * apart, 0, 255)
    words = random.choice(("stripes", "checks", "dots", "wood"))
    down, across = np.mgrid[0:side, 0:side]
    step = random.randint(side // 16, side // 6)
    if words == "stripes":
        along = random.choice((down, across, down + across))
        chosen = (along // step) % 2 == 0
    elif words == "checks":
        chosen = (down // step + across // step) % 2 == 0
    elif words == "dots":
        chosen = ((down % step) - step / 2) ** 2 + ((across % step) - step / 2) ** 2 < (step * 0.28) ** 2
    else:
        return _wood(random, down, across, side), words
    return np.where(chosen[..., None], other, one).astype(np.float32), words


def _wood(random: Random, down: np.ndarray, across: np.ndarray, side: int) -> Picture:
    colour = _near(random, (170, 115, 65), 20)
    waves = np.sin(down * random.uniform(0.5, 1.1) + 2.5 * np.sin(across * random.uniform(2, 5) / side) + random.uniform(0, 6))
    return (colour + 14 * waves[..., None]).astype(np.float32)


def still_there(words: str, top: float, bottom: float) -> bool:
    """Whether a part of the picture from `top` to `bottom` shows a background of these words, wherever its surfaces meet."""
    highest, lowest = EDGES if words == "a room" else HORIZONS
    return words not in ("a room", "sky and grass", *LANDSCAPES) or (top < highest and bottom > lowest)


#: All words that a background may go by.
BACKGROUNDS = (*COLOURS, "colorful", "sky and grass", *LANDSCAPES, "a room", "stripes", "checks", "dots", "wood")
