"""Questions about credits that several performers ask, and who may pay for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, PostCustomerPayment, UsedCredit
from erp.port import Erp, ErpInvoice, ErpSettlement, PaymentToPost

_DEEPEST = 10
Taken = Mapping[str, Mapping[str, Money]]


async def not_paid_for(erp: Erp, payer: str, owners: Collection[str]) -> set[str]:
    """Those of these customers that are neither the payer nor below it in the ERP."""
    left, asked = {one: one for one in owners if one != payer}, 0
    while left and asked < _DEEPEST:
        found = await erp.customers_by_id(sorted(set(left.values())))
        above = {one.netsuite_id: one.parent_netsuite_id or "" for one in found}
        climbed = {owner: above.get(at, "") for owner, at in left.items()}
        lost = {owner for owner, at in climbed.items() if not at}
        if lost:
            return lost
        left = {owner: at for owner, at in climbed.items() if at != payer}
        asked += 1
    return set(left)


async def credits_moved(
    erp: Erp,
    customer_netsuite_id: str,
    credits_: Sequence[UsedCredit],
    lines: Sequence[AppliedAmount],
) -> str:
    """Why credits cannot be used as decided, "" if they can."""
    ids = [one.netsuite_id for one in credits_]
    if not ids:
        return ""
    found = {d.netsuite_id: d for d in await erp.documents(ids) if isinstance(d, ErpSettlement)}
    for credit in credits_:
        reason = _credit_moved(credit, found.get(credit.netsuite_id), customer_netsuite_id)
        if reason:
            return reason
    wanted = {line.netsuite_id: line.number for line in lines}
    for link in await erp.applications_of(ids):
        if link.invoice_netsuite_id in wanted:
            number = found[link.settlement_netsuite_id].number
            return f"{number} is applied to {wanted[link.invoice_netsuite_id]} already"
    return ""


def _credit_moved(credit: UsedCredit, found: ErpSettlement | None, customer: str) -> str:
    number = credit.number or credit.netsuite_id
    if found is None or found.kind != credit.kind or found.voided:
        return f"NetSuite no longer has the {credit.kind.replace('_', ' ')} {number}"
    if found.customer_netsuite_id != customer:
        return f"{number} belongs to another customer now"
    if found.open.currency != credit.amount.currency:
        return f"{number} is in {found.open.currency}"
    if found.open < credit.amount:
        return f"{number} has only {found.open} left"
    return ""


async def credit_moved(erp: Erp, customer_netsuite_id: str, credit: UsedCredit) -> str:
    """Why one credit cannot be used as decided, "" if it can."""
    found = [d for d in await erp.documents([credit.netsuite_id]) if isinstance(d, ErpSettlement)]
    return _credit_moved(credit, found[0] if found else None, customer_netsuite_id)


async def invoices_moved(
    erp: Erp, customer_netsuite_id: str, lines: Sequence[AppliedAmount]
) -> str:
    """Why invoices cannot be settled by this customer as decided, "" if they can."""
    ids = [line.netsuite_id for line in lines]
    found = {d.netsuite_id: d for d in await erp.documents(ids)} if ids else {}
    owners = {d.customer_netsuite_id for d in found.values() if isinstance(d, ErpInvoice)}
    others = await not_paid_for(erp, customer_netsuite_id, owners)
    for line in lines:
        invoice = found.get(line.netsuite_id)
        if not isinstance(invoice, ErpInvoice):
            return f"NetSuite has no readable invoice {line.number}"
        reason = _invoice_moved(others, line, invoice)
        if reason:
            return reason
    return ""


def _invoice_moved(others: Collection[str], line: AppliedAmount, invoice: ErpInvoice) -> str:
    if invoice.customer_netsuite_id in others:
        return f"{line.number} belongs to another customer now"
    if invoice.total.currency != line.amount.currency:
        return f"{line.number} is in {invoice.total.currency}"
    if invoice.status != "open":
        return f"{line.number} is {invoice.status.replace('_', ' ')} in NetSuite"
    if invoice.open < line.settled:
        return f"{line.number} has only {invoice.open} open"
    return ""


async def credit_parts(erp: Erp, payment: PostCustomerPayment) -> Taken:
    """What credits and deposit applications have of the payment's invoices, by settlement.

    A deposit is applied by a record that the ERP makes along; it is found by its invoices.
    """
    used = {credit.netsuite_id for credit in payment.credits if credit.kind != "deposit"}
    deposits = any(credit.kind == "deposit" for credit in payment.credits)
    lines = await erp.applications_to([line.netsuite_id for line in payment.applications])
    by_settlement: dict[str, dict[str, Money]] = {}
    for link in lines:
        parts = by_settlement.setdefault(link.settlement_netsuite_id, {})
        parts[link.invoice_netsuite_id] = link.amount
    made = set[str]()
    if deposits:
        seen = await erp.documents([one for one in by_settlement if one not in used])
        made = {
            d.netsuite_id
            for d in seen
            if isinstance(d, ErpSettlement) and d.kind == "deposit_application"
        }
    return {key: parts for key, parts in by_settlement.items() if key in used | made}


def shares(payment: PostCustomerPayment, stands: PaymentToPost, taken: Taken) -> list[str]:
    """In which ways money and credits together do not cover the invoices as decided.

    Where deposits are used, what earlier deposits had covered counts too: only less is wrong.
    """
    told, money = [], dict(stands.applications)
    zero = Money.zero(payment.amount.currency)
    deposits = any(credit.kind == "deposit" for credit in payment.credits)
    for line in payment.applications:
        parts = [parts[line.netsuite_id] for parts in taken.values() if line.netsuite_id in parts]
        covered = sum((part for part in parts), money.pop(line.netsuite_id, zero))
        if covered < line.amount or (covered > line.amount and not deposits):
            told.append(f"{line.number} has {covered} applied instead of {line.amount}")
    for other, amount in money.items():
        told.append(f"{amount} is applied to {other}, which nobody decided")
    for credit in payment.credits:
        part = sum(taken.get(credit.netsuite_id, {}).values(), zero)
        if credit.kind != "deposit" and part != credit.amount:
            told.append(f"{part} of {credit.number} is used instead of {credit.amount}")
    return told
