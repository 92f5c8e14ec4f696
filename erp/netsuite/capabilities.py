"""Which features an account has, and which optional columns it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from erp.netsuite.connection import Connection

# Feature as NetSuite calls it, the table and the column that only accounts with it show.
_SIGNS = (
    ("OneWorld (subsidiaries)", "subsidiary", ""),
    ("Multiple Currencies", "currency", ""),
    ("Multi-Book Accounting", "transactionaccountingline", "accountingbook"),
    ("Approval Routing", "transaction", "approvalstatus"),
    ("Advanced Revenue Management", "item", "createrevenueplanson"),
    ("Departments", "department", ""),
    ("Classes", "classification", ""),
    ("Locations", "location", ""),
    ("Deleted Records", "deletedrecord", ""),
    ("System Notes", "systemnote", ""),
)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an account shows to the role: features it has, those it has not, columns it lacks."""

    features: tuple[str, ...]
    missing: tuple[str, ...]
    absent_columns: tuple[str, ...]


async def capabilities(connection: Connection) -> Capabilities:
    """What the account shows; asked once, until `SuiteQl.forget`. Raises ErpRefused."""
    has = {name: await connection.has(table, column) for name, table, column in _SIGNS}
    return Capabilities(
        features=tuple(name for name, there in has.items() if there),
        missing=tuple(name for name, there in has.items() if not there),
        absent_columns=connection.query.absent(),
    )
