"""Whether the role has each permission: by reading nobody's records, and by writing nothing."""

from __future__ import annotations

from collections.abc import Sequence

from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import QueryRefused
from erp.netsuite.connection import RECORDS
from erp.netsuite.doctor.finding import Finding
from erp.netsuite.doctor.permissions import Permission
from erp.netsuite.errors import Kind, Problem
from erp.port import ErpRefused, ErpUnavailable

# No record of an account is expected to have this id.
_NOBODY = "999999999"
_VERBS = {"POST": "create", "PATCH": "change"}


async def permission(erp: NetSuite, one: Permission, *, queries: bool) -> Finding:
    """What the role lacks of a permission, in NetSuite's words; `queries` where SuiteQL works."""
    name = f"netsuite permission {one.id}"
    try:
        refusal = await _refusal(erp, one)
        hidden = [table for table in one.tables if queries and not await erp.has(table)]
        absent = bool(hidden and one.feature) and not (one.sign and await erp.has(*one.sign))
    except (ErpRefused, ErpUnavailable) as error:
        return Finding(name, ok=False, detail=str(error), fix=f"Grant {one.path}.")
    if refusal is None and absent:
        return Finding(name, ok=True, detail=f"the account has not the feature {one.feature}")
    if refusal is None and not hidden:
        return Finding(name, ok=True, detail="granted")
    words = refusal or f"SuiteQL: Record '{hidden[0]}' was not found"
    if one.needed:
        return Finding(name, ok=False, detail=words, fix=f"Grant {one.path}.")
    return Finding(name, ok=True, detail=words, fix=f"{one.without}, unless you grant {one.path}")


async def _refusal(erp: NetSuite, one: Permission) -> str | None:
    """What reading, creating or changing a record of that kind is refused with; None if nothing.

    A record that has no fields cannot be created, and one that is not there cannot be changed:
    only the right to try is found out.
    """
    if not one.record:
        return None
    path = f"{RECORDS}/{one.record}"
    if problem := await _read(erp, f"{path}/{_NOBODY}"):
        if _no_such_type(problem):
            return None
        return f"read {one.record}: {problem}"
    for method in one.writes:
        place = path if method == "POST" else f"{path}/{_NOBODY}"
        if (problem := await erp.client.rehearse(method, place)) and _forbids(problem):
            return f"{_VERBS[method]} {one.record}: {problem}"
    return None


async def _read(erp: NetSuite, path: str) -> Problem | None:
    try:
        await erp.client.get(path)
    except QueryRefused as refused:
        problem = refused.problem
        return problem if _forbids(problem) or _no_such_type(problem) else None
    return None


def _forbids(problem: Problem) -> bool:
    return problem.kind is Kind.PERMISSION


def _no_such_type(problem: Problem) -> bool:
    return problem.kind is Kind.NOT_FOUND and "record type" in problem.detail.lower()


def granted(found: Sequence[Finding]) -> int:
    """How many permissions are there in full."""
    return sum(one.ok and not one.fix for one in found)
