"""
PyTorch on the CPU: transformers, float32, greedy, with its key-value cache. Prints what it measured as JSON.

    python torch_side.py WORK THREADS TOKENS ROUNDS
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch
from transformers import Kosmos2ForConditionalGeneration


def main():
    work, threads, tokens, rounds = Path(sys.argv[1]), *map(int, sys.argv[2:])
    torch.set_num_threads(threads)
    started = time.perf_counter()
    # With PyTorch's fused attention, transformers 4.57.1 gives other logits than the equations of the paper.
    model = Kosmos2ForConditionalGeneration.from_pretrained(
        work / "checkpoint", dtype=torch.float32, attn_implementation="eager"
    ).eval()
    opened = time.perf_counter() - started
    sample = json.loads((work / "sample.json").read_text())
    side = model.config.vision_config.image_size
    pixels = np.fromfile(work / "pixels.f32", np.float32).reshape(1, 3, side, side)
    ids = torch.tensor([sample["ids"]])
    places = torch.zeros_like(ids)
    places[0, sample["start"] : sample["start"] + sample["rows"]] = 1
    inputs = {
        "pixel_values": torch.from_numpy(pixels),
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "image_embeds_position_mask": places,
    }

    @torch.inference_mode()
    def write(count):
        begun = time.perf_counter()
        # As many as are asked for: random weights end an answer by chance.
        made = model.generate(**inputs, do_sample=False, use_cache=True, min_new_tokens=count, max_new_tokens=count)
        return time.perf_counter() - begun, made[0, ids.shape[1] :].tolist()

    write(2)
    firsts = [write(1)[0] for _ in range(rounds)]
    wholes = [write(tokens) for _ in range(rounds)]
    with torch.inference_mode():
        logits = model(**inputs).logits[0, -1].numpy()
    logits.astype(np.float32).tofile(work / "torch-logits.f32")
    first, (whole, written) = min(firsts), min(wholes)
    print(
        json.dumps(
            {
                "open": opened,
                "firstToken": first,
                "tokensPerSecond": (tokens - 1) / (whole - first),
                "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "ids": written,
                "runtime": f"PyTorch {torch.__version__}, transformers, float32",
            }
        )
    )


if __name__ == "__main__":
    main()
