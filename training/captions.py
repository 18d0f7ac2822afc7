"""
What captions get wrong, thing by thing: what is told under another name or passed over, and what is told twice.

    python captions.py --model model other
"""

import argparse
from pathlib import Path

import torch

from workshop.examination.captions import ACCOUNTS, describe
from workshop.model.files import from_folder
from workshop.scenes.art import TRAINED, load_sprites
from workshop.scenes.worlds import wide


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, nargs="+", help="exported folders")
    parser.add_argument("--scenes", type=int, default=300, help="of the wide world (default: %(default)s)")
    parser.add_argument(
        "--first",
        type=int,
        default=1000,
        help="the number of the first; those below 1000 are an examination's (default: %(default)s)",
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--art", type=Path, default=Path(".cache/art"), help="where drawn art is kept (default: %(default)s)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    world = wide(load_sprites(options.art, TRAINED), TRAINED)
    print(f"| | {' | '.join(ACCOUNTS)} |")
    print(f"| --- |{' ---: |' * len(ACCOUNTS)}")
    for folder in options.model:
        accounts = describe(*from_folder(folder), world, range(options.first, options.first + options.scenes))
        print(f"| {folder.name} | {' | '.join(str(accounts[name]) for name in ACCOUNTS)} |", flush=True)


if __name__ == "__main__":
    main()
