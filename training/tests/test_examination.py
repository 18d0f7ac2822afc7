import json
import sys
from pathlib import Path

import pytest

import examine as script
from workshop.examination.answers import boxes, kind_named, kind_of, placed, things, words
from workshop.examination.examine import Figure, examine, mean
from workshop.examination.score import Mark, marks
from workshop.examination.table import family, table
from workshop.lessons.describe import brief
from workshop.lessons.find import find
from workshop.lessons.phrases import location
from workshop.model.files import from_folder
from workshop.scenes.kinds import KINDS
from workshop.scenes.scene import Scene, Thing
from workshop.scenes.worlds import given

from .conftest import SHIPPED_MODEL

DOG = Thing("dog", (0.1, 0.1, 0.4, 0.4), "brown")
HOT_DOG = Thing("hot dog", (0.5, 0.5, 0.9, 0.7), None)
OTHER_DOG = Thing("dog", (0.6, 0.1, 0.8, 0.3), None)
SCENE = Scene(None, "red", [DOG, HOT_DOG, OTHER_DOG], tuple(KINDS))


def figures(task, answer):
    given: dict[str, list[Mark]] = {}
    for mark in marks(SCENE, task, answer):
        given.setdefault(mark.figure, []).append(mark)
    return {name: mean(those).mean for name, those in given.items()}


def test_right_answers_get_full_marks():
    task = find("name", "a hot dog", [HOT_DOG])
    found = figures(task, task.answer)
    assert found["recall@1"] == 1
    assert found["IoU"] > 0.8
    assert figures(brief(SCENE), brief(SCENE).answer)["exact"] == 1


def test_a_thing_of_a_caption_is_located_once_and_by_a_box_of_its_own():
    corners = [corner for thing in (DOG, HOT_DOG, DOG) for corner in (thing.box[:2], thing.box[2:])]
    # The second dog is given the first one's box.
    answer = brief(Scene(None, "red", [DOG, HOT_DOG, DOG], tuple(KINDS))).answer
    located = {mark.figure: mark.value for mark in marks(SCENE, brief(SCENE), answer, corners)}
    assert (located["precision"], located["recall"]) == (1, 1)
    assert located["precision, located"] == located["recall, located"] == pytest.approx(2 / 3)


def test_the_first_box_counts():
    task = find("name", "a hot dog", [HOT_DOG])
    assert figures(task, location(DOG, HOT_DOG))["recall@1"] == 0
    assert figures(task, "nothing") == {"recall@1": 0, "recall@1, large": 0, "IoU": 0}


@pytest.mark.parametrize(("side", "size"), [(0.09, "small"), (0.1, "middle"), (0.19, "middle"), (0.2, "large")])
def test_things_are_told_apart_by_their_longer_side(side, size):
    thing = Thing("dog", (0, 0, side, side / 2), None)
    task = find("name", "a dog", [thing])
    assert set(figures(task, task.answer)) == {"recall@1", f"recall@1, {size}", "IoU"}


def test_boxes_whose_corners_lie_between_cells_are_judged_so_and_on_the_cells_too():
    task = find("name", "a hot dog", [HOT_DOG])
    places = [(0.5, 0.5), (0.9, 0.7)]
    between = {mark.figure: mark.value for mark in marks(SCENE, task, task.answer, places)}
    assert between["IoU"] == 1
    assert 0.8 < between["IoU, cells"] < 1


def test_places_are_taken_in_the_order_of_locations_a_lone_one_among_them():
    answer = "<object><patch_index_0005></delimiter_of_multi_objects/><patch_index_0033><patch_index_0099></object>"
    assert placed(answer, [(0, 0), (0.04, 0.05), (0.11, 0.12)]) == [(0.04, 0.05, 0.11, 0.12)]
    # In one row, and turned round: the cells'.
    assert placed("<patch_index_0033><patch_index_0040>", [(0.04, 0.05), (0.3, 0.06)]) == boxes(
        "<patch_index_0033><patch_index_0040>"
    )
    assert placed("<patch_index_0033><patch_index_0099>", [(0.2, 0.05), (0.1, 0.12)]) == boxes(
        "<patch_index_0033><patch_index_0099>"
    )


def test_of_several_each_found_one_counts():
    task = find("several", "two dogs", [DOG, OTHER_DOG])
    assert figures(task, location(DOG)) == {"recall of several": 0.5, "right number": 0}


def test_captions_are_measured_by_the_things_they_name():
    said = f"<phrase> a small brown dog</phrase>{location(DOG)} and<phrase> a cat</phrase>{location(OTHER_DOG)}."
    found = figures(brief(SCENE), said)
    assert found["precision"] == pytest.approx(1 / 2)
    assert found["recall"] == pytest.approx(1 / 3)
    assert found["box IoU"] > 0.7


def test_kinds_are_read_from_phrases():
    assert kind_of("a small red hot dog") == "hot dog"
    assert kind_of("two foxes") == "fox"
    assert kind_of("a thing") is None
    assert kind_named(" a large green frog to the left of a house.") == "frog"
    assert things("<phrase> three dogs</phrase><object><patch_index_0000><patch_index_0033></object>") == {"dog": 3}
    assert words("<phrase> a dog</phrase><object><patch_index_0000><patch_index_0033></object>.") == "a dog."
    assert len(boxes(location(DOG, OTHER_DOG))) == 2


def test_means_of_families_weigh_kinds_by_how_often_they_were_asked():
    seen = {"find-name": {"recall@1": Figure(1.0, 3)}, "find-side": {"recall@1": Figure(0.0, 1)}}
    assert family(seen, ("find-",), "recall@1") == Figure(0.75, 4)
    assert family(seen, ("where",), "right") is None
    assert "| 75.0% |" in table({"given": seen})


def test_an_examination_asks_every_model_the_same(sprites):
    model, tokenizer = from_folder(SHIPPED_MODEL)
    world = given(sprites, ("solid",))
    once, again = (examine(model, tokenizer, world, range(1)) for _ in range(2))
    assert once == again
    assert once["brief"]["exact"].count == 1


@pytest.fixture
def examining(monkeypatch):
    """Runs the script, whose examination takes no time, and tells each one that was made."""
    examined = []

    def all_exams(*_, **__):
        examined.append(1)
        return {"given": {"find-name": {"recall@1": Figure(0.75, 4)}}}

    monkeypatch.setattr(script, "from_folder", lambda _: (None, None))
    monkeypatch.setattr(script, "all_exams", all_exams)

    def run(path) -> None:
        monkeypatch.setattr(sys, "argv", ["examine.py", "--model", "model", "--json", str(path)])
        script.main()

    return run, examined


def test_a_file_of_figures_that_cannot_be_is_refused_before_anything_is_examined(examining, tmp_path):
    run, examined = examining
    for path in (tmp_path, tmp_path / "missing" / "figures.json"):
        with pytest.raises(SystemExit, match=f"--json {path} cannot be written"):
            run(path)
    assert not examined


def test_figures_are_told_also_where_their_file_cannot_be_written(examining, monkeypatch, tmp_path, capsys):
    run, _ = examining

    def full(*_):
        raise OSError("No space left on device")

    path = tmp_path / "figures.json"
    run(path)
    assert json.loads(path.read_text()) == {"given": {"find-name": {"recall@1": {"mean": 0.75, "count": 4}}}}
    assert "| 75.0% |" in capsys.readouterr().out
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        run(path)
    assert "| 75.0% |" in capsys.readouterr().out
