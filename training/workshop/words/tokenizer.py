"""KOSMOS-2's tokenizer, pruned to the words of the scenes: same pieces, same scores, same tags, fewer ids."""

import json
import re
import string
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

#: In the order of their ids, which is the official one.
TAGS = (
    "<mask>", "</doc>", "<image>", "</image>", "</chunk>", "</line>", "<phrase>", "</phrase>", "<object>", "</object>",
    "</delimiter_of_multi_objects/>", "<grounding>",
    *(f"<patch_index_{index:04d}>" for index in range(1024)),
)  # fmt: skip
CONTROL = ("<s>", "<pad>", "</s>", "<unk>")
END = CONTROL.index("</s>")

_TAG = re.compile("(" + "|".join(map(re.escape, TAGS)) + ")")

#: Common pieces are kept up to this many, so that questions nobody thought of do not fall apart into letters.
PIECES = 2400

#: Kernels like a vocabulary that is a multiple of this.
MULTIPLE = 32


class Words:
    """Text to ids and back."""

    def __init__(self, path: Path):
        whole = json.loads(path.read_text())
        self.tags = {entry["content"]: entry["id"] for entry in whole["added_tokens"]}
        self.size = max(self.tags.values()) + 1
        self.first_location = self.tags["<patch_index_0000>"]
        self._spaced = Tokenizer.from_str(json.dumps(_bare(whole, "always")))
        self._unspaced = Tokenizer.from_str(json.dumps(_bare(whole, "never")))
        self._names = {index: tag for tag, index in self.tags.items()}
        self._remember()

    def __getstate__(self) -> dict:
        """Without what is remembered, which cannot be sent to another process: those that make batches begin without it."""
        return {name: value for name, value in vars(self).items() if name != "_encode_remembered"}

    def __setstate__(self, state: dict) -> None:
        vars(self).update(state)
        self._remember()

    def prompt(self, text: str) -> list[int]:
        """As the reference's processor encodes a prompt: every stretch of words begins with a space."""
        return self._encode(text, spaced=True)

    def answer(self, text: str) -> list[int]:
        """As the model writes: a space only where there is one in the text."""
        return self._encode(text, spaced=False)

    def decode(self, ids: Iterable[int]) -> str:
        pieces = [self._names.get(index) or self._spaced.id_to_token(index) for index in ids]
        return "".join(pieces).replace("▁", " ")

    def _encode(self, text: str, spaced: bool) -> list[int]:
        ids: list[int] = []
        for stretch in _TAG.split(text):
            if stretch in self.tags:
                ids.append(self.tags[stretch])
            elif stretch.strip():
                ids += self._encode_remembered(stretch.strip(), spaced or stretch.startswith(" "))
        return ids

    def _remember(self) -> None:
        self._encode_remembered = lru_cache(maxsize=100_000)(self._encode_words)

    def _encode_words(self, words: str, spaced: bool) -> list[int]:
        first, *rest = words.split()
        start = (self._spaced if spaced else self._unspaced).encode(first, add_special_tokens=False).ids
        return start + (self._spaced.encode(" ".join(rest), add_special_tokens=False).ids if rest else [])


def _bare(whole: dict, prepend: str) -> dict:
    """Without the tags, which are matched here."""
    splitters = [{"type": "WhitespaceSplit"}, _metaspace(prepend)]
    pre_tokenizer = {"type": "Sequence", "pretokenizers": splitters}
    return {**whole, "added_tokens": [], "post_processor": None, "pre_tokenizer": pre_tokenizer}


def _metaspace(prepend: str) -> dict:
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": prepend, "split": True}


def prune(official: Path, texts: Iterable[str], out: Path) -> None:
    """
    Writes a tokenizer with the pieces that the official one uses on `texts`, all printable ASCII, and the most common
    pieces besides; whole or not at all.
    """
    whole = json.loads(official.read_text())
    scores = dict(map(tuple, whole["model"]["vocab"]))
    kept = {"▁", *string.ascii_letters, *string.digits, *string.punctuation}
    kept |= _pieces_of(whole, texts)
    common = [piece for piece in scores if piece not in CONTROL and re.fullmatch(r"▁?[\x21-\x7e]+", piece)]
    for piece in common:
        count = len(CONTROL) + len(TAGS) + len(kept)
        if len(kept) >= PIECES and count % MULTIPLE == 0:
            break
        kept.add(piece)
    least = min(scores.values()) - 1
    ordered = sorted(kept, key=lambda piece: (-scores.get(piece, least), piece))
    vocabulary = [[name, 0.0] for name in CONTROL] + [[piece, scores.get(piece, least)] for piece in ordered]
    partial = out.with_suffix(".partial")
    partial.write_text(json.dumps(_tokenizer(vocabulary), ensure_ascii=False))
    partial.rename(out)


def _pieces_of(whole: dict, texts: Iterable[str]) -> set[str]:
    pieces: set[str] = set()
    stretches = {stretch for text in texts for stretch in _TAG.split(text) if stretch not in TAGS}
    for prepend in ("always", "never"):
        tokenizer = Tokenizer.from_str(json.dumps(_bare(whole, prepend)))
        for words in {word for stretch in stretches for word in stretch.split()}:
            pieces.update(tokenizer.encode(words, add_special_tokens=False).tokens)
    return pieces - set(CONTROL)


def _tokenizer(vocabulary: list) -> dict:
    """tokenizer.json in the official layout."""
    tags = [(index, name, False) for index, name in enumerate(CONTROL)]
    tags += [(len(vocabulary) + index, name, True) for index, name in enumerate(TAGS)]
    added = [
        {
            "id": index,
            "content": name,
            "single_word": False,
            "lstrip": strips,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for index, name, strips in tags
    ]
    start, end = ({"SpecialToken": {"id": name, "type_id": 0}} for name in ("<s>", "</s>"))
    one, two = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {
            "type": "Sequence",
            "normalizers": [{"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}],
        },
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, _metaspace("always")]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [start, one, end],
            "pair": [start, one, end, end, two, end],
            "special_tokens": {name: {"id": name, "ids": [CONTROL.index(name)], "tokens": [name]} for name in ("<s>", "</s>")},
        },
        "decoder": _metaspace("always"),
        "model": {"type": "Unigram", "unk_id": CONTROL.index("<unk>"), "byte_fallback": False, "vocab": vocabulary},
    }
