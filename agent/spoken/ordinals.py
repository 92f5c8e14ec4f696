""" "The second one", "number 3": rows of the list that was shown last."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLACES = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "last": -1, "top": 1,
}  # fmt: skip
_ORDINAL = "|".join(_PLACES)
_POINTS = re.compile(
    rf"\b(?:the )?(?P<word>{_ORDINAL}) (?:one|(?:customer|invoice|row|line)(?! of\b)|of"
    rf" (?:them|those|these))\b"
    r"|(?<!invoice )(?<!inv )(?:\bnumber |\bno\.? ?|#)(?P<place>\d{1,2})(?!\d)\b",
    re.IGNORECASE,
)


def pointed(message: str, listed: Sequence[str]) -> str:
    """The message with a place in the list replaced by what stands there, in quotation marks when
    it names a customer ("id:5"); as it is without such a place."""

    def put(found: re.Match[str]) -> str:
        at = int(found["place"]) if found["place"] else _PLACES[found["word"].lower()]
        if at == 0 or at > len(listed):
            return found[0]
        value = listed[at - 1 if at > 0 else at]
        return f'"{value}"' if value.startswith("id:") else value

    return _POINTS.sub(put, message) if listed else message


def points(message: str) -> bool:
    """Whether a message points at a row of a list."""
    return _POINTS.search(message) is not None
