"""Whether the exported folder means the same to the reference implementation as to this workshop."""

from pathlib import Path

import torch
from PIL import Image

from ..lessons.task import Task
from ..model.files import from_folder
from ..model.generate import generate
from ..model.pixels import normalised
from ..scenes.scene import Scene
from ..words.tokenizer import END
from .reference import Reference

#: Logits may differ by this share of their range, from another order of sums in float32.
ALLOWED = 1e-5

#: How much of a generated answer is compared.
COMPARED = 32


def check_parity(folder: Path, asked: list[tuple[Scene, Task]]) -> float:
    """
    The largest difference of logits, as a share of their range, over all prompts with their right answers.

    Raises ValueError where ids, logits or a generated answer differ.
    """
    model, words = from_folder(folder)
    reference = Reference(folder)
    worst = 0.0
    for scene, task in asked:
        picture = Image.fromarray(scene.picture)
        inputs = reference.inputs(picture, task.prompt + task.answer)
        prompt = words.prompt(task.prompt + task.answer)
        _same(inputs["input_ids"][0, model.size.latents + 3 :].tolist(), prompt, "The ids", task)
        with torch.inference_mode():
            latents, _ = model.see(normalised(torch.tensor(scene.picture[None])))
            rows = model.prefix(latents, words.tags["<image>"], words.tags["</image>"])
            count = rows.shape[1] + len(prompt)
            mask = torch.full((count, count), -1e9).triu(1)[None, None]
            places = rows.shape[1] + torch.arange(len(prompt))[None]
            ours = model.logits(model(rows, torch.tensor([prompt]), places, mask, {}))[0]
        theirs = reference.logits(inputs)
        off = ((ours - theirs).abs().max() / (theirs.max() - theirs.min())).item()
        if not off <= ALLOWED:
            raise ValueError(f"Logits differ by {off:.1e} of their range, more than {ALLOWED:.0e}, for {task.prompt!r}.")
        worst = max(worst, off)
        answer = reference.answer(picture, task.prompt, COMPARED)
        if answer.smallest_margin > 0.001:
            ids = generate(model, words, latents, [words.prompt(task.prompt)], COMPARED)[0]
            _same([index for index in answer.ids if index != END], ids, "The answers", task)
    return worst


def _same(theirs: list[int], ours: list[int], what: str, task: Task) -> None:
    if theirs != ours:
        raise ValueError(f"{what} differ for {task.prompt!r}: the reference has {theirs}, the workshop {ours}.")
