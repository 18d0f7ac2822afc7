"""What the files of a WebDataset's samples end in."""

import os
import tarfile
from collections import Counter
from collections.abc import Iterator

from inputs import PICTURES

#: Endings that are told of: where file names have dots in their keys, there are as many as files.
MOST_TOLD = 10


def check_endings(paths: list[str], prompt_column: str | None) -> None:
    """Refuses a WebDataset of which no sample has a picture, or the prompt that was named, before any is asked."""
    wanted = [set(PICTURES)] if prompt_column is None else [set(PICTURES), {prompt_column.lower()}]
    found: Counter[str] = Counter()
    try:
        for ending in _endings(paths):
            found[ending] += 1
            # Mostly in the first sample; only what is nowhere is looked for to the end.
            if all(found.keys() & endings for endings in wanted):
                return
    except (tarfile.TarError, EOFError, OSError):
        # Ray says which file it cannot read.
        return
    has = ", ".join(ending for ending, _ in found.most_common(MOST_TOLD)) or "nothing"
    if not found.keys() & wanted[0]:
        raise ValueError(f"No sample of the input has a picture ({', '.join(PICTURES)}): its files end in {has}. Rename them.")
    raise ValueError(f"--prompt-column {prompt_column} is no ending of the input, whose files end in {has}. Name one of these.")


def _endings(paths: list[str]) -> Iterator[str]:
    for path in paths:
        files = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
        for file in files if os.path.isdir(path) else [path]:
            with tarfile.open(file) as tar:
                for entry in tar:
                    # As WebDataset has it: all behind the first dot.
                    key, _, ending = os.path.basename(entry.name).partition(".")
                    if entry.isreg() and key and ending:
                        yield ending.lower()
