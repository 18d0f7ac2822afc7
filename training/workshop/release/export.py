"""The folder that transformers and this project's converter load: the hub's file names and layout."""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from ..model.kosmos2 import Kosmos2
from ..model.pixels import MEAN, STD
from ..model.size import Size

#: What an exported folder holds.
EXPORTED = (
    "config.json", "generation_config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json",
    "tokenizer_config.json",
)  # fmt: skip


def export(model: Kosmos2, tokenizer: Path, folder: Path) -> None:
    """Writes the model in float16; `lm_head` is the embedding, so no copy of it is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    largest = max(tensor.abs().max().item() for tensor in weights.values())
    if not largest < torch.inf:
        raise ValueError(f"A weight is {largest} in float16, which holds at most 65504; train with lower rates.")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    shutil.copy(tokenizer, folder / "tokenizer.json")
    for name, content in _settings(model.size).items():
        (folder / name).write_text(json.dumps(content, indent=1) + "\n")


def _settings(size: Size) -> dict[str, dict]:
    ids = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}
    return {
        "config.json": {
            "architectures": ["Kosmos2ForConditionalGeneration"],
            "model_type": "kosmos-2",
            "latent_query_num": size.latents,
            "torch_dtype": "float16",
            "text_config": _text(size) | ids,
            "vision_config": _vision(size),
        },
        # Greedy, and without the official model's rule against repeated n-grams: lists repeat `</object>` `,` `<phrase>`.
        "generation_config.json": ids | {"max_new_tokens": 160},
        "preprocessor_config.json": {
            "image_processor_type": "CLIPImageProcessor",
            "processor_class": "Kosmos2Processor",
            "size": {"shortest_edge": size.image},
            "crop_size": {"height": size.image, "width": size.image},
            "use_square_size": True,
            "do_resize": True,
            "do_center_crop": True,
            "do_convert_rgb": True,
            "do_rescale": True,
            "do_normalize": True,
            "image_mean": MEAN,
            "image_std": STD,
            "resample": 3,
            "rescale_factor": 1 / 255,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "XLMRobertaTokenizer",
            **{f"{name}_token": f"<{tag}>" for name, tag in _CONTROL.items()},
        },
    }


_CONTROL = {"bos": "s", "eos": "/s", "unk": "unk", "pad": "pad", "mask": "mask"}


def _text(size: Size) -> dict:
    return {
        "model_type": "kosmos_2_text_model",
        "vocab_size": size.vocabulary,
        "max_position_embeddings": size.positions,
        "embed_dim": size.hidden,
        "layers": size.decoder_layers,
        "ffn_dim": size.inner,
        "attention_heads": size.heads,
        "activation_function": "gelu",
        "layer_norm_eps": 1e-05,
        "scale_embedding": True,
        "use_cache": True,
    }


def _vision(size: Size) -> dict:
    return {
        "model_type": "kosmos_2_vision_model",
        "hidden_size": size.hidden,
        "intermediate_size": size.inner,
        "num_hidden_layers": size.vision_layers,
        "num_attention_heads": size.heads,
        "num_channels": 3,
        "image_size": size.image,
        "patch_size": size.patch,
        "hidden_act": "quick_gelu",
        "layer_norm_eps": 1e-05,
    }
