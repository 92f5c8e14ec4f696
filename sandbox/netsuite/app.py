"""The NetSuite-shaped ERP as an ASGI application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette

from sandbox.company import Company
from sandbox.netsuite.account import Account
from sandbox.netsuite.control.admin import Admin
from sandbox.netsuite.control.edge import Edge
from sandbox.netsuite.rest import RestServices
from sandbox.netsuite.store import ErpStore
from sandbox.serving import AsgiApp


def build_app(
    store: ErpStore,
    clock: Callable[[], datetime],
    *,
    admin_token: str,
    account_id: str = "TSTDRV1",
    company: Company | None = None,
) -> AsgiApp:
    """The account's REST services, and /admin behind `Authorization: Bearer <admin_token>`.

    `company` is what POST /admin/reset goes back to.
    """
    return build_account_app(
        Account(store, clock, account_id), admin_token=admin_token, company=company
    )


def build_account_app(
    account: Account, *, admin_token: str, company: Company | None = None
) -> AsgiApp:
    """The same for an account whose knobs were set beforehand."""
    routes = [*RestServices(account).routes(), *Admin(account, admin_token, company).routes()]
    return Edge(Starlette(routes=routes), account)
