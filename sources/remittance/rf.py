"""Creditor references after ISO 11649: "RF", two check digits, up to 21 letters and digits."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")


def is_creditor_reference(text: str) -> bool:
    """Whether a text is such a reference and its check digits are right; blanks do not count."""
    compact = re.sub(r"\s", "", text.upper()) if len(text) <= 60 else ""
    return bool(_SHAPE.fullmatch(compact)) and _remainder(compact[4:] + compact[:4]) == 1


def creditor_reference(inner: str) -> str:
    """The reference that carries `inner`, up to 21 letters and digits. Raises ValueError."""
    compact = re.sub(r"\s", "", inner.upper())
    if not re.fullmatch(r"[0-9A-Z]{1,21}", compact):
        raise ValueError(f"{inner!r} cannot be carried by a creditor reference")
    return f"RF{98 - _remainder(compact + 'RF00'):02d}{compact}"


def inner_reference(text: str) -> str:
    """What a valid reference carries, without leading zeros; empty for anything else."""
    if not is_creditor_reference(text):
        return ""
    return re.sub(r"\s", "", text.upper())[4:].lstrip("0")


def _remainder(text: str) -> int:
    """ISO 7064 mod 97-10: letters count as 10 to 35."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97
