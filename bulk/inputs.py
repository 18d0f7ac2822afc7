"""What is read: a folder of pictures, Parquet, or a WebDataset."""

import os
from glob import glob

import pyarrow as pa
import ray.data

#: Endings of pictures; HEIC, BMP and TIFF are read too, so that they are told of instead of passed over.
PICTURES = ["jpg", "jpeg", "jfif", "png", "webp", "gif", "avif", "heic", "heif", "bmp", "tif", "tiff"]


def places(path: str) -> list[str]:
    """What `--input` names: a URL, or what lies under a path or a pattern here. Ray would take a pattern for a file's name."""
    if "://" in path:
        return [path]
    path = os.path.abspath(path)
    found = [path] if os.path.exists(path) else sorted(glob(path, recursive=True))
    if not found:
        raise FileNotFoundError(f"--input {path} finds no file. Check the path.")
    return found


def read(kind: str, paths: list[str], id_column: str) -> tuple[ray.data.Dataset, str]:
    """The data set as it is stored, and its column of ids: the checkpoint is looked up right behind the reading."""
    if kind == "folder":
        return ray.data.read_binary_files(paths, include_paths=True, file_extensions=PICTURES), "path"
    if kind == "parquet":
        return ray.data.read_parquet(paths), id_column
    return ray.data.read_webdataset(paths, decoder=None), "__key__"


def check_columns(there: list[str], id_column: str, image_column: str, prompt_column: str | None) -> None:
    """Refuses a column of Parquet that is not there, before any row is asked. A prompt's may be left out, but not misspelt."""
    for option, column in (("id", id_column), ("image", image_column), ("prompt", prompt_column)):
        if column is not None and column not in there:
            has = ", ".join(there)
            raise ValueError(f"--{option}-column {column} is no column of the input, which has {has}. Name one of these.")


def to_rows(block: pa.Table, kind: str, id_column: str, image_column: str, prompt_column: str, prompt: str) -> pa.Table:
    """A block of any kind with the columns that a Grounder takes, and the id column as it was."""
    rows = block.to_pylist()
    if kind == "webdataset":
        # Cameras write endings in capitals. Where a sample lacks one that others have, pandas fills in a number that is none.
        rows = [{name.lower(): value for name, value in row.items() if isinstance(value, bytes | str)} for row in rows]
        prompt_column = prompt_column.lower()
    images = [_image(row, kind, image_column) for row in rows]
    prompts = [_text(row.get(prompt_column)) or prompt for row in rows]
    columns = {
        "id": pa.array([str(row[id_column]) for row in rows], pa.string()),
        "image": pa.array(images, pa.large_binary()),
        "prompt": pa.array(prompts, pa.string()),
    }
    return pa.table(columns)


def _image(row: dict, kind: str, image_column: str) -> bytes | None:
    if kind == "folder":
        return row["bytes"]
    if kind == "webdataset":
        return next((row[name] for name in PICTURES if name in row), None)
    image = row[image_column]
    # As Hugging Face's data sets keep pictures.
    return image["bytes"] if isinstance(image, dict) else image


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        # One row in another encoding is no reason to end all.
        return value.decode("utf-8", "replace").strip()
    return value if isinstance(value, str) else None
