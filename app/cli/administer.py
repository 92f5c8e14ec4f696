"""Commands for whoever keeps the service: settings, doctor, people, keys, the audit."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager
from textwrap import fill
from typing import Annotated

import typer

from app.cli.failures import Mistake, explained
from app.options import OPTIONS, Option
from app.settings import Settings, given, load

_PARTS = (
    ("Service", ("DUNWELL_", "DATABASE_")),
    ("NetSuite", ("NETSUITE_",)),
    ("Mail", ("MAIL_", "SMTP_", "IMAP_")),
    ("Stripe", ("STRIPE_",)),
    ("Language model", ("OPENAI_",)),
)
Area = Annotated[str, typer.Argument(help="Only this: netsuite, smtp, stripe, ...")]
Demo = Annotated[bool, typer.Option("--demo", help="On the demo's database.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("settings")(settings)
    app.command("doctor")(doctor)
    app.command("sign-in-link")(sign_in_link)
    people = typer.Typer(help="The people who may sign in.", no_args_is_help=True)
    people.command("add")(person_add)
    people.command("list")(person_list)
    app.add_typer(people, name="people")
    audit = typer.Typer(help="The append-only record of every move.", no_args_is_help=True)
    audit.command("verify")(audit_verify)
    audit.callback()(lambda: None)
    app.add_typer(audit, name="audit")
    keys = typer.Typer(help="API keys.", no_args_is_help=True)
    keys.command("create")(key_create)
    keys.callback()(lambda: None)
    app.add_typer(keys, name="key")


def settings() -> None:
    """Every setting with its meaning, its default and whether it is set (never its value)."""
    with explained():
        values = given()
        for title, prefixes in _PARTS:
            typer.secho(f"\n{title}", bold=True)
            for option in OPTIONS.values():
                if option.name.startswith(prefixes):
                    _describe(option, is_set=bool(values.get(option.name)))
        typer.echo("")
        load(values)
        typer.echo("The settings are complete. ./dunwell doctor tries them.")


def _describe(option: Option, *, is_set: bool) -> None:
    state = "set" if is_set else f"default {option.default}" if option.default else "not set"
    secret = ", secret" if option.secret else ""
    typer.echo(f"  {'*' if is_set else ' '} {option.name} ({state}{secret})")
    typer.echo(fill(option.meaning, 92, initial_indent=" " * 6, subsequent_indent=" " * 6))


def doctor(area: Area = "", demo: Demo = False) -> None:
    """What is configured, what works (it really connects), and what to do about the rest."""
    from app.doctor import UnknownArea, examine

    with explained():
        try:
            findings = asyncio.run(examine(settings_of(demo), typer.echo, area=area))
        except UnknownArea as unknown:
            raise Mistake(str(unknown)) from None
    bad = [finding for finding in findings if not finding.ok]
    typer.echo(f"{len(findings) - len(bad)} of {len(findings)} checks are fine.")
    raise typer.Exit(1 if bad else 0)


def sign_in_link(email: Annotated[str, typer.Argument()], demo: Demo = False) -> None:
    """Print a new one-time sign-in link for a person."""
    from app import access

    with explained(), _database(loaded := settings_of(demo)) as url:
        link = asyncio.run(access.link_for(url, loaded, email))
    if link is None:
        typer.echo(f"Nobody with the address {email} may sign in. See ./dunwell people.", err=True)
        raise typer.Exit(1)
    typer.echo(link)


def person_add(
    email: Annotated[str, typer.Argument()],
    name: Annotated[str, typer.Argument()],
    role: Annotated[str, typer.Option(help="viewer, collector, approver, controller, admin, ...")],
    demo: Demo = False,
) -> None:
    """Let a person sign in, or change a person's name and role."""
    from app import access

    with explained(), _database(loaded := settings_of(demo)) as url:
        asyncio.run(access.add_person(url, loaded, access.NewPerson(email, name, role)))
    typer.echo(f"{name} <{email}> may sign in as {role}.")


def person_list(demo: Demo = False) -> None:
    """Who may sign in."""
    from app import access

    with explained(), _database(settings_of(demo)) as url:
        people = asyncio.run(access.people(url))
    for person in people:
        typer.echo(
            f"{person.role:<12} {person.name} <{person.email}>{' (off)' * (not person.active)}"
        )
    if not people:
        typer.echo("Nobody yet. Add somebody with ./dunwell people add EMAIL NAME --role admin.")


def audit_verify(demo: Demo = False) -> None:
    """Recompute the audit's hash chain from the first row to the last."""
    from app.checks import verify_audit

    with explained(), _database(settings_of(demo)) as url:
        sound, words = asyncio.run(verify_audit(url))
    typer.echo(words)
    raise typer.Exit(0 if sound else 1)


def key_create(
    email: Annotated[str, typer.Argument(help="The person the key acts for.")],
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[
        list[str], typer.Option(help="read, review, payments:write, policy; repeatable.")
    ],
    demo: Demo = False,
) -> None:
    """Make an API key; it is shown once."""
    from app import access

    with explained(), _database(loaded := settings_of(demo)) as url:
        key = asyncio.run(access.create_key(url, loaded, email, name, scope))
    if key is None:
        typer.echo(f"Nobody with the address {email} may sign in.", err=True)
        raise typer.Exit(1)
    typer.echo(key)


def settings_of(demo: bool) -> Settings:
    """The settings, or those of the demo that runs here. Raises SettingsError."""
    from app.demo import default_folder, read_environment

    if not demo:
        return load()
    known = read_environment(default_folder())
    if known is None:
        typer.echo("No demo was started here. Start one with ./dunwell demo.", err=True)
        raise typer.Exit(1)
    return load(known)


def _database(loaded: Settings) -> AbstractContextManager[str]:
    from app.service import database

    return database(loaded)
