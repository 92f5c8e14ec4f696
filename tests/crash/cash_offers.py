"""Acts on cash that stands in the ERP: credits applied, payments taken off, returned, refunded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, Effect
from effects.kinds_cash import ApplyCredit, RefundCustomer, ReversePayment, UnapplyPayment
from effects.kinds_journal import EntryLine, PostJournal
from effects.kinds_payments import UsedCredit
from erp.identity import external_id
from erp.port import Erp, PaymentToPost, Posted
from store.engine import Session
from store.receivables import ApplicationRow, PaymentRow

CASH_KINDS = (
    ApplyCredit.kind,
    UnapplyPayment.kind,
    ReversePayment.kind,
    RefundCustomer.kind,
    PostJournal.kind,
)
_BANK, _RECEIVABLE, _FEES = ("1", "Checking"), ("2", "A/R"), ("17", "Fees")


@dataclass(frozen=True, slots=True)
class Claim:
    """An open invoice and its customer, by our ids and the ERP's."""

    invoice_id: int
    invoice_netsuite_id: str
    number: str
    customer_id: int
    customer_netsuite_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A payment that stood in the ERP before the act, and what it shall be applied to after."""

    netsuite_id: str
    after: tuple[tuple[str, int], ...]


class CashOffers:
    """Makes acts on payments that are put into the ERP for them, and remembers what must be."""

    def __init__(self, erp: Erp) -> None:
        self._erp = erp
        self.journal_ids: list[str] = []
        self.refund_ids: list[str] = []
        self.standing: list[Standing] = []
        self.returned: list[tuple[str, str]] = []
        self.count = 0

    async def make(
        self, session: Session, kind: str, number: int, claim: Claim, now: datetime
    ) -> list[Effect]:
        """One act, after the journal that it rests on."""
        amount = Money(100 + number % 900, "USD")
        line = AppliedAmount(claim.invoice_id, claim.invoice_netsuite_id, claim.number, amount)
        match kind:
            case ApplyCredit.kind:
                made: list[Effect] = [await self._applied(session, number, claim, line, now)]
            case UnapplyPayment.kind:
                made = [await self._freed(session, number, claim, line, now)]
            case ReversePayment.kind:
                made = await self._came_back(session, number, claim, line, now)
            case RefundCustomer.kind:
                made = [await self._refunded(session, number, claim, amount, now)]
            case _:
                made = [self._journal(number, claim, amount, now, _FEES)]
        self.count += len(made)
        return made

    async def _paid(
        self, session: Session, number: int, claim: Claim, amount: Money, now: datetime,
        line: AppliedAmount | None = None,
    ) -> PaymentRow:  # fmt: skip
        """A payment in the ERP and in the mirror, applied to nothing or to one invoice."""
        lines = ((line.netsuite_id, line.amount),) if line is not None else ()
        paid = await self._erp.post_payment(
            PaymentToPost(f"stood-{number}", claim.customer_netsuite_id, amount, now.date(), lines)
        )
        if not isinstance(paid, Posted):
            raise TypeError(f"the payment for number {number} was not posted: {paid}")
        row = PaymentRow(
            source="stood", source_id=str(number), customer_id=claim.customer_id,
            netsuite_id=paid.netsuite_id, currency="USD", amount_minor=amount.minor,
            unapplied_minor=0 if line else amount.minor, received_on=now.date(), state="posted",
            created_at=now,
        )  # fmt: skip
        session.add(row)
        await session.flush()
        if line is not None:
            applied = ApplicationRow(
                payment_id=row.id, invoice_id=line.invoice_id, amount_minor=amount.minor
            )
            session.add(applied)
        return row

    async def _applied(
        self, session: Session, number: int, claim: Claim, line: AppliedAmount, now: datetime
    ) -> ApplyCredit:
        row = await self._paid(session, number, claim, line.amount, now)
        named = str(row.netsuite_id)
        self.standing.append(Standing(named, ((line.netsuite_id, line.amount.minor),)))
        return ApplyCredit(
            customer_id=claim.customer_id, customer_netsuite_id=claim.customer_netsuite_id,
            credit=UsedCredit("payment", row.id, named, "", line.amount), applications=(line,),
            occasion=f"crash-{number}", applied_on=now.date(),
        )  # fmt: skip

    async def _freed(
        self, session: Session, number: int, claim: Claim, line: AppliedAmount, now: datetime
    ) -> UnapplyPayment:
        row = await self._paid(session, number, claim, line.amount, now, line)
        self.standing.append(Standing(str(row.netsuite_id), ()))
        return UnapplyPayment(
            payment_id=row.id, payment_netsuite_id=str(row.netsuite_id),
            customer_id=claim.customer_id, customer_netsuite_id=claim.customer_netsuite_id,
            removed=(line,), occasion=f"crash-{number}",
        )  # fmt: skip

    async def _came_back(
        self, session: Session, number: int, claim: Claim, line: AppliedAmount, now: datetime
    ) -> list[Effect]:
        row = await self._paid(session, number, claim, line.amount, now, line)
        journal = self._journal(number, claim, line.amount, now, _RECEIVABLE)
        self.returned.append((str(row.netsuite_id), journal.external_id))
        reverse = ReversePayment(
            payment_id=row.id, payment_netsuite_id=str(row.netsuite_id),
            customer_id=claim.customer_id, customer_netsuite_id=claim.customer_netsuite_id,
            reason_code="R01", reversed_on=now.date(), amount=line.amount, applications=(line,),
            occasion=f"crash-{number}", journal_external_id=journal.external_id,
            waits_for=journal.key(),
        )  # fmt: skip
        return [journal, reverse]

    async def _refunded(
        self, session: Session, number: int, claim: Claim, amount: Money, now: datetime
    ) -> RefundCustomer:
        row = await self._paid(session, number, claim, amount, now)
        ours = external_id("crash", "crash", str(number), "refund")
        self.refund_ids.append(ours)
        return RefundCustomer(
            customer_id=claim.customer_id, customer_netsuite_id=claim.customer_netsuite_id,
            sources=(UsedCredit("payment", row.id, str(row.netsuite_id), "", amount),),
            amount=amount, refunded_on=now.date(), account_netsuite_id=_BANK[0],
            external_id=ours, occasion=f"crash-{number}",
        )  # fmt: skip

    def _journal(
        self, number: int, claim: Claim, amount: Money, now: datetime, debit: tuple[str, str]
    ) -> PostJournal:
        ours = external_id("crash", "crash", str(number), "journal")
        self.journal_ids.append(ours)
        named = claim.customer_netsuite_id
        owner = named if debit is _RECEIVABLE else ""
        return PostJournal(
            purpose="return" if owner else "bank_fee", customer_id=claim.customer_id,
            customer_netsuite_id=named,
            lines=(
                EntryLine(*debit, debit=amount, entity_netsuite_id=owner),
                EntryLine(*_BANK, credit=amount),
            ),
            posted_on=now.date(), occasion=f"crash-{number}", external_id=ours,
        )  # fmt: skip
