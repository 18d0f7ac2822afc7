"""
What an exported model can do, by kind of task, on fresh scenes in styles it knows and styles it does not.

    python examine.py --model model --scenes 1000
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import torch

from workshop.examination.exams import all_exams
from workshop.examination.table import table
from workshop.model.files import from_folder
from workshop.scenes.art import TRAINED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="an exported folder")
    parser.add_argument("--scenes", type=int, default=1000, help="scenes an examination (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first (default: %(default)s, as on cards)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--art", type=Path, default=Path(".cache/art"), help="where drawn art is kept (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    options = parser.parse_args()
    if options.json and (options.json.is_dir() or not options.json.parent.is_dir()):
        raise SystemExit(f"--json {options.json} cannot be written: give it the name of a file in a folder that is there.")
    torch.set_num_threads(options.threads)
    figures = all_exams(*from_folder(options.model), options.art, TRAINED, options.scenes, first=options.first)
    # First: where the file cannot be written, they are not lost.
    print(table(figures))
    if options.json:
        plain = {
            exam: {kind: {n: asdict(f) for n, f in those.items()} for kind, those in kinds.items()}
            for exam, kinds in figures.items()
        }
        options.json.write_text(json.dumps(plain, indent=1))


if __name__ == "__main__":
    main()
