"""Open credit memos set against open invoices: any number against any number, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ledger.credit_rules import Claim, Memo, Setting, setting_findings
from domain.ledger.credits import CreditFinding, Ledger
from domain.ledger.money import Money, total
from effects.actor import Actor
from effects.kinds import AppliedAmount, ApplyCredit, UsedCredit
from effects.propose import Because, propose
from flows.credits.asked import CreditRefused, refused
from flows.desk import Desk
from store import applied_memos, receipts
from store.engine import Session
from store.parties import customer
from store.receivables import CreditMemoRow, InvoiceRow

_MOST = 100


@dataclass(frozen=True, slots=True)
class SettingAsked:
    """An amount of one open credit memo for one invoice, by our ids."""

    memo_id: int
    invoice_id: int
    amount: Money


async def set_against(
    session: Session,
    desk: Desk,
    asked: Sequence[SettingAsked],
    reason: str,
    by: Actor,
    now: datetime,
) -> tuple[int, ...] | CreditRefused:
    """Propose one use of each memo; the effects' ids. The order of what is asked changes nothing.

    Every amount is held against what is open of both sides, all of them together.
    """
    if not asked or len(asked) > _MOST or not reason.strip():
        return refused("CRM-013", "Nothing is asked, too much, or not why.", "Say what and why")
    await receipts.take_turns(session)
    memos = {m.id: m for m in await applied_memos.memos(session, {one.memo_id for one in asked})}
    invoices = await receipts.invoices_named(session, sorted({one.invoice_id for one in asked}))
    claims = {row.id: row for row in invoices}
    findings = _findings(asked, memos, claims) or await _waiting(session, memos)
    if findings:
        return CreditRefused(findings)
    because = Because("credit:applied", {"asked_by": str(by), "reason": reason[:500]})
    found: list[int] = []
    for memo in sorted(memos.values(), key=lambda row: row.id):
        parts = [one for one in asked if one.memo_id == memo.id]
        content = await _use(session, memo, parts, claims, reason, now)
        done = await propose(
            session, content, policy=desk.approval, because=because, by=by, now=now
        )
        found.append(done.effect_id)
    return tuple(found)


def _findings(
    asked: Sequence[SettingAsked],
    memos: dict[int, CreditMemoRow],
    claims: dict[int, InvoiceRow],
) -> tuple[CreditFinding, ...]:
    return setting_findings(
        [Memo(_name(m.number, m.id), _ledger(m), _open(m)) for m in memos.values()],
        [Claim(_name(i.number, i.id), _ledger(i), _open(i)) for i in claims.values()],
        [_setting(one, memos, claims) for one in asked],
    )


async def _waiting(session: Session, memos: dict[int, CreditMemoRow]) -> tuple[CreditFinding, ...]:
    """What is under way with one of these memos: two uses would rest on the same amount."""
    titles = [await applied_memos.waiting_use(session, m.netsuite_id) for m in memos.values()]
    return tuple(
        CreditFinding("CRM-015", True, f"“{title}” is under way.", "Decide on it first")
        for title in titles
        if title
    )


async def _use(
    session: Session,
    memo: CreditMemoRow,
    parts: Sequence[SettingAsked],
    claims: dict[int, InvoiceRow],
    reason: str,
    now: datetime,
) -> ApplyCredit:
    owner = await customer(session, memo.customer_id)
    if owner is None:
        raise LookupError(f"customer {memo.customer_id} vanished")
    sums: dict[int, Money] = {}
    for one in parts:
        sums[one.invoice_id] = sums.get(one.invoice_id, Money.zero(memo.currency)) + one.amount
    before = await applied_memos.applied_of(session, memo.id)
    lines = tuple(_line(claims[key], amount) for key, amount in sorted(sums.items()))
    whole = total(sums.values(), memo.currency)
    times = await applied_memos.times_used(session, memo.netsuite_id)
    return ApplyCredit(
        customer_id=owner.id,
        customer_netsuite_id=owner.netsuite_id,
        credit=UsedCredit("credit_memo", memo.id, memo.netsuite_id, memo.number, whole),
        applications=lines,
        occasion=f"memo:{memo.id}:{times}",
        applied_on=now.date(),
        before=tuple(_line(claims[i], part) for i, part in sorted(before.items()) if i in sums),
        memo=reason.strip()[:200],
    )


def _setting(
    one: SettingAsked, memos: dict[int, CreditMemoRow], claims: dict[int, InvoiceRow]
) -> Setting:
    memo, claim = memos.get(one.memo_id), claims.get(one.invoice_id)
    return Setting(
        _name(memo.number, memo.id) if memo else f"memo {one.memo_id}",
        _name(claim.number, claim.id) if claim else f"invoice {one.invoice_id}",
        one.amount,
    )


def _name(number: str, own_id: int) -> str:
    return number or str(own_id)


def _ledger(row: CreditMemoRow | InvoiceRow) -> Ledger:
    return Ledger(str(row.customer_id), row.currency, str(row.subsidiary_id or ""))


def _open(row: CreditMemoRow | InvoiceRow) -> Money:
    usable = row.gone_at is None and row.status not in ("voided", "rejected", "pending_approval")
    return Money(row.open_minor if usable else 0, row.currency)


def _line(row: InvoiceRow, amount: Money) -> AppliedAmount:
    return AppliedAmount(row.id, row.netsuite_id, row.number, amount)
