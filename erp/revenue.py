"""What an ERP that posts revenue itself plans and has posted: elements with their plan lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.ledger.money import Money

ElementSource = Literal["invoice", "credit_memo", "other"]


@dataclass(frozen=True, slots=True)
class ErpPlanLine:
    """What a plan holds for one accounting period; `posted_in` is the period it was posted to."""

    netsuite_id: str
    starts_on: date
    ends_on: date
    period: str
    amount: Money
    posted: bool
    posted_in: date | None = None
    journal_netsuite_id: str = ""


@dataclass(frozen=True, slots=True)
class ErpRevenueElement:
    """One revenue element: a line of a document as the ERP recognizes it.

    `amount` is in the document's currency, credits below zero; the amounts of `lines` are in the
    currency of the plan. `source_netsuite_id` and `line` name the document line where the ERP tells
    it, `source` is the document as it is displayed. `plans` counts actual plans; an element without
    one recognizes nothing. Revisions of dates on the document do not reach it.
    """

    netsuite_id: str
    number: str
    arrangement_netsuite_id: str
    source_kind: ElementSource
    source_netsuite_id: str
    line: int
    source: str
    item_netsuite_id: str
    subsidiary_netsuite_id: str
    amount: Money
    exchange_rate: str
    rule_netsuite_id: str
    starts_on: date | None
    ends_on: date | None
    plans: int = 0
    held: bool = False
    lines: tuple[ErpPlanLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementsNotShown:
    """The account or the role does not show elements or plans: `told` names what is missing."""

    missing: Literal["feature", "permission", "columns"]
    told: str
