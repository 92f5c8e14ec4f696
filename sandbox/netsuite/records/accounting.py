"""The ledger lines of transactions, balanced, with realised exchange gains and losses."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sandbox.netsuite.records.links import LINK_DEPOSIT, LINK_PAYMENT, discounts
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.store import ErpStore, Value

BANK_ACCOUNT, AR_ACCOUNT, UNDEPOSITED_ACCOUNT = 1, 2, 3
INCOME_ACCOUNT, DEPOSITS_ACCOUNT, GAIN_ACCOUNT = 4, 6, 7
DISCOUNT_ACCOUNT = 15
_MILLION = 1_000_000
Entry = tuple[int, int]


def in_base(minor: int, scale: int, base_scale: int, rate_millionths: int) -> int:
    """An amount in the books' currency, rounded half to even. Scales are thousandths a unit."""
    bottom = base_scale * _MILLION
    whole, rest = divmod(abs(minor) * scale * rate_millionths, bottom)
    if rest * 2 > bottom or (rest * 2 == bottom and whole % 2):
        whole += 1
    return whole if minor >= 0 else -whole


def row_base(row: sqlite3.Row, minor: int) -> int:
    """`minor` of a transaction in the books' currency at the transaction's own rate."""
    rate = round(float(row["exchangerate"]) * _MILLION)
    return in_base(minor, int(row["_scale"]), int(row["_basescale"]), rate)


def remaining_base(store: ErpStore, row: sqlite3.Row, without: int) -> int:
    """What of a document is still open in the books, ignoring what document `without` took."""
    left = int(row["_basetotal"])
    for link in store.rows(
        "SELECT foreignamount, _base FROM nexttransactionlinelink"
        " WHERE previousdoc = ? AND nextdoc <> ? AND linktype IN (?, ?)",
        (row["id"], without, LINK_PAYMENT, LINK_DEPOSIT),
    ):
        left -= row_base(row, int(link[0])) if link[1] is None else int(link[1])
    for link in store.rows(
        "SELECT foreignamount - COALESCE(_discount, 0) FROM nexttransactionlinelink"
        " WHERE nextdoc = ? AND linktype = ?",
        (row["id"], LINK_PAYMENT),
    ):
        left -= row_base(row, int(link[0]))
    return left


def write_entries(
    store: ErpStore, row: sqlite3.Row, entries: Sequence[Entry], stamp: Stamp
) -> None:
    """Replace the ledger lines of a transaction: account and base amount, debits positive."""
    store.execute('DELETE FROM transactionaccountingline WHERE "transaction" = ?', (row["id"],))
    store.insert_all(
        "transactionaccountingline",
        [_line(row, number, entry, stamp) for number, entry in enumerate(entries) if entry[1]],
    )


def _line(row: sqlite3.Row, number: int, entry: Entry, stamp: Stamp) -> dict[str, Value]:
    account, amount = entry
    return {
        "transaction": row["id"],
        "transactionline": number,
        "accountingbook": 1,
        "account": account,
        "amount": amount,
        "debit": amount if amount > 0 else None,
        "credit": -amount if amount < 0 else None,
        "netamount": amount,
        "exchangerate": row["exchangerate"],
        "posting": "T",
        "lastmodifieddate": stamp.wall,
        "_basescale": row["_basescale"],
    }


def repost(store: ErpStore, row: sqlite3.Row, stamp: Stamp) -> None:
    """Write the ledger lines of what settles others, as its applications stand now."""
    known = {
        "CustPymt": _received,
        "CustCred": _received,
        "DepAppl": _deposit_used,
        "CustRfnd": _refunded,
    }.get(str(row["type"]))
    single = (
        row["type"] in ("CustPymt", "CustCred")
        and row["exchangerate"] == 1
        and not _discounted(store, row)
    )
    if known is not None and not single and row["voided"] != "T":
        write_entries(store, row, known(store, row), stamp)


def _discounted(store: ErpStore, row: sqlite3.Row) -> bool:
    """Whether discounts are, or were, a part of its ledger lines."""
    posted = store.row(
        'SELECT 1 FROM transactionaccountingline WHERE "transaction" = ? AND account = ?',
        (row["id"], DISCOUNT_ACCOUNT),
    )
    return posted is not None or bool(discounts(store, int(row["id"])))


def _links(store: ErpStore, row: sqlite3.Row) -> list[sqlite3.Row]:
    return store.rows(
        "SELECT l.linktype, l.foreignamount, COALESCE(l._base, 0) AS base, p.type AS type,"
        " p._araccount AS ar FROM nexttransactionlinelink l"
        ' JOIN "transaction" p ON p.id = l.previousdoc WHERE l.nextdoc = ?',
        (row["id"],),
    )


def _received(store: ErpStore, row: sqlite3.Row) -> list[Entry]:
    """Money or a credit came in at its own rate and cleared invoices at theirs."""
    links = [link for link in _links(store, row) if link["linktype"] == LINK_PAYMENT]
    total, cleared = int(row["_basetotal"]), sum(int(link["base"]) for link in links)
    own = sum(row_base(row, int(link["foreignamount"])) for link in links)
    against = [(int(row["_account"] or UNDEPOSITED_ACCOUNT), total)]
    if row["type"] == "CustCred":
        against = _credited_lines(store, row)
    taken = sum(row_base(row, part) for part in discounts(store, int(row["id"])).values())
    receivable = (int(row["_araccount"]), own - cleared - total - taken)
    return [receivable, *against, (GAIN_ACCOUNT, cleared - own), (DISCOUNT_ACCOUNT, taken)]


def _credited_lines(store: ErpStore, row: sqlite3.Row) -> list[Entry]:
    """What a credit memo takes back, account by account."""
    found = store.rows(
        'SELECT expenseaccount, netamount FROM transactionline WHERE "transaction" = ?'
        " AND id > 0 ORDER BY id",
        (row["id"],),
    )
    return [(int(line[0]), int(line[1])) for line in found]


def _deposit_used(store: ErpStore, row: sqlite3.Row) -> list[Entry]:
    links = _links(store, row)
    taken = sum(int(link["base"]) for link in links if link["linktype"] == LINK_DEPOSIT)
    parts = [link for link in links if link["linktype"] == LINK_PAYMENT]
    cleared = sum(int(link["base"]) for link in parts)
    own = sum(row_base(row, int(link["foreignamount"])) for link in parts)
    unused = int(row["_basetotal"]) - own
    gain = cleared + unused - taken
    ar = int(row["_araccount"])
    return [(ar, -cleared - unused), (DEPOSITS_ACCOUNT, taken), (GAIN_ACCOUNT, gain)]


def _refunded(store: ErpStore, row: sqlite3.Row) -> list[Entry]:
    links, total = _links(store, row), int(row["_basetotal"])
    owed = sum(int(link["base"]) for link in links if link["type"] != "CustDep")
    held = sum(int(link["base"]) for link in links if link["type"] == "CustDep")
    return [
        (int(row["_araccount"]), owed),
        (DEPOSITS_ACCOUNT, held),
        (int(row["_account"] or BANK_ACCOUNT), -total),
        (GAIN_ACCOUNT, total - owed - held),
    ]
