"""What the integration's role must be allowed, in NetSuite's own words and with its menu path."""

from __future__ import annotations

from dataclasses import dataclass

from erp.netsuite.auth import Method

ROLES = "Setup > Users/Roles > Manage Roles > (the role) > Edit > Permissions"


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission: its script id, its name and subtab on the role's page, the level we need.

    `tables` are opened by it for SuiteQL, `record` for the record service. `writes` are the
    methods that need it. One that is not `needed` costs only what `without` says. `feature` names
    what an account without its tables lacks; `sign` is a column that shows the feature even to
    roles without the permission.
    """

    id: str
    name: str
    subtab: str
    level: str
    tables: tuple[str, ...] = ()
    record: str = ""
    writes: tuple[Method, ...] = ()
    needed: bool = True
    without: str = ""
    feature: str = ""
    sign: tuple[str, str] | None = None

    @property
    def path(self) -> str:
        """Where a person grants it."""
        return f"{ROLES} > {self.subtab} > {self.name}: {self.level} ({self.id})"


LOGIN = Permission("ADMI_LOGIN_OAUTH2", "Log in using OAuth 2.0 Access Tokens", "Setup", "Full")
REST = Permission("ADMI_RESTWEBSERVICES", "REST Web Services", "Setup", "Full")
WORKBOOK = Permission("REPO_ANALYTICS", "SuiteAnalytics Workbook", "Reports", "Edit")

_T, _L, _S = "Transactions", "Lists", "Setup"
_LEDGER = (
    "transaction",
    "transactionline",
    "transactionaccountingline",
    "nexttransactionlinelink",
)
# Script ids from Oracle's permission list.
PERMISSIONS = (
    Permission("TRAN_FIND", "Find Transaction", _T, "View", tables=_LEDGER),
    Permission("TRAN_CUSTINVC", "Invoice", _T, "Edit", (), "invoice", ("POST", "PATCH")),
    Permission(
        "TRAN_CUSTPYMT", "Customer Payment", _T, "Edit", (), "customerPayment", ("POST", "PATCH")
    ),
    Permission("TRAN_CUSTCRED", "Credit Memo", _T, "View", (), "creditMemo"),
    Permission(
        "TRAN_CUSTRFND",
        "Customer Refund",
        _T,
        "View",
        record="customerRefund",
        needed=False,
        without="refunds cannot be opened one by one",
    ),
    Permission(
        "TRAN_CUSTDEP",
        "Customer Deposit",
        _T,
        "View",
        record="customerDeposit",
        needed=False,
        without="deposits cannot be opened one by one",
    ),
    Permission(
        "TRAN_DEPAPPL",
        "Deposit Application",
        _T,
        "View",
        record="depositApplication",
        needed=False,
        without="deposit applications cannot be opened one by one",
    ),
    Permission(
        "TRAN_JOURNAL",
        "Make Journal Entry",
        _T,
        "View",
        record="journalEntry",
        needed=False,
        without="journals cannot be opened one by one",
    ),
    Permission("LIST_CUSTJOB", "Customers", _L, "Edit", ("customer",), "customer", ("POST",)),
    Permission("LIST_CONTACT", "Contacts", _L, "View", ("contact",), "contact"),
    Permission("LIST_ACCOUNT", "Accounts", _L, "View", ("account",), "account"),
    Permission("LIST_ITEM", "Items", _L, "View", ("item",)),
    Permission(
        "LIST_CURRENCY",
        "Currency",
        _L,
        "View",
        ("currency", "currencyrate"),
        "currency",
        feature="Multiple Currencies",
    ),
    Permission(
        "LIST_SUBSIDIARY",
        "Subsidiaries",
        _L,
        "View",
        ("subsidiary",),
        "subsidiary",
        feature="OneWorld (subsidiaries)",
    ),
    Permission(
        "ADMI_ACCOUNTINGLIST",
        "Accounting Lists",
        _S,
        "View",
        ("term",),
        "term",
        needed=False,
        without="payment terms have no names",
    ),
    Permission(
        "LIST_DEPARTMENT",
        "Departments",
        _L,
        "View",
        ("department",),
        "department",
        needed=False,
        without="departments have no names",
        feature="Departments",
    ),
    Permission(
        "LIST_CLASS",
        "Classes",
        _L,
        "View",
        ("classification",),
        "classification",
        needed=False,
        without="classes have no names",
        feature="Classes",
    ),
    Permission(
        "LIST_LOCATION",
        "Locations",
        _L,
        "View",
        ("location",),
        "location",
        needed=False,
        without="locations have no names",
        feature="Locations",
    ),
    Permission(
        "ADMI_ACCTPERIODS",
        "Manage Accounting Periods",
        _S,
        "View",
        ("accountingperiod",),
        "accountingPeriod",
    ),
    Permission(
        "ADMI_DELETEDRECORD",
        "Deleted Records",
        _S,
        "View",
        ("deletedrecord",),
        needed=False,
        without="deletions are found by comparison only, once a night",
    ),
    Permission(
        "LIST_SYSTEMNOTES",
        "Notes Tab",
        _L,
        "View",
        ("systemnote",),
        needed=False,
        without="nobody can be named who changed a document",
    ),
    Permission(
        "TRAN_REVARRNG",
        "Revenue Arrangement",
        _T,
        "View",
        ("revenueelement",),
        needed=False,
        without="what NetSuite plans of revenue cannot be compared",
        feature="Advanced Revenue Management",
        sign=("item", "createrevenueplanson"),
    ),
    Permission(
        "LIST_REVENUEPLAN",
        "Revenue Recognition Plan",
        _L,
        "View",
        ("revenueplan", "revenueplanplannedrevenue"),
        needed=False,
        without="what NetSuite plans of revenue cannot be compared",
        feature="Advanced Revenue Management",
        sign=("item", "createrevenueplanson"),
    ),
)
