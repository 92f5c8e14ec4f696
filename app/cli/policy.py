"""Commands over the follow-up policy: versions, what-if over recorded history, going live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.administer import settings_of
from app.cli.failures import explained

if TYPE_CHECKING:
    from app.policy_versions import Keeper

Demo = Annotated[bool, typer.Option("--demo", help="On the demo's database.")]
Which = Annotated[str, typer.Argument(help="live, file, a version's number, or a path.")]
By = Annotated[str, typer.Option("--by", help="The address of the person who does it.")]
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    policy = typer.Typer(
        help="When customers are written to: versions and what-if.", no_args_is_help=True
    )
    policy.command("list")(list_)
    policy.command("show")(show)
    policy.command("diff")(diff)
    policy.command("write")(write)
    policy.command("live")(live)
    app.add_typer(policy, name="policy")


def list_(demo: Demo = False) -> None:
    """The versions, newest first; * is in force."""
    with _keeper(demo) as keeper:
        rows, in_force = asyncio.run(keeper.listed())
    for row in rows:
        mark = "*" if row.id == in_force else " "
        typer.echo(f"{mark} {row.id:>4}  {row.created_at:%Y-%m-%d %H:%M}  {row.author}  {row.note}")
    if in_force is None:
        typer.echo("* file  the policy of the file is in force")


def show(which: Which = "live", demo: Demo = False) -> None:
    """Print the text of a policy."""
    with _keeper(demo) as keeper:
        typer.echo(asyncio.run(keeper.text(which)), nl=False)


def diff(
    old: Which,
    new: Which,
    over: Annotated[str, typer.Option(help="How far back: 12m, 90d, 8w, 1y.")] = "12m",
    playbook: Annotated[
        Path | None, typer.Option(help="A playbook file that the new one has for its customers.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    demo: Demo = False,
) -> None:
    """Replay recorded history with two policies: which messages differ, and whom they would have
    met that they should not. Nothing is written or sent.
    """
    with _keeper(demo) as keeper:
        shown = 100_000 if as_json else _SHOWN
        found = asyncio.run(keeper.diff(old, new, over, shown=shown, playbook=str(playbook or "")))
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    for line in lines(found):
        typer.echo(line)


def write(
    file: Annotated[Path, typer.Argument(help="The policy file.")],
    by: By,
    note: Annotated[str, typer.Option(help="Why it changes.")] = "",
    demo: Demo = False,
) -> None:
    """Store a file as a new version. It waits for somebody else to make it live."""
    with _keeper(demo) as keeper:
        number = asyncio.run(keeper.write(file.read_text("utf-8"), str(file), note, by))
    typer.echo(f"Version {number} is stored. Try it: ./dunwell policy diff live {number}")


def live(
    version: Annotated[int | None, typer.Argument(help="The version; none: print it.")] = None,
    by: By = "",
    demo: Demo = False,
) -> None:
    """Print the policy in force, or put a version in force that somebody else wrote."""
    with _keeper(demo) as keeper:
        if version is None:
            typer.echo(asyncio.run(keeper.text("live")), nl=False)
            return
        went = asyncio.run(keeper.make_live(version, by))
    before = f"version {went.before}" if went.before else "the file"
    typer.echo(f"Version {went.version_id} is in force in the place of {before}.")


def lines(found: Mapping[str, Any]) -> Generator[str]:
    """What a comparison showed, for a terminal."""
    yield f"{found['since']} to {found['until']}, {found['customers']} customers"
    yield from _whom(found)
    yield f"{'':34}{'old':>8}{'new':>8}"
    old, new = found["old"], found["new"]
    names = {
        "messages": "messages",
        "automatic": "  by themselves",
        "reviewed": "  read by a person first",
        "customers": "customers written to",
    }
    if found["in_playbooks"] or found["in_trial"]:
        names |= {
            "handed": "given to a person by playbooks",
            "unanswered": "questions not answered",
        }
    for key, label in names.items():
        yield f"{label:34}{old[key]:>8}{new[key]:>8}"
    for kind in sorted({*old["harms"], *new["harms"]}):
        label = f"should not have: {kind.replace('_', ' ')}"
        yield f"{label:34}{old['harms'].get(kind, 0):>8}{new['harms'].get(kind, 0):>8}"
    yield ""
    yield f"{found['violations_total']} times the new one writes where it should not:"
    for harm in found["violations"][:_SHOWN]:
        yield f"  {harm['at'][:10]}  {harm['customer']}: {harm['kind']}, {harm['detail']}"
    yield from _more(found["violations_total"])
    yield f"{found['differences_total']} days that differ:"
    for day in found["differences"][:_SHOWN]:
        yield f"  {day['on']}  {day['customer']}: {_told(day['old'])} -> {_told(day['new'])}"
    yield from _more(found["differences_total"])


def _whom(found: Mapping[str, Any]) -> Generator[str]:
    if found["collections_off"]:
        yield f"Collections are off for {found['collections_off']} of them: nobody writes to those."
    if found["in_playbooks"]:
        yield f"{found['in_playbooks']} of them are in a playbook, and go through it both times."
    if found["in_trial"]:
        yield f"With the new one {found['in_trial']} are in a playbook, the tried one among them."
    if found["left_out"]:
        yield f"{found['left_out']} customers more were left out: that is the most at once."
    for name in found["in_vain"]:
        yield f"The new one names {name}, and nobody has it."


def _more(total: int) -> Generator[str]:
    if total > _SHOWN:
        yield f"  and {total - _SHOWN} more; --json has them"


def _told(touch: Mapping[str, Any] | None) -> str:
    if touch is None:
        return "nothing"
    by_itself = "by itself" if touch["outcome"] == "auto" else "read first"
    step = f"{touch['playbook']}, a message" if touch["playbook"] else touch["step"]
    return f"{step} ({touch['tone']}, {by_itself})"


@contextmanager
def _keeper(demo: bool) -> Generator[Keeper]:
    from app.policy_versions import Keeper
    from app.service import database

    with explained(), database(loaded := settings_of(demo)) as url:
        yield Keeper(url, loaded)
