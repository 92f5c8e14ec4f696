"""One thing the doctor checked."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from erp.netsuite.client import QueryRefused
from erp.netsuite.doctor.permissions import PERMISSIONS, WORKBOOK
from erp.netsuite.errors import Kind, Problem
from erp.port import ErpRefused, ErpUnavailable


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `fix` says what to do; with `ok` it is only an advice."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


class Wrong(Exception):
    """A check found something that must be put right."""

    def __init__(self, detail: str, fix: str = "") -> None:
        super().__init__(detail)
        self.fix = fix


async def checked(name: str, ask: Callable[[], Awaitable[str]], fix: str) -> Finding:
    """The finding of one check. Never raises for what NetSuite answers."""
    try:
        return Finding(name, ok=True, detail=await ask())
    except Wrong as wrong:
        return Finding(name, ok=False, detail=str(wrong), fix=wrong.fix or fix)
    except QueryRefused as refused:
        return Finding(name, ok=False, detail=str(refused), fix=_hint(refused.problem) or fix)
    except (ErpRefused, ErpUnavailable) as error:
        return Finding(name, ok=False, detail=str(error), fix=fix)


def _hint(problem: Problem) -> str:
    """The permission whose lack explains a refusal, if it is known."""
    if problem.kind is Kind.PERMISSION:
        return f"Grant {WORKBOOK.path}."
    named = set(re.findall(r"record '(\w+)'", problem.detail.lower()))
    paths = [one.path for one in PERMISSIONS if named & set(one.tables)]
    return f"Grant {paths[0]}." if paths else ""
