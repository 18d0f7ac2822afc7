"""
A small data set in the layout of RefCOCO, its references pickled by Python in every protocol, for the tests of the reader.

    python make_pickles.py ../../test/fixtures/evaluation/refcoco
"""

import json
import pickle
import sys
from pathlib import Path

SIZE = (640, 480)
REFS = [
    (1, "val", 10, [12.5, 20.0, 100.0, 50.25], ["the dog's ball", "left ball"]),
    (2, "val", 11, [300.0, 100.0, 200.0, 300.0], ["caf\u00e9 table", 'table with "menu" \\ board', "\u732b on it"]),
    (3, "testA", 10, [0.0, 0.0, 640.0, 480.0], ["everything"]),
]


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    refs = [
        {
            "ref_id": ref,
            "ann_id": ref + 100,
            "image_id": image,
            "category_id": 18,
            "file_name": f"COCO_train2014_{image:012d}_{ref}.jpg",
            "split": split,
            "sent_ids": [ref * 10 + index for index in range(len(sentences))],
            "sentences": [
                {"sent_id": ref * 10 + index, "raw": words.upper(), "sent": words, "tokens": tuple(words.split())}
                for index, words in enumerate(sentences)
            ],
            # Whatever else plain data may hold.
            "more": [None, True, False, -1, 300, 70000, -(2**40), 2**70, 1.5, ()],
        }
        for ref, split, image, _, sentences in REFS
    ]
    for protocol in range(6):
        (out / f"protocol-{protocol}.p").write_bytes(pickle.dumps(refs, protocol))
    images = [
        {"id": image, "file_name": f"COCO_train2014_{image:012d}.jpg", "width": SIZE[0], "height": SIZE[1]} for image in (10, 11)
    ]
    annotations = [{"id": ref + 100, "image_id": image, "bbox": box, "category_id": 18} for ref, _, image, box, _ in REFS]
    (out / "instances.json").write_text(json.dumps({"images": images, "annotations": annotations}) + "\n")
    (out / "hostile.p").write_bytes(b"cos\nsystem\n(S'echo'\ntR.")


if __name__ == "__main__":
    main()
