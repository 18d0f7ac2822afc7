import json
from pathlib import Path
from random import Random

import pytest
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from workshop.lessons.curriculum import lessons
from workshop.scenes.scene import compose
from workshop.scenes.worlds import wide
from workshop.words.tokenizer import CONTROL, TAGS, Words, prune

from .conftest import OFFICIAL, SHIPPED_MODEL

ASKED = (
    "Please tell me: is the QUICK brown_fox #7 jumping?? ~{}",
    "  two   spaces ",
    "<grounding> An image of<phrase> a dog</phrase>",
)


def tasks(sprites):
    world = wide(sprites, ("solid",))
    return [task for seed in range(30) for task in lessons(Random(seed), compose(Random(seed), world, 64))]


def test_prompts_get_the_ids_that_the_hub_s_tokenizer_gives(vocabulary, words, sprites):
    reference = PreTrainedTokenizerFast(tokenizer_file=str(vocabulary))
    for text in (*ASKED, *(task.prompt for task in tasks(sprites))):
        assert words.prompt(text) == reference.encode(text, add_special_tokens=False)


def test_so_do_those_of_the_first_demo_model(sprites):
    words = Words(SHIPPED_MODEL / "tokenizer.json")
    reference = PreTrainedTokenizerFast(tokenizer_file=str(SHIPPED_MODEL / "tokenizer.json"))
    for task in tasks(sprites):
        assert words.prompt(task.prompt) == reference.encode(task.prompt, add_special_tokens=False)


def test_words_of_scenes_are_cut_as_the_official_tokenizer_cuts_them(words, sprites):
    official = Tokenizer.from_file(str(OFFICIAL))
    for text in sorted({word for task in tasks(sprites) for word in task.prompt.split() if "<" not in word}):
        assert [words.decode([index]) for index in words.prompt(text)] == [
            piece.replace("▁", " ") for piece in official.encode(text, add_special_tokens=False).tokens
        ]


def test_answers_come_back_as_they_were(words, sprites):
    for task in tasks(sprites):
        assert words.decode(words.answer(task.answer)) == task.answer


def test_no_piece_is_there_twice_and_tags_follow_in_order(vocabulary, words):
    pieces = [piece for piece, _ in json.loads(vocabulary.read_text())["model"]["vocab"]]
    assert len(set(pieces)) == len(pieces)
    assert pieces[: len(CONTROL)] == list(CONTROL)
    assert [words.tags[tag] for tag in TAGS] == list(range(len(pieces), words.size))
    assert words.size % 32 == 0


def test_a_tokenizer_that_a_full_disk_cut_short_is_not_taken_for_a_whole_one(monkeypatch, tmp_path):
    write = Path.write_text

    def full(path, text, *rest):
        write(path, text[:1000], *rest)
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        prune(OFFICIAL, ["a dog"], tmp_path / "tokenizer.json")
    assert not (tmp_path / "tokenizer.json").exists()
