"""The reference implementation, from the transformers package, with the weights of an exported folder in float32."""

from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor
from transformers import AutoProcessor, Kosmos2ForConditionalGeneration

TAKEN = ("pixel_values", "input_ids", "attention_mask", "image_embeds_position_mask")


@dataclass(frozen=True)
class Answer:
    #: With the end token, where there is one.
    ids: list[int]
    text: str
    #: Between the first and the second choice, where they were nearest: below 0.001, another order of sums may turn it.
    smallest_margin: float


class Reference:
    def __init__(self, folder: Path):
        # With PyTorch's fused attention, transformers 4.57.1 gives other logits than the equations of the paper.
        loaded = Kosmos2ForConditionalGeneration.from_pretrained(folder, attn_implementation="eager")
        self.model = loaded.float().eval()
        self.processor = AutoProcessor.from_pretrained(folder)

    def inputs(self, picture: Image.Image, prompt: str) -> dict[str, Tensor]:
        rows = self.model.config.latent_query_num
        made = self.processor(text=prompt, images=picture, num_image_tokens=rows, return_tensors="pt")
        return {name: made[name] for name in TAKEN}

    @torch.inference_mode()
    def logits(self, inputs: dict[str, Tensor]) -> Tensor:
        """`[T, vocabulary]`."""
        return self.model(**inputs).logits[0]

    @torch.inference_mode()
    def answer(self, picture: Image.Image, prompt: str, most: int | None = None) -> Answer:
        """`most`: tokens to generate; as many as the model's settings allow where there is none."""
        inputs = self.inputs(picture, prompt)
        options = {"do_sample": False, "output_logits": True, "return_dict_in_generate": True}
        # Said again, because transformers asks only the text model's own settings for it.
        most = most or self.model.generation_config.max_new_tokens
        made = self.model.generate(**inputs, max_new_tokens=most, **options)
        ids = made.sequences[0, inputs["input_ids"].shape[1] :].tolist()
        best = [logits[0].topk(2).values for logits in made.logits]
        margin = min((first - second).item() for first, second in best)
        return Answer(ids, self.processor.tokenizer.decode(ids), margin)
