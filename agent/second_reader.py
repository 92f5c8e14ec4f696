"""The weights of the reader of replies that learned, read once from the file beside the prompts."""

from __future__ import annotations

import gzip
from array import array
from functools import cache
from pathlib import Path

from domain.dunning.learned import Weights
from domain.dunning.reading import Intent

FILE = Path(__file__).parent / "weights" / "replies.tsv.gz"


@cache
def weights() -> Weights:
    """What was learned; see `evals/learning.py`."""
    return parsed(gzip.decompress(FILE.read_bytes()).decode())


def parsed(text: str) -> Weights:
    """Weights from their text: intents, biases, then a part of text a line."""
    intents, bias, *lines = text.rstrip("\n").split("\n")
    return Weights(
        tuple(Intent(name) for name in intents.split("\t")),
        tuple(float(number) for number in bias.split("\t")),
        dict(_part(line) for line in lines),
    )


def _part(line: str) -> tuple[str, tuple[float, bytes, array[float]]]:
    part, rarity, *rows = line.split("\t")
    places, amounts = zip(*(row.split(":") for row in rows), strict=True)
    return part, (float(rarity), bytes(map(int, places)), array("f", map(float, amounts)))
