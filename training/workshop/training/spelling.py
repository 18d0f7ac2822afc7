"""Finds the names of kinds and categories in ids."""

from ..scenes.kinds import CATEGORIES, INDEX, KINDS
from ..words.tokenizer import Words
from .text import Text


class Spelling:
    def __init__(self, words: Words):
        meant: dict[tuple[int, ...], set[int]] = {}
        for kind in KINDS.values():
            for name in (kind.name, kind.plural, kind.name.capitalize()):
                meant.setdefault(tuple(words.answer(f" {name}")), set()).add(INDEX[kind.name])
        for category in CATEGORIES:
            if category not in ("thing", "clothing"):
                members = {INDEX[kind.name] for kind in KINDS.values() if kind.category == category}
                meant[tuple(words.answer(f" {category}"))] = members
        self._by_first: dict[int, list[tuple[tuple[int, ...], frozenset[int]]]] = {}
        for spelled, kinds in sorted(meant.items(), key=lambda entry: -len(entry[0])):
            self._by_first.setdefault(spelled[0], []).append((spelled, frozenset(kinds)))

    def names(self, text: Text) -> list[tuple[int, int, frozenset[int]]]:
        """Positions of the first and the last id of each name, and the kinds it names."""
        found, at = [], 0
        while at < len(text.ids):
            for spelled, kinds in self._by_first.get(text.ids[at], ()):
                end = at + len(spelled)
                if tuple(text.ids[at:end]) == spelled and text.segment[at] == text.segment[end - 1]:
                    found.append((at, end - 1, kinds))
                    at = end - 1
                    break
            at += 1
        return found
