"""Art that needs no network: every kind a rectangle of one colour, so that truth can be read off the pixels."""

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))

from workshop.scenes.art import Sprites
from workshop.scenes.kinds import NAMES
from workshop.words.tokenizer import Words

FIXTURES = Path(__file__).parent.parent.parent / "test/fixtures"
OFFICIAL = FIXTURES / "reference/tokenizer/tokenizer.json"
SHIPPED_MODEL = FIXTURES / "demo-model"

MAGENTA = (255, 0, 255)

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def sprites() -> Sprites:
    shapes = [(40, 40), (40, 24), (20, 40)]
    solid = [np.full((*shape, 4), (*MAGENTA, 255), np.uint8) for shape in shapes]
    return {"solid": {name: [solid[index % len(solid)]] for index, name in enumerate(NAMES)}}


@pytest.fixture(scope="session")
def vocabulary(sprites: Sprites, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer.json pruned for these scenes."""
    from workshop.scenes.worlds import wide
    from workshop.words.vocabulary import make_vocabulary

    out = tmp_path_factory.mktemp("words") / "tokenizer.json"
    make_vocabulary(OFFICIAL, out, wide(sprites, ("solid",)), scenes=300)
    return out


@pytest.fixture(scope="session")
def words(vocabulary: Path) -> Words:
    return Words(vocabulary)
