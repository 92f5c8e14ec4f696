"""Which promises may be recorded by themselves, and why others may not."""

from __future__ import annotations

from domain.dunning.actions import RecordPromise
from domain.dunning.matter import Matter
from domain.dunning.reading import Intent, Promised, Reading
from domain.dunning.standing import PromiseStatus
from domain.ledger.money import Money, total

# Said beside a promise, these do not make it doubtful: all others may be its condition.
HARMLESS = frozenset({Intent.PROMISE_TO_PAY, Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS})


def parts_of(reading: Reading) -> tuple[Promised, ...]:
    """The dated parts of what is promised; empty when no single day is named."""
    if reading.promises:
        return reading.promises
    said = reading.promise
    if len(said.when) != 1:
        return ()
    return (Promised(said.when[0], said.amount, said.invoice_numbers),)


def records(matter: Matter) -> tuple[RecordPromise, ...]:
    """The promises as they would be recorded; `doubt` tells whether they may be."""
    quote = matter.quote(Intent.PROMISE_TO_PAY)
    return tuple(
        RecordPromise(part.when.dates[0], _invoices(matter, part), part.amount, quote)
        for part in parts_of(matter.reading)
        if part.when.dates
    )


def doubt(matter: Matter) -> str:
    """Why a promise may not be recorded by itself; empty when it may."""
    reading, parts = matter.reading, parts_of(matter.reading)
    names = reading.promise.invoice_numbers
    broken = [p for p in matter.standing.promises if p.status is PromiseStatus.BROKEN]
    checks = (
        (not matter.trusted, "promise from an unverified sender"),
        (bool(reading.kinds() - HARMLESS), "promise beside something else"),
        (not reading.certain, "the reader is not sure what is promised"),
        (not parts, "promise without one clear date"),
        (bool(reading.unknown_numbers), "promise names an unknown invoice"),
        (matter.named(names) is None, "promise names a closed invoice"),
        (not matter.collectable(), "promise while nothing is open"),
        (_overlap(matter, parts), "promise with several days for the same money"),
        (len(broken) > matter.policy.broken_promises_allowed - 1, "promise after two broken ones"),
    )
    for wrong, reason in checks:
        if wrong:
            return reason
    return next((reason for part in parts if (reason := _part(matter, part, len(parts)))), "")


def _overlap(matter: Matter, parts: tuple[Promised, ...]) -> bool:
    """Whether two parts without an amount are about the same invoice; the last may be the rest."""
    taken: set[int] = set()
    for part in parts:
        ids = set(_invoices(matter, part))
        if ids & taken:
            return True
        taken |= ids if part.amount is None else set()
    return False


def _part(matter: Matter, part: Promised, size: int) -> str:
    days = part.when.dates
    if len(days) != 1:
        return "promise without one clear date"
    if days[0] < matter.today:
        return "promised day is over already"
    if (days[0] - matter.today).days > matter.policy.longest_promise_days:
        return "promised date is too far away"
    if matter.named(part.invoice_numbers) is None:
        return "promise names a closed invoice"
    ids = _invoices(matter, part)
    if not _amount_fits(matter, part, ids, size):
        return "promised amount fits nothing"
    if any(_times(matter, i) >= matter.policy.promises_per_invoice for i in ids):
        return "promised too often already"
    return ""


def _invoices(matter: Matter, part: Promised) -> tuple[int, ...]:
    numbers = part.invoice_numbers or matter.reading.promise.invoice_numbers
    ids = matter.meant(numbers)
    same = tuple(i.id for i in matter.collectable() if i.id in ids and i.open == part.amount)
    return same if len(same) == 1 else ids


def _amount_fits(matter: Matter, part: Promised, ids: tuple[int, ...], size: int) -> bool:
    """No amount, the sum of the invoices, or the open balance of exactly one of them.

    Less is a part payment: right when it is one of several dated parts, or names its one invoice.
    """
    amount = part.amount
    if amount is None:
        return True
    opens = [i.open for i in matter.collectable() if i.id in ids]
    same = [m for m in opens if m.currency == amount.currency]
    if not same or amount.minor <= 0:
        return False
    whole = total(same, amount.currency)
    if same.count(amount) == 1 or amount == whole:
        return True
    return amount.minor < whole.minor and (size > 1 or _one_named(matter, part, amount))


def _one_named(matter: Matter, part: Promised, amount: Money) -> bool:
    named = matter.known(part.invoice_numbers or matter.reading.promise.invoice_numbers)
    opens = {i.id: i.open for i in matter.collectable()}
    return len(named) == 1 and amount.minor < opens[named[0]].minor


def _times(matter: Matter, invoice_id: int) -> int:
    return sum(p.covers(invoice_id) and bool(p.invoice_ids) for p in matter.standing.promises)
