from dataclasses import replace
from random import Random

import pytest
import torch

from workshop.lessons.curriculum import examination
from workshop.model.files import from_folder
from workshop.model.generate import generate
from workshop.model.grow import grow
from workshop.model.kosmos2 import Kosmos2
from workshop.model.places import place
from workshop.release.export import EXPORTED, export
from workshop.release.parity import check_parity
from workshop.scenes.geometry import CELLS
from workshop.scenes.scene import compose
from workshop.scenes.worlds import given

from .conftest import SHIPPED_MODEL


@pytest.fixture(scope="module")
def shipped():
    """The demo model and its tokenizer."""
    return from_folder(SHIPPED_MODEL)


def logits(model, words, prompt, pixels):
    latents, _ = model.see(pixels)
    rows = model.prefix(latents, words.tags["<image>"], words.tags["</image>"])
    count = rows.shape[1] + len(prompt)
    mask = torch.full((count, count), -1e9).triu(1)[None, None]
    positions = rows.shape[1] + torch.arange(len(prompt))[None]
    return model.logits(model(rows, torch.tensor([prompt]), positions, mask, {}))[0, -1]


def test_a_corner_lies_between_the_cells_that_share_its_probability():
    near = torch.full((CELLS**2,), -1e9)
    near[9 * CELLS + 7] = near[9 * CELLS + 8] = 0.0
    assert place(near, 9 * CELLS + 7) == pytest.approx((8 / CELLS, 9.5 / CELLS))
    # What is far away counts for nothing, nor does the other edge of the picture.
    near[9 * CELLS + 20] = near[8 * CELLS + 31] = 0.0
    assert place(near, 9 * CELLS + 7) == pytest.approx((8 / CELLS, 9.5 / CELLS))
    alone = torch.full((CELLS**2,), -1e9)
    alone[0] = 0.0
    assert place(alone, 0) == pytest.approx((0.5 / CELLS, 0.5 / CELLS))


@torch.inference_mode()
def test_answers_of_a_batch_are_those_of_each_prompt_alone_without_a_cache(shipped):
    model, words = shipped
    pixels = torch.randn(3, 3, model.size.image, model.size.image, generator=torch.Generator().manual_seed(1))
    prompts = [words.prompt(text) for text in ("<grounding> An image of", "<grounding><phrase> a dog</phrase>", " An image of")]
    together = generate(model, words, model.see(pixels)[0], prompts, most=12)
    for row, prompt in enumerate(prompts):
        alone = list(prompt)
        for _ in range(12):
            best = logits(model, words, alone, pixels[row : row + 1]).argmax().item()
            if best == 2:
                break
            alone.append(best)
        assert together[row] == alone[len(prompt) :]


@torch.inference_mode()
def test_a_grown_model_begins_with_what_the_smaller_one_says(shipped, words):
    model, known_words = shipped
    layers = {name: getattr(model.size, name) + 1 for name in ("vision_layers", "decoder_layers")}
    larger = Kosmos2(replace(model.size, vocabulary=words.size, **layers)).eval()
    grow(larger, SHIPPED_MODEL, words)
    pixels = torch.randn(1, 3, model.size.image, model.size.image, generator=torch.Generator().manual_seed(2))
    text = "<grounding><phrase> a dog</phrase>"
    before, after = (logits(m, w, w.prompt(text), pixels) for m, w in ((model, known_words), (larger, words)))
    for piece in ("<object>", "</phrase>", "<patch_index_0100>"):
        assert after[words.tags[piece]].item() == pytest.approx(before[known_words.tags[piece]].item(), abs=1e-3)


def test_a_model_of_fewer_layers_begins_with_those_that_it_has(shipped):
    model, words = shipped
    layers = {name: getattr(model.size, name) - 1 for name in ("vision_layers", "decoder_layers")}
    smaller = Kosmos2(replace(model.size, **layers))
    grow(smaller, SHIPPED_MODEL, words)
    whole = model.state_dict()
    assert all(torch.equal(weight, whole[name]) for name, weight in smaller.state_dict().items())


def test_regions_that_go_column_by_column_begin_with_those_that_went_row_by_row(shipped):
    words, query = shipped[1], "image_to_text_projection.latent_query"
    grown = {}
    for by_columns in (False, True):
        larger = Kosmos2(replace(shipped[0].size, latents=144, by_columns=by_columns))
        grow(larger, SHIPPED_MODEL, words)
        grown[by_columns] = larger.state_dict()[query].unflatten(0, (12, 12))
    assert torch.equal(grown[True], grown[False].transpose(0, 1))
    assert not torch.equal(grown[True], grown[False])


def test_the_reference_implementation_gives_the_same_logits_and_answers(sprites, shipped, tmp_path):
    model, _ = shipped
    export(model, SHIPPED_MODEL / "tokenizer.json", tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(EXPORTED)
    scene = compose(Random(1), given(sprites, ("solid",)), model.size.image)
    assert check_parity(tmp_path, [(scene, task) for task in examination(Random(1), scene)[:6]]) < 1e-5


def test_weights_that_float16_cannot_hold_are_refused(shipped, tmp_path):
    broken = Kosmos2(shipped[0].size)
    with torch.no_grad():
        broken.image_to_text_projection.dense.weight[0, 0] = 1e6
    with pytest.raises(ValueError, match="float16"):
        export(broken, SHIPPED_MODEL / "tokenizer.json", tmp_path)
