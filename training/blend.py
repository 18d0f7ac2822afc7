"""
A model between two exported ones, of which the second was trained on from the first: each weight lies between theirs. It
keeps what the second forgot of the first's world, and nearly all that the second learned (arXiv:2109.01903).

    python blend.py --first model --second longer --share 0.5 --out blend
"""

import argparse
import shutil
from pathlib import Path

from workshop.release.blend import blend

FILE = "model.safetensors"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=Path, required=True, help="an exported folder")
    parser.add_argument("--second", type=Path, required=True, help="one that was trained on from it")
    parser.add_argument("--share", type=float, default=0.5, help="of the second, 0..1 (default: %(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    options = parser.parse_args()
    shutil.copytree(options.second, options.out, dirs_exist_ok=True)
    blend(options.first / FILE, options.second / FILE, options.share, options.out / FILE)


if __name__ == "__main__":
    main()
