"""What may stand between the money and the invoices: earned discounts, credits, fees, taxes.

Everything here is in minor units of the receipt's currency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from domain.ledger.money import Money
from domain.matching.item import Item
from domain.matching.receipt import Receipt
from domain.matching.settings import MatchSettings

MOST_CREDITS = 2
_MOST_CREDITS_TRIED = 40


class Adjustment(StrEnum):
    """Why the money is not simply the sum of the open balances."""

    DISCOUNT = "discount"
    CREDIT = "credit"
    NAMED_CREDIT = "named_credit"
    FEE = "fee"
    TOLD_FEE = "told_fee"
    WITHHELD = "withheld"
    WRITE_OFF = "write_off"
    DEDUCTION = "deduction"
    PARTIAL = "partial"
    UNAPPLIED = "unapplied"


@dataclass(frozen=True, slots=True)
class Share:
    """What of an item is settled; see decision.Line."""

    item: Item
    amount: int
    discount: int = 0
    writeoff: int = 0
    withheld: int = 0
    deduction: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """One way for the money to add up: receipt + fee + credits = shares + unapplied."""

    invoices: tuple[Share, ...]
    credits: tuple[Share, ...] = ()
    fee: int = 0
    unapplied: int = 0
    by: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the seller and the source of one receipt allow."""

    currency: str
    on: date
    grace: timedelta
    fees: tuple[tuple[int, Adjustment], ...]
    withholding: tuple[int, ...]
    write_off: int | None
    write_off_percent: int

    def discount(self, item: Item) -> int:
        """What may be taken off this invoice for being early; 0 when it came too late."""
        offer = item.discount
        if offer is None or offer.amount.currency != self.currency:
            return 0
        early = self.on <= offer.until + self.grace
        return offer.amount.minor if early and 0 < offer.amount.minor < item.open.minor else 0

    def tolerates(self, missing: int, claimed: int) -> bool:
        """Whether so small a rest of what is claimed is written off. Both limits hold."""
        if missing <= 0 or (self.write_off is None and not self.write_off_percent):
            return False
        if self.write_off is not None and missing > self.write_off:
            return False
        percent = self.write_off_percent
        return not percent or missing * 10_000 <= claimed * percent


def terms_of(receipt: Receipt, settings: MatchSettings, today: date) -> Terms:
    """The terms for one receipt; amounts of other currencies say nothing about it."""
    currency = receipt.amount.currency
    limits = [m.minor for m in settings.write_off if m.currency == currency]
    return Terms(
        currency,
        today,
        timedelta(days=settings.discount_grace_days),
        _fees(receipt, settings),
        settings.withholding,
        min(limits) if limits else (None if settings.write_off_percent else 0),
        settings.write_off_percent,
    )


def _fees(receipt: Receipt, settings: MatchSettings) -> tuple[tuple[int, Adjustment], ...]:
    """Fees that the source tells, then those the seller lists."""
    currency = receipt.amount.currency
    told = [m.minor for m in (receipt.fee,) if m is not None and m.currency == currency]
    sent = receipt.instructed
    if sent is not None and sent.currency == currency:
        told.append(sent.minor - receipt.amount.minor)
    known = dict.fromkeys((fee for fee in told if fee > 0), Adjustment.TOLD_FEE)
    listed = sorted(m.minor for m in settings.fees if m.currency == currency and m.minor > 0)
    return tuple((known | {f: known.get(f, Adjustment.FEE) for f in listed}).items())


def fits(
    invoices: Sequence[Item],
    received: int,
    terms: Terms,
    reductions: Sequence[Item] = (),
    *,
    tolerant: bool = False,
) -> tuple[Fit, ...]:
    """Every way in which `received` pays exactly these invoices, plainest first.

    `tolerant` allows the configured write-off; only for invoices that somebody named, never for
    a set that was searched for. It is tried when nothing else adds up.
    """
    found: list[Fit] = []
    for shares, by in _discounted(invoices, terms):
        due = sum(share.amount for share in shares)
        if due == received:
            found.append(Fit(shares, by=by))
            continue
        found.extend(_with_fee(shares, by, due - received, terms))
        found.extend(_with_withholding(shares, by, received, terms))
        found.extend(_with_credits(shares, by, due - received, reductions))
    if not found and tolerant:
        found.extend(_written_off(invoices, received, terms))
    return tuple(found)


def _discounted(
    invoices: Sequence[Item], terms: Terms
) -> Iterator[tuple[tuple[Share, ...], tuple[Adjustment, ...]]]:
    """The full balances, and the balances after every discount that is earned."""
    yield tuple(Share(item, item.open.minor) for item in invoices), ()
    offers = [(item, terms.discount(item)) for item in invoices]
    if any(offer for _, offer in offers):
        shares = (Share(i, i.open.minor - offer, discount=offer) for i, offer in offers)
        yield tuple(shares), (Adjustment.DISCOUNT,)


def _with_fee(
    shares: tuple[Share, ...], by: tuple[Adjustment, ...], missing: int, terms: Terms
) -> Iterator[Fit]:
    for fee, told in terms.fees:
        if fee == missing:
            yield Fit(shares, fee=fee, by=(*by, told))


def _with_withholding(
    shares: tuple[Share, ...], by: tuple[Adjustment, ...], received: int, terms: Terms
) -> Iterator[Fit]:
    due = sum(share.amount for share in shares)
    for rate in terms.withholding:
        if not 0 < rate < 10_000 or not shares:
            continue
        each = [_part(share.amount, rate) for share in shares]
        if due - sum(each) != received:
            if due - _part(due, rate) != received:
                continue
            whole = Money(_part(due, rate), terms.currency)
            each = [m.minor for m in whole.split([share.amount for share in shares])]
        taxed = (
            replace(s, amount=s.amount - w, withheld=w) for s, w in zip(shares, each, strict=True)
        )
        yield Fit(tuple(taxed), by=(*by, Adjustment.WITHHELD))


def _part(amount: int, basis_points: int) -> int:
    """So many hundredths of a percent of it, half a minor unit rounded up."""
    return (amount * basis_points + 5_000) // 10_000


def _with_credits(
    shares: tuple[Share, ...], by: tuple[Adjustment, ...], missing: int, reductions: Sequence[Item]
) -> Iterator[Fit]:
    for chosen in credit_sets(reductions, missing):
        taken = tuple(Share(credit, credit.open.minor) for credit in chosen)
        yield Fit(shares, credits=taken, by=(*by, Adjustment.CREDIT))


def credit_sets(reductions: Sequence[Item], missing: int) -> Iterator[tuple[Item, ...]]:
    """Up to two credits that make up exactly what is missing."""
    usable = [c for c in reductions if 0 < c.open.minor <= missing][:_MOST_CREDITS_TRIED]
    for size in range(1, MOST_CREDITS + 1):
        for chosen in combinations(usable, size):
            if sum(credit.open.minor for credit in chosen) == missing:
                yield chosen


def _written_off(invoices: Sequence[Item], received: int, terms: Terms) -> Iterator[Fit]:
    """What is missing is written off on the invoice due last."""
    for shares, by in _discounted(invoices, terms):
        due = sum(share.amount for share in shares)
        missing = due - received
        last = shares[-1] if shares else None
        if last is not None and missing < last.amount and terms.tolerates(missing, due):
            short = replace(last, amount=last.amount - missing, writeoff=missing)
            yield Fit((*shares[:-1], short), by=(*by, Adjustment.WRITE_OFF))
            return


def spread(invoices: Sequence[Item], received: int) -> Fit:
    """The money over these invoices in their order, never more than is open on each."""
    left = received
    shares: list[Share] = []
    for item in invoices:
        amount = min(left, item.open.minor)
        if amount > 0:
            shares.append(Share(item, amount))
            left -= amount
    by = [Adjustment.PARTIAL] if any(s.amount < s.item.open.minor for s in shares) else []
    by += [Adjustment.UNAPPLIED] if left else []
    return Fit(tuple(shares), unapplied=left, by=tuple(by))
