"""One line of the catalogue: what a check is called, how grave it is, what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from erp.review.finding import Severity

Needs = Literal["", "contract", "deal", "credit", "write_off"]
Group = Literal[
    "sync", "customer", "header", "lines", "accounting", "tax", "revenue", "deal", "duplicate",
    "credit",
]  # fmt: skip
ORDER: tuple[Group, ...] = (
    "sync", "customer", "header", "lines", "accounting", "tax", "revenue", "deal", "duplicate",
    "credit",
)  # fmt: skip
_GROUPS: dict[str, Group] = {
    "SYN": "sync",
    "CUS": "customer",
    "HDR": "header",
    "LIN": "lines",
    "GL": "accounting",
    "TAX": "tax",
    "REV": "revenue",
    "DEA": "deal",
    "DUP": "duplicate",
    "CRM": "credit",
    "WOF": "credit",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `message` has its values in braces; `needs` is what it cannot be asked without.

    `on_update`: it is also asked of changes to an invoice that the ERP has already.
    """

    id: str
    severity: Severity
    message: str
    fix: str
    fixable: bool = False
    needs: Needs = ""
    on_update: bool = False

    @property
    def group(self) -> Group:
        return _GROUPS[self.id.partition("-")[0]]


Line = tuple[str, str, str, str]


def checks(lines: Iterable[Line]) -> tuple[Check, ...]:
    """Checks from (id, marks, message, fix).

    Marks are the severity, and of `fixable`, `on_update` and one of the needs, those that hold.
    """
    return tuple(_check(*line) for line in lines)


def _check(name: str, marks: str, message: str, fix: str) -> Check:
    severity, *more = marks.split()
    needs: dict[str, Needs] = {
        "contract": "contract",
        "deal": "deal",
        "credit": "credit",
        "write_off": "write_off",
    }
    return Check(
        id=name,
        severity=Severity(severity),
        message=message,
        fix=fix,
        fixable="fixable" in more,
        needs=next((needs[word] for word in more if word in needs), ""),
        on_update="on_update" in more,
    )
