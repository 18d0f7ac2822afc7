"""Names of colours, and the one colour that a thing has, where it has one."""

import colorsys

import numpy as np

COLOURS = {
    "red": (205, 45, 45),
    "orange": (240, 140, 40),
    "yellow": (245, 220, 80),
    "green": (80, 170, 80),
    "blue": (60, 110, 215),
    "purple": (135, 75, 180),
    "pink": (245, 160, 190),
    "brown": (130, 90, 60),
    "gray": (135, 135, 138),
    "black": (22, 22, 25),
    "white": (250, 250, 250),
}

#: A thing has a colour where this share of it does, and no other colour has half as much.
SHARE = 0.6


def named(red: int, green: int, blue: int) -> str | None:
    """The colour that people would call this; None where they would not agree, as on beige."""
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if value < 0.22:
        return "black"
    if saturation < 0.14:
        return "white" if value > 0.9 else "gray" if value < 0.8 else None
    degrees = hue * 360
    if saturation < 0.38 and not 255 <= degrees < 345:
        return "pink" if degrees >= 345 and value > 0.85 else None
    if degrees < 14 or degrees >= 345:
        return "pink" if value > 0.85 and saturation < 0.55 else "brown" if value < 0.45 else "red"
    if degrees < 42:
        return "brown" if value < 0.72 else "orange"
    for end, name in ((68, "yellow"), (168, "green"), (258, "blue"), (296, "purple")):
        if degrees < end:
            return name
    return "purple" if value < 0.6 else "pink"


#: The name of every colour whose channels are cut to 4 bits.
_NAMES = (*COLOURS, None)
_TABLE = np.array(
    [_NAMES.index(named(*(8 + 16 * level for level in levels))) for levels in np.ndindex(16, 16, 16)], dtype=np.uint8
)


def colour_of(picture: np.ndarray) -> str | None:
    """The one colour of an RGBA picture, or None."""
    opaque = picture[picture[..., 3] > 128][::3, :3] >> 4
    names = _TABLE[(opaque[:, 0].astype(int) << 8) | (opaque[:, 1].astype(int) << 4) | opaque[:, 2]]
    shares = np.bincount(names, minlength=len(_NAMES)) / max(1, len(names))
    first, second = np.argsort(shares)[::-1][:2]
    return _NAMES[first] if shares[first] >= SHARE and shares[second] < SHARE / 2 else None


def turned(picture: np.ndarray, degrees: float) -> np.ndarray:
    """An RGBA picture with all hues turned around the colour circle, in YIQ, which keeps how bright they look."""
    angle = np.deg2rad(degrees)
    to_yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    turn = np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])
    matrix = np.linalg.inv(to_yiq) @ turn @ to_yiq
    result = picture.copy()
    result[..., :3] = np.clip(picture[..., :3] @ matrix.T, 0, 255)
    return result
