"""
Sample scenes and recorded answers of a model: pictures, truth, and what the reference implementation answers.

    python samples.py --model model --out samples
    python samples.py --model model --arranged arranged.jsonl --scenes 10 --out samples
    python samples.py --world given --scenes 300 --out scenes   pictures and truth alone
"""

import argparse
from pathlib import Path

from workshop.release.samples import SAMPLE_STYLES, make_samples
from workshop.scenes.art import load_sprites
from workshop.scenes.worlds import WORLDS

#: Pixels of an emoji's longer side; samples are larger than what a model trains on.
SIDE = 320


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="an exported folder; left out, there are no recorded answers")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--world", choices=WORLDS, default="wide", help="what scenes show (default: %(default)s)")
    parser.add_argument("--arranged", type=Path, help="JSONL of scenes to draw first, as scenes.jsonl has them")
    parser.add_argument("--scenes", type=int, default=20, help="random ones (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--art", type=Path, default=Path(".cache/art"), help="where drawn art is kept (default: %(default)s)")
    options = parser.parse_args()
    sprites = load_sprites(options.art, SAMPLE_STYLES, SIDE)
    world = WORLDS[options.world](sprites, SAMPLE_STYLES)
    make_samples(options.model, options.out, world, options.scenes, options.seed, options.arranged)


if __name__ == "__main__":
    main()
