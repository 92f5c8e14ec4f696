"""Commands for those who work on Dunwell: test, check, eval."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.failures import explained
from app.settings import environment

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {
    "chromium": ("chromium", "fonts-dejavu-core"),
    "dovecot": ("dovecot-imapd", "dovecot-lmtpd"),
    "postfix": ("postfix",),
}
# A file's tests share worlds: one process has them all.
_BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy", ".")),
    ("imports", ("lint-imports",)),
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("test")(test)
    app.command("check")(check)
    evaluations = typer.Typer(help="Measure the quality of judgement.", no_args_is_help=True)
    evaluations.command("drafts")(eval_drafts)
    evaluations.command("cases")(eval_cases)
    evaluations.command("matching")(eval_matching)
    evaluations.command("forecast")(eval_forecast)
    evaluations.command("replies")(eval_replies)
    evaluations.command("injections")(eval_injections)
    evaluations.command("revenue")(eval_revenue)
    evaluations.command("chat")(eval_chat)
    evaluations.command("contracts")(eval_contracts)
    app.add_typer(evaluations, name="eval")


def test(
    fast: Annotated[bool, typer.Option("--fast", help="Leave out crash, browser, mail.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Fail if the browser or the mail servers are missing.")
    ] = False,
    workers: Annotated[int, typer.Option(help="Test processes.")] = 4,
) -> None:
    """Run the checks beside the tests; installs what they need where it may."""
    checks = subprocess.Popen(
        [sys.executable, "-m", "app", "check"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    left_out = ["crash", "browser", "mailserver"] if fast else _missing(everything)
    chosen = " and ".join(f"not {marker}" for marker in left_out)
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(workers), *_BY_FILE]
    result = subprocess.run(command + (["-m", chosen] if chosen else []), cwd=ROOT, check=False)
    for marker in left_out:
        typer.secho(f"The {marker} tests did not run. {_advice(marker)}", fg="yellow")
    typer.echo(checks.communicate()[0])
    raise typer.Exit(result.returncode or checks.returncode)


def check() -> None:
    """Format, lint, types, import contracts."""
    failed = []
    for name, command in CHECKS:
        tool = Path(sys.executable).parent / command[0]
        outcome = subprocess.run([str(tool), *command[1:]], cwd=ROOT, check=False)
        if outcome.returncode:
            failed.append(name)
    if failed:
        typer.secho(f"Failed: {', '.join(failed)}", fg="red", err=True)
        raise typer.Exit(1)


def eval_drafts(
    file: Annotated[Path, typer.Argument(help="Drafts, one JSON record a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Judge drafts with the guard: no false one may pass, at most 2 % of honest ones blocked."""
    from evals.drafts import run

    raise typer.Exit(run(file, as_json=as_json))


def eval_matching(
    folder: Annotated[
        Path, typer.Argument(help="Holds invoices.csv, payments.csv and, to score, matches.csv.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
    out: Annotated[Path, typer.Option(help="Where predictions.csv is written.")] = Path(),
) -> None:
    """Match payments to invoices as in production and score it: precision, recall, wrong posts."""
    from evals.matching import run

    raise typer.Exit(run(folder, as_json=as_json, out=out))


def eval_forecast(
    file: Annotated[
        Path,
        typer.Argument(help="customer_id,invoice_id,issued_on,due_on,paid_on,amount,currency"),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Measure the late-payment score on invoices of the past: AUC, Brier, base rate."""
    from evals.forecast import run

    raise typer.Exit(run(file, as_json=as_json))


def eval_cases(
    file: Annotated[Path, typer.Argument(help="Payment cases, one JSON list.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Match payment cases: nothing may be applied by itself that is not labelled so."""
    from evals.cases import run

    raise typer.Exit(run(file, as_json=as_json))


def eval_replies(
    file: Annotated[Path, typer.Argument(help="Replies, one JSON record a line.")],
    model: Annotated[
        Literal["none", "configured"],
        typer.Option(help="Read by rules alone, or also by the model that the settings name."),
    ] = "none",
    out: Annotated[Path | None, typer.Option(help="Where predictions are written.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Read replies as in production, without acting, and score the reading where it is labelled."""
    from app.cli.model import chosen_brain
    from evals.replies import run

    async def judge() -> int:
        async with chosen_brain(model) as brain:
            return await run(file, brain, out=out, as_json=as_json)

    with explained():
        code = asyncio.run(judge())
    raise typer.Exit(code)


def eval_chat(
    file: Annotated[
        Path | None, typer.Argument(help="Conversations, one JSON record a line.")
    ] = None,
    model: Annotated[
        Literal["none", "configured"],
        typer.Option(help="Answered by rules alone, or by the model that the settings name."),
    ] = "none",
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Hold the golden conversations in a world of their own and score tools, figures and acts."""
    from app.cli.model import chosen_brain
    from evals.chat import GOLDEN, run

    async def judge() -> int:
        async with chosen_brain(model) as brain:
            return await run(brain, file=file or GOLDEN, as_json=as_json)

    with explained():
        code = asyncio.run(judge())
    raise typer.Exit(code)


def eval_contracts(
    folder: Annotated[Path, typer.Argument(help="PDF, DOCX and TXT files, or one of them.")],
    model: Annotated[
        Literal["none", "configured"],
        typer.Option(help="Read by rules alone, or also by the model that the settings name."),
    ] = "none",
) -> None:
    """Read contracts as uploads are and print their terms, one JSON object a file."""
    from app.cli.model import chosen_brain
    from evals.contracts import run

    async def judge() -> int:
        async with chosen_brain(model) as brain:
            return await run(folder, brain)

    with explained():
        code = asyncio.run(judge())
    raise typer.Exit(code)


def eval_injections(
    file: Annotated[Path, typer.Argument(help="Attacks and look-alikes, one JSON record a line.")],
    model: Annotated[
        Literal["none", "obedient", "configured"],
        typer.Option(
            help="The service reads and writes by rules alone, with a model that obeys every "
            "attack, or with the model that the settings name."
        ),
    ] = "none",
    out: Annotated[Path | None, typer.Option(help="Where outcomes are written, as lines.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Send attacks through every door of an isolated world and report what they bring about."""
    from app.cli.model import model_settings
    from evals.injections import run

    with explained():
        settings = model_settings() if model == "configured" else {}
        obedient = model == "obedient"
        code = run(file, as_json=as_json, out=out, obedient=obedient, model=settings)
    raise typer.Exit(code)


def eval_revenue(
    file: Annotated[Path, typer.Argument(help="Vectors, one JSON object with the list vectors.")],
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Compute plans, allocations, changes and ledgers beside what is expected of each."""
    from evals.revenue import run

    raise typer.Exit(run(file, as_json=as_json))


def _missing(everything: bool) -> list[str]:
    """Markers whose programs are missing and may not be installed here."""
    needs = {"browser": ["chromium"], "mailserver": ["dovecot", "postfix"]}
    wanted = [name for names in needs.values() for name in names if not _found(name)]
    if wanted:
        _install([package for name in wanted for package in PACKAGES[name]])
    missing = [marker for marker, names in needs.items() if not all(map(_found, names))]
    if missing and everything:
        for marker in missing:
            typer.secho(f"The {marker} tests cannot run. {_advice(marker)}", fg="red", err=True)
        raise typer.Exit(1)
    return missing


def _found(name: str) -> bool:
    search = f"{environment().get('PATH', '')}:/usr/sbin:/sbin"
    names = CHROMIUM if name == "chromium" else (name,)
    return any(shutil.which(candidate, path=search) for candidate in names)


def _install(packages: list[str]) -> None:
    """Install distribution packages when this is Debian and we are root; else leave it."""
    if not shutil.which("apt-get") or not _is_root():
        return
    typer.echo(f"Installing {', '.join(packages)} for the tests ...", err=True)
    env = environment() | {"DEBIAN_FRONTEND": "noninteractive"}
    answers = "postfix postfix/main_mailer_type select No configuration\n"
    subprocess.run(["debconf-set-selections"], input=answers, text=True, env=env, check=False)
    subprocess.run(["apt-get", "update", "-qq"], env=env, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL)


def _is_root() -> bool:
    return subprocess.run(["id", "-u"], capture_output=True, check=False).stdout.strip() == b"0"


def _advice(marker: str) -> str:
    if marker == "crash":
        return "Leave out --fast to run them."
    needs = {"browser": "chromium", "mailserver": "dovecot postfix"}[marker]
    packages = " ".join(p for name in needs.split() for p in PACKAGES[name])
    return f"To get them, as root on Debian: apt-get install --no-install-recommends {packages}"
