"""What the integration's role may do, and which features the account has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.netsuite.errors import Refusal, user_error

LEVELS = ("NONE", "VIEW", "CREATE", "EDIT", "FULL")
REST, LOGIN, WORKBOOK = "ADMI_RESTWEBSERVICES", "ADMI_LOGIN_OAUTH2", "REPO_ANALYTICS"
_OF_RECORD = {
    "customer": "LIST_CUSTJOB",
    "contact": "LIST_CONTACT",
    "invoice": "TRAN_CUSTINVC",
    "customerpayment": "TRAN_CUSTPYMT",
    "creditmemo": "TRAN_CUSTCRED",
    "customerrefund": "TRAN_CUSTRFND",
    "customerdeposit": "TRAN_CUSTDEP",
    "depositapplication": "TRAN_DEPAPPL",
    "journalentry": "TRAN_JOURNAL",
    "salesorder": "TRAN_SALESORD",
    "account": "LIST_ACCOUNT",
    "currency": "LIST_CURRENCY",
    "subsidiary": "LIST_SUBSIDIARY",
    "accountingperiod": "ADMI_ACCTPERIODS",
    "department": "LIST_DEPARTMENT",
    "classification": "LIST_CLASS",
    "location": "LIST_LOCATION",
    "noninventorysaleitem": "LIST_ITEM",
    "servicesaleitem": "LIST_ITEM",
    "term": "ADMI_ACCOUNTINGLIST",
}
_OF_TABLE = {
    "transaction": "TRAN_FIND",
    "transactionline": "TRAN_FIND",
    "transactionaccountingline": "TRAN_FIND",
    "nexttransactionlinelink": "TRAN_FIND",
    "previoustransactionlinelink": "TRAN_FIND",
    "customer": "LIST_CUSTJOB",
    "customersubsidiaryrelationship": "LIST_CUSTJOB",
    "contact": "LIST_CONTACT",
    "account": "LIST_ACCOUNT",
    "currency": "LIST_CURRENCY",
    "currencyrate": "LIST_CURRENCY",
    "subsidiary": "LIST_SUBSIDIARY",
    "accountingperiod": "ADMI_ACCTPERIODS",
    "department": "LIST_DEPARTMENT",
    "classification": "LIST_CLASS",
    "location": "LIST_LOCATION",
    "item": "LIST_ITEM",
    "term": "ADMI_ACCOUNTINGLIST",
    "deletedrecord": "ADMI_DELETEDRECORD",
    "systemnote": "LIST_SYSTEMNOTES",
    "revenuearrangement": "TRAN_REVARRNG",
    "revenueelement": "TRAN_REVARRNG",
    "revenueplan": "LIST_REVENUEPLAN",
    "revenueplanplannedrevenue": "LIST_REVENUEPLAN",
}
ARM, CLASSIC_REVENUE = "ADVANCEDREVENUERECOGNITION", "REVENUERECOGNITION"
_OF_FEATURE = {
    "MULTICURRENCY": ("currency", "currencyrate"),
    "SUBSIDIARIES": ("subsidiary", "customersubsidiaryrelationship"),
    "DEPARTMENTS": ("department",),
    "CLASSES": ("classification",),
    "LOCATIONS": ("location",),
    CLASSIC_REVENUE: ("revrecschedule",),
}
_OPTIONAL = {
    ARM: (
        "revenuearrangement",
        "revenueelement",
        "revenueplan",
        "revenueplanplannedrevenue",
    ),
}
PERMISSIONS = frozenset((*_OF_RECORD.values(), *_OF_TABLE.values(), REST, LOGIN, WORKBOOK))
FEATURES = frozenset(_OF_FEATURE)


@dataclass(slots=True)
class Role:
    """Permission id -> highest level, where it is less than full; features switched off.

    `features_on` are those that accounts have only where they bought them.

    `forbids` answers a missing permission with 403 in place of the usual 400.
    """

    limits: dict[str, str] = field(default_factory=dict)
    features_off: set[str] = field(default_factory=set)
    features_on: set[str] = field(default_factory=set)
    forbids: bool = False
    administrator: bool = False
    locked: set[tuple[str, int]] = field(default_factory=set)

    def restrict(self, limits: Mapping[str, object]) -> None:
        """Set permission levels. Raises ValueError for an unknown id or level."""
        for name, level in limits.items():
            if name not in PERMISSIONS or level not in LEVELS:
                raise ValueError(f"no permission {name!r} has the level {level!r}")
        self.limits = {name: str(level) for name, level in limits.items()}

    def switch_off(self, features: list[object]) -> None:
        """Switch features off, all others on. Raises ValueError for an unknown one."""
        wanted = {str(name) for name in features}
        if wanted - FEATURES:
            raise ValueError(f"features are {', '.join(sorted(FEATURES))}")
        self.features_off = wanted

    def switch_on(self, features: list[object]) -> None:
        """Switch bought features on, all others off. Raises ValueError for an unknown one."""
        wanted = {str(name) for name in features}
        if wanted - _OPTIONAL.keys():
            raise ValueError(f"features are {', '.join(sorted(_OPTIONAL))}")
        self.features_on = wanted

    def has(self, permission: str, level: str) -> bool:
        """Whether a permission reaches a level."""
        return LEVELS.index(self.limits.get(permission, "FULL")) >= LEVELS.index(level)

    def check(self, record: str, level: str) -> None:
        """Raises Refusal unless records of a type may be read or changed so."""
        self.check_rest()
        if record in self.absent:
            raise Refusal(404, "INVALID_REQUEST", f"Record type '{record}' does not exist.")
        if not self.has(_OF_RECORD.get(record, REST), level):
            raise self.refusal()

    def check_rest(self) -> None:
        """Raises Refusal for a role without REST Web Services."""
        if not self.has(REST, "FULL"):
            raise _forbidden()

    def check_search(self) -> None:
        """Raises Refusal where collections, `q` and SuiteQL are closed: no Workbook."""
        self.check_rest()
        if not self.has(WORKBOOK, "EDIT"):
            raise self.refusal()

    def check_lock(self, record: str, record_id: int) -> None:
        """Raises Refusal for a record a workflow has locked."""
        if (record, record_id) in self.locked:
            raise user_error("This record has been locked by a user defined workflow.")

    def refusal(self) -> Refusal:
        """What a missing permission looks like."""
        if self.forbids:
            return _forbidden()
        return user_error("Your current role does not have permission to perform this action.")

    @property
    def absent(self) -> frozenset[str]:
        """Tables and record types of features that are off."""
        lacking = _OPTIONAL.keys() - self.features_on
        return frozenset(
            (
                *(t for name in self.features_off for t in _OF_FEATURE[name]),
                *(t for name in lacking for t in _OPTIONAL[name]),
            )
        )

    @property
    def unseen(self) -> frozenset[str]:
        """Tables a query does not find."""
        denied = (t for t, needed in _OF_TABLE.items() if not self.has(needed, "VIEW"))
        return self.absent | frozenset(denied)


def _forbidden() -> Refusal:
    return Refusal(
        403,
        "INSUFFICIENT_PERMISSION",
        "Permission Violation: Your current role does not have permission to perform this action.",
    )
