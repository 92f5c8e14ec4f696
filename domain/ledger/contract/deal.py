"""The deal that follows from the terms of a contract, or what a person has to settle first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import lcm
from typing import TypeVar

from domain.ledger.billing.periods import months_after
from domain.ledger.contract.terms import (
    ContractFinding,
    ContractTerms,
    Fee,
    FeeKind,
    Milestone,
    Term,
    TermName,
)
from domain.ledger.deal import (
    Billed,
    Deal,
    DealCustomer,
    DealLine,
    DealMilestone,
    Frequency,
    PricedPer,
    RevenueType,
    number,
    rounded,
)
from domain.ledger.money import Money

Value = TypeVar("Value")

_REVENUE: dict[FeeKind, RevenueType] = {
    "subscription": "subscription",
    "support": "subscription",
    "usage": "usage",
    "minimum": "usage",
    "royalty": "usage",
    "setup": "service",
    "service": "service",
}
_PRICED: dict[Frequency, PricedPer] = {"month": "month", "year": "year"}
_MONTHS: dict[Frequency, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_COUNTED = {
    "invoice_date": "Net {}",
    "receipt": "{} days from receipt",
    "acceptance": "{} days from acceptance",
    "end_of_month": "Net {} EOM",
}
_TAX = {"inclusive": True, "exclusive": False}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CORRECTED = frozenset({"contract.quantity", "contract.frequency", "contract.percent"})
_TIMING = frozenset({"contract.missing.billing_timing"})
_UNBILLED: frozenset[FeeKind] = frozenset({"expense", "royalty"})


@dataclass(frozen=True, slots=True)
class _Span:
    starts_on: date | None
    ends_on: date | None


def deal_of(
    terms: ContractTerms, source_id: str, settled: frozenset[str] = frozenset()
) -> Deal | tuple[ContractFinding, ...]:
    """The deal of a contract, or the blocking findings nobody has settled yet.

    `settled` are ids of findings a person has answered for; what a line lacks can only be put right
    (`contract.quantity`, `contract.frequency`, `contract.percent`, and whether recurring prices are
    billed in advance or in arrears). `source_id` is our id of the contract; the version of the deal
    is the digest of the file. Nothing left open is assumed.
    """
    answered = settled - _CORRECTED - (_TIMING if _recurring(terms) else frozenset())
    open_findings = [f for f in (*terms.blocking, *_lacking(terms)) if f.id not in answered]
    customer, currency = _value(terms, "customer", str), _value(terms, "currency", str)
    if open_findings or customer is None or currency is None:
        needed = [f for f in terms.findings if f.id.startswith("contract.missing.") and f.blocking]
        return tuple(dict.fromkeys(open_findings or needed or [_NOBODY]))
    span, bill_to = _span(terms), _value(terms, "bill_to", str) or ""
    return Deal(
        "contract",
        source_id,
        terms.digest,
        DealCustomer(
            customer,
            customer,
            billing_address=(bill_to,) if bill_to and not _MAIL.fullmatch(bill_to) else (),
            emails=tuple(_MAIL.findall(bill_to)),
        ),
        currency,
        _value(terms, "agreement_on", date) or _value(terms, "effective_on", date),
        span.starts_on,
        span.ends_on,
        tuple(_lines(terms, span)),
        po_number=_value(terms, "po_number", str) or "",
        terms=_payment(terms),
        memo=_memo(terms),
        tax_included=_TAX.get(_value(terms, "tax", str) or ""),
    )


_NOBODY = ContractFinding(
    "contract.missing.customer", "Not found: who buys.", ("customer",), blocking=True
)


def _lacking(terms: ContractTerms) -> Iterator[ContractFinding]:
    """What keeps single prices from being billed."""
    for term in terms.all("fee"):
        fee = term.normalized
        if not isinstance(fee, Fee) or fee.kind in _UNBILLED:
            continue
        if fee.per and not fee.quantity and not _metered(fee):
            yield _finding("quantity", f"How many were bought: {term.value[:120]!r}?", term)
        told = fee.frequency or fee.year or (_metered(fee) and terms.one("billing_frequency"))
        if not told:
            yield _finding("frequency", f"How often is this due: {term.value[:120]!r}?", term)
        yield from _unlike(term, fee, terms)
    if _least(terms) and _floor(terms) is None:
        text = "A minimum stands beside usage. Bill the difference by hand, or change the lines."
        yield _finding("minimum", text, _least(terms)[0])
    if terms.all("discount"):
        one = terms.all("discount")[0]
        yield _finding("discount", "Are the prices before or after the discount?", one)
    for term in terms.all("milestone"):
        stage = term.normalized
        if isinstance(stage, Milestone) and stage.percent and terms.one("total") is None:
            yield _finding("percent", f"Of which price is {term.value[:80]!r}?", term)
    yield from _unequal(terms)


def _unlike(term: Term, fee: Fee, terms: ContractTerms) -> Iterator[ContractFinding]:
    """A price for each quarter where bills are said to come each year."""
    said = terms.one("billing_frequency")
    if fee.frequency in {None, "once", "month", "year"} or said is None:
        return
    if said.normalized != fee.frequency:
        text = f"The price is per {fee.frequency.replace('_', ' ')}"
        text += f" and bills are {said.value[:60]!r}. Bill it as it is priced?"
        yield _finding("rhythm", text, term)


def _unequal(terms: ContractTerms) -> Iterator[ContractFinding]:
    """Prices that are not the total, and a price that the milestones are parts of."""
    total, summed, stages = _value(terms, "total", Money), _sum(terms), _staged(terms)
    if total is not None and summed is not None and summed != total:
        text = f"Prices add up to {summed} and the contract says {total}."
        yield _finding("total", text, terms.all("total")[0])
    whole, months = _added(stages) if stages else None, _value(terms, "term", int)
    for term in terms.all("fee") if whole is not None else ():
        fee = term.normalized
        if isinstance(fee, Fee) and _over_term(fee, months) == whole:
            text = f"The milestones add up to this price: {term.value[:120]!r}. Bill both?"
            yield _finding("twice", text, term)


def _finding(what: str, message: str, term: Term) -> ContractFinding:
    return ContractFinding(
        f"contract.{what}", message, (term.name,), term.quote, term.page, blocking=True
    )


def _least(terms: ContractTerms) -> tuple[Term, ...]:
    """Minimums of usage: billed on their own they would be owed on top of what was used."""
    fees = [(t, t.normalized) for t in terms.all("fee")]
    used = any(isinstance(fee, Fee) and _metered(fee) for _, fee in fees)
    return tuple(t for t, fee in fees if used and isinstance(fee, Fee) and fee.minimum)


def _floor(terms: ContractTerms) -> Money | None:
    """The minimum of the one price for usage, where it is owed as often as usage is billed."""
    fees = [t.normalized for t in terms.all("fee") if isinstance(t.normalized, Fee)]
    used = [fee for fee in fees if _metered(fee)]
    least = [fee for fee in fees if fee.minimum]
    if len(used) != 1 or len(least) != 1 or least[0].frequency != _rhythm(used[0], terms):
        return None
    return least[0].amount


def _metered(fee: Fee) -> bool:
    """Whether the bill depends on what was used."""
    return fee.kind == "usage" or (fee.kind == "service" and fee.per in {"hour", "day"})


def _sum(terms: ContractTerms) -> Money | None:
    """Milestones and fixed fees over the whole term; None when it cannot be told."""
    stages, fees = _staged(terms), _fixed(terms)
    if stages is None or (fees is None and not stages):
        return None
    return _added([*stages, *(fees or [])])


def _staged(terms: ContractTerms) -> list[Money] | None:
    """What each milestone comes to; None when one of them has no amount."""
    stages = _milestones(terms)
    shares = _shares(stages, _value(terms, "total", Money))
    amounts = [stage.amount or shares.get(place) for place, stage in enumerate(stages, 1)]
    known = [amount for amount in amounts if amount is not None]
    return known if len(known) == len(amounts) else None


def _fixed(terms: ContractTerms) -> list[Money] | None:
    """What each price comes to over the term; None when that depends on something."""
    months = _value(terms, "term", int)
    fees = [t.normalized for t in terms.all("fee")]
    parts = [_over_term(fee, months) for fee in fees if isinstance(fee, Fee)]
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _milestones(terms: ContractTerms) -> list[Milestone]:
    return [t.normalized for t in terms.all("milestone") if isinstance(t.normalized, Milestone)]


def _added(parts: list[Money]) -> Money | None:
    same = len({part.currency for part in parts}) == 1
    return sum(parts[1:], parts[0]) if same else None


def _recurring(terms: ContractTerms) -> bool:
    """Whether a price is due again and again, so that a bill comes before or after its period."""
    fees = [t.normalized for t in terms.all("fee") if isinstance(t.normalized, Fee)]
    billed = [fee for fee in fees if fee.kind not in _UNBILLED and not _metered(fee)]
    return any(_rhythm(fee, terms) != "once" for fee in billed)


def _over_term(fee: Fee, months: int | None) -> Money | None:
    price = number(fee.quantity or "1") * fee.amount.minor / fee.price_units
    if _metered(fee) or fee.kind in {*_UNBILLED, "minimum"} or (fee.per and not fee.quantity):
        return None
    if fee.frequency == "once" or fee.year is not None:
        return rounded(price, fee.amount.currency)
    each = _MONTHS.get(fee.frequency) if fee.frequency else None
    if months is None or each is None or months % each:
        return None
    return rounded(price * (months // each), fee.amount.currency)


def _span(terms: ContractTerms) -> _Span:
    starts = _value(terms, "starts_on", date) or _value(terms, "effective_on", date)
    ends = _value(terms, "ends_on", date)
    months = _value(terms, "term", int)
    if ends is None and starts is not None and months:
        ends = months_after(starts, months) - timedelta(days=1)
    return _Span(starts, ends)


def _lines(terms: ContractTerms, span: _Span) -> Iterator[DealLine]:
    fees = [t for t in terms.all("fee") if isinstance(t.normalized, Fee)]
    least = _least(terms)
    for position, term in enumerate(fees, 1):
        fee = term.normalized
        if isinstance(fee, Fee) and fee.kind not in _UNBILLED and term not in least:
            yield _line(f"fee-{position}", fee, terms, span)
    yield from _stages(terms)


def _line(source_id: str, fee: Fee, terms: ContractTerms, span: _Span) -> DealLine:
    often = _rhythm(fee, terms)
    own = _year_of(fee, span)
    return DealLine(
        source_id,
        fee.kind,
        "",
        fee.description,
        fee.quantity or "1",
        fee.amount,
        frequency=often,
        starts_on=own.starts_on,
        ends_on=own.ends_on if often != "once" else None,
        billed=_billed(fee, often, terms),
        revenue_type=_REVENUE.get(fee.kind, "one_off" if often == "once" else ""),
        priced_per=_PRICED.get(fee.frequency or ("year" if fee.year else "once"), "period"),
        price_units=fee.price_units,
        minimum=_floor(terms) if _metered(fee) else None,
    )


def _rhythm(fee: Fee, terms: ContractTerms) -> Frequency:
    if fee.frequency == "once":
        return "once"
    term = terms.one("billing_frequency")
    known: dict[object, Frequency] = {
        name: name for name in ("week", "month", "quarter", "half_year", "year")
    }
    said = known.get(term.normalized) if term else None
    if fee.frequency in {None, "month", "year"} and said:
        return said
    return fee.frequency or "year"


def _billed(fee: Fee, often: Frequency, terms: ContractTerms) -> Billed:
    if _metered(fee):
        return "usage"
    if often == "once":
        return "once"
    return "arrears" if _value(terms, "billing_timing", str) == "arrears" else "advance"


def _year_of(fee: Fee, span: _Span) -> _Span:
    """First and last day of the contract year a price holds in, else of the whole term."""
    if fee.year is None or span.starts_on is None:
        return span
    first = months_after(span.starts_on, 12 * (fee.year - 1))
    last = months_after(span.starts_on, 12 * fee.year) - timedelta(days=1)
    return _Span(first, min(last, span.ends_on) if span.ends_on else last)


def _stages(terms: ContractTerms) -> Iterator[DealLine]:
    """A line for each milestone, billed when somebody shows that it was reached."""
    stages = _milestones(terms)
    shares = _shares(stages, _value(terms, "total", Money))
    for position, stage in enumerate(stages, 1):
        amount = stage.amount or shares.get(position)
        if amount is None:
            continue
        name = stage.description[:120] or stage.gate
        yield DealLine(
            f"milestone-{position}",
            "milestone",
            "",
            stage.description,
            "1",
            amount,
            starts_on=stage.on,
            billed="milestone",
            revenue_type="service",
            milestones=(DealMilestone(name, amount, stage.on),) if stage.on else (),
        )


def _shares(stages: list[Milestone], total: Money | None) -> dict[int, Money]:
    """Percentages of the total in money; parts that make up the whole add up to it exactly."""
    percents = {n: number(s.percent) for n, s in enumerate(stages, 1) if s.percent}
    if total is None or not percents:
        return {}
    if sum(percents.values()) != 100:
        return {n: rounded(p * total.minor / 100, total.currency) for n, p in percents.items()}
    scale = lcm(*(p.denominator for p in percents.values()))
    return dict(
        zip(percents, total.split([int(p * scale) for p in percents.values()]), strict=True)
    )


def _payment(terms: ContractTerms) -> str:
    days, counted = _value(terms, "payment_days", int), _value(terms, "payment_from", str)
    if days is None:
        return ""
    return _COUNTED.get(counted or "", "Net {}").format(days)


def _memo(terms: ContractTerms) -> str:
    kind = _value(terms, "kind", str)
    if kind not in {"amendment", "renewal"}:
        return ""
    amended, on = _value(terms, "amends", str) or "", _value(terms, "amends_on", date)
    return f"{kind.capitalize()} of {amended}{f' of {on}' if on else ''}".strip()


def _value(terms: ContractTerms, name: TermName, kind: type[Value]) -> Value | None:
    term = terms.one(name)
    return term.normalized if term and isinstance(term.normalized, kind) else None
