"""How large a model is."""

import json
from dataclasses import dataclass, replace
from math import isqrt
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """Every extent that config.json states."""

    vocabulary: int
    hidden: int = 192
    heads: int = 6
    inner: int = 512
    vision_layers: int = 7
    decoder_layers: int = 5
    image: int = 192
    patch: int = 16
    latents: int = 64
    #: Whether the regions that the latents stand for go column by column, as captions do, or row by row. No file tells.
    by_columns: bool = False
    positions: int = 1024

    @property
    def grid(self) -> int:
        """Patches along an edge."""
        return self.image // self.patch

    @property
    def latent_grid(self) -> tuple[int, int]:
        """Rows and columns of the regions that the latents stand for."""
        return latent_grid(self.latents)

    @staticmethod
    def named(name: str, vocabulary: int) -> "Size":
        """One of SIZES."""
        return replace(SIZES[name], vocabulary=vocabulary)

    @staticmethod
    def of(folder: Path) -> "Size":
        """What the config.json of an exported folder says."""
        config = json.loads((folder / "config.json").read_text())
        text, vision = config["text_config"], config["vision_config"]
        return Size(
            vocabulary=text["vocab_size"],
            hidden=text["embed_dim"],
            heads=text["attention_heads"],
            inner=text["ffn_dim"],
            vision_layers=vision["num_hidden_layers"],
            decoder_layers=text["layers"],
            image=vision["image_size"],
            patch=vision["patch_size"],
            latents=config["latent_query_num"],
            positions=text["max_position_embeddings"],
        )


def latent_grid(count: int) -> tuple[int, int]:
    """A square where the number is one; the first demo model has 4 rows of 8."""
    side = isqrt(count)
    return (side, side) if side**2 == count else (count // 8, 8)


#: `small` is what two cores can train in an hour or two; `fine`, `finer` and `finest` are the same on 256, 320 and 448 pixels
#: instead of 192, for the small: of things shorter than a tenth of the picture `small` named half, `fine` seven in ten,
#: `finer` eight, `finest`, which the app ships, nine; its two more layers of the decoder are for captions. `densest` tells the
#: decoder more of what stands close together; LEARNED.md says how far it came. `large` is what a GPU should train. All see a
#: picture in more patches and tell the decoder in more rows than the first demo model, which had 128 pixels and 32 latents.
SIZES = {
    "small": Size(0, vision_layers=5, decoder_layers=4, positions=512),
    "fine": Size(0, vision_layers=5, decoder_layers=4, positions=512, image=256),
    "finer": Size(0, vision_layers=5, decoder_layers=4, positions=512, image=320),
    "finest": Size(0, vision_layers=5, decoder_layers=6, positions=512, image=448),
    "densest": Size(0, vision_layers=5, decoder_layers=6, positions=512, image=448, latents=144, by_columns=True),
    "large": Size(0, image=256),
}
