"""The catalogue of checks, as data, in the order in which they are asked."""

from __future__ import annotations

from erp.review.catalogue.content import ACCOUNTING, LINES, TAX
from erp.review.catalogue.entry import ORDER, Check, Group, Needs
from erp.review.catalogue.party import CUSTOMER, HEADER
from erp.review.catalogue.revenue import DEAL, DUPLICATE, REVENUE
from erp.review.catalogue.writing import CREDIT, SYNC, WRITE_OFF

__all__ = ["CATALOGUE", "ORDER", "Check", "Group", "Needs", "by_id"]

CATALOGUE: tuple[Check, ...] = (
    *SYNC,
    *CUSTOMER,
    *HEADER,
    *LINES,
    *ACCOUNTING,
    *TAX,
    *REVENUE,
    *DEAL,
    *DUPLICATE,
    *CREDIT,
    *WRITE_OFF,
)
_BY_ID = {check.id: check for check in CATALOGUE}


def by_id(name: str) -> Check:
    """The check of this id. Raises KeyError."""
    return _BY_ID[name]
