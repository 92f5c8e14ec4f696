"""From when to when: a term told by dates, by months, or by both at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.ledger.billing.periods import months_after
from sources.salesforce.values import Problem
from sources.salesforce.won.records import ContractRow, OpportunityRow

_MOST_MONTHS = 600
_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day, and months; each only if it is told."""

    starts_on: date | None = None
    ends_on: date | None = None
    months: int | None = None

    @property
    def has_end(self) -> bool:
        return self.ends_on is not None or self.months is not None

    @property
    def last_on(self) -> date | None:
        """The last day, by the months where no date is told."""
        if self.ends_on is not None or self.starts_on is None or self.months is None:
            return self.ends_on
        return months_after(self.starts_on, self.months) - timedelta(days=1)


def term_of(
    starts_on: date | None, ends_on: date | None, months: str, where: str
) -> Term | Problem:
    """The term. `months` is plain decimal text as Salesforce gives numbers ("12", "12.5")."""
    if any(day and not 1990 <= day.year <= _LAST_YEAR for day in (starts_on, ends_on)):
        return Problem("term_unreadable", where, "a day of its term is out of any contract")
    count = int(months) if months.isdecimal() and len(months) < 5 else 0
    if months and not 1 <= count <= _MOST_MONTHS:
        return Problem("term_unreadable", where, f"a term of {months[:40]} months")
    if starts_on and ends_on and ends_on < starts_on:
        return Problem("end_before_start", where, f"it ends {ends_on} and starts {starts_on}")
    found = Term(starts_on, ends_on, count or None)
    by_months = Term(starts_on, None, count or None).last_on
    if ends_on and by_months and by_months != ends_on:
        words = f"{count} months from {starts_on} end {by_months}, it says {ends_on}"
        return Problem("term_differs", where, words)
    return found


def deal_term(won: OpportunityRow, contract: ContractRow | None) -> Term | Problem:
    """The term of the whole deal: the opportunity's own, or its contract's."""
    own = term_of(won.start, won.end, won.term_months, "opportunity")
    if contract is None or isinstance(own, Problem):
        return own
    where = f"contract {contract.number or contract.id}"
    signed = term_of(contract.starts_on, contract.ends_on, contract.term_months, where)
    if isinstance(signed, Problem) or own == Term():
        return signed
    pairs = ((own.starts_on, signed.starts_on), (own.last_on, signed.last_on))
    if any(ours and theirs and ours != theirs for ours, theirs in pairs):
        words = f"it says {_words(signed)}, the opportunity {_words(own)}"
        return Problem("term_differs", where, words)
    return Term(
        own.starts_on or signed.starts_on,
        own.ends_on or signed.ends_on,
        own.months or signed.months,
    )


def _words(term: Term) -> str:
    return f"{term.starts_on or 'no start'} to {term.last_on or 'no end'}"
