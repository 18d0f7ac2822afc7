"""One command-line process of KOSMOS-2, kept open: JSON lines in, JSON lines out, in order."""

import hashlib
import json
import subprocess
import tempfile
import threading
from pathlib import Path

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent

BOX = pa.struct([(side, pa.float64()) for side in ("x1", "y1", "x2", "y2")])
ENTITY = pa.struct(
    [
        ("phrase", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("boxes", pa.list_(BOX)),
        ("score", pa.float64()),
        ("scores", pa.list_(pa.float64())),
    ]
)
#: One row an image; boxes in 0..1 of it, offsets in code points of the caption. `error` where it has no answer.
ANSWER = pa.schema(
    [
        ("id", pa.string()),
        ("prompt", pa.string()),
        ("caption", pa.string()),
        ("answer", pa.string()),
        ("text", pa.string()),
        ("ids", pa.list_(pa.int32())),
        ("entities", pa.list_(ENTITY)),
        ("finish", pa.string()),
        ("error", pa.string()),
    ]
)

NO_PICTURE = "The row has no picture: its image is null, or a file of a kind that is not read."

#: Most that the model takes of a prompt. What is longer is not sent: a line of a million characters ends the process.
PROMPT_CHARACTERS = 10_000

#: A process that ends by itself is started anew this often for one block, for instance when it was out of memory.
STARTS = 3


class Grounder:
    """A Ray Data actor: answers blocks of rows with the columns `id`, `image` (bytes of a file) and `prompt`."""

    def __init__(self, model: str, options: tuple[str, ...] = ()):
        # Not through npm: that would stay behind where this actor is killed.
        self._command = ["node", "--import", "tsx", "src/cli/ground.ts", "--model", model, "--batch", "-", *options]
        self._pictures = tempfile.TemporaryDirectory(prefix="kosmos2-")
        self._process = self._start()
        # A model that does not open, and options that it does not take, are told now, and not by every block or row.
        [told] = self._ask(self._process, [{"prompt": "a"}])
        if "error" in told:
            raise ValueError(told["error"])

    def __call__(self, block: pa.Table) -> pa.Table:
        rows = block.to_pylist()
        with tempfile.TemporaryDirectory(dir=self._pictures.name) as folder:
            asked = [row for row in rows if _refusal(row) is None]
            questions = [{"image": _write(folder, row["image"]), "prompt": row["prompt"]} for row in asked]
            replies = iter(self._answer(questions) if questions else [])
        answers = [_answer(row, {"error": refusal} if (refusal := _refusal(row)) else next(replies)) for row in rows]
        return pa.Table.from_pylist(answers, ANSWER)

    def _answer(self, questions: list[dict]) -> list[dict]:
        for left in reversed(range(STARTS)):
            try:
                return self._ask(self._process, questions)
            except ChildProcessError:
                if left == 0:
                    raise
                self._process = self._start()
        raise AssertionError("unreachable")

    def _start(self) -> subprocess.Popen:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        return subprocess.Popen(self._command, cwd=ROOT, **pipes)

    @staticmethod
    def _ask(process: subprocess.Popen, questions: list[dict]) -> list[dict]:
        lines = "".join(json.dumps(question) + "\n" for question in questions)

        def write() -> None:
            try:
                process.stdin.write(lines)
                process.stdin.flush()
            except OSError:
                pass  # The process has ended, which the reader below finds out.

        # Beside the reading: the pipe holds less than a block of questions.
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        replies = [process.stdout.readline() for _ in questions]
        if not all(replies):
            raise ChildProcessError(f"the KOSMOS-2 process ended with exit code {process.wait()}; its words are in the log")
        writer.join()
        return [json.loads(reply) for reply in replies]


def _refusal(row: dict) -> str | None:
    """Why a row is not asked."""
    if row["image"] is None:
        # Asked without its picture, it would be answered from the words alone.
        return NO_PICTURE
    length = len(row["prompt"])
    if length > PROMPT_CHARACTERS:
        return f"The prompt has {length} characters, more than the {PROMPT_CHARACTERS} allowed; shorten it."
    return None


def _write(folder: str, image: bytes) -> str:
    # Named after what it holds: a picture that repeats is encoded once.
    path = Path(folder) / hashlib.sha256(image).hexdigest()
    path.write_bytes(image)
    return str(path)


def _answer(row: dict, reply: dict) -> dict:
    answer = {"id": row["id"], "prompt": row["prompt"], **{name: reply.get(name) for name in ANSWER.names[2:]}}
    if answer["entities"] is not None:
        answer["entities"] = [
            {**entity, "boxes": [dict(zip(("x1", "y1", "x2", "y2"), box, strict=True)) for box in entity["boxes"]]}
            for entity in answer["entities"]
        ]
    return answer
