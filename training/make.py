"""
From nothing to a model: art, tokenizer, training, export, examination and proof against the reference implementation.
Interrupted, the same command goes on where it stopped.

    python make.py --out model                            on a GPU
    python make.py --out model --size small --minutes 90  on a CPU, in two processes
    python make.py --out model --smoke                    a little of everything, to see that it runs
"""

import argparse
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import torch

from workshop.examination.exams import all_exams
from workshop.lessons.curriculum import examination
from workshop.model.files import from_checkpoint, from_folder
from workshop.model.size import SIZES, Size
from workshop.release.card import write_card
from workshop.release.export import export
from workshop.release.parity import check_parity
from workshop.scenes.art import HELD_OUT, OUTLINED, TRAINED, load_sprites
from workshop.scenes.scene import compose
from workshop.scenes.worlds import wide
from workshop.training.checkpoint import progress
from workshop.training.recipe import Recipe
from workshop.training.train import train
from workshop.words.tokenizer import Words
from workshop.words.vocabulary import make_vocabulary

OFFICIAL_TOKENIZER = Path(__file__).parent.parent / "test/fixtures/reference/tokenizer/tokenizer.json"

#: Images a step of a smoke run.
SMOKE_BATCH = 4


def main() -> None:
    options = _options()
    # The products of so small a model are done before threads have met.
    torch.set_num_threads(1)
    recipe = Recipe(
        steps=options.steps,
        minutes=options.minutes,
        size=options.size,
        processes=options.processes,
        seed=options.seed,
        uses=options.uses,
        start=options.start,
        helpers=options.helpers,
        rate=Recipe.rate * options.pace,
        muon_rate=Recipe.muon_rate * options.pace,
        styles=TRAINED[:2] if options.smoke else TRAINED,
    )
    held_out, scenes, known = HELD_OUT, options.scenes, 1500
    if options.smoke:
        recipe = replace(recipe, steps=3, minutes=None, batch=SMOKE_BATCH, outlined=OUTLINED[:1])
        held_out, scenes, known = HELD_OUT[:1], 1, 50
    with TemporaryDirectory() as unkept:
        work = options.work or (Path(unkept) if options.smoke else Path(".cache/work"))
        _make(options, recipe, work, held_out, scenes, known)


def _make(options: argparse.Namespace, recipe: Recipe, work: Path, held_out: tuple[str, ...], scenes: int, known: int) -> None:
    """`scenes`: of each examination; `known`: of those that the tokenizer must know the words of."""
    work.mkdir(parents=True, exist_ok=True)
    sprites = load_sprites(options.art, recipe.styles)
    tokenizer = work / "tokenizer.json"
    make_vocabulary(OFFICIAL_TOKENIZER, tokenizer, wide(sprites, recipe.styles), known)
    checkpoint = train(recipe, tokenizer, options.art, work)
    size = Size.named(recipe.size, Words(tokenizer).size)
    export(from_checkpoint(checkpoint, size), tokenizer, options.out)
    model, words = from_folder(options.out)
    random = Random(f"parity/{options.seed}")
    shown = [compose(random, wide(sprites, recipe.styles), size.image) for _ in range(min(scenes, 20))]
    worst = check_parity(options.out, [(scene, task) for scene in shown for task in examination(random, scene)])
    print(f"The reference implementation gives the same answers; logits differ by {worst:.1e} of their range.")
    figures = all_exams(model, words, options.art, recipe.styles, scenes, held_out)
    run = {**progress(checkpoint), "parameters": sum(parameter.numel() for parameter in model.parameters())}
    write_card(options.out, size, recipe, run, figures, scenes, held_out)
    print((options.out / "README.md").read_text())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the folder to export to")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=int, default=40_000, help="of training (default: %(default)s)")
    length.add_argument("--minutes", type=float, help="of training, instead of a number of steps")
    parser.add_argument("--size", choices=SIZES, default="large", help="of the model (default: %(default)s)")
    parser.add_argument("--start", type=Path, help="an exported model to begin with, instead of random weights")
    parser.add_argument("--helpers", type=Path, help="the checkpoint of an earlier run, to begin with its helper heads")
    parser.add_argument(
        "--pace", type=float, default=1, help="of learning; less for a short run that begins with a trained model (default: 1)"
    )
    parser.add_argument("--scenes", type=int, default=1000, help="scenes an examination (default: %(default)s)")
    parser.add_argument(
        "--processes",
        type=int,
        default=2,
        help="of training on a CPU, sharing a step's 24 images; best one a core (default: %(default)s)",
    )
    parser.add_argument(
        "--uses", type=int, default=1, help="of a picture; above 1 the vision tower learns no more (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--work", type=Path, help="for tokenizer and checkpoint (default: .cache/work, of a smoke run a folder that is not kept)"
    )
    parser.add_argument("--art", type=Path, default=Path(".cache/art"), help="where drawn art is kept (default: %(default)s)")
    parser.add_argument("--smoke", action="store_true", help="a few steps, styles and scenes")
    options = parser.parse_args()
    if options.minutes is not None:
        options.steps = None
    for name in ("steps", "minutes", "uses"):
        value = getattr(options, name)
        if value is not None and not value > 0:
            raise SystemExit(f"--{name} is {value}: give a number above 0.")
    batch = SMOKE_BATCH if options.smoke else Recipe.batch
    if options.processes < 1 or batch % options.processes:
        raise SystemExit(f"--processes is {options.processes}: give a number that divides the {batch} images of a step.")
    return options


if __name__ == "__main__":
    main()
