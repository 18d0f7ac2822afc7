"""The art of the scenes: emoji pictures from npm packages, drawn, cut out and kept as arrays."""

import hashlib
import io
import json
import pickle
import subprocess
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image
from resvg_py import svg_to_bytes

from .kinds import KINDS

#: Pictures are drawn this large, in pixels of their longer side; scenes need no more.
SIDE = 160


@dataclass(frozen=True)
class Style:
    """One way of drawing: an npm package and the licence of its art."""

    package: str
    licence: str
    #: Width of the outline drawn around every shape, as a share of the picture; 0: as the package draws it.
    outline: float = 0.0


STYLES = {
    "noto": Style("@iconify-json/noto@1.2.9", "Apache-2.0"),
    "blob": Style("@iconify-json/noto-v1@1.2.5", "Apache-2.0"),
    "twemoji": Style("@iconify-json/twemoji@1.2.5", "CC-BY-4.0"),
    "fluent": Style("@iconify-json/fluent-emoji@1.2.7", "MIT"),
    "fluent-flat": Style("@iconify-json/fluent-emoji-flat@1.2.6", "MIT"),
    "fluent-3d": Style("@lobehub/fluent-emoji-3d@1.1.0", "MIT"),
    "emojione": Style("@iconify-json/emojione@1.2.3", "CC-BY-4.0"),
    "openmoji": Style("@iconify-json/openmoji@1.2.29", "CC-BY-SA-4.0"),
    "fxemoji": Style("@iconify-json/fxemoji@1.2.2", "Apache-2.0"),
}

#: Trained on, and examined in.
TRAINED = ("noto", "blob", "twemoji", "fluent", "fluent-flat", "fluent-3d", "emojione")

#: The same art as line drawings: trained on beside it, so that shapes are known by their outlines too.
OUTLINED = tuple(f"{name}-outlined" for name in ("noto", "blob", "twemoji", "fluent-flat", "emojione"))

STYLES |= {name: replace(STYLES[name.removesuffix("-outlined")], outline=0.03) for name in OUTLINED}

#: Never trained on: what the model makes of them shows whether it knows things or pictures.
HELD_OUT = ("openmoji", "fxemoji")

#: RGBA pictures by style and by name of the kind; a style may lack kinds.
Sprites = dict[str, dict[str, list[np.ndarray]]]

#: The picture of a code point, where there is one.
Draw = Callable[[str], Image.Image | None]


def load_sprites(cache: Path, styles: Iterable[str] = STYLES, side: int = SIDE) -> Sprites:
    """
    The pictures of these styles, each cut to its opaque part; drawn once, then read from `cache`.

    Ends the program with a sentence where npm cannot fetch a package.
    """
    return {style: _load(cache, style, side) for style in styles}


def _load(cache: Path, style: str, side: int) -> dict[str, list[np.ndarray]]:
    # Arrays of numpy 2 cannot be read by numpy 1.
    made = cache / f"{style}-{side}-numpy{np.__version__.split('.')[0]}-{_origin(style)}.pickle"
    if not made.exists():
        cache.mkdir(parents=True, exist_ok=True)
        partial = made.with_suffix(".partial")
        partial.write_bytes(pickle.dumps(_drawn(style, cache / "packages", side)))
        partial.rename(made)
    return pickle.loads(made.read_bytes())


def _origin(style: str) -> str:
    """A few digits that are others where the style or the kinds are: what was drawn before is not what is wanted then."""
    told = repr((STYLES[style], STYLES["noto"].package, [(kind.name, kind.codes) for kind in KINDS.values()]))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _drawn(style: str, packages: Path, side: int) -> dict[str, list[np.ndarray]]:
    folder, outline = _unpacked(STYLES[style].package, packages), STYLES[style].outline
    if (folder / "icons.json").exists():
        # Noto's package is the one that tells which emoji the names of icons stand for.
        draw = _iconify(folder, _names_by_code(_unpacked(STYLES["noto"].package, packages) / "chars.json"), side, outline)
    else:
        draw = _files(folder)
    sprites = {}
    for kind in KINDS.values():
        pictures = [picture for code in kind.codes if (picture := draw(code)) is not None]
        if pictures:
            sprites[kind.name] = [_cut_out(picture, side) for picture in pictures]
            if outline:
                sprites[kind.name] += [_paler(sprite) for sprite in sprites[kind.name]]
    return sprites


def _unpacked(package: str, folder: Path) -> Path:
    """A package of npm's registry as a folder; npm checks it against the registry's hash."""
    target = folder / package.replace("/", "-")
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / _packed(package, folder)
        partial = target.with_suffix(".partial")
        with tarfile.open(archive) as files:
            # Python before 3.11.4 has no filter; the archive is the one that the registry's hash is of.
            files.extractall(partial, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        partial.rename(target)
        archive.unlink()
    return target / "package"


def _packed(package: str, folder: Path) -> str:
    """The name of the archive that npm puts into `folder`."""
    command = ["npm", "pack", package, "--json", "--pack-destination", str(folder)]
    try:
        # What npm has to say for itself goes to the terminal.
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"The art of {package} could not be fetched. {str(error).rstrip('.')}. See to it that npm is there and reaches its"
            " registry, and run the same command again: art that is drawn already is not fetched again."
        ) from error
    # npm 12 has an object by package where those before it have a list.
    [entry] = told.values() if isinstance(told, dict) else told
    return entry["filename"]


def _names_by_code(path: Path) -> dict[str, list[str]]:
    """The names under which Unicode's emoji go in these packages."""
    names: dict[str, list[str]] = {}
    for code, name in json.loads(path.read_text()).items():
        names.setdefault(code.replace("-fe0f", ""), []).append(name)
    return names


def _iconify(folder: Path, names: dict[str, list[str]], side: int, outline: float) -> Draw:
    """Draws from a package of the Iconify project: one JSON file with the SVG of every icon."""
    pack = json.loads((folder / "icons.json").read_text())
    aliases = {alias: entry["parent"] for alias, entry in pack.get("aliases", {}).items()}
    #: Packages disagree on hyphens only.
    spelled = {name.replace("-", ""): aliases.get(name, name) for name in [*aliases, *pack["icons"]]}

    def draw(code: str) -> Image.Image | None:
        for name in names.get(code, []):
            icon = pack["icons"].get(spelled.get(name.replace("-", "")))
            if icon is not None:
                width, height = (icon.get(edge, pack.get(edge, 16)) for edge in ("width", "height"))
                body, line = icon["body"], outline * width
                if line:
                    body = f'<g stroke="#000" stroke-width="{line}" stroke-linejoin="round" stroke-linecap="round">{body}</g>'
                extent = f"{-line / 2} {-line / 2} {width + line} {height + line}"
                svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{extent}">{body}</svg>'
                return _open(io.BytesIO(bytes(svg_to_bytes(svg_string=svg, width=side))))
        return None

    return draw


def _files(folder: Path) -> Draw:
    """Draws from a package that keeps a picture for each code point."""

    def draw(code: str) -> Image.Image | None:
        spellings = [folder / "assets" / f"{code}{ending}.webp" for ending in ("", "-fe0f")]
        return next((_open(file) for file in spellings if file.exists()), None)

    return draw


def _open(file) -> Image.Image:
    return Image.open(file).convert("RGBA")


def _paler(sprite: np.ndarray) -> np.ndarray:
    """Half way to white, save what is dark: how line drawings are coloured, if at all."""
    paler = sprite.copy()
    light = sprite[..., :3].max(-1) > 80
    paler[light, :3] = 128 + sprite[light, :3] // 2
    return paler


def _cut_out(picture: Image.Image, side: int) -> np.ndarray:
    opaque = np.asarray(picture)[..., 3] > 60
    rows, columns = np.where(opaque)
    cut = picture.crop((columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    cut.thumbnail((side, side), Image.Resampling.LANCZOS)
    return np.asarray(cut).copy()
