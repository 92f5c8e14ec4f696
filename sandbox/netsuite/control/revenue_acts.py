"""What NetSuite's revenue management does by itself or on a button, through the admin door."""

from __future__ import annotations

from sandbox.netsuite.access.roles import ARM
from sandbox.netsuite.account import Account
from sandbox.netsuite.control.acting import Done, Spec, whole
from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.wire import day
from sandbox.netsuite.revenue.arrangements import update_arrangements
from sandbox.netsuite.revenue.recognizing import recognize
from sandbox.netsuite.revenue.spreading import METHODS


def update_revenue(account: Account, spec: Spec) -> Done:
    """Update Revenue Arrangements and Revenue Plans: `{"do": "update_revenue"}`."""
    del spec
    _check(account)
    return {"elements": update_arrangements(account.store, account.stamp())}


def recognize_revenue(account: Account, spec: Spec) -> Done:
    """Post what is due through the period of a day: `{"do": "recognize_revenue", "on": ...}`."""
    _check(account)
    on = day(spec.get("on"), "on")
    return {"journals": recognize(account.store, account.stamp(), on)}


def revenue_rule(account: Account, spec: Spec) -> Done:
    """Another method for a rule: `{"do": "revenue_rule", "id": 1, "method": ...}`.

    Plans that exist keep their amounts, as in NetSuite.
    """
    if spec.get("method") not in METHODS:
        raise ValueError(f"method is one of {', '.join(METHODS)}")
    method = str(spec["method"])
    account.store.update("revenuerecognitionrule", whole(spec, "id"), {"recognitionmethod": method})
    return {}


def _check(account: Account) -> None:
    if ARM not in account.role.features_on:
        raise user_error("The feature Advanced Revenue Management is not enabled.")
