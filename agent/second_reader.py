"""What was learned of replies: weights, read once from the files beside the prompts."""

from __future__ import annotations

import gzip
from array import array
from functools import cache
from pathlib import Path

from domain.dunning.learned import Name, Weights
from domain.dunning.reading import DisputeReason, Intent

FOLDER = Path(__file__).parent / "weights"
INTENTS, REASONS = FOLDER / "replies.tsv.gz", FOLDER / "reasons.tsv.gz"


@cache
def weights() -> Weights[Intent]:
    """What was learned of intents; see `evals/learning.py`."""
    return parsed(gzip.decompress(INTENTS.read_bytes()).decode(), Intent)


@cache
def reasons() -> Weights[DisputeReason]:
    """What was learned of the reasons of disputes."""
    return parsed(gzip.decompress(REASONS.read_bytes()).decode(), DisputeReason)


def parsed(text: str, kind: type[Name]) -> Weights[Name]:
    """Weights from their text: names of a `kind`, biases, then a part of text a line."""
    names, bias, *lines = text.rstrip("\n").split("\n")
    return Weights(
        tuple(kind(name) for name in names.split("\t")),
        tuple(float(number) for number in bias.split("\t")),
        dict(_part(line) for line in lines),
    )


def _part(line: str) -> tuple[str, tuple[float, bytes, array[float]]]:
    part, rarity, *rows = line.split("\t")
    places, amounts = zip(*(row.split(":") for row in rows), strict=True)
    return part, (float(rarity), bytes(map(int, places)), array("f", map(float, amounts)))
