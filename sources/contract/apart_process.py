"""The process in which contracts are opened and read by rules."""

from __future__ import annotations

import hashlib
import json

from domain.ledger.contract.assembling import Origin
from domain.ledger.contract.payload import payload
from domain.ledger.contract.terms import Refused
from sources.apart_process import run
from sources.contract.document import Limits
from sources.contract.opening import open_contract
from sources.contract.rules.reading import read_pages

MEMORY_BYTES = 1024 * 1024 * 1024


def main() -> None:
    """Answer orders on standard input until it ends."""
    run(answer, MEMORY_BYTES)


def answer(raw: bytes, order: dict[str, str]) -> bytes:
    """The terms of one contract or why it is refused, as JSON."""
    limits = Limits(**json.loads(order["limits"]))
    try:
        opened = open_contract(raw, limits)
        if isinstance(opened, Refused):
            return _refusal(opened)
        origin = Origin(order["name"], hashlib.sha256(raw).hexdigest(), opened.oddities)
        return json.dumps({"terms": payload(read_pages(opened.pages, origin))}).encode()
    except (MemoryError, RecursionError):
        return _refusal(Refused("too_large", "The file needs more memory than any contract."))


def _refusal(refused: Refused) -> bytes:
    return json.dumps({"refused": [refused.reason, refused.message]}).encode()
