"""Tasks of one picture as ids."""

from dataclasses import dataclass
from random import Random

from ..lessons.task import Task
from ..words.tokenizer import END, Words

#: Ids of text behind one image: nine tenths of its lessons. The picture is what takes time.
TEXT = 208

#: Share of texts in which several questions are one conversation.
DIALOGUES = 0.3


@dataclass
class Text:
    """Tasks behind one image, side by side; each sees the image and itself."""

    ids: list[int]
    #: From the start of the sequence that the task would be by itself, the image's rows not counted.
    positions: list[int]
    #: Which of the texts an id belongs to, from 1.
    segment: list[int]
    #: The id to predict, or -1.
    labels: list[int]
    weights: list[float]


def packed(random: Random, tasks: list[Task], words: Words) -> Text:
    """As many of the tasks as there is room for, in random order; a caption first, for behind others a long one finds no room."""
    text = Text([], [], [], [], [])
    waiting = random.sample(tasks, len(tasks))
    waiting.sort(key=lambda task: task.kind == "brief")
    segment, tags = 0, frozenset(words.tags.values())
    while waiting:
        turns = [waiting.pop() for _ in range(random.choice((2, 2, 3)) if random.random() < DIALOGUES else 1) if waiting]
        asked = [(words.prompt(turn.prompt), [*words.answer(turn.answer), END]) for turn in turns]
        while asked and len(text.ids) + sum(len(prompt) + len(answer) - 1 for prompt, answer in asked) > TEXT:
            asked.pop()
        if not asked:
            continue
        segment += 1
        start = len(text.ids)
        for prompt, answer in asked:
            text.ids += prompt + answer[:-1]
            text.weights += [0.0] * (len(prompt) - 1) + _weights(answer, tags, words.first_location)
            text.labels += [-1] * (len(prompt) - 1) + answer
        text.positions += range(len(text.ids) - start)
        text.segment += [segment] * (len(text.ids) - start)
    return text


def _weights(answer: list[int], tags: frozenset[int], first_location: int) -> list[float]:
    """
    Short answers carry as much as long ones, and would be drowned by their corners; so would what these say: what is named
    next, and whether anything is.
    """
    if len(answer) <= 10:
        return [1.5] * len(answer)
    return [1.0 if index in tags or index >= first_location else 2.5 for index in answer]
