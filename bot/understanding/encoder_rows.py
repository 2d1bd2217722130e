"""Packed rows of 4-bit weights (Q4_0): the word embeddings stay packed, on disk and in memory.

A row is read by memory mapping and unpacked when a text needs it. In full precision the table
would take 384 MB; packed it is 54 MB of file, of which only the pages in use are in memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BLOCK = 32  # weights that share a scale
BLOCK_BYTES = 2 + BLOCK // 2  # a half-precision scale, two weights a byte


def unpack_blocks(packed: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Rows of packed blocks, (n, bytes) -> full precision, (n, weights)."""
    blocks = packed.reshape(len(packed), -1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    pairs = blocks[..., 2:]
    # The low halves are the first 16 weights of a block, the high halves the last 16.
    levels = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32)
    levels -= 8
    levels *= scales
    rows: npt.NDArray[np.float32] = levels.reshape(len(packed), -1)
    return rows
