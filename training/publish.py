"""
Makes an exported model the one that the app ships: its folder, sample scenes with recorded answers, the page's samples and
self-test, and the package.

    python publish.py --model model
"""

import argparse
import base64
import io
import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from workshop.release.export import EXPORTED
from workshop.release.reference import Reference
from workshop.release.samples import SAMPLE_STYLES, make_samples
from workshop.scenes.art import load_sprites
from workshop.scenes.worlds import wide

#: Pixels of an emoji's longer side; samples are larger than what a model trains on.
SIDE = 320

REPOSITORY = Path(__file__).parent.parent
MODEL = REPOSITORY / "test/fixtures/demo-model"
SCENES = REPOSITORY / "test/fixtures/demo-scenes"
#: Of arranged.jsonl, by line, the scenes that the page begins with.
SHOWN = {"bike-turtle": 1, "two-pigs": 6, "beach": 20, "room": 21, "farm": 23}
#: Besides those of arranged.jsonl.
RANDOM_SCENES = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL, help="an exported folder (default: the one that is shipped)")
    parser.add_argument("--art", type=Path, default=Path(".cache/art"), help="where drawn art is kept (default: %(default)s)")
    options = parser.parse_args()
    missing = [name for name in EXPORTED if not (options.model / name).is_file()]
    if missing:
        raise SystemExit(f"{options.model} is no exported model: it lacks {', '.join(missing)}. Nothing was changed.")
    world = wide(load_sprites(options.art, SAMPLE_STYLES, SIDE), SAMPLE_STYLES)
    with TemporaryDirectory() as folder:
        # What takes minutes and can fail comes before anything that is shipped is touched.
        scenes = Path(folder) / "scenes"
        make_samples(options.model, scenes, world, RANDOM_SCENES, 1, Path(__file__).parent / "arranged.jsonl")
        case = _case(options.model, scenes)
        if options.model.resolve() != MODEL.resolve():
            # With its card or without one: figures that stay behind are another model's.
            _replace(MODEL, options.model)
        _replace(SCENES, scenes)
    _samples()
    _self_test(case)
    subprocess.run(["sh", REPOSITORY / "scripts/make-demo-package.sh"], check=True)


def _replace(folder: Path, by: Path) -> None:
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(by, partial, ignore=shutil.ignore_patterns("*.pt"))
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _samples() -> None:
    """The pictures that the page begins with, and what it shows of them before they are fetched."""
    entries = []
    for name, index in SHOWN.items():
        file = SCENES / f"scene-{index:02d}.png"
        shutil.copy(file, REPOSITORY / f"public/samples/{name}.png")
        picture = Image.open(file)
        small = io.BytesIO()
        picture.resize((20, 20 * picture.height // picture.width), Image.Resampling.BOX).save(small, "WEBP", quality=40, method=6)
        preview = f"data:image/webp;base64,{base64.b64encode(small.getvalue()).decode()}"
        entries.append({"file": f"{name}.png", "width": picture.width, "height": picture.height, "preview": preview})
    (REPOSITORY / "src/ui/samples.json").write_text(json.dumps(entries, indent=2) + "\n")


def _case(model: Path, scenes: Path) -> dict:
    """The first recorded answer, with its prompt, as the page checks a device by it."""
    with (scenes / "expected.jsonl").open() as lines:
        first = json.loads(next(lines))
    asked = Reference(model).inputs(Image.open(scenes / first["image"]), first["prompt"])
    prompt = asked["input_ids"][0].tolist()
    start = asked["image_embeds_position_mask"][0].tolist().index(1)
    return {"picture": "scene.png", "imageStart": start, "answerStart": len(prompt), "ids": prompt + first["generated_ids"]}


def _self_test(case: dict) -> None:
    folder = REPOSITORY / "public/self-test"
    shutil.copy(SCENES / "scene-00.png", folder / "scene.png")
    cases = json.loads((folder / "cases.json").read_text()) | {"demo-model": case}
    entries = (f"  {json.dumps(name)}: {json.dumps(entry, separators=(',', ':'))}" for name, entry in cases.items())
    (folder / "cases.json").write_text("{\n" + ",\n".join(entries) + "\n}\n")


if __name__ == "__main__":
    main()
