"""Everything the rules say about a contract."""

from __future__ import annotations

from collections.abc import Iterator

from domain.ledger.contract.assembling import Origin, assembled, writing_of
from domain.ledger.contract.quoting import Said
from domain.ledger.contract.terms import ContractTerms
from domain.ledger.contract.text import Text
from sources.contract.rules.agreement import agreement
from sources.contract.rules.closing import closing
from sources.contract.rules.fees import fees
from sources.contract.rules.labels import labels
from sources.contract.rules.parties import parties
from sources.contract.rules.paying import paying


def read_pages(pages: tuple[str, ...], origin: Origin) -> ContractTerms:
    """The terms of a contract whose text is `pages`, by rules alone."""
    return assembled(_said(pages), pages, origin)


def _said(pages: tuple[str, ...]) -> Iterator[Said]:
    flat = Text.of(pages).flat
    yield from parties(flat, pages)
    yield from labels(pages)
    yield from agreement(flat)
    yield from fees(pages, writing_of(flat))
    yield from paying(flat)
    yield from closing(flat)
