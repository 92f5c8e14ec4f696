"""Remittance advices: taken in from anywhere, linked to money whichever comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.linking import Link, LinkedBy, concerns, link
from domain.matching.names import name_key
from domain.matching.receipt import Receipt, RemittanceRow
from domain.matching.written import candidates_in, folded_number
from effects.actor import Actor
from effects.audit import Entry, record
from flows.receipts import match_job
from flows.remittance_shares import shares
from sources.arrived import RefusedFile
from sources.remittance.detect import Opened, open_advice, read_opened
from sources.remittance.reading import NeedsCurrency, ReadAdvices
from sources.remittance.rf import compacted, inner_reference
from store import matchable, parties, payer_search, receipts, remittances
from store.engine import Session
from store.jobs import enqueue
from store.receipt_values import receipt_value, remittance_in
from store.receivables import InvoiceRow, PaymentRow
from store.remittances import AdviceLinkRow, AdviceRow, advice_row, advice_value

_DECIDED, _LOADED = timedelta(days=30), timedelta(days=75)
_SAME = timedelta(days=21)
_MOST_WORDS, _MOST_DAYS = 1_000, 20
_PLACED = frozenset({"posted"})


@dataclass(frozen=True, slots=True)
class Origin:
    """How an advice came: by mail, upload or api, as which file or text, read by whom."""

    how: str
    raw: bytes
    by: Actor
    filename: str = ""
    read_by: str = "rules"
    touchpoint_id: int | None = None
    customer_id: int | None = None
    proven: bool = True


@dataclass(frozen=True, slots=True)
class TakenAdvices:
    """What became of a file: advices that are new, advices known before, receipts now linked."""

    advice_ids: tuple[int, ...]
    known_ids: tuple[int, ...] = ()
    payment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedAdvice:
    """An advice beside a receipt: what it says, how it came and what the link rests on."""

    advice_id: int
    advice: Advice
    filename: str
    how: str
    read_by: str
    received_at: datetime
    linked_by: LinkedBy


async def upload_advice(
    session: Session,
    body: bytes,
    filename: str,
    by: Actor,
    now: datetime,
    *,
    customer_id: int | None = None,
    currency: str = "",
    how: str = "upload",
    opened: Opened | None = None,
) -> TakenAdvices | RefusedFile:
    """Take a file of any form that is read, all or none. The same bytes again add nothing.

    PDF and XLSX are opened in a process of their own: `opened` is what `open_advice` made of the
    file, for callers that do that before they begin a transaction.
    """
    ready = opened or await open_advice(body, filename)
    if isinstance(ready, RefusedFile):
        return ready
    if customer_id is not None and await parties.customer(session, customer_id) is None:
        return RefusedFile(0, "There is no such customer.")
    read = await read_file(session, ready, customer_id, currency)
    if isinstance(read, RefusedFile):
        return read
    origin = Origin(how, body, by, filename=filename, customer_id=customer_id)
    return await take_advices(session, read.advices, origin, now)


async def read_file(
    session: Session, opened: Opened, customer_id: int | None, currency: str = ""
) -> ReadAdvices | RefusedFile:
    """The advices of an opened file; the ledger knows numbers and currency that it leaves out."""
    known: frozenset[str] = frozenset()
    if opened.text:
        known = await known_numbers(session, opened.text, customer_id)
    read = read_opened(opened, currency, known)
    if isinstance(read, NeedsCurrency):
        code = await currency_of(session, read.references, customer_id)
        read = read_opened(opened, code, known) if code else read
    if isinstance(read, NeedsCurrency):
        return RefusedFile(0, "It names no currency, or more than one. Please say which it is.")
    return read


async def known_numbers(session: Session, text: str, customer_id: int | None) -> frozenset[str]:
    """The document numbers in a text that the ledger has, folded; for a customer, its family's.

    A creditor reference counts where what it carries is such a number.
    """
    words = candidates_in(compacted(text))[:_MOST_WORDS]
    carried = {word: inner for word in words if (inner := inner_reference(word))}
    rows = await _named(session, (*words, *carried.values()), customer_id)
    numbers = {folded_number(row.number) for row in rows}
    numbers |= {folded_number(row.po_number) for row in rows}
    known = {word for word in words if word in numbers or carried.get(word) in numbers}
    return frozenset(known)


async def currency_of(session: Session, references: Sequence[str], customer_id: int | None) -> str:
    """The one currency of the documents that are named, else the customer's, else none."""
    words = tuple(dict.fromkeys(folded_number(text) for text in references))[:_MOST_WORDS]
    found = {row.currency for row in await _named(session, words, customer_id)}
    if len(found) == 1:
        return found.pop()
    customer = await parties.customer(session, customer_id) if customer_id is not None else None
    return customer.currency if customer is not None and not found else ""


async def _named(
    session: Session, words: Sequence[str], customer_id: int | None
) -> list[InvoiceRow]:
    rows = await matchable.named(session, [word for word in words if len(word) >= 3])
    if customer_id is None:
        return list(rows)
    family = {row.id for row in await payer_search.families_of(session, {customer_id})}
    return [row for row in rows if row.customer_id in family]


async def take_advices(
    session: Session, advices: Sequence[Advice], origin: Origin, now: datetime
) -> TakenAdvices:
    """Keep advices, once each, link them, and have the receipts they speak of matched again."""
    await receipts.take_turns(session)
    new: list[int] = []
    known: list[int] = []
    for advice in advices:
        advice_id, is_new = await _keep(session, advice, origin, now)
        (new if is_new else known).append(advice_id)
        origin = replace(origin, raw=b"") if is_new else origin
    changed: set[int] = set()
    if new or known:
        for day in sorted({a.paid_on or now.date() for a in advices})[:_MOST_DAYS]:
            changed |= await _relink(session, {a.currency for a in advices}, day)
        await _match_again(session, changed)
    return TakenAdvices(tuple(new), tuple(known), tuple(sorted(changed)))


async def _keep(
    session: Session, advice: Advice, origin: Origin, now: datetime
) -> tuple[int, bool]:
    """The advice's id, and whether it is new: the same list in another file is the same advice."""
    whose = await _of_customer(session, advice, origin)
    row = await remittances.advice_named(session, advice.key)
    row = row or await remittances.same_content(session, whose, now - _SAME)
    if row is not None:
        names = dict.fromkeys((*row.payment_references, *whose.payment_references))
        row.payment_references = list(names)
        row.proven = row.proven or whose.proven
        session.add(row)
        await session.flush()
        return row.id, False
    advice_id = await remittances.add_advice(session, _row(whose, origin, now))
    if advice_id is None:
        raise RuntimeError("two advices with one key were taken at once, in spite of the turn")
    told = {"how": origin.how, "file": origin.filename[:200], "rows": len(advice.rows)}
    entry = Entry(origin.by, "remittance.taken", "remittance", str(advice_id), told)
    await record(session, entry, now)
    return advice_id, True


def _row(advice: Advice, origin: Origin, now: datetime) -> AdviceRow:
    return advice_row(
        advice,
        filename=origin.filename[:200],
        raw=origin.raw,
        origin=origin.how,
        read_by=origin.read_by,
        touchpoint_id=origin.touchpoint_id,
        received_at=now,
        received_by=str(origin.by),
    )


async def _of_customer(session: Session, advice: Advice, origin: Origin) -> Advice:
    """The advice with its customer: who sent it, or whose all the named documents are."""
    customer_id = origin.customer_id
    if customer_id is None:
        words = {folded_number(row.reference) for row in advice.rows}
        owners = {row.customer_id for row in await _named(session, sorted(words), None)}
        customer_id = owners.pop() if len(owners) == 1 else None
    if customer_id is None:
        return replace(advice, proven=origin.proven)
    names = await _names_of(session, customer_id)
    named = advice.payer_name if _may_be_payer(advice, names, origin) else ""
    return replace(
        advice,
        customer_id=customer_id,
        payer_name=named or names[0],
        accounts=advice.accounts if origin.how != "mail" else (),
        proven=origin.proven,
    )


def _may_be_payer(advice: Advice, names: Sequence[str], origin: Origin) -> bool:
    """Whoever writes a mail can write any name into it: then only the family's names count."""
    return origin.how != "mail" or name_key(advice.payer_name) in map(name_key, names)


async def _names_of(session: Session, customer_id: int) -> tuple[str, ...]:
    """What a customer and its family are called, its own name first."""
    family = await payer_search.families_of(session, {customer_id})
    ordered = sorted(family, key=lambda row: (row.id != customer_id, row.id))
    return tuple(name for row in ordered for name in (row.name, row.legal_name) if name) or ("",)


async def rows_for(session: Session, payment_id: int) -> tuple[RemittanceRow, ...]:
    """The lines of all advices that speak of a receipt; links are looked for anew.

    Of an advice for several receipts those of this one, where sums leave no doubt which they are.
    To be called with the turn taken (store.receipts.take_turns). Other receipts whose links
    change by that are matched again.
    """
    row = await session.get(PaymentRow, payment_id)
    if row is None:
        return ()
    currencies = {row.currency} | ({row.instructed_currency} - {""})
    changed = await _relink(session, currencies, row.received_on, _arrived(row))
    await _match_again(session, changed - {payment_id})
    found = await remittances.linked(session, payment_id)
    told = {_line_key(line) for line in remittance_in(row.remittance)}
    lines = [line for advice, _ in found for line in await _own_lines(session, advice, payment_id)]
    return tuple(line for line in lines if _line_key(line) not in told)


async def _own_lines(
    session: Session, advice: AdviceRow, payment_id: int
) -> Sequence[RemittanceRow]:
    lines = advice_value(advice).rows
    together = {one.payment_id for one in await remittances.links_among(session, [advice.id])}
    if len(together) < 2:
        return lines
    money = [await session.get(PaymentRow, one) for one in sorted(together)]
    amounts = {row.id: _arrived(row).amount for row in money if row is not None}
    dealt = shares(lines, amounts)
    return lines if dealt is None else dealt[payment_id]


def _line_key(line: RemittanceRow) -> tuple[str, Money | None]:
    """Tells a line that the bank passed on already."""
    return folded_number(line.reference), line.paid


async def advices_of(session: Session, payment_id: int) -> tuple[Advice, ...]:
    """The advices that speak of a receipt."""
    return tuple(one.advice for one in await linked_advices(session, payment_id))


async def linked_advices(session: Session, payment_id: int) -> tuple[LinkedAdvice, ...]:
    """The advices that speak of a receipt, with how they came."""
    return tuple(
        LinkedAdvice(
            row.id,
            advice_value(row),
            row.filename,
            row.origin,
            row.read_by,
            row.received_at,
            LinkedBy(link_row.by),
        )
        for row, link_row in await remittances.linked(session, payment_id)
    )


async def link_by_hand(
    session: Session, advice_id: int, payment_id: int, by: Actor, now: datetime
) -> str:
    """A person says that an advice speaks of a receipt; why that cannot be, empty when it is so."""
    await receipts.take_turns(session)
    advice = await remittances.advice(session, advice_id)
    row = await receipts.receipt(session, payment_id)
    if advice is None or row is None:
        return "There is no such advice or receipt."
    if advice.currency not in (row.currency, row.instructed_currency):
        return f"The advice is in {advice.currency}, the money in {row.currency}."
    gone = [
        one
        for one in await remittances.links_among(session, [advice_id])
        if not remittances.is_by_person(one)
    ]
    link_ = Link(advice.key, payment_id, LinkedBy.PERSON)
    await remittances.replace_links(session, gone, [link_], {advice.key: advice_id})
    told = {"payment_id": payment_id}
    await record(session, Entry(by, "remittance.linked", "remittance", str(advice_id), told), now)
    await _match_again(session, {payment_id, *(one.payment_id for one in gone)})
    return ""


async def _relink(
    session: Session, currencies: Collection[str], around: date, new: Receipt | None = None
) -> set[int]:
    """Link the advices near a day from scratch; the receipts whose links changed.

    Rivals are looked for further away than links. What a person linked, and what is posted
    already, stays as it is. Nothing changes by a `new` receipt that concerns no advice.
    """
    first, last = around - _LOADED, around + _LOADED
    near = await remittances.advices_near(session, currencies, _start(first), _start(last))
    if not any(_is_decided(row, around) for row in near):
        return set()
    if new is not None and not concerns(map(_to_link, near), new):
        return set()
    money = await remittances.receipts_near(session, near, first, last)
    held = await remittances.links_among(session, [row.id for row in near])
    open_ = {row.id for row in money if row.state not in _PLACED}
    open_ |= await remittances.without_money(session, {one.payment_id for one in held})
    fixed = [one for one in held if remittances.is_by_person(one) or one.payment_id not in open_]
    shut = {one.advice_id for one in fixed}, {one.payment_id for one in fixed}
    ids = {row.key: row.id for row in near}
    found = link(
        [_to_link(row) for row in near if row.id not in shut[0]],
        [_arrived(row) for row in money if row.id not in shut[1]],
    )
    decided = {row.id for row in near if _is_decided(row, around)} - shut[0]
    return await _apply(
        session,
        [one for one in found if ids[one.advice_key] in decided],
        [one for one in held if one.advice_id in decided],
        ids,
    )


def _is_decided(row: AdviceRow, around: date) -> bool:
    return abs(_day_of(row) - around) <= _DECIDED


def _day_of(row: AdviceRow) -> date:
    """An advice that names no day counts from when it came."""
    return row.paid_on or row.received_at.astimezone(UTC).date()


async def _apply(
    session: Session, found: Sequence[Link], held: Sequence[AdviceLinkRow], ids: dict[str, int]
) -> set[int]:
    wanted = {(ids[one.advice_key], one.receipt_id): one for one in found}
    standing = {(one.advice_id, one.payment_id): one for one in held}
    gone = [one for pair, one in standing.items() if pair not in wanted]
    new = [one for pair, one in wanted.items() if pair not in standing]
    if gone or new:
        await remittances.replace_links(session, gone, new, ids)
    return {one.payment_id for one in gone} | {one.receipt_id for one in new}


async def _match_again(session: Session, payment_ids: Collection[int]) -> None:
    for payment_id in sorted(payment_ids):
        await enqueue(session, match_job(payment_id))


def _to_link(row: AdviceRow) -> Advice:
    return replace(advice_value(row, lines=False), paid_on=_day_of(row))


def _arrived(row: PaymentRow) -> Receipt:
    """The receipt with all that arrived, applied already or not."""
    return replace(receipt_value(row), amount=Money(row.amount_minor, row.currency))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
