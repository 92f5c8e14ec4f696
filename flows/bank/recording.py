"""Movements of a file that was read: each kept once, and a receipt where it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.bank.already import already_known
from flows.bank.deposits import enrich, pay_in_parts, settle, tell_difference
from flows.bank.pairing import line_for, nearly, pair_for
from flows.bank.returns import money_back
from flows.bank.rows import EARLIEST, LATEST, line_row, role_of
from flows.desk import Desk
from flows.receipts import Known, NotReceipt, Recorded, record_all
from sources.arrived import Arrived
from store import bank
from store import bank_batches as batches
from store.bank import STATEMENT, BankLineRow
from store.engine import Session

Deposits = Sequence[tuple[Arrived, Sequence[Arrived]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The file that is being recorded."""

    file_id: int
    form: str
    now: datetime
    desk: Desk


async def record_movements(
    session: Session, reading: Reading, movements: Sequence[Arrived]
) -> None:
    """Keep movements that stand alone. Harmless to repeat.

    Those of statements that nothing else may be are recorded together; before one that takes
    back what may be among them, those so far are.
    """
    told = [line_row(one, reading.file_id, reading.form, role_of(one)) for one in movements]
    kept = zip(await batches.add_lines(session, told), movements, strict=True)
    fresh = [(row, one) for row, one in kept if row is not None]
    lines = [row for row, one in fresh if one.source == STATEMENT]
    known = await batches.may_be_known(session, [row.id for row in lines])
    waiting = await _waiting(session, lines)
    plain: list[tuple[BankLineRow, Arrived]] = []
    for row, one in fresh:
        if one.source == STATEMENT and not one.returns and row.id not in known:
            if not await _paired(session, reading, row, waiting):
                plain.append((row, one))
            continue
        await _receipts(session, reading, plain)
        plain.clear()
        if one.source == STATEMENT:
            await _on_statement(session, reading, row, one, waiting)
        else:
            await _detail(session, reading, row, one)
    await _receipts(session, reading, plain)


async def _waiting(session: Session, lines: Sequence[BankLineRow]) -> list[BankLineRow]:
    """What these lines of statements may be: told in detail, and on no line yet."""
    days = [row.booked_on for row in lines]
    if not days:
        return []
    return await batches.unsettled(session, lines, min(days) - LATEST, max(days) + EARLIEST)


async def record_deposits(session: Session, reading: Reading, deposits: Deposits) -> None:
    """Keep the deposits of one account and day with their parts. Harmless to repeat.

    The parts are the receipts; a deposit is none.
    """
    fresh: list[tuple[BankLineRow, Sequence[Arrived]]] = []
    rows = [
        line_row(one, reading.file_id, reading.form, "line" if _whole(one) else "deposit")
        for one, _ in deposits
    ]
    kept = await batches.add_lines(session, rows)
    for row, (whole, parts) in zip(kept, deposits, strict=True):
        if row is None:
            await _told_before(session, reading, whole, parts)
        elif _whole(whole):
            await _whole_line(session, reading, row, parts)
        else:
            fresh.append((row, parts))
    await _told_deposits(session, reading, fresh)


def _whole(one: Arrived) -> bool:
    return one.source == STATEMENT


async def _told_before(
    session: Session, reading: Reading, whole: Arrived, parts: Sequence[Arrived]
) -> None:
    """A line that another file told whole; its parts may be new."""
    row = await bank.line_named(session, whole.source, whole.source_id)
    if row is None or row.source != STATEMENT or row.outcome not in ("receipt", "not_a_receipt"):
        return
    if not await bank.parts_of(session, [row.id]):
        await enrich(session, reading.now, row, await _parts(session, reading, row, parts))


async def _on_statement(
    session: Session,
    reading: Reading,
    row: BankLineRow,
    one: Arrived,
    waiting: Sequence[BankLineRow],
) -> None:
    """A statement's line is known already in another form, or is a receipt itself."""
    if await already_known(session, row, reading.now):
        return
    if await _paired(session, reading, row, waiting):
        return
    if one.returns:
        await money_back(session, reading.desk, row, reading.now, one.fee)
    else:
        await _receipts(session, reading, [(row, one)])


async def _paired(
    session: Session, reading: Reading, row: BankLineRow, waiting: Sequence[BankLineRow]
) -> bool:
    """Whether what was told in detail arrived on this line; then it is settled."""
    pair = pair_for(row, [one for one in waiting if one.settled_by_id is None])
    if pair is None:
        return False
    await settle(session, row, pair.told, pair.difference)
    await tell_difference(session, row, reading.now)
    return True


async def _receipts(
    session: Session, reading: Reading, told: Sequence[tuple[BankLineRow, Arrived]]
) -> None:
    """Record them as receipts, and what became of that."""
    for row, one in told:
        if one.amount.minor <= 0:
            row.state, row.outcome, row.reason = "aside", "outgoing", "money that left the account"
    paid = [(row, one) for row, one in told if one.amount.minor > 0]
    taken = await record_all(session, [(one, row.id) for row, one in paid], now=reading.now)
    for (row, _), became in zip(paid, taken, strict=True):
        match became:
            case Recorded(payment_id) | Known(payment_id):
                row.payment_id, row.outcome, row.state = payment_id, "receipt", "matched"
            case NotReceipt(kind, reasons, payment_id):
                row.payment_id, row.outcome, row.state = payment_id, "not_a_receipt", "aside"
                row.reason = f"{kind}: {'; '.join(reasons)}"[:300]


async def _detail(session: Session, reading: Reading, row: BankLineRow, one: Arrived) -> None:
    """A detail of a line that may be on a statement already, or will be."""
    line = await _line_of(session, [row])
    if line is not None:
        if one.returns or one.amount.minor <= 0:
            await settle(session, line, [row], 0)
        else:
            await enrich(session, reading.now, line, [(row, one)])
    elif one.returns:
        await money_back(session, reading.desk, row, reading.now, one.fee)
    else:
        await _receipts(session, reading, [(row, one)])
        row.state = "aside" if row.outcome == "outgoing" else "open"


async def _whole_line(
    session: Session, reading: Reading, row: BankLineRow, parts: Sequence[Arrived]
) -> None:
    """A statement's line that its own file takes apart."""
    rows = await _parts(session, reading, row, parts)
    known = await already_known(session, row, reading.now)
    if known is not None:
        twin = known.twin
        if twin and twin.payment_id is not None and not await bank.parts_of(session, [twin.id]):
            await enrich(session, reading.now, twin, rows)
        return
    pair = pair_for(row, await _waiting(session, [row]))
    if pair is not None and pair.difference == 0:
        await settle(session, row, pair.told, 0)
    else:
        await pay_in_parts(session, reading.now, row, rows)


async def _told_deposits(
    session: Session, reading: Reading, fresh: Sequence[tuple[BankLineRow, Sequence[Arrived]]]
) -> None:
    """Deposits from a file of details: each on a line already, all on one, or on none yet."""
    left = []
    for row, parts in fresh:
        line = await _line_of(session, [row])
        if line is None:
            left.append((row, parts))
        else:
            await _arrived_on(session, reading, line, [(row, parts)])
    rows = [row for row, _ in left]
    line = await _line_of(session, rows) if len(left) > 1 else None
    if line is None and left:
        line = await _line_nearly(session, rows)
    if line is not None:
        await _arrived_on(session, reading, line, left)
        return
    for row, parts in left:
        await pay_in_parts(session, reading.now, None, await _parts(session, reading, row, parts))


async def _arrived_on(
    session: Session,
    reading: Reading,
    line: BankLineRow,
    told: Sequence[tuple[BankLineRow, Sequence[Arrived]]],
) -> None:
    difference = line.amount_minor - sum(row.amount_minor for row, _ in told)
    await settle(session, line, [row for row, _ in told], difference)
    await tell_difference(session, line, reading.now)
    rows = [one for row, parts in told for one in await _parts(session, reading, row, parts)]
    await enrich(session, reading.now, line, rows)


async def _parts(
    session: Session, reading: Reading, whole: BankLineRow, parts: Sequence[Arrived]
) -> list[tuple[BankLineRow, Arrived]]:
    """The parts of a deposit as rows; those that were told before are left out."""
    rows = [line_row(part, reading.file_id, reading.form, "part") for part in parts]
    for row in rows:
        row.deposit_id = whole.id
    kept = zip(await batches.add_lines(session, rows), parts, strict=True)
    return [(row, part) for row, part in kept if row is not None]


async def _line_of(session: Session, told: Sequence[BankLineRow]) -> BankLineRow | None:
    first, total = told[0], sum(one.amount_minor for one in told)
    lines = await bank.unexplained(
        session,
        first.currency,
        first.booked_on - EARLIEST,
        first.booked_on + LATEST,
        amount_minor=total,
    )
    return line_for(told, lines)


async def _line_nearly(session: Session, told: Sequence[BankLineRow]) -> BankLineRow | None:
    """The only line that names the lockbox of these deposits and differs a little."""
    first, number = told[0], told[0].account.lstrip("0")
    if first.source != "lockbox" or not number:
        return None
    lines = await bank.unexplained(
        session,
        first.currency,
        first.booked_on - EARLIEST,
        first.booked_on + LATEST,
        naming=number,
    )
    found = [line for line in lines if nearly(line, told)]
    return found[0] if len(found) == 1 else None
