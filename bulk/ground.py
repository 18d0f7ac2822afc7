"""Grounds a data set of pictures with KOSMOS-2 on a Ray cluster; see README.md."""

import argparse
import os
from pathlib import Path

# Nothing is told to anybody, unless the person has said otherwise.
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

import pyarrow.dataset
import ray
from ray.data import DataContext
from ray.data.block import BlockAccessor
from ray.data.checkpoint import CheckpointConfig, NumpyArrayBasedCheckpointFilter

from endings import check_endings
from grounder import Grounder
from inputs import PICTURES, check_columns, places, read, to_rows


class AnswersFilter(NumpyArrayBasedCheckpointFilter):
    """Leaves out what is answered. Ray's own takes Arrow blocks only, and a WebDataset comes in pandas."""

    def filter_rows_for_block(self, block):
        return super().filter_rows_for_block(BlockAccessor.for_block(block).to_arrow())


class GroundBlock(Grounder):
    """A Grounder that keeps the column of ids under its name in the input, for the checkpoint to be written by."""

    def __init__(self, model, options, shape):
        super().__init__(model, options)
        self._shape = shape

    def __call__(self, block):
        answers = super().__call__(to_rows(block, **self._shape))
        name = self._shape["id_column"]
        # As it was read, also where it is a number: what is answered is told by comparing them.
        return answers.set_column(0, "id", block["id"]) if name == "id" else answers.append_column(name, block[name])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    pictures = f"folder of pictures ({', '.join(PICTURES)})"
    parser.add_argument("--input", required=True, help=f"{pictures}, Parquet or WebDataset: path, pattern or URL")
    parser.add_argument("--kind", choices=["folder", "parquet", "webdataset"], required=True)
    parser.add_argument("--model", required=True, help="model package, at the same place on every machine")
    parser.add_argument("--out", required=True, help="folder that all machines share; holds answers/ and checkpoint/")
    parser.add_argument("--prompt", default="<grounding>An image of", help="for pictures without one of their own")
    parser.add_argument("--id-column", default="id", help="Parquet: what names a row, each once (default: id)")
    parser.add_argument("--image-column", default="image", help="Parquet: bytes of a picture file (default: image)")
    parser.add_argument("--prompt-column", help="Parquet's column, WebDataset's ending (default: prompt, where there is one)")
    parser.add_argument("--actors", type=int, default=1, help="processes at once, each with the model (default: 1)")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of each (default: 1)")
    parser.add_argument("--rows", type=int, default=64, help="rows of a block: what a kill costs at most (default: 64)")
    parser.add_argument("--address", help="of a running cluster, e.g. auto; left out, Ray starts on this machine")
    parser.add_argument("options", nargs="*", help="behind --: further options of `npm run ground`")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    try:
        paths = places(args.input)
        if args.kind == "webdataset" and "://" not in args.input:
            check_endings(paths, args.prompt_column)
    except (FileNotFoundError, ValueError) as error:
        raise SystemExit(f"ground.py: {error}") from None
    out = Path(args.out).absolute()
    # On one machine there must be room beside the actors for reading, filtering and writing, or nothing moves.
    here = {} if args.address else {"num_cpus": args.actors * args.threads + 3, "include_dashboard": False}
    modules = {"env_vars": {"PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}}
    ray.init(address=args.address, runtime_env=modules, **here)
    data, id_column = read(args.kind, paths, args.id_column)
    # Told by the files' own footers; of no rows there are none.
    there = data.columns() if args.kind == "parquet" else None
    if there is not None:
        try:
            check_columns(there, id_column, args.image_column, args.prompt_column)
        except ValueError as error:
            raise SystemExit(f"ground.py: {error}") from None
    context = DataContext.get_current()
    # Written by block, in two phases: a block is done with its answers in their place, or it never was.
    data.context.checkpoint_config = context.checkpoint_config = CheckpointConfig(
        id_column=id_column,
        checkpoint_path=str(out / "checkpoint"),
        delete_checkpoint_on_success=False,
        checkpoint_filter_cls=AnswersFilter,
    )
    shape = {
        "kind": args.kind,
        "id_column": id_column,
        "image_column": args.image_column,
        "prompt_column": args.prompt_column or "prompt",
        "prompt": args.prompt,
    }
    options = ("--threads", str(args.threads), *args.options)
    answers = data.repartition(target_num_rows_per_block=args.rows).map_batches(
        GroundBlock,
        fn_constructor_args=(os.path.abspath(args.model), options, shape),
        batch_size=args.rows,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=args.actors),
        num_cpus=args.threads,
    )
    answers.write_parquet(str(out / "answers"))
    told = pyarrow.dataset.dataset(out / "answers", format="parquet")
    failed = told.count_rows(filter=pyarrow.dataset.field("error").is_valid())
    print(f"{told.count_rows()} rows answered; {failed or 'none'} failed.")


if __name__ == "__main__":
    main()
