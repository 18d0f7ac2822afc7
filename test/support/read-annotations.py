"""Reads exported annotations with pycocotools and globox; prints what they understood as JSON."""

import contextlib
import json
import sys
from pathlib import Path

from globox import AnnotationSet
from pycocotools.coco import COCO

folder = Path(sys.argv[1])


def boxes(annotations):
    return {
        image.image_id: {
            "size": image.image_size,
            "boxes": [[box.label, box.xmin, box.ymin, box.xmax, box.ymax] for box in image.boxes],
        }
        for image in annotations
    }


with contextlib.redirect_stdout(sys.stderr):
    coco = COCO(str(folder / "annotations.json"))
    found = {
        "pycocotools": [
            {
                "file": coco.loadImgs(image)[0]["file_name"],
                "boxes": [
                    [coco.loadCats(one["category_id"])[0]["name"], *one["bbox"]]
                    for one in coco.loadAnns(coco.getAnnIds(imgIds=[image]))
                ],
            }
            for image in coco.getImgIds()
        ],
        "coco": boxes(AnnotationSet.from_coco(folder / "annotations.json")),
        "voc": boxes(AnnotationSet.from_pascal_voc(folder / "Annotations")),
        "yolo": boxes(AnnotationSet.from_yolo_v5(folder / "labels", image_folder=folder / "images", image_extension=".png")),
    }

json.dump(found, sys.stdout)
