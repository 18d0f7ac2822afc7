"""Training itself, with a very small model on scenes without art."""

import pickle
from collections import Counter, defaultdict
from dataclasses import replace
from random import Random

import pytest
import torch

from workshop.lessons.curriculum import lessons
from workshop.lessons.describe import brief
from workshop.lessons.task import Task
from workshop.model.files import from_checkpoint
from workshop.model.size import SIZES, Size
from workshop.model.stored import load
from workshop.scenes.scene import compose
from workshop.scenes.worlds import crowded, wide
from workshop.training import report
from workshop.training import shelf as shelf_module
from workshop.training import train as training
from workshop.training.batches import Stream
from workshop.training.recipe import Recipe
from workshop.training.shelf import Shelf
from workshop.training.sight import by_columns, sight_of
from workshop.training.spelling import Spelling
from workshop.training.text import packed
from workshop.training.told import told_before

TINY = Size(0, hidden=48, heads=6, inner=64, vision_layers=1, decoder_layers=4, image=64, latents=16, positions=256)


@pytest.fixture
def run(monkeypatch, sprites, vocabulary, tmp_path):
    """Trains by a recipe in a folder of its own; returns the weights."""
    monkeypatch.setitem(SIZES, "tiny", TINY)
    monkeypatch.setattr(training, "load_sprites", lambda *_: sprites)
    monkeypatch.setattr(training, "SAVED_EVERY", -1)
    monkeypatch.setattr(training, "AVERAGED_EVERY", 1)

    def go(folder: str, **settings) -> dict[str, torch.Tensor]:
        (tmp_path / folder).mkdir(exist_ok=True)
        usual = {"size": "tiny", "batch": 4, "processes": 1, "styles": ("solid",), "outlined": (), "warm_up": 1}
        recipe = Recipe(**usual | settings)
        checkpoint = training.train(recipe, vocabulary, tmp_path, tmp_path / folder)
        return load(checkpoint)["model"]

    return go


def test_a_run_follows_from_its_seed(run):
    one, same, other = run("one", steps=2), run("same", steps=2), run("other", steps=2, seed=2)
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)


def test_an_interrupted_run_ends_as_an_undisturbed_one(run, monkeypatch, tmp_path):
    undisturbed = run("undisturbed", steps=4)
    save = training.save

    def interrupted(path, recipe, step, *state):
        save(path, recipe, step, *state)
        if step == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(training, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("interrupted", steps=4)
    monkeypatch.setattr(training, "save", save)
    resumed = run("interrupted", steps=4)
    assert all(torch.equal(undisturbed[name], resumed[name]) for name in undisturbed)
    averages = [load(tmp_path / folder / "checkpoint.pt")["average"] for folder in ("undisturbed", "interrupted")]
    assert averages[0]["n_averaged"] == 2
    assert all(torch.equal(averages[0][name], averages[1][name]) for name in averages[0])


def test_a_run_gives_the_mean_of_its_weights_since_they_learn_ever_more_slowly(run, monkeypatch, tmp_path):
    save, steps = training.save, []

    def watched(path, recipe, step, seconds, modules, optimizers):
        steps.append({name: tensor.clone() for name, tensor in modules["model"].state_dict().items()})
        save(path, recipe, step, seconds, modules, optimizers)

    monkeypatch.setattr(training, "save", watched)
    run("mean", steps=4, decay_from=0.4)
    size = replace(TINY, vocabulary=len(steps[0]["text_model.model.embed_tokens.weight"]))
    for name, weight in from_checkpoint(tmp_path / "mean" / "checkpoint.pt", size).state_dict().items():
        # Steps begin at 0, 1/4, 1/2 and 3/4 of the run.
        assert torch.allclose(weight, (steps[2][name] + steps[3][name]) / 2, atol=1e-7), name
    run("short", steps=1)
    short = from_checkpoint(tmp_path / "short" / "checkpoint.pt", size).state_dict()
    assert all(torch.equal(short[name], weight) for name, weight in steps[-1].items())


def test_training_learns(run, capfd, monkeypatch):
    monkeypatch.setattr(report, "REPORTED_EVERY", 30)
    run("learning", steps=60, batch=8, rate=3e-3, muon_rate=0.02)
    text = [float(line.split("text ")[1].split()[0]) for line in capfd.readouterr().out.splitlines() if "text " in line]
    assert len(text) == 2
    assert text[1] > text[0] + 0.05


def test_a_checkpoint_of_another_run_is_refused_and_one_that_goes_on_for_longer_is_not(run):
    run("folder", steps=2)
    with pytest.raises(ValueError, match=r"another run \(seed 1 and not 2\).*--work"):
        run("folder", steps=2, seed=2)
    run("folder", steps=3)


def test_a_run_by_the_clock_ends_with_its_minutes(run):
    run("clocked", minutes=0.02)


def test_batches_follow_from_seed_process_and_step_alone(sprites, words):
    def stream(rank: int, step: int) -> Stream:
        return Stream([(wide(sprites, ("solid",)), 1.0)], words, TINY, 2, 1, rank, step)

    again = next(iter(stream(0, 3)))
    assert torch.equal(again.pictures, stream(0, 0).make(3).pictures)
    assert not torch.equal(again.pictures, stream(1, 0).make(3).pictures)


def test_batches_are_the_same_in_a_process_that_was_sent_the_stream(sprites, words):
    stream = Stream([(wide(sprites, ("solid",)), 1.0)], words, TINY, 2, 1, 0, 0)
    assert torch.equal(pickle.loads(pickle.dumps(stream)).make(3).ids, stream.make(3).ids)


def test_texts_behind_one_image_see_the_image_and_themselves(sprites, words):
    batch = Stream([(wide(sprites, ("solid",)), 1.0)], words, TINY, 1, 1, 0, 0).make(0)
    prefix = TINY.latents + 3
    visible = batch.mask[0, 0] == 0
    text = visible[prefix:, prefix:]
    assert visible[prefix:, :prefix].all()
    assert not text.triu(1).any()
    starts = [row for row in range(len(text)) if batch.positions[0, row] == prefix]
    assert len(starts) > 1
    assert not text[starts[1] :, : starts[1]].any()


def test_a_picture_is_new_once_and_used_so_often_and_no_more_with_what_was_seen_in_it(sprites, monkeypatch):
    monkeypatch.setattr(shelf_module, "KEPT", 24)
    world, random, looked = replace(wide(sprites, ("solid",))), Random(1), []

    def see(pictures: torch.Tensor) -> torch.Tensor:
        looked.append(len(pictures))
        return pictures.flatten(1)[:, None, :8].float()

    shelf = Shelf(see, uses=4)
    seen: dict[int, torch.Tensor] = {}
    used = []
    for _ in range(20):
        scenes, features = shelf.batch(random, 8, lambda: compose(random, world, 64))
        for scene, rows in zip(scenes, features, strict=True):
            assert torch.equal(seen.setdefault(id(scene), rows), rows)
            used.append(scene)
    # New ones until there are enough to draw from, then a quarter of every batch.
    assert looked == [8, 8, 8, *[2] * 17]
    assert len(used) == 160
    times = Counter(id(scene) for scene in used)
    assert max(times.values()) == 4
    # As many uses are left as when there were enough to draw from: three of each.
    assert 4 * len(times) == len(used) + 3 * 24


def test_a_vision_tower_whose_pictures_are_used_again_stays_as_it_is_and_the_rest_learns(run):
    before, after = run("before", steps=1, rate=0.0, muon_rate=0.0), run("after", steps=3, uses=2)
    for name in before:
        assert torch.equal(before[name], after[name]) == name.startswith("vision_model"), name


def test_image_rows_go_column_by_column(sprites):
    scene = compose(Random(5), wide(sprites, ("solid",)), 64)
    sight = sight_of(scene, 4, 8)
    turned = by_columns(sight, 4, 8)
    for row in range(4):
        for column in range(8):
            assert turned.thing[column * 4 + row] == sight.thing[row * 8 + column]
            assert (turned.box[column * 4 + row] == sight.box[row * 8 + column]).all()


def test_the_longest_list_of_things_is_taught_as_often_as_the_shortest(sprites, words):
    crowd = crowded(sprites, ("solid",))
    for seed in range(40):
        random = Random(seed)
        scene = compose(random, replace(crowd, fewest_things=9), 64)
        tasks = [task for task in lessons(random, scene) if task.kind != "brief"]
        wanted = brief(scene)
        text = packed(random, [*tasks, wanted], words)
        labels = [label for label in text.labels if label >= 0]
        answer = words.answer(wanted.answer)
        assert any(labels[at : at + len(answer)] == answer for at in range(len(labels) - len(answer) + 1)), seed


def test_what_an_answer_has_told_must_not_be_next_where_it_tells_something_else(words):
    one, two, three = (f"<patch_index_{first:04d}>" for first in (1, 40, 300))
    far = "<patch_index_0999>"
    said = f"<phrase> a dog</phrase><object>{one}{far}</object>,<phrase> a cat</phrase><object>{two}{far}</object>"
    said += f" and<phrase> a dog</phrase><object>{three}{far}</object>."
    asked = Task("list", "<grounding> Question: What is it? Answer:", f" It is{said}")
    text = packed(Random(0), [asked], words)
    first_ids = {first for first, _, _ in Spelling(words).names(text)}
    banned = defaultdict(set)
    for at, index in told_before(text, first_ids, words.first_location):
        banned[words.decode([text.labels[at]])].add(words.decode([index]))
    # Of what begins an answer nothing is told yet; a name that comes again may; the far corner is nobody's beginning.
    assert banned == {
        one: {" dog"},
        " cat": {" dog", one},
        two: {" dog", one, " cat"},
        " dog": {one, " cat", two},
        three: {" dog", one, " cat", two},
    }


def test_a_run_can_begin_with_the_helper_heads_of_another(run, tmp_path):
    run("first", steps=2)
    helpers = {}
    for folder, settings in (("with", {"helpers": tmp_path / "first" / "checkpoint.pt"}), ("without", {})):
        run(folder, steps=1, seed=2, rate=0.0, muon_rate=0.0, **settings)
        helpers[folder] = load(tmp_path / folder / "checkpoint.pt")["helpers"]
    first = load(tmp_path / "first" / "checkpoint.pt")["helpers"]
    assert all(torch.equal(helpers["with"][name], first[name]) for name in first)
    assert not all(torch.equal(helpers["without"][name], first[name]) for name in first)
