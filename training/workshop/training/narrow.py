"""Numbers half as wide, where they are faster."""

import torch


def multiplies_bfloat16(device: torch.device) -> bool:
    """Whether the device does; a CPU without AVX-512 takes twelve times as long for it as for float32."""
    return device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
