"""Lines of one invoice that are priced apart: their whole price by stand-alone price.

A line that is allocated less than it was billed gives the rest to those that are allocated more,
as promises of theirs on its own deferred account. So the promises of a line add up to what it was
billed, and deferred accounts to what the ERP posted. Sources: ASC 606-10-32-28 to 32-41.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.allocation import HeldAllocation, Priced, Share, allocate
from domain.revenue.plan import Method, Terms
from domain.revenue.reading import BilledLine, KnownItem, Read, read_line
from domain.revenue.rounding import rounded
from domain.revenue.settings import RevenueSettings


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A billed line with its number on the invoice; a price is of one unit of `quantity`."""

    number: int
    billed: BilledLine
    quantity: Fraction | None


@dataclass(slots=True)
class _Member:
    sold: SoldLine
    read: Read
    weight: Fraction | None
    residual: bool

    @property
    def key(self) -> str:
        return self.read.obligation.obligation_id

    @property
    def tail(self) -> str:
        return f"{self.sold.number}{self.key.removeprefix(self.sold.billed.key)}"


Reads = dict[int, tuple[Read, ...]]


def line_served(obligation_id: str) -> int:
    """The number of the line that a part is for; 0 for what is no part."""
    _, of, tail = obligation_id.rpartition("~")
    return int(tail.partition(":")[0]) if of else 0


def read_lines(
    lines: Sequence[SoldLine],
    items: dict[str, KnownItem],
    settings: RevenueSettings,
    *,
    together: bool,
) -> Reads:
    """The promises of each line, by its number; each at its own price unless all are priced.

    Usage billed as it was used is left out. A residual that is no price holds all lines of it.
    """
    ordered = sorted(lines, key=lambda one: one.number)
    found = {one.number: read_line(one.billed, items, settings) for one in ordered}
    if not together:
        return found
    members = [
        _member(one, read, items, settings)
        for one in ordered
        for read in found[one.number]
        if read.obligation.terms.method is not Method.USAGE_AS_BILLED
    ]
    if not _shareable(members):
        return found
    priced = [
        Priced(one.key, one.read.obligation.amount, one.weight, residual=one.residual)
        for one in members
    ]
    shares = allocate(priced)
    changed = (
        [_waiting(one, shares) for one in members]
        if isinstance(shares, HeldAllocation)
        else list(_shared(members, shares.shares))
    )
    return {number: _with(reads, number, changed) for number, reads in found.items()}


def _member(
    sold: SoldLine, read: Read, items: dict[str, KnownItem], settings: RevenueSettings
) -> _Member:
    item = items.get(read.item_netsuite_id)
    rule = settings.rule_of(read.item_netsuite_id, item.name if item else "")
    known = sold.quantity is not None and read.stand_alone is not None
    price = read.stand_alone.minor if read.stand_alone else 0
    weight = price * (sold.quantity or Fraction(0)) if known else None
    return _Member(sold, read, weight, bool(rule and rule.residual))


def _shareable(members: Sequence[_Member]) -> bool:
    """Two lines or more, none held or below nothing, each with a price or for the residual."""
    return len({one.sold.number for one in members}) > 1 and all(
        one.read.hold is None
        and one.read.obligation.amount.minor > 0
        and (one.residual or one.weight)
        for one in members
    )


def _waiting(member: _Member, held: HeldAllocation) -> tuple[int, Read]:
    made = member.read.obligation
    terms = Terms(Method.MANUAL, made.terms.starts_on, made.terms.ends_on)
    reason = f"its price is not allocated: {held.because}"
    read = replace(
        member.read, obligation=replace(made, terms=terms), hold="no_price", reason=reason
    )
    return member.sold.number, read


@dataclass(slots=True)
class _Wanting:
    """A promise that is allocated more than its line was billed, and what is still to come."""

    member: _Member
    share: Share
    left: int


def _shared(members: Sequence[_Member], shares: Sequence[Share]) -> Iterator[tuple[int, Read]]:
    """Every promise with what stays of it, and behind it its parts that are for other lines."""
    both = list(zip(members, shares, strict=True))
    wanting = [
        _Wanting(one, share, share.amount.minor - one.read.obligation.amount.minor)
        for one, share in both
        if share.amount > one.read.obligation.amount
    ]
    for member, share in both:
        given = max(member.read.obligation.amount.minor - share.amount.minor, 0)
        yield member.sold.number, _kept(member, share, given)
        while given:
            part = min(given, wanting[0].left)
            yield member.sold.number, _part(member, wanting[0], part)
            given, wanting[0].left = given - part, wanting[0].left - part
            if not wanting[0].left:
                wanting.pop(0)


def _kept(member: _Member, share: Share, given: int) -> Read:
    made = member.read.obligation
    amount = Money(made.amount.minor - given, made.amount.currency)
    return replace(
        member.read,
        obligation=replace(made, amount=amount),
        stand_alone=_weight(member),
        because=f"allocated {share.amount} of the invoice: {share.because}",
    )


def _part(giver: _Member, wanting: _Wanting, minor: int) -> Read:
    taker, made = wanting.member, wanting.member.read.obligation
    amount = Money(minor, made.amount.currency)
    part = replace(
        made,
        obligation_id=f"{giver.key}~{taker.tail}",
        deferred_account=giver.read.obligation.deferred_account,
        amount=amount,
    )
    told = f"{amount} of line {giver.sold.number} is for line {taker.sold.number}"
    because = f"{told}, allocated {wanting.share.amount}: {wanting.share.because}"
    read = replace(taker.read, obligation=part, stand_alone=None, because=because)
    at_once = made.terms.method is Method.POINT_IN_TIME
    return read if at_once or _defers(giver) else _undeferred(read, giver.sold.number)


def _defers(member: _Member) -> bool:
    made = member.read.obligation
    return made.deferred_account != made.revenue_account


def _undeferred(read: Read, number: int) -> Read:
    """What went to revenue when it was billed cannot wait for the service of another line."""
    made = read.obligation
    terms = replace(made.terms, method=Method.MANUAL, steps=())
    reason = f"the item of line {number} has no deferred revenue account to hold it"
    return replace(read, obligation=replace(made, terms=terms), hold="no_deferral", reason=reason)


def _weight(member: _Member) -> Money | None:
    if member.weight is None:
        return member.read.stand_alone
    return Money(rounded(member.weight), member.read.obligation.amount.currency)


def _with(
    reads: Sequence[Read], number: int, changed: Sequence[tuple[int, Read]]
) -> tuple[Read, ...]:
    """The promises of a line: those of the allocation in the place of its own."""
    mine = [read for line, read in changed if line == number]
    own = {read.obligation.obligation_id for read in mine}
    apart = [read for read in reads if read.obligation.obligation_id not in own]
    return (*(replace(read, because="usage keeps its own price") for read in apart), *mine)
