"""
A model between two exported ones, of which the second was trained on from the first: each weight lies between theirs. It
keeps what the second forgot of the first's world, and nearly all that the second learned (arXiv:2109.01903).

    python blend.py --first model --second longer --share 0.5 --out blend

What was written has no card: examine it first.
"""

import argparse
import shutil
from pathlib import Path

from safetensors.torch import save_file

from workshop.release.blend import blend

FILE, WORDS = "model.safetensors", "tokenizer.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=Path, required=True, help="an exported folder")
    parser.add_argument("--second", type=Path, required=True, help="one that was trained on from it")
    parser.add_argument("--share", type=float, default=0.5, help="of the second, 0..1 (default: %(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write, which is not there yet")
    options = parser.parse_args()
    if options.out.exists():
        raise SystemExit(f"{options.out} is there already: give --out the name of a new folder. Nothing was changed.")
    if (options.first / WORDS).read_bytes() != (options.second / WORDS).read_bytes():
        raise SystemExit(f"The two have other ids for the same words ({WORDS} differs): none lies between them.")
    try:
        weights = blend(options.first / FILE, options.second / FILE, options.share)
    except ValueError as error:
        raise SystemExit(str(error)) from error
    # What the card of the second tells is of the second alone.
    shutil.copytree(options.second, options.out, ignore=shutil.ignore_patterns("README.md", FILE))
    save_file(weights, options.out / FILE, {"format": "pt"})


if __name__ == "__main__":
    main()
