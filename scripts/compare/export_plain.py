"""
A plain export, as the usual browser demos have it: three graphs of standard operators by torch.onnx, keys and values in
and out, checked against PyTorch in float32, and then the matrices in 4 bits by onnxruntime's own quantizer.

    python export_plain.py WORK
"""

import json
import logging
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import nn
from transformers import Kosmos2ForConditionalGeneration


class Vision(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.tower, self.projection = model.vision_model, model.image_to_text_projection

    def forward(self, pixels):
        hidden = self.tower.model.post_layernorm(self.tower(pixels).last_hidden_state)
        return self.projection(nn.functional.normalize(hidden, dim=-1))[0]


class Embedding(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.table = model.text_model.model.embed_tokens

    def forward(self, ids):
        return self.table(ids)


class Decoder(nn.Module):
    """The text model with its cache as tensors; logits of the last position alone."""

    def __init__(self, model):
        super().__init__()
        text = model.text_model
        self.layers, self.norm, self.head = text.model.layers, text.model.layer_norm, text.lm_head
        self.heads, self.scale = text.config.attention_heads, text.model.embed_scale
        weights = text.model.embed_positions.weights
        self.register_buffer("positions", weights.detach().clone(), persistent=False)

    def forward(self, embeddings, positions, *past):
        hidden = embeddings * self.scale + self.positions[positions]
        before, length = past[0].shape[2], embeddings.shape[1]
        keys_at = torch.arange(before + length)
        seen = keys_at[None, :] <= (before + torch.arange(length))[:, None]
        mask = torch.where(seen, 0.0, torch.finfo(torch.float32).min)[None, None]
        present = []
        for index, layer in enumerate(self.layers):
            attention = layer.self_attn
            normed = layer.self_attn_layer_norm(hidden)
            query, key, value = (
                project(normed).view(1, length, self.heads, -1).transpose(1, 2)
                for project in (attention.q_proj, attention.k_proj, attention.v_proj)
            )
            key, value = torch.cat([past[2 * index], key], 2), torch.cat([past[2 * index + 1], value], 2)
            present += [key, value]
            weights = torch.softmax(query @ key.transpose(2, 3) * attention.scaling + mask, -1)
            mixed = (weights @ value).transpose(1, 2).reshape(1, length, -1)
            hidden = hidden + attention.out_proj(attention.inner_attn_ln(mixed))
            ffn = layer.ffn
            inner = ffn.ffn_layernorm(nn.functional.gelu(ffn.fc1(layer.final_layer_norm(hidden))))
            hidden = hidden + ffn.fc2(inner)
        return self.head(self.norm(hidden)[:, -1]), *present


def main():
    logging.disable(logging.INFO)
    work = Path(sys.argv[1])
    out = work / "plain"
    out.mkdir(exist_ok=True)
    model = Kosmos2ForConditionalGeneration.from_pretrained(
        work / "checkpoint", dtype=torch.float32, attn_implementation="eager"
    ).eval()
    text, side = model.config.text_config, model.config.vision_config.image_size
    pixels = torch.zeros(1, 3, side, side)
    save(Vision(model), (pixels,), out / "vision.onnx", ["pixels"], ["rows"], {})
    save(
        Embedding(model),
        (torch.zeros(1, 5, dtype=torch.int64),),
        out / "embedding.onnx",
        ["ids"],
        ["embeddings"],
        {"ids": {1: "length"}},
    )
    names = [f"{part}.{index}" for index in range(text.layers) for part in ("key", "value")]
    past = [torch.zeros(1, text.attention_heads, 7, text.embed_dim // text.attention_heads) for _ in names]
    axes = {
        "embeddings": {1: "length"},
        "positions": {0: "length"},
        **{f"past.{name}": {2: "past"} for name in names},
        **{f"present.{name}": {2: "total"} for name in names},
    }
    example = (torch.zeros(1, 5, text.embed_dim), torch.arange(9, 14), *past)
    inputs = ["embeddings", "positions", *(f"past.{name}" for name in names)]
    save(Decoder(model), example, out / "decoder.onnx", inputs, ["logits", *(f"present.{name}" for name in names)], axes)
    print(json.dumps({"error": check(model, work, out, names)}))
    for name in ("vision", "decoder"):
        quantize(out / f"{name}.onnx", out / f"{name}-q4.onnx")


def save(module, example, path, inputs, outputs, axes):
    with torch.inference_mode():
        torch.onnx.export(
            module.eval(), example, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes,
            opset_version=17, dynamo=False, do_constant_folding=True,
        )  # fmt: skip


def check(model, work, out, names):
    """Largest difference of the first logits to PyTorch's, as a part of their range."""
    sample = json.loads((work / "sample.json").read_text())
    side = model.config.vision_config.image_size
    pixels = np.fromfile(work / "pixels.f32", np.float32).reshape(1, 3, side, side)
    session = {name: onnxruntime.InferenceSession(out / f"{name}.onnx") for name in ("vision", "embedding", "decoder")}
    ids = np.array([sample["ids"]])
    embeddings = session["embedding"].run(None, {"ids": ids})[0]
    start, rows = sample["start"], sample["rows"]
    embeddings[0, start : start + rows] = session["vision"].run(None, {"pixels": pixels})[0]
    text = model.config.text_config
    empty = np.zeros((1, text.attention_heads, 0, text.embed_dim // text.attention_heads), np.float32)
    feeds = {"embeddings": embeddings, "positions": np.arange(2, 2 + ids.shape[1]), **{f"past.{name}": empty for name in names}}
    logits = session["decoder"].run(["logits"], feeds)[0][0]
    places = torch.zeros(ids.shape, dtype=torch.int64)
    places[0, start : start + rows] = 1
    with torch.inference_mode():
        wanted = model(
            pixel_values=torch.from_numpy(pixels), input_ids=torch.from_numpy(ids), image_embeds_position_mask=places
        ).logits[0, -1].numpy()  # fmt: skip
    return float(np.abs(logits - wanted).max() / (wanted.max() - wanted.min()))


def quantize(source, target):
    quantizer = MatMulNBitsQuantizer(onnx.load(source), block_size=32, is_symmetric=True)
    quantizer.process()
    quantizer.model.save_model_to_file(str(target), use_external_data_format=False)


if __name__ == "__main__":
    main()
