"""The ERP's books and our mirror of them, each read by itself, in one form that can be compared.

The ERP is read from its own tables, not through the adapter; amounts are minor units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import select

from sandbox.netsuite.store import ErpStore
from store.engine import Database, Session
from store.lines import InvoiceLineRow
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow, PaymentRow
from store.settlements import RefundLineRow, SettlementRow

KINDS = {
    "CustInvc": "invoice",
    "CustPymt": "payment",
    "CustCred": "credit_memo",
    "CustDep": "deposit",
    "DepAppl": "deposit_application",
    "CustRfnd": "refund",
    "Journal": "journal",
}
_RECEIVABLE = """
SELECT l."transaction" AS id, SUM(l.foreignamount) AS amount, MAX(l.entity) AS entity
FROM transactionline l
JOIN transactionaccountingline g ON g."transaction" = l."transaction" AND g.transactionline = l.id
JOIN account a ON a.id = g.account
WHERE a.accttype = 'AcctRec' AND l.entity IS NOT NULL
GROUP BY l."transaction"
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `against` are its amounts by the other document's id."""

    kind: str
    customer: str
    subsidiary: str
    currency: str
    total: int
    open: int
    voided: bool
    on: date
    due_on: date | None
    period: str
    rate: str
    external_id: str
    against: tuple[tuple[str, int], ...] = ()


def day_of(seconds: object) -> date:
    return datetime.fromtimestamp(int(str(seconds)), UTC).date()


def plain_rate(value: object) -> str:
    """A rate's significant digits: how many zeros follow says nothing."""
    text = str(value or "")
    whole, _, digits = text.partition(".")
    return f"{int(whole or 0)}.{digits.rstrip('0')}"


def erp_papers(store: ErpStore) -> Mapping[str, Paper]:
    """Every document on receivables, as the ERP holds it."""
    symbols = {row["id"]: str(row["symbol"]) for row in store.rows("SELECT * FROM currency")}
    debits = {str(row["id"]): dict(row) for row in store.rows(_RECEIVABLE)}
    papers = {}
    for row in store.rows('SELECT * FROM "transaction"'):
        key, kind = str(row["id"]), KINDS.get(str(row["type"]), "")
        if not kind or (kind == "journal" and key not in debits):
            continue
        total, left = _amounts(kind, dict(row), debits.get(key))
        voided = row["voided"] == "T"
        entity = debits[key]["entity"] if kind == "journal" else row["entity"]
        papers[key] = Paper(
            kind=kind,
            customer=str(entity),
            subsidiary=str(row["_subsidiary"] or ""),
            currency=symbols[row["currency"]],
            total=total,
            open=0 if voided else left,
            voided=voided,
            on=day_of(row["trandate"]),
            due_on=day_of(row["duedate"]) if kind == "invoice" else None,
            period=str(row["postingperiod"] or ""),
            rate=plain_rate(row["exchangerate"]),
            external_id=str(row["externalid"] or ""),
            against=_against(store, key, kind),
        )
    return papers


def _amounts(
    kind: str, row: Mapping[str, object], debit: Mapping[str, object] | None
) -> tuple[int, int]:
    unused = abs(int(str(row["foreignpaymentamountunused"] or 0)))
    unpaid = abs(int(str(row["foreignamountunpaid"] or 0)))
    if kind == "invoice":
        return int(str(row["foreigntotal"])), unpaid
    if kind != "journal" or debit is None:
        return abs(int(str(row["foreigntotal"]))), unused
    total = -int(str(debit["amount"]))
    return total, unused if total >= 0 else -unpaid


def _against(store: ErpStore, key: str, kind: str) -> tuple[tuple[str, int], ...]:
    """What a settlement is applied to: invoices; of a refund, what it paid out."""
    if kind == "invoice":
        return ()
    found = store.rows(
        "SELECT previousdoc, previoustype, SUM(foreignamount) AS amount"
        " FROM nexttransactionlinelink WHERE nextdoc = ? AND linktype IN ('Payment', 'DepAppl',"
        " 'Refund', 'DepRfnd') GROUP BY previousdoc",
        (int(key),),
    )
    return tuple(
        sorted(
            (str(row["previousdoc"]), abs(int(row["amount"])))
            for row in found
            if kind == "refund" or row["previoustype"] == "CustInvc"
        )
    )


async def mirrored(db: Database) -> Mapping[str, Paper]:
    """Every document of the mirror that the ERP still has, by its ERP id."""
    async with db.read() as session:
        customers = {c.id: c.netsuite_id for c in (await session.exec(select(CustomerRow))).all()}
        sellers = {s.id: s.netsuite_id for s in (await session.exec(select(SubsidiaryRow))).all()}
        against = await _applications(session)
        papers = {}
        for row in (await session.exec(select(InvoiceRow))).all():
            if row.gone_at is None:
                papers[row.netsuite_id] = _paper(
                    "invoice",
                    row,
                    customers,
                    sellers,
                    row.status == "voided",
                    row.issued_on,
                    row.total_minor,
                    row.open_minor,
                    row.due_on,
                )
        for memo in (await session.exec(select(CreditMemoRow))).all():
            if memo.gone_at is None:
                papers[memo.netsuite_id] = _paper(
                    "credit_memo",
                    memo,
                    customers,
                    sellers,
                    memo.status == "voided",
                    memo.issued_on,
                    memo.total_minor,
                    memo.open_minor,
                    against=against.get(("credit_memo", memo.id), ()),
                )
        for rest in (await session.exec(select(SettlementRow))).all():
            if rest.gone_at is None:
                papers[rest.netsuite_id] = _paper(
                    rest.kind,
                    rest,
                    customers,
                    sellers,
                    rest.status == "voided",
                    rest.on_day,
                    rest.total_minor,
                    rest.open_minor,
                    against=against.get(("settlement", rest.id), ()),
                )
        for paid in (await session.exec(select(PaymentRow))).all():
            if paid.netsuite_id is not None and paid.gone_at is None:
                papers[paid.netsuite_id] = _paper(
                    "payment",
                    paid,
                    customers,
                    sellers,
                    paid.state == "reversed",
                    paid.erp_on or paid.received_on,
                    paid.erp_amount_minor or 0,
                    paid.unapplied_minor,
                    against=against.get(("payment", paid.id), ()),
                )
    return papers


def _paper(
    kind: str,
    row: InvoiceRow | CreditMemoRow | SettlementRow | PaymentRow,
    customers: Mapping[int, str],
    sellers: Mapping[int, str],
    voided: bool,
    on: date,
    total: int,
    left: int,
    due_on: date | None = None,
    against: tuple[tuple[str, int], ...] = (),
) -> Paper:
    return Paper(
        kind=kind,
        customer=customers[row.customer_id or 0],
        subsidiary=sellers[row.subsidiary_id] if row.subsidiary_id else "",
        currency=row.currency,
        total=total,
        open=left,
        voided=voided,
        on=on,
        due_on=due_on,
        period=row.period_netsuite_id,
        rate=plain_rate(row.exchange_rate),
        external_id=row.external_id,
        against=tuple(sorted(against)),
    )


async def _applications(
    session: Session,
) -> Mapping[tuple[str, int], tuple[tuple[str, int], ...]]:
    invoices = {i.id: i.netsuite_id for i in (await session.exec(select(InvoiceRow))).all()}
    found = dict[tuple[str, int], tuple[tuple[str, int], ...]]()
    for row in (await session.exec(select(ApplicationRow))).all():
        for kind, key in (
            ("payment", row.payment_id),
            ("credit_memo", row.credit_memo_id),
            ("settlement", row.settlement_id),
        ):
            if key is not None:
                line = (invoices[row.invoice_id], row.amount_minor)
                found[kind, key] = (*found.get((kind, key), ()), line)
    for refund in (await session.exec(select(RefundLineRow))).all():
        place = ("settlement", refund.settlement_id)
        line = (refund.paid_out_netsuite_id, refund.amount_minor)
        found[place] = (*found.get(place, ()), line)
    return found


async def same(db: Database, store: ErpStore, since: date) -> None:
    """The mirror holds what the ERP holds: all that is open or dated since a day, and all else
    that it shows at all, with lines. Raises AssertionError.
    """
    theirs, ours = erp_papers(store), await mirrored(db)
    wrong = {key: (paper, theirs.get(key)) for key, paper in ours.items()}
    wrong = {key: both for key, both in wrong.items() if both[0] != both[1]}
    assert not wrong, f"mirrored otherwise than it is: {wrong}"
    scope = {key for key, p in theirs.items() if not p.voided and (p.open or p.on >= since)}
    missing = scope - ours.keys()
    assert not missing, f"not mirrored: { {key: theirs[key] for key in missing} }"
    await _same_lines(db, store)


async def _same_lines(db: Database, store: ErpStore) -> None:
    theirs = dict[tuple[str, int], tuple[int, str]]()
    for row in store.rows(
        'SELECT l.* FROM transactionline l JOIN "transaction" t ON t.id = l."transaction"'
        " WHERE t.type = 'CustInvc' AND l.mainline = 'F'"
    ):
        theirs[str(row["transaction"]), int(row["id"])] = (
            -int(row["foreignamount"]),
            str(row["item"] or ""),
        )
    async with db.read() as session:
        rows = (await session.exec(select(InvoiceRow))).all()
        invoices = {i.id: i.netsuite_id for i in rows if i.gone_at is None}
        lines = (await session.exec(select(InvoiceLineRow))).all()
    ours = {
        (invoices[one.invoice_id], one.line): (one.amount_minor, one.item_netsuite_id)
        for one in lines
        if one.invoice_id in invoices
    }
    expected = {key: value for key, value in theirs.items() if key[0] in invoices.values()}
    assert ours == expected
