"""Makes inputs for the Ray test, and reads what it and the command line have written; prints JSON."""

import io
import json
import sys
import tarfile
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset
import pyarrow.json
import pyarrow.parquet


def picture(row):
    return None if row["image"] is None else Path(row["image"]).read_bytes()


def parquet(out, rows):
    columns = {
        "id": [row["id"] for row in rows],
        "image": [picture(row) for row in rows],
        "prompt": [row["prompt"] for row in rows],
    }
    pa.parquet.write_table(pa.table(columns), out)


def webdataset(out, rows):
    with tarfile.open(out, "w") as tar:
        for index, row in enumerate(rows):
            for ending, data in (("png", picture(row)), ("prompt", row["prompt"].encode())):
                if data is None:
                    continue
                # As cameras write them, and as people do.
                entry = tarfile.TarInfo(f"{row['id']}.{ending.upper() if index % 3 == 0 else ending}")
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))


command, path = sys.argv[1:3]
if command == "parquet":
    parquet(path, json.load(sys.stdin))
elif command == "webdataset":
    webdataset(path, json.load(sys.stdin))
elif command == "read-parquet":
    json.dump(pyarrow.dataset.dataset(path, format="parquet").to_table().to_pylist(), sys.stdout)
elif command == "read-jsonl":
    json.dump(pa.json.read_json(path).to_pylist(), sys.stdout)
