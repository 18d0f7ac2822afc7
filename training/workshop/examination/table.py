"""Figures for people: a table of families of tasks, one column an examination."""

from .examine import Figure, Figures

#: Forms of phrases that the first demo model was trained on.
FIRST_FORMS = tuple(f"find-{form}" for form in ("name", "side", "size", "place", "object", "category"))

#: Family: kinds of tasks, and the figure that counts.
FAMILIES: dict[str, tuple[tuple[str, ...], str]] = {
    "phrases to one thing, recall@1": (("find-",), "recall@1"),
    "— mean IoU": (("find-",), "IoU"),
    "— with corners at the centres of cells, recall@1": (("find-",), "recall@1, cells"),
    "— mean IoU of those": (("find-",), "IoU, cells"),
    "— of forms that the first model knew": (FIRST_FORMS, "recall@1"),
    "— by name": (("find-name",), "recall@1"),
    "— by side, size or place": (("find-side", "find-size", "find-place"), "recall@1"),
    "— by colour": (("find-colour",), "recall@1"),
    "— by relation": (("find-relation",), "recall@1"),
    "— the object, the animal": (("find-object", "find-category"), "recall@1"),
    "— in a caption": (("find-context",), "recall@1"),
    "— things longer than a fifth of the picture": (("find-",), "recall@1, large"),
    "— of a tenth to a fifth": (("find-",), "recall@1, middle"),
    "— shorter than a tenth": (("find-",), "recall@1, small"),
    "phrases to several things, recall": (("find-",), "recall of several"),
    "caption, precision": (("brief",), "precision"),
    "caption, recall": (("brief",), "recall"),
    "— each thing with a box of its own, precision": (("brief",), "precision, located"),
    "— recall of those": (("brief",), "recall, located"),
    "naming a region": (("region-name", "region-what"), "right"),
    "— longer than a fifth of the picture": (("region-name", "region-what"), "right, large"),
    "— of a tenth to a fifth long": (("region-name", "region-what"), "right, middle"),
    "— shorter than a tenth of it": (("region-name", "region-what"), "right, small"),
    "other questions with a region": (("region-category", "region-colour", "region-same"), "right"),
    "questions about the whole picture": (
        ("is-there", "how-many", "background", "what-", "where", "relation", "list"),
        "right",
    ),
    "— is there": (("is-there",), "right"),
    "— how many": (("how-many",), "right"),
    "— background": (("background",), "right"),
}


def family(figures: Figures, kinds: tuple[str, ...], name: str) -> Figure | None:
    """The mean over all tasks whose kind begins like one of these; None where none was asked."""
    chosen = [those[name] for kind, those in figures.items() if kind.startswith(kinds) and name in those]
    count = sum(figure.count for figure in chosen)
    return Figure(sum(figure.mean * figure.count for figure in chosen) / count, count) if count else None


def table(columns: dict[str, Figures]) -> str:
    """Markdown, in per cent; mean IoU as it is. Boxes are those that the app draws, with their corners between the cells."""
    lines = [f"| | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    for label, (kinds, name) in FAMILIES.items():
        cells = [family(figures, kinds, name) for figures in columns.values()]
        shown = ["—" if cell is None else f"{cell.mean:.3f}" if name.startswith("IoU") else f"{cell.mean:.1%}" for cell in cells]
        lines.append(f"| {label} | {' | '.join(shown)} |")
    return "\n".join(lines)
