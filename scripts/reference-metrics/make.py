"""
Random cases and what the metrics' own implementations make of them, which the unit tests of src/evaluation compare with.

Needs Java, for the tokenizer of captions.

    python3 -m venv .venv && .venv/bin/pip install --no-deps -r requirements.txt
    .venv/bin/python make.py ../../test/fixtures/evaluation/metrics.json
"""

import contextlib
import importlib.util
import io
import json
import sys
from pathlib import Path
from random import Random

import numpy as np
from nltk.translate.meteor_score import meteor_score
from pycocoevalcap.cider.cider_scorer import CiderScorer
from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer
from pycocotools import mask

WORDS = [
    "a", "the", "dog", "cat", "red", "small", "on", "left", "of", "house", "and", "two", "birds", "near", "tree", "sits", "that",
    "looks", "at", "sky",
]  # fmt: skip
ANSWERS = [
    "yes", "no", "two", "2", "a dog", "The dog.", "dont know", "it's red", "red, white", "10,000", "3.5", "none",
    "on the left", "left", "black & white", "T-shirt", "youve", "Yes!", "a", "", "cat/dog", "what ?", "1,2",
]  # fmt: skip

PIECES = [
    "a dog", "The man's hat", "isn't", "they're", "two-tone", "red,", "wow!", "what?", "(left)", "5:30", "1,000", "3.5",
    "Mr. Smith", "t-shirt", "the end.", "and so on...", "rock 'n' roll", '"quoted"', "blue;", "a/b", "don't", "I'll", "she'd",
    "cats'", "U.S. flag", "street -- sign", "e.g. this", "50% off", "$5", "A&W",
]  # fmt: skip


class NoStems:
    def stem(self, word):
        return word


class NoSynonyms:
    def synsets(self, word):
        return []


def sentence(random):
    return random.choices(WORDS, k=random.randint(1, 12))


def tokens(random):
    texts = [" ".join(random.choices(PIECES, k=random.randint(1, 5))) for _ in range(150)] + PIECES
    words = PTBTokenizer().tokenize({index: [{"caption": text}] for index, text in enumerate(texts)})
    return [{"text": text, "words": words[index][0].split()} for index, text in enumerate(texts)]


def vqa_eval():
    """The module alone: the package around it wants PyTorch."""
    path = next(Path(entry) / "lavis/common/vqa_tools/vqa_eval.py" for entry in sys.path if (Path(entry) / "lavis").is_dir())
    spec = importlib.util.spec_from_file_location("vqa_eval", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.VQAEval


def captions(random):
    samples = []
    for _ in range(60):
        references = [sentence(random) for _ in range(random.randint(1, 5))]
        # Some answers are near to what people wrote, and some the same.
        candidate = random.choice(references)[: random.randint(1, 12)] if random.random() < 0.5 else sentence(random)
        samples.append({"candidate": candidate, "references": references})
    scorer = CiderScorer()
    for sample in samples:
        scorer += (" ".join(sample["candidate"]), [" ".join(reference) for reference in sample["references"]])
    _, scores = scorer.compute_score()
    for sample, score in zip(samples, scores, strict=True):
        sample["cider"] = float(score)
        sample["meteor"] = meteor_score(sample["references"], sample["candidate"], stemmer=NoStems(), wordnet=NoSynonyms())
    return samples


def questions(random):
    class Answers:
        def __init__(self, qa):
            self.qa = qa

        def getQuesIds(self):
            return list(self.qa)

    people, given = {}, {}
    for index in range(200):
        said = random.choices(random.sample(ANSWERS, 4), k=10)
        people[index] = {
            "question_type": "what",
            "answer_type": "other",
            "answers": [{"answer": answer, "answer_id": place} for place, answer in enumerate(said)],
        }
        given[index] = {"answer": random.choice(said) if random.random() < 0.7 else random.choice(ANSWERS)}
    cases = [
        {"answer": given[index]["answer"], "people": [each["answer"] for each in people[index]["answers"]]} for index in people
    ]
    judge = vqa_eval()(Answers(people), Answers(given), n=10)
    # It prints how far it is.
    with contextlib.redirect_stdout(io.StringIO()):
        judge.evaluate()
    return [{**case, "accuracy": judge.evalQA[index] / 100} for index, case in enumerate(cases)]


def boxes(random):
    pairs = []
    for _ in range(100):
        pair = [[random.randint(0, 60), random.randint(0, 60), random.randint(1, 40), random.randint(1, 40)] for _ in range(2)]
        iou = mask.iou(np.array(pair[:1], float), np.array(pair[1:], float), [0])[0][0]
        pairs.append({"boxes": [[x / 100, y / 100, (x + w) / 100, (y + h) / 100] for x, y, w, h in pair], "iou": float(iou)})
    return pairs


def main():
    random = Random(7)
    cases = {"captions": captions(random), "questions": questions(random), "boxes": boxes(random), "tokens": tokens(random)}
    Path(sys.argv[1]).write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
