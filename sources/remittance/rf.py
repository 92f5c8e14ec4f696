"""Creditor references after ISO 11649 as payers print them: "RF18 5390 0754 7034"."""

from __future__ import annotations

import re

from domain.matching.numbers import rf_body

_PRINTED = re.compile(r"(?<![^\W_])RF[0-9]{2}(?: ?[0-9A-Z]{4}){0,5}(?: ?[0-9A-Z]{1,4})(?![^\W_])")


def is_creditor_reference(text: str) -> bool:
    """Whether a text is such a reference and its check digits are right; blanks do not count."""
    return rf_body(_bare(text)) is not None


def inner_reference(text: str) -> str:
    """What a valid reference carries, without leading zeros; empty for anything else."""
    return rf_body(_bare(text)) or ""


def compacted(text: str) -> str:
    """The text with references that are printed in groups of four written in one word."""
    return _PRINTED.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    bare = match[0].replace(" ", "")
    return bare if is_creditor_reference(bare) else match[0]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text.upper()) if len(text) <= 60 else ""
