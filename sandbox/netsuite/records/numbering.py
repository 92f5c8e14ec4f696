"""Ids nobody had before, and cross rates of the seeded currencies."""

from __future__ import annotations

from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.store import ErpStore, Value, quoted


def next_id(store: ErpStore, *tables: str) -> int:
    """An id no record of those tables has or had."""
    highest = store.number("SELECT MAX(recordid) FROM deletedrecord")
    for table in tables:
        highest = max(highest, store.number(" ".join(("SELECT MAX(id) FROM", quoted(table)))))
    return highest + 1


def next_transaction_id(store: ErpStore) -> int:
    """An id no transaction has or had."""
    return next_id(store, "transaction")


def rate_millionths(store: ErpStore, symbol: str, base: str) -> int:
    """Cross rate of two currencies from their present values, in millionths."""
    worth = {
        str(row["symbol"]): round(float(row["exchangerate"]) * 1_000_000)
        for row in store.rows("SELECT symbol, exchangerate FROM currency")
    }
    return worth[symbol] * 1_000_000 // worth[base]


def rate_on(store: ErpStore, symbol: str, base: str, on: int) -> int:
    """Cross rate in millionths as the rate table has it for a day; else the present one."""
    found = store.row(
        "SELECT r.exchangerate FROM currencyrate r JOIN currency b ON b.id = r.basecurrency"
        " JOIN currency c ON c.id = r.transactioncurrency"
        " WHERE b.symbol = ? AND c.symbol = ? AND r.effectivedate <= ?"
        " ORDER BY r.effectivedate DESC LIMIT 1",
        (base, symbol, on),
    )
    if found is None:
        return rate_millionths(store, symbol, base)
    return round(float(found[0]) * 1_000_000)


def write_rates(store: ErpStore, stamp: Stamp) -> None:
    """Today's rates of every currency in the books' currencies."""
    books = {int(row[0]) for row in store.rows("SELECT currency FROM subsidiary")}
    symbols = {int(row["id"]): str(row["symbol"]) for row in store.rows("SELECT * FROM currency")}
    store.execute("DELETE FROM currencyrate WHERE effectivedate = ?", (stamp.day,))
    for own in sorted(books):
        for other in sorted(symbols.keys() - {own}):
            rate = rate_millionths(store, symbols[other], symbols[own]) / 1_000_000
            row: dict[str, Value] = {
                "basecurrency": own,
                "transactioncurrency": other,
                "exchangerate": rate,
                "effectivedate": stamp.day,
                "lastmodifieddate": stamp.wall,
            }
            store.insert("currencyrate", row)
