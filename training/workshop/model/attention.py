"""Attention, which losses may watch."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Attention(nn.Module):
    """`inner_norm`: the decoder normalises what the heads return (arXiv:2210.06423); the others do not."""

    def __init__(self, hidden: int, heads: int, inner_norm: bool = False):
        super().__init__()
        self.heads = heads
        for name in ("k_proj", "v_proj", "q_proj", "out_proj"):
            setattr(self, name, nn.Linear(hidden, hidden))
        if inner_norm:
            self.inner_attn_ln = nn.LayerNorm(hidden)

    def forward(self, queries: Tensor, keys: Tensor, mask: Tensor | None = None, watches: "list[Watch] | None" = None) -> Tensor:
        """`queries [B, S, H]`, `keys [B, T, H]`, `mask [B, 1, S, T]` added to the scores."""
        q, k, v = self.heads_of(queries, keys)
        for watch in watches or ():
            watch.look(q, k, mask)
        return self.attend(q, k, v, mask)

    def heads_of(self, queries: Tensor, keys: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values, `[B, heads, S or T, width]`."""
        split = lambda rows: rows.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        return split(self.q_proj(queries)), split(self.k_proj(keys)), split(self.v_proj(keys))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
        """
        PyTorch's own attention, which 1.13 lacks, takes less than half the time in float32, and longer than this in bfloat16
        on a CPU.
        """
        if q.dtype == torch.float32 and hasattr(F, "scaled_dot_product_attention"):
            rows = F.scaled_dot_product_attention(q, k, v, mask)
        elif mask is None and q.device.type == "cpu":
            # One picture after the other: the scores of hundreds of patches stay in the cache, which saves a third.
            rows = torch.cat([_attended(*one) for one in zip(q.split(1), k.split(1), v.split(1), strict=True)])
        else:
            rows = _attended(q, k, v, mask)
        rows = rows.transpose(1, 2).flatten(2)
        return self.out_proj(self.inner_attn_ln(rows) if hasattr(self, "inner_attn_ln") else rows)


def _attended(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    scores = (q * q.shape[-1] ** -0.5) @ k.mT
    return torch.softmax(scores if mask is None else scores + mask.to(scores.dtype), -1) @ v


class Watch:
    """Attention of one head from chosen positions, for losses that say where it has to look."""

    def __init__(self, head: int, rows: Tensor, positions: Tensor):
        self.head, self.rows, self.positions = head, rows, positions
        #: `[n, T]`, once the layer has run.
        self.probabilities: Tensor | None = None

    def look(self, q: Tensor, k: Tensor, mask: Tensor) -> None:
        query = q[self.rows, self.head, self.positions]
        scores = torch.einsum("nd,ntd->nt", query, k[self.rows, self.head]) * query.shape[-1] ** -0.5
        self.probabilities = torch.softmax(scores.float() + mask[self.rows, 0, self.positions], -1)
