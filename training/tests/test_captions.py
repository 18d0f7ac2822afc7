from workshop.examination.answers import told
from workshop.examination.captions import ACCOUNTS, account, describe
from workshop.examination.examine import seen
from workshop.lessons.describe import brief
from workshop.model.files import from_folder
from workshop.scenes.kinds import KINDS
from workshop.scenes.scene import Scene, Thing
from workshop.scenes.worlds import wide

from .conftest import SHIPPED_MODEL

DOG = Thing("dog", (0.1, 0.1, 0.4, 0.4), None)
CAT = Thing("cat", (0.6, 0.1, 0.9, 0.4), None)
OTHER_DOG = Thing("dog", (0.6, 0.6, 0.9, 0.9), None)
NOWHERE = (0.1, 0.7, 0.3, 0.9)


def accounts(*boxes):
    counted = account([DOG, CAT, OTHER_DOG], boxes)
    return tuple(counted[name] for name in ACCOUNTS)


def test_a_right_caption_has_nothing_else():
    scene = Scene(None, "red", [DOG, CAT, OTHER_DOG], tuple(KINDS))
    assert accounts(*told(brief(scene).answer)) == (3, 0, 0, 0, 0)


def test_boxes_of_captions_lie_where_their_corners_are_placed():
    caption = brief(Scene(None, "red", [DOG, CAT, OTHER_DOG], tuple(KINDS))).answer
    corners = [corner for thing in (DOG, CAT, OTHER_DOG) for corner in (thing.box[:2], thing.box[2:])]
    assert [(kind, box) for kind, box in told(caption, corners)] == [(thing.name, thing.box) for thing in (DOG, CAT, OTHER_DOG)]
    assert told(caption) != told(caption, corners)


def test_every_thing_is_told_rightly_or_under_another_name_or_passed_over():
    assert accounts(("dog", DOG.box), ("dog", CAT.box)) == (1, 1, 1, 0, 0)
    assert accounts() == (0, 0, 3, 0, 0)


def test_a_box_that_is_no_things_is_around_nothing_and_may_be_around_one_told_already():
    boxes = [("dog", DOG.box), ("cat", CAT.box), ("dog", OTHER_DOG.box)]
    assert accounts(*boxes, ("dog", NOWHERE)) == (3, 0, 0, 1, 0)
    assert accounts(*boxes, ("dog", DOG.box), ("dog", OTHER_DOG.box)) == (3, 0, 0, 2, 2)
    assert accounts(*boxes, ("cat", DOG.box)) == (3, 0, 0, 1, 0)


def test_all_things_of_the_scenes_are_accounted_for(sprites):
    model, words = from_folder(SHIPPED_MODEL)
    world = wide(sprites, ("solid",))
    things = sum(len(seen(model, world, index)[1].things) for index in range(3))
    counted = describe(model, words, world, range(3))
    assert sum(counted[name] for name in ACCOUNTS[:3]) == things
