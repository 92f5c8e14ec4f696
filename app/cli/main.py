"""Every command of `dunwell`."""

from __future__ import annotations

import typer

from app.cli import administer, chat, develop, imports, policy, revenue, run, sandbox

app = typer.Typer(
    help="Dunwell: accounts receivable from invoice to cash, with NetSuite as the source of truth.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
run.register(app)
administer.register(app)
imports.register(app)
sandbox.register(app)
policy.register(app)
revenue.register(app)
chat.register(app)
develop.register(app)
