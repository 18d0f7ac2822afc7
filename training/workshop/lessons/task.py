"""One thing to teach: what is asked about a scene, and the right answer."""

from dataclasses import dataclass

from ..scenes.scene import Thing


@dataclass(frozen=True)
class Task:
    #: What figures are reported by.
    kind: str
    #: With KOSMOS-2's tags.
    prompt: str
    answer: str
    #: What the answer must locate, where that is what counts.
    targets: tuple[Thing, ...] = ()


def question(words: str, grounded: bool) -> str:
    return f"{'<grounding>' if grounded else ''} Question: {words} Answer:"
