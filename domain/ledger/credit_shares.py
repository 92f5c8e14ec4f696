"""How a credit of an amount falls on the lines of an invoice, and how tax comes back with it.

The tax of a credit is in proportion to the net amounts credited so far; the last credit takes
what is left, so that tax credited is never more or less than tax billed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import expected_tax
from domain.ledger.credits import CreditableInvoice, CreditableLine, CreditLine
from domain.ledger.deal import rounded
from domain.ledger.money import Money, total

_NEAR = 3


def line_taxes(tax: Money, nets: Sequence[Money]) -> tuple[Money, ...]:
    """An invoice's tax by line, in proportion; what rounding leaves goes to the largest line."""
    whole = sum(net.minor for net in nets)
    if not whole:
        return tuple(Money.zero(tax.currency) for _ in nets)
    shares = [rounded(Fraction(tax.minor * net.minor, whole), tax.currency) for net in nets]
    largest = max(range(len(nets)), key=lambda n: (abs(nets[n].minor), -n))
    shares[largest] += tax - total(shares, tax.currency)
    return tuple(shares)


def tax_with(invoice: CreditableInvoice, net: Money) -> Money:
    """The tax that comes back with `net` more of the invoice."""
    billed = sum(line.amount.minor for line in invoice.lines)
    tax = sum(line.tax.minor for line in invoice.lines)
    before = sum(line.credited.minor for line in invoice.lines)
    had = sum(line.tax_credited.minor for line in invoice.lines)
    if not billed:
        return Money.zero(net.currency)
    share = rounded(Fraction(tax * (before + net.minor), billed), net.currency)
    return Money(max(0, min(share.minor, tax) - had), net.currency)


def of_lines(
    invoice: CreditableInvoice,
    nets: Mapping[str, Money],
    service: Mapping[str, Span] | None = None,
) -> tuple[CreditLine, ...]:
    """Credited lines of these net amounts with their tax, in the order of the invoice."""
    known = {line.id: line for line in invoice.lines}
    currency = invoice.ledger.currency
    tax = tax_with(invoice, total(nets.values(), currency))
    shares = {key: _own_tax(known.get(key), net) for key, net in nets.items()}
    rest = tax - total(shares.values(), currency)
    if rest and shares:
        takes = max(nets, key=lambda key: (not _ends(known.get(key), nets[key]), nets[key].minor))
        shares[takes] += rest
    order = [line.id for line in invoice.lines if line.id in nets]
    days = service or {}
    ids = [*order, *(key for key in nets if key not in known)]
    return tuple(CreditLine(key, nets[key], shares[key], days.get(key)) for key in ids)


def of_gross(
    invoice: CreditableInvoice, gross: Money, service: Mapping[str, Span] | None = None
) -> tuple[CreditLine, ...] | None:
    """Credited lines that add up to `gross`, tax included, in proportion to what is left of each.

    None where no net amount has exactly this gross amount with its tax.
    """
    net = net_of(invoice, gross)
    open_lines = [line for line in invoice.lines if line.remaining.minor > 0]
    if net is None or not open_lines:
        return None
    parts = net.split([line.remaining.minor for line in open_lines])
    if net == total((line.remaining for line in invoice.lines), net.currency):
        open_lines = [line for line in invoice.lines if line.remaining]
        parts = tuple(line.remaining for line in open_lines)
    nets = {line.id: part for line, part in zip(open_lines, parts, strict=True) if part}
    return of_lines(invoice, nets, service)


def net_of(invoice: CreditableInvoice, gross: Money) -> Money | None:
    """The net amount whose tax makes it `gross`, if there is one."""
    net = total((line.remaining for line in invoice.lines), gross.currency)
    tax = sum(line.tax.minor - line.tax_credited.minor for line in invoice.lines)
    whole = net.minor + tax
    if not whole:
        return None
    guess = rounded(Fraction(gross.minor * net.minor, whole), gross.currency)
    for step in sorted(range(-_NEAR, _NEAR + 1), key=abs):
        found = guess + Money(step, gross.currency)
        if found.minor > 0 and found + tax_with(invoice, found) == gross:
            return found
    return None


def nearest_gross(invoice: CreditableInvoice, gross: Money) -> Money:
    """The largest amount below `gross` that is a net amount with its tax."""
    for less in range(1, 2 * _NEAR):
        lower = gross - Money(less, gross.currency)
        if lower.minor > 0 and net_of(invoice, lower) is not None:
            return lower
    return Money.zero(gross.currency)


def undelivered(net: Money, service: Span | None, on: date) -> Money:
    """What of a line was not delivered by the end of a day, by its days; nothing without dates."""
    if service is None or on >= service.ends_on:
        return Money.zero(net.currency)
    left = (service.ends_on - max(on, service.starts_on)).days
    if on < service.starts_on:
        left = service.days
    return rounded(Fraction(net.minor * left, service.days), net.currency)


def _own_tax(line: CreditableLine | None, net: Money) -> Money:
    return Money.zero(net.currency) if line is None else expected_tax(line, net)


def _ends(line: CreditableLine | None, net: Money) -> bool:
    return line is not None and line.remaining == net
