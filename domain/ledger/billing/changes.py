"""A plan that is changed or cancelled after a part of it was billed: no day is billed twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from domain.ledger.billing.charges import Fixed, Usage, cut
from domain.ledger.billing.periods import Span, periods
from domain.ledger.billing.schedule import (
    BillingLine,
    Instalment,
    Standing,
    currency_of,
    numbered,
    schedule,
)
from domain.ledger.deal import rounded
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money, total


@dataclass(frozen=True, slots=True)
class Billed:
    """What an invoice of this line already bills; `amount` is net of what was credited since."""

    key: str
    amount: Money
    service: Span | None = None
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Replanned:
    """What remains to be billed under the new version; `left_out` instalments were billed before.

    A period billed in part is completed to its price. `difference` is what the new version is
    worth beyond billed and planned: periods billed whole at another price. A true-up that a
    person decides on bills it, nothing does so by itself.
    """

    instalments: tuple[Instalment, ...]
    left_out: int
    difference: Money


@dataclass(frozen=True, slots=True)
class OverBilled:
    """Nothing may be planned: billed and planned together exceed what the contract allows.

    `excess` has to be credited, or the contract amended, first.
    """

    allowed: Money
    billed: Money
    excess: Money


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What is still due after a cancellation, and what of the plan is dropped.

    `dropped_amounts` has one sum per currency, with what a running period in arrears lost.
    """

    kept: tuple[Instalment, ...]
    dropped: tuple[Instalment, ...]
    dropped_amounts: tuple[Money, ...]

    @property
    def dropped_count(self) -> int:
        return len(self.dropped)


def replan(
    line: BillingLine, billed: Iterable[Billed], allowed: Money | None = None
) -> Replanned | OverBilled:
    """The instalments of a version beside what it and earlier versions billed.

    `allowed` is the most the contract lets be billed for this line; without one it is what the
    version itself is worth (usage has no such end). Raises BrokenCharge, and InvalidAmount when
    what is billed changed without a new version.
    """
    done = tuple(billed)
    own = {b.key: b for b in done if b.key.startswith(f"{line.key}:v{line.version}:")}
    earlier = tuple(b for b in done if b.key not in own)
    natural, currency = schedule(line), currency_of(line.charge)
    worth = total((i.amount for i in natural), currency)
    was = total((b.amount for b in earlier), currency)
    most = worth if allowed is None and not isinstance(line.charge, Usage) else allowed
    left = _unbilled(line, natural, earlier, was)
    planned = total((i.amount for i in left), currency)
    if most is not None and was + planned > most:
        excess = was + planned - most
        if excess.minor > len(natural) + len(earlier) or not _absorbs(left, excess):
            return OverBilled(most, was, excess)
        left = (*left[:-1], replace(left[-1], amount=left[-1].amount - excess))
    rest = _without(numbered(line, left), own)
    everything = total((b.amount for b in done), currency)
    planned = total((i.amount for i in rest), currency)
    if most is not None and everything + planned > most:
        return OverBilled(most, everything, everything + planned - most)
    return Replanned(rest, _left_out(natural, earlier), worth - everything - planned)


def over_contract(
    value: Money, billed: Iterable[Money], planned: Iterable[Money]
) -> OverBilled | None:
    """Whether all lines together bill more than the contract is worth (DEA-002)."""
    was = total(billed, value.currency)
    together = was + total(planned, value.currency)
    return OverBilled(value, was, together - value) if together > value else None


def cancel(instalments: Iterable[Instalment], on: date) -> Cancelled:
    """End the plan with the day `on`: what is due by then is kept, the rest dropped.

    In advance that is what was to be billed by `on`; in arrears also the days served by then
    (the running period by days). What waits for evidence is dropped.
    """
    kept: list[Instalment] = []
    dropped: list[Instalment] = []
    lost: dict[str, Money] = {}
    for instalment in instalments:
        due = _due_part(instalment, on)
        code = instalment.amount.currency
        gone = instalment.amount - due.amount if due else instalment.amount
        lost[code] = lost.get(code, Money.zero(code)) + gone
        if due is None:
            dropped.append(instalment)
        else:
            kept.append(due)
    return Cancelled(tuple(kept), tuple(dropped), tuple(lost[code] for code in sorted(lost)))


def _unbilled(
    line: BillingLine, natural: tuple[Instalment, ...], done: tuple[Billed, ...], was: Money
) -> tuple[Instalment, ...]:
    """The natural instalments without the days and slots that were billed, by date."""
    left = tuple(part for i in natural for part in _rest(i, done))
    if not isinstance(line.charge, Fixed) or not left:
        return left
    remaining = line.charge.amount - was
    if remaining.minor * line.charge.amount.minor <= 0:
        return ()
    amounts = cut(remaining, _weights(line.charge, left))
    return tuple(replace(part, amount=a) for part, a in zip(left, amounts, strict=True))


def _weights(charge: Fixed, left: tuple[Instalment, ...]) -> tuple[Fraction, ...]:
    """Billed days of each part over the days of the billing period that holds them."""
    whole = periods(charge.service, charge.every, charge.anchor_on)
    return tuple(
        Fraction(part.service.days, period.whole.days)
        for part in left
        for period in whole
        if part.service and period.whole.common(part.service)
    )


def _rest(instalment: Instalment, done: tuple[Billed, ...]) -> tuple[Instalment, ...]:
    """What of the instalment was not billed: all, nothing, or the free days at what is missing."""
    service = instalment.service
    if service is None:
        return () if any(b.slot == instalment.slot for b in done) else (instalment,)
    free = service.without(b.service for b in done if b.service)
    if free == (service,):
        return (instalment,)
    if not free:
        return ()
    missing = instalment.amount - _already(service, instalment.amount.currency, done)
    if missing.minor * instalment.amount.minor < 0:
        missing = Money.zero(missing.currency)
    amounts = cut(missing, tuple(Fraction(span.days) for span in free))
    return tuple(
        replace(instalment, service=span, amount=amount, bill_on=_moved(instalment, service, span))
        for span, amount in zip(free, amounts, strict=True)
    )


def _moved(instalment: Instalment, service: Span, span: Span) -> date:
    if instalment.timing == "arrears":
        return instalment.bill_on - (service.ends_on - span.ends_on)
    return instalment.bill_on + (span.starts_on - service.starts_on)


def _already(service: Span, currency: str, done: tuple[Billed, ...]) -> Money:
    """What was billed for days of `service`: of each earlier bill its share by days."""
    amount = Money.zero(currency)
    for billed in done:
        shared = billed.service and billed.service.common(service)
        if billed.service and shared:
            share = Fraction(shared.days, billed.service.days)
            amount += rounded(share * billed.amount.minor, billed.amount.currency)
    return amount


def _without(planned: tuple[Instalment, ...], own: Mapping[str, Billed]) -> tuple[Instalment, ...]:
    """The plan of a version without what it billed. Raises InvalidAmount for another plan."""
    known = {i.key: i for i in planned}
    for key, billed in own.items():
        at = known.get(key)
        if at is None or (at.service, at.slot) != (billed.service, billed.slot):
            raise InvalidAmount(f"{key} was billed for something else")
    return tuple(i for i in planned if i.key not in own)


def _left_out(natural: tuple[Instalment, ...], done: tuple[Billed, ...]) -> int:
    return sum(not _rest(instalment, done) for instalment in natural)


def _absorbs(left: tuple[Instalment, ...], excess: Money) -> bool:
    return bool(left) and left[-1].amount >= excess


def _due_part(instalment: Instalment, on: date) -> Instalment | None:
    service = instalment.service
    if instalment.standing is Standing.WAITS_FOR_EVIDENCE:
        return None
    if instalment.bill_on <= on:
        return instalment
    if instalment.timing != "arrears" or service is None or service.starts_on > on:
        return None
    if service.ends_on <= on:
        return instalment
    served = Span(service.starts_on, on)
    share = Fraction(served.days, service.days)
    amount = rounded(share * instalment.amount.minor, instalment.amount.currency)
    return replace(instalment, service=served, amount=amount, bill_on=on + timedelta(days=1))
