"""The weights of the reader of replies that learned, read once from the file beside the prompts."""

from __future__ import annotations

import gzip
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
    """Weights from their text: intents, biases, then a letter group a line."""
    intents, bias, *lines = text.rstrip("\n").split("\n")
    return Weights(
        tuple(Intent(name) for name in intents.split("\t")),
        tuple(float(number) for number in bias.split("\t")),
        dict(_group(line) for line in lines),
    )


def _group(line: str) -> tuple[str, tuple[float, tuple[tuple[int, float], ...]]]:
    group, rarity, *rows = line.split("\t")
    pairs = (row.split(":") for row in rows)
    return group, (float(rarity), tuple((int(place), float(weight)) for place, weight in pairs))
