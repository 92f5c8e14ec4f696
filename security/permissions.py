"""Who may do what: one table, read by the pages and by the API."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What a route asks of the one who calls it."""

    READ = "read"
    READ_AUDIT = "read_audit"
    DECIDE = "decide"
    ENTER_PAYMENT = "enter_payment"
    AUTOMATE = "automate"
    SET_POLICY = "set_policy"
    CLOSE_BOOKS = "close_books"
    SET_REMITTANCE = "set_remittance"
    STOP = "stop"
    RESUME = "resume"
    ADVANCE_SANDBOX = "advance_sandbox"


_EVERYBODY = frozenset({"viewer", "auditor", "collector", "approver", "controller", "admin"})
_WORKING = frozenset({"collector", "approver", "controller"})

# An admin configures and decides nothing: the one who sets limits must not spend them.
ROLES: dict[Permission, frozenset[str]] = {
    Permission.READ: _EVERYBODY,
    Permission.READ_AUDIT: frozenset({"auditor", "approver", "controller", "admin"}),
    Permission.DECIDE: _WORKING,
    Permission.ENTER_PAYMENT: _WORKING,
    Permission.AUTOMATE: frozenset({"controller"}),
    Permission.CLOSE_BOOKS: frozenset({"controller"}),
    Permission.SET_POLICY: frozenset({"controller", "admin"}),
    Permission.SET_REMITTANCE: frozenset({"admin"}),
    Permission.STOP: _WORKING | {"admin"},
    Permission.RESUME: frozenset({"controller", "admin"}),
    Permission.ADVANCE_SANDBOX: _WORKING | {"admin"},
}


def allows(role: str, permission: Permission) -> bool:
    """Whether somebody of `role` has `permission`."""
    return role in ROLES[permission]
