"""Credit memos and write-offs: what was decided becomes at most one, and stands exactly so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from domain.ledger.money import Money
from effects.kinds import CreateCreditMemo, CreditLineContent, WriteOffInvoice, applied_to
from effects.outcomes import Done
from erp.performers.credit_facts import invoices_moved
from erp.performers.facts import (
    customer_missing,
    period_shut,
    same_number,
    unequal,
    unequal_if_asked,
)
from erp.performers.hands import Hands
from erp.performers.mirroring import as_mirrored, mirror
from erp.performers.once import LOOKS, Clock, Differs, Stands, Unseen
from erp.performers.payments import applied_words
from erp.port import CreditMemoToPost, Erp, ErpInvoice, ErpSettlement, LineToPost, WriteOutcome
from store import credit_checks, credit_requests, pushed
from store.engine import Session
from store.outgoing import emit
from store.unsettled import unsettled

MemoEffect = CreateCreditMemo | WriteOffInvoice


@dataclass(frozen=True, slots=True)
class _Wanted:
    erp: Erp
    effect: MemoEffect
    noun: str = "credit memo"

    async def find(self) -> str | None:
        return await self.erp.find_record("credit_memo", self.effect.external_id)

    async def write(self) -> WriteOutcome:
        return await self.erp.post_credit_memo(memo_to_post(self.effect))

    async def judge(self, netsuite_id: str) -> Stands | Differs | Unseen:
        stands = await self.erp.read_credit_memo(netsuite_id)
        seen = await self.erp.documents([netsuite_id])
        document = next((d for d in seen if isinstance(d, ErpSettlement)), None)
        if stands is None or document is None:
            return Unseen()
        ways = differences(self.effect, stands, document.total)
        if document.voided:
            ways.append("it was voided")
        if ways:
            return Differs(ways)
        shown = await as_mirrored(self.erp, [netsuite_id], self.effect.applications)
        link = self.erp.link("credit_memo", netsuite_id)
        told = {"external_id": self.effect.external_id, "number": document.number, "link": link}
        return Stands({**told, **shown})


def memo_to_post(effect: MemoEffect) -> CreditMemoToPost:
    """What the ERP is asked for."""
    source = effect.invoice_netsuite_id if isinstance(effect, CreateCreditMemo) else ""
    return CreditMemoToPost(
        external_id=effect.external_id,
        customer_netsuite_id=effect.customer_netsuite_id,
        currency=effect.amount.currency,
        issued_on=_day(effect),
        lines=tuple(_line(line) for line in effect.lines),
        applications=tuple((line.netsuite_id, line.amount) for line in effect.applications),
        invoice_netsuite_id=source,
        subsidiary_netsuite_id=effect.subsidiary_netsuite_id,
        ar_account_netsuite_id=effect.ar_account_netsuite_id,
        exchange_rate=effect.exchange_rate,
        memo=effect.memo,
    )


def differences(effect: MemoEffect, stands: CreditMemoToPost, whole: Money) -> list[str]:
    """Every part in which the ERP's memo is not the decided one, in words.

    `whole` is the ERP's own total: a tax that nobody decided on shows here. What is applied
    elsewhere later is no difference; what is applied less to the invoices decided on is.
    """
    asked = memo_to_post(effect)
    told = unequal(
        ("external id", asked.external_id, stands.external_id),
        ("customer", asked.customer_netsuite_id, stands.customer_netsuite_id),
        ("currency", asked.currency, stands.currency),
        ("date", asked.issued_on, stands.issued_on),
        ("invoice", asked.invoice_netsuite_id, stands.invoice_netsuite_id),
        ("total", effect.amount, whole),
    )
    told += unequal_if_asked(
        ("subsidiary", asked.subsidiary_netsuite_id, stands.subsidiary_netsuite_id),
        ("receivable account", asked.ar_account_netsuite_id, stands.ar_account_netsuite_id),
        ("memo", asked.memo, stands.memo),
    )
    if asked.exchange_rate and not same_number(asked.exchange_rate, stands.exchange_rate):
        told.append(f"exchange rate {stands.exchange_rate} instead of {asked.exchange_rate}")
    wanted, found = applied_to(effect.applications), dict(stands.applications)
    if any(found.get(one) != part for one, part in wanted.items()):
        words = applied_words(stands.applications)
        told.append(f"applied {words} instead of {applied_words(asked.applications)}")
    return told + _line_ways(asked.lines, stands.lines)


def _line_ways(asked: tuple[LineToPost, ...], stand: tuple[LineToPost, ...]) -> list[str]:
    if len(asked) != len(stand):
        return [f"{len(stand)} lines instead of {len(asked)}"]
    told: list[str] = []
    for place, (wanted, found) in enumerate(zip(asked, stand, strict=True), start=1):
        ways = unequal(
            ("item", wanted.item_netsuite_id, found.item_netsuite_id),
            ("amount", wanted.amount, found.amount),
        )
        ways += unequal_if_asked(
            ("service from", wanted.service_starts_on, found.service_starts_on),
            ("service to", wanted.service_ends_on, found.service_ends_on),
        )
        told += [f"line {place}: {way}" for way in ways]
    return told


class _MemoHands(Hands[MemoEffect]):
    """What making any credit memo has in common."""

    def wanted(self, effect: MemoEffect) -> _Wanted:
        return _Wanted(self.erp, effect)

    async def erp_obstacle(self, effect: MemoEffect) -> str:
        customer = effect.customer_netsuite_id
        return (
            await customer_missing(self.erp, customer)
            or await period_shut(self.erp, _day(effect))
            or await invoices_moved(self.erp, customer, effect.applications)
            or await self._source_moved(effect)
        )

    async def _source_moved(self, effect: MemoEffect) -> str:
        """Why the invoice that is credited is not what it was, "" if it is."""
        if not isinstance(effect, CreateCreditMemo) or not effect.invoice_netsuite_id:
            return ""
        found = await self.erp.documents([effect.invoice_netsuite_id])
        invoice = found[0] if found else None
        if not isinstance(invoice, ErpInvoice):
            return f"NetSuite has no readable invoice {effect.invoice_number}"
        if invoice.customer_netsuite_id != effect.customer_netsuite_id:
            return f"{effect.invoice_number} belongs to another customer now"
        if invoice.status not in ("open", "paid"):
            return f"{effect.invoice_number} is {invoice.status.replace('_', ' ')} in NetSuite"
        if invoice.total.currency != effect.amount.currency or invoice.total < effect.amount:
            return f"{effect.invoice_number} is over {invoice.total} now"
        return ""

    async def put(self, session: Session, effect: MemoEffect, effect_id: int, done: Done) -> None:
        now = self.clock()
        await mirror(session, done.evidence, now)
        netsuite_id = str(done.evidence["netsuite_id"])
        await credit_requests.posted(session, effect.request_id, netsuite_id, now)
        told = {"effect_id": effect_id, "netsuite_id": netsuite_id, **effect.payload()}
        name = "invoice.written_off" if isinstance(effect, WriteOffInvoice) else "credit.posted"
        await emit(session, name, f"credit_memo:{netsuite_id}", told, now)


class CreateCreditMemoPerformer(_MemoHands):
    """Creates, looks for and records credit memos."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(CreateCreditMemo, erp, clock, looks)

    async def own_obstacle(self, session: Session, effect: MemoEffect) -> str:
        items = [line.item_netsuite_id for line in effect.lines]
        return (
            await pushed.unknown_items(session, items)
            or await credit_checks.over_credited(session, effect.request_id, effect.external_id)
            or await credit_checks.over_refunded(session, effect.key())
        )


class WriteOffInvoicePerformer(_MemoHands):
    """Creates, looks for and records the credit memos of write-offs."""

    def __init__(self, erp: Erp, clock: Clock, *, looks: Sequence[timedelta] = LOOKS) -> None:
        super().__init__(WriteOffInvoice, erp, clock, looks)

    async def own_obstacle(self, session: Session, effect: MemoEffect) -> str:
        items = [line.item_netsuite_id for line in effect.lines]
        invoice_id = effect.applications[0].invoice_id
        return await pushed.unknown_items(session, items) or await unsettled(
            session, invoice_id, effect.amount.currency
        )


def _day(effect: MemoEffect) -> date:
    match effect:
        case CreateCreditMemo():
            return effect.issued_on
        case WriteOffInvoice():
            return effect.written_off_on
        case _:
            assert_never(effect)


def _line(line: CreditLineContent) -> LineToPost:
    return LineToPost(
        item_netsuite_id=line.item_netsuite_id,
        amount=line.amount,
        description=line.description,
        department_netsuite_id=line.department_netsuite_id,
        class_netsuite_id=line.class_netsuite_id,
        location_netsuite_id=line.location_netsuite_id,
        service_starts_on=line.service_starts_on,
        service_ends_on=line.service_ends_on,
    )
