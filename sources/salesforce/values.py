"""What an opportunity is when it is no `Deal` yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProblemName = Literal[
    "account_missing",
    "amount_differs",
    "amount_unreadable",
    "contract_account",
    "contract_unsigned",
    "currency_differs",
    "currency_missing",
    "discount_unclear",
    "end_before_start",
    "frequency_missing",
    "frequency_unknown",
    "lines_missing",
    "price_unclear",
    "quote_differs",
    "quote_extras",
    "quotes_several",
    "revenue_type_unknown",
    "schedule_and_frequency",
    "schedule_differs",
    "schedule_unclear",
    "shape",
    "term_differs",
    "term_unreadable",
    "timing_unknown",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to say or repair; `where` is like "line 00k... (Platform)"."""

    name: ProblemName
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class NotWon:
    """The opportunity is open or lost."""

    deal_id: str
    stage: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """The opportunity was deleted, or this user may not see it any more.

    Salesforce does not merge opportunities: `merged_into` stays empty.
    """

    deal_id: str
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A won opportunity that cannot be billed as it stands: every problem that was found."""

    deal_id: str
    problems: tuple[Problem, ...]
    name: str = ""
    stage: str = ""
