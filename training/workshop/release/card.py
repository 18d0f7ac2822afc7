"""The model card: what the exported folder is, what it was made from, and what it can do."""

from dataclasses import asdict
from pathlib import Path

from ..examination.examine import Figures
from ..examination.table import table
from ..model.size import Size
from ..scenes.art import STYLES
from ..scenes.kinds import GIVEN, NAMES
from ..training.recipe import Recipe

CARD = """\
---
license: mit
pipeline_tag: image-to-text
---
# A tiny KOSMOS-2 that knows emoji scenes

The architecture and file layout of `microsoft/kosmos-2-patch14-224` with {parameters:.2f} million parameters, trained on drawn
scenes: {kinds} kinds of things, one to ten in a picture, on plain and patterned backgrounds, landscapes and rooms.

**It cannot** read photographs, and knows no other things than these: {names}.

## Use
Greedy decoding without a rule against repeated n-grams. Prompts are those of KOSMOS-2: `<grounding> An image of`,
`<grounding><phrase> a dog</phrase>`, `Question: Is there a cat? Answer:`. With transformers 4.57.1 load it with
`attn_implementation="eager"`.

## Data and licences
Scenes are drawn while training from these npm packages. The model is MIT, like the code that makes it.

| style | package | licence | |
| --- | --- | --- | --- |
{art}

## Figures
Greedy, on {scenes} fresh scenes a column; a box is right from an intersection over union of 0.5 on. Boxes are drawn as the app
draws them: each corner where the probabilities of its cell and its neighbours say. *Given*: the {given} kinds,
sizes, backgrounds and layouts of the first demo model. *Wide*: everything above, sizes from 5% of the picture, things that
hide up to a third of each other, small and recompressed pictures among them. A caption is right in what it names; whether each
thing has a box of its own is told apart. Held-out styles were never trained on, though which of several models is shipped was
decided by them too; they are examined in the kinds that they draw.

{table}

## Recipe
{recipe}, {steps} steps in {minutes:.0f} minutes. Made by `training/` in the project's repository.
"""


def write_card(
    folder: Path, size: Size, recipe: Recipe, run: dict, columns: dict[str, Figures], scenes: int, held_out: tuple[str, ...]
) -> None:
    """Writes README.md. `run`: parameters, steps and seconds of the training run."""
    art = [
        f"| {name} | {style.package} | {style.licence} | {'held out' if name in held_out else 'trained on'} |"
        for name, style in STYLES.items()
        if name in (*recipe.styles, *recipe.outlined, *held_out)
    ]
    unlisted = ("styles", "outlined", "start", "helpers")
    settings = {name: value for name, value in asdict(recipe).items() if value is not None and name not in unlisted}
    (folder / "README.md").write_text(
        CARD.format(
            parameters=run["parameters"] / 1e6,
            kinds=len(NAMES),
            names=", ".join(NAMES),
            art="\n".join(art),
            scenes=scenes,
            given=len(GIVEN),
            table=table(columns),
            recipe=f"{'Grown from an earlier model' if recipe.start else 'From nothing'}; {settings}; {size}",
            steps=run["steps"],
            minutes=run["seconds"] / 60,
        )
    )
