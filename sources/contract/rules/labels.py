"""Lines that hold a label and its value, as order forms have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.ledger.contract.quoting import Said

_BILL_TO = re.compile(
    r"^[ \t|]*(?:bill[- ]to(?: address)?|billing (?:address|contact|e-?mail)|invoices? to|"
    r"rechnungsanschrift|rechnungsadresse|adresse de facturation|dirección de facturación)"
    r"[ \t]*[:|\t][ \t|]*(?P<v>[^\n|]{6,200})",
    re.IGNORECASE | re.MULTILINE,
)


def labels(pages: tuple[str, ...]) -> Iterator[Said]:
    """Where invoices go, as far as its line tells."""
    for page in pages:
        for match in _BILL_TO.finditer(page):
            yield Said("bill_to", match["v"].strip(), match[0].strip(" |\t"), 0.85)
