"""Gates about what is left: of the money, and of the invoices."""

from __future__ import annotations

from collections.abc import Iterator

from domain.ledger.money import Money
from domain.matching.adjustments import Adjustment, Share
from domain.matching.book import Book, roundness
from domain.matching.decision import MatchClass
from domain.matching.item import Item
from domain.matching.numbers import folded, one_edit
from domain.matching.receipt import Channel
from domain.matching.strangers import known_without_the_number
from domain.matching.weighed import Bench

_IN_PART = frozenset({MatchClass.REFERENCE_PARTIAL, MatchClass.OBJECT_LINK})
_FOR_A_PART = 23_000
_LEAST_PART = 5
_TINY_PART = 20
_ALIKE_PERCENT = 15
_SHORT_OF_TEN = 10
_FEE_PERCENT = 3
_DIGITS = "0123456789"
_BY_WIRE = frozenset({Channel.WIRE, Channel.STRIPE_TRANSFER})


def residuals(bench: Bench) -> Iterator[str]:
    """What speaks against the rest being nothing, or being what it is taken for."""
    best, fit = bench.best, bench.best.hypothesis.fit
    if fit.unapplied:
        yield f"{Money(fit.unapplied, bench.case.currency)} would stay unapplied"
    part = Adjustment.PARTIAL in fit.by and best.klass is not MatchClass.RULE
    if part and (best.klass not in _IN_PART or len(fit.invoices) != 1):
        yield "it pays a part only"
    if Adjustment.CREDIT in fit.by and not _telling(bench):
        numbers = ", ".join(share.item.number for share in fit.credits)
        yield f"nobody mentions {numbers}, and the difference could be anything"
    if Adjustment.WRITE_OFF in fit.by and best.klass is MatchClass.AMOUNT:
        yield "a rest is written off only where the invoice is named"
    if Adjustment.WITHHELD in fit.by and best.klass is not MatchClass.RULE:
        yield "nobody tells that tax was withheld"
    if Adjustment.FEE in fit.by and best.klass is not MatchClass.RULE:
        yield from _doubtful_fee(bench)
    for share in fit.invoices:
        yield from _sent_twice(bench, share)
        if best.klass is MatchClass.REMITTANCE and _leaves_open(share):
            yield from _slip_of_the_pen(bench, share.item)


def _telling(bench: Bench) -> bool:
    """Whether a credit that nobody mentions explains a difference no other thing would."""
    taken = Money(sum(s.amount for s in bench.best.hypothesis.fit.credits), bench.case.currency)
    named = bench.best.klass is MatchClass.REFERENCE_ADJUSTED
    return named and len(bench.best.hypothesis.fit.credits) == 1 and roundness(taken) == 1


def _doubtful_fee(bench: Bench) -> Iterator[str]:
    """Banks take fees from wires; what is much of an invoice may as well be left unpaid."""
    fit = bench.best.hypothesis.fit
    if bench.case.receipt.channel not in _BY_WIRE:
        yield "no bank takes a fee from such a payment"
    due = sum(share.amount for share in fit.invoices)
    if fit.fee * 100 > _FEE_PERCENT * due:
        yield f"{Money(fit.fee, bench.case.currency)} is much for a fee on so little"
    elif _like_a_discount(fit.fee, [share.item for share in fit.invoices]):
        yield f"{Money(fit.fee, bench.case.currency)} may be a discount that was not earned"


def _like_a_discount(missing: int, items: list[Item]) -> bool:
    """Whether it is a discount that was offered, or half a percent of a claim or a few halves."""
    offered = [item.discount.amount.minor for item in items if item.discount is not None]
    claims = [item.open.minor for item in items]
    if missing in (*offered, sum(offered)):
        return True
    return any(
        missing * 200 == halves * claim
        for claim in {*claims, sum(claims)}
        for halves in range(1, 2 * _FEE_PERCENT + 1)
    )


def _sent_twice(bench: Bench, share: Share) -> Iterator[str]:
    """Parts were paid before, one of the same amount, or cents would have to be written off."""
    item = share.item
    settled = share.amount + share.discount + share.writeoff + share.withheld
    before = item.total.minor - item.open.minor
    again = before in (share.amount, bench.case.received) and settled < item.open.minor
    if before and (again or share.writeoff):
        told = Money(before, bench.case.currency)
        yield f"{told} was paid on {item.number} before: sent twice?"


def doubts_of_a_part(bench: Bench) -> Iterator[str]:
    """Why a part of the one invoice named may be meant for something else."""
    case, share = bench.case, bench.best.hypothesis.fit.invoices[0]
    if len(case.named.items) > 1 or not bench.used or bench.used[0].millibits < _FOR_A_PART:
        yield "the number could be any number, and only a part of it came"
        return
    missing = share.item.open.minor - share.amount
    if missing * _SHORT_OF_TEN <= share.item.open.minor:
        short = Money(missing, case.currency)
        yield f"{short} short: a fee, a discount or a deduction that nobody explained"
    if share.amount * _TINY_PART < share.item.open.minor:
        yield "it is next to nothing of what is open"
    if not _checks_itself(case.book, folded(bench.used[0].token)):
        yield from _unlikely_part(bench, share)
        yield from _slip_of_the_pen(bench, share.item)
    if not known_without_the_number(bench.case):
        yield "only the number tells who paid, and it is not the whole amount"
    if any(weighed.exact for weighed in bench.others):
        yield "the amount fits other invoices exactly"


def _checks_itself(book: Book, token: str) -> bool:
    """Whether no slip in one character of this number gives another one we know."""
    for at, old in enumerate(token):
        if at and token[at - 1] != old:
            swapped = token[: at - 1] + old + token[at - 1] + token[at + 1 :]
            if book.numbers.keys(swapped):
                return False
        if old.isdecimal():
            others = (token[:at] + new + token[at + 1 :] for new in _DIGITS if new != old)
            if any(book.numbers.keys(other) for other in others):
                return False
    return True


def _unlikely_part(bench: Bench, share: Share) -> Iterator[str]:
    """What a wrong number among many close ones looks like."""
    if share.amount * _LEAST_PART < share.item.open.minor:
        yield "it is a small part of it only"
    for item in bench.open_items:
        if item.id != share.item.id and _near(bench.case.received, item):
            yield f"the amount is closer to {item.number}"


def _leaves_open(share: Share) -> bool:
    """Whether the payer leaves something of it unpaid without a word."""
    told = share.amount + share.discount + share.deduction
    return told + share.writeoff + share.withheld < share.item.open.minor


def _slip_of_the_pen(bench: Bench, item: Item) -> Iterator[str]:
    """Only the whole amount tells a number from its neighbours."""
    token = folded(item.number)
    for other in bench.open_items:
        if other.id != item.id and one_edit(token, folded(other.number)):
            yield f"{item.number} is one slip of the pen from {other.number}"


def _near(received: int, item: Item) -> bool:
    return abs(item.open.minor - received) * 100 <= _ALIKE_PERCENT * item.open.minor
