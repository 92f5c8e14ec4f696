"""Changing a posted document: its lines, total, rate; its ledger lines and links follow."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.accounting import remaining_base, repost, row_base
from sandbox.netsuite.records.documents import (
    ItemLine,
    NewDocument,
    accounting_rows,
    amount_columns,
    line_rows,
)
from sandbox.netsuite.records.links import Link, links_to, write_link
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.receivables import currency_symbol, transaction_row
from sandbox.netsuite.records.statuses import BY_CODE, CREDIT, INVOICE
from sandbox.netsuite.store import ErpStore, Value, quoted

_MILLION = 1_000_000


def as_posted(store: ErpStore, row: sqlite3.Row) -> NewDocument:
    """A transaction as it would be posted again. Journals have another form."""
    own = store.number("SELECT currency FROM subsidiary WHERE id = ?", (row["_subsidiary"],))
    kind = BY_CODE[str(row["type"])]
    used = row["foreignamountpaid" if kind == INVOICE else "foreignpaymentamountused"]
    return NewDocument(
        document=kind,
        id=int(row["id"]),
        entity=int(row["entity"]),
        subsidiary=int(row["_subsidiary"]),
        currency_id=int(row["currency"]),
        currency=currency_symbol(store, int(row["currency"])),
        base_currency=currency_symbol(store, own),
        rate_millionths=round(float(row["exchangerate"]) * _MILLION),
        on=int(row["trandate"]),
        period=int(row["postingperiod"]),
        total=abs(int(row["foreigntotal"])),
        status=str(row["status"]),
        lines=item_lines(store, row),
        memo=str(row["memo"] or ""),
        ar_account=int(row["_araccount"]),
        account=row["_account"],
        created_from=row["_createdfrom"],
        used=int(used),
        department=row["_department"],
        class_id=row["_class"],
        location=row["_location"],
    )


def item_lines(store: ErpStore, row: sqlite3.Row) -> tuple[ItemLine, ...]:
    """The item and tax lines of a transaction, in order."""
    sign = 1 if row["type"] == CREDIT.code else -1
    found = store.rows(
        'SELECT * FROM transactionline WHERE "transaction" = ? AND id > 0 ORDER BY id',
        (row["id"],),
    )
    return tuple(_item_line(line, sign) for line in found)


def _item_line(line: sqlite3.Row, sign: int) -> ItemLine:
    return ItemLine(
        item=line["item"],
        amount=sign * int(line["foreignamount"]),
        quantity=str(line["quantity"] or 1).removeprefix("-"),
        rate="" if line["rate"] is None else str(line["rate"]),
        memo=str(line["memo"] or ""),
        department=line["department"],
        class_id=line["class"],
        location=line["location"],
        account=int(line["expenseaccount"]),
        starts_on=line["revrecstartdate"],
        ends_on=line["revrecenddate"],
        tax=line["taxline"] == "T",
        kind=str(line["itemtype"] or "Service"),
        custom=str(line["custcol_dw_project"] or ""),
        custom_dates=(line["custcol_dw_service_start"], line["custcol_dw_service_end"]),
    )


def with_total(new: NewDocument, total: int) -> NewDocument:
    """The document with another total: the difference goes to its first line."""
    if not new.lines:
        return replace(new, total=total)
    first = new.lines[0]
    changed = replace(first, amount=first.amount + total - new.total, quantity="1", rate="")
    return replace(new, total=total, lines=(changed, *new.lines[1:]))


def with_lines(new: NewDocument, lines: tuple[ItemLine, ...]) -> NewDocument:
    """The document with other lines. Raises Refusal unless their sum is positive."""
    total = sum(line.amount for line in lines)
    if total <= 0:
        raise user_error("The amount must be positive.")
    return replace(new, lines=lines, total=total)


def rewrite(store: ErpStore, stamp: Stamp, new: NewDocument) -> dict[str, Value]:
    """Write lines, ledger and amounts anew, keeping what is applied; the changed columns.

    Raises Refusal when less would be left than what is applied.
    """
    if new.total < new.used:
        raise user_error("The amount cannot be less than what is applied.")
    if new.document in (INVOICE, CREDIT) and new.status in ("A", "B"):
        new = replace(new, status="A" if new.total != new.used else "B")
    for table in ("transactionline", "transactionaccountingline"):
        words = ("DELETE FROM", quoted(table), 'WHERE "transaction" = ?')
        store.execute(" ".join(words), (new.id,))
    store.insert_all("transactionline", line_rows(new, stamp))
    store.insert_all("transactionaccountingline", accounting_rows(new, stamp))
    values: dict[str, Value] = {**amount_columns(new), "status": new.status}
    if new.document == INVOICE:
        values["closedate"] = None if new.total != new.used else stamp.day
    store.update("transaction", new.id, values)
    _clear_again(store, stamp, new.id)
    return values


def _clear_again(store: ErpStore, stamp: Stamp, document_id: int) -> None:
    """What settled the document cleared another base amount now; so did the document itself."""
    row = transaction_row(store, document_id)
    if row is None:
        return
    left = int(row["foreignamountunpaid"]) + int(row["foreignpaymentamountunused"])
    settling = links_to(store, document_id)
    for n, link in enumerate(settling, 1):
        settler = transaction_row(store, int(link["nextdoc"]))
        if settler is None:
            continue
        last = n == len(settling) and not left
        amount = int(link["foreignamount"])
        base = remaining_base(store, row, int(settler["id"])) if last else row_base(row, amount)
        kept = Stamp(int(link["lastmodifieddate"]), stamp.utc)
        write_link(store, Link(row, settler, str(link["linktype"]), amount, base), kept)
        repost(store, settler, stamp)
    repost(store, row, stamp)
