"""The demo: a whole world on loopback and the service beside it, under one supervisor."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import import_module
from pathlib import Path

import httpx
import psutil

from app.database import embedded, kept_secret, own
from app.policies import DEFAULTS
from app.processes import Child, Family, until_healthy
from app.service import first_of, stop_signal
from app.settings import environment, load, read_file
from store.health import arrived
from store.migrations import upgrade

Say = Callable[[str], None]
_PORTS = range(8400, 8500)
_PARTS = ("sandbox", "app")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """How the demo is started. `seed` and the sizes count only for a fresh world."""

    folder: Path
    port: int | None = None
    fresh: bool = False
    seed: int = 7
    customers: int = 200
    invoices: int = 2000
    pace: str = "1"


def default_folder() -> Path:
    """The demo's folder: DUNWELL_DATA_DIR or .dunwell/demo."""
    return Path(environment().get("DUNWELL_DATA_DIR") or ".dunwell/demo").absolute()


def read_environment(folder: Path) -> dict[str, str] | None:
    """The settings of the demo in `folder`, or None if none was ever started there."""
    path = folder / "demo.env"
    return read_file(path) if path.is_file() else None


async def run(options: DemoOptions, say: Say) -> None:
    """Run until Ctrl-C or SIGTERM. Raises DataFolderInUse, ChildFailed."""
    folder = options.folder
    with own(folder):
        stop_leftovers(folder)
        if options.fresh:
            say("Starting over: the old world is removed.")
            _clear(folder)
        say("Starting the embedded PostgreSQL ...")
        with embedded(folder) as database_url:
            await _run_on(database_url, options, say)
    say("Stopped. ./dunwell demo continues where it was.")


async def _run_on(database_url: str, options: DemoOptions, say: Say) -> None:
    family = Family(options.folder / "logs", _plain_environment(database_url, options))
    stopped = stop_signal()
    try:
        await _start(family, database_url, options, say)
        telling = asyncio.create_task(_tell_import(database_url, say))
        try:
            await first_of(family.watch(), stopped.wait())
        finally:
            telling.cancel()
    finally:
        say("Stopping ...")
        await family.stop()
        (options.folder / "pids").unlink(missing_ok=True)


async def _tell_import(database_url: str, say: Say) -> None:
    """Say how the first import goes, until the first follow-ups wait for a person."""
    told = ""
    while True:
        seen = await arrived(database_url)
        state = "Imported" if seen.imported else "Importing from the ERP:"
        line = f"{state} {seen.customers:,} customers, {seen.invoices:,} invoices"
        if seen.proposals:
            say(f"{line}. Follow-ups wait for you under Review.")
            return
        if line != told:
            say(f"{line} ...")
            told = line
        await asyncio.sleep(1)


async def _start(family: Family, database_url: str, options: DemoOptions, say: Say) -> None:
    """World, page and worker. On a second start the page need not wait for the world."""
    port = options.port or _free_port()
    say("Starting the world: ERP, mail server, Stripe, debtors ...")
    world = await _start_world(family, options, port)
    await asyncio.to_thread(upgrade, database_url)
    known = _settings(options.folder, port)
    page = await family.start("web", "app", "web", **known) if known else None
    await until_healthy(world, f"http://127.0.0.1:{port + 10}/health")
    settings = _settings(options.folder, port) or {}
    await _in_office_hours(settings)
    _write_environment(options.folder, {**family.environment, **settings})
    await _trials_over(database_url, {**family.environment, **settings})
    say("Starting the worker and the page ...")
    await family.start("work", "app", "work", **settings)
    await family.start("slack", "app", "slack", **settings)
    if page is not None and settings != known:
        await family.stop_one(page)
        page = None
    page = page or await family.start("web", "app", "web", **settings)
    _write_pids(options.folder, family)
    # Signing in needs the store; its libraries load while the page starts.
    await asyncio.to_thread(import_module, "app.access")
    await until_healthy(page, f"{settings['DUNWELL_PUBLIC_URL']}/health")
    await _welcome(database_url, {**family.environment, **settings}, say)


async def _start_world(family: Family, options: DemoOptions, port: int) -> Child:
    return await family.start(
        "world", "sandbox", "--data", str(options.folder / "world"),
        "--service", f"http://127.0.0.1:{port}",
        "--port-base", str(port + 10), "--seed", str(options.seed),
        "--customers", str(options.customers), "--invoices", str(options.invoices),
        "--pace", options.pace,
    )  # fmt: skip


def _settings(folder: Path, port: int) -> dict[str, str] | None:
    """What the world of `folder` told the service at its last start; None before the first."""
    path = folder / "world" / "service.env"
    if not path.is_file():
        return None
    page = {"DUNWELL_PUBLIC_URL": f"http://127.0.0.1:{port}", "DUNWELL_PORT": str(port)}
    return read_file(path) | page


async def _in_office_hours(settings: dict[str, str]) -> None:
    """Move the world's clock to the next moment at which offices in Europe and America are open.

    Mail only leaves in sending hours, so a demo started at night would show nothing happening.
    """
    headers = {"Authorization": f"Bearer {settings['DUNWELL_SANDBOX_TOKEN']}"}
    async with httpx.AsyncClient(
        base_url=settings["DUNWELL_SANDBOX_URL"], headers=headers, trust_env=False
    ) as world:
        answer = (await world.get("/clock")).raise_for_status()
        wait = until_office_hours(datetime.fromisoformat(answer.json()["now"]))
        if wait:
            seconds = int(wait.total_seconds())
            (await world.post("/clock/advance", json={"seconds": seconds})).raise_for_status()


def until_office_hours(now: datetime) -> timedelta:
    """How far it is to the next working day's 14:00 UTC; nothing from 14:00 to 16:00 UTC."""
    if now.weekday() < _SATURDAY and time(14) <= now.time() < time(16):
        return timedelta()
    start = now.replace(hour=14, minute=0, second=0, microsecond=0)
    while start <= now or start.weekday() >= _SATURDAY:
        start += timedelta(days=1)
    return start - now


async def _trials_over(database_url: str, settings: dict[str, str]) -> None:
    from app.trials import trials_over

    await trials_over(database_url, load(settings))


async def _welcome(database_url: str, settings: dict[str, str], say: Say) -> None:
    from app.access import DEMO_PEOPLE, first_link

    loaded = load(settings)
    link = await first_link(database_url, loaded, DEMO_PEOPLE)
    say("")
    say(f"  The page:      {loaded.public_url}")
    say(f"  Sign in:       {link}")
    token = settings["DUNWELL_SANDBOX_TOKEN"]
    say(f"  The mailbox:   {settings['DUNWELL_SANDBOX_URL']}/mailbox?token={token}")
    say(f"  Slack:         {_slack_page(settings)}?token={token}")
    say("  Another link:  ./dunwell sign-in-link EMAIL --demo")
    say("  Move time:     ./dunwell sandbox advance 3d")
    say("  Stop:          Ctrl-C")
    say("")


def _slack_page(settings: dict[str, str]) -> str:
    """The sandbox's chat page, where one picks who to be and talks to Dunwell."""
    return settings["SLACK_BASE_URL"].removesuffix("api").removesuffix("api/")


def _plain_environment(database_url: str, options: DemoOptions) -> dict[str, str]:
    kept = {
        name: value
        for name, value in environment().items()
        if not name.startswith(
            ("NETSUITE_", "SMTP_", "IMAP_", "MAIL_", "STRIPE_", "SLACK_", "HUBSPOT_", "SALESFORCE_")
        )
    }
    return kept | {
        "DATABASE_URL": database_url,
        "DUNWELL_DATA_DIR": str(options.folder),
        "DUNWELL_SECRET_KEY": kept_secret(options.folder, "secret.key"),
        "DUNWELL_POLICY_DIR": str(_policies(options.folder)),
        "DUNWELL_SYNC_SECONDS": "10",
        "DUNWELL_MAIL_POLL_SECONDS": "10",
        "NETSUITE_LOOK_SECONDS": "5,15",
        "MAIL_SETTLES_SECONDS": "10",
        "DUNWELL_NOTICE_ROUTES": "proposals=C0ALERTS",
    }


def _policies(folder: Path) -> Path:
    """The demo's own policy files, to be edited at will: certain matches post by themselves."""
    own = folder / "policies"
    own.mkdir(exist_ok=True)
    demo = [DEFAULTS / "demo" / name for name in ("approval.yaml", "matching.yaml")]
    for source in (*demo, DEFAULTS / "dunning.yaml"):
        if not (own / source.name).exists():
            shutil.copy(source, own / source.name)
    return own


def _write_environment(folder: Path, values: dict[str, str]) -> None:
    from app.options import OPTIONS

    known = {name: value for name, value in values.items() if name in OPTIONS}
    path = folder / "demo.env"
    path.touch(mode=0o600)
    path.write_text("".join(f"{name}={value}\n" for name, value in known.items()))


def _write_pids(folder: Path, family: Family) -> None:
    pids = "\n".join(str(child.process.pid) for child in family.children)
    (folder / "pids").write_text(pids)


def stop_leftovers(folder: Path) -> int:
    """End the parts named in the folder's pid file that still run; how many there were."""
    path = folder / "pids"
    if not path.is_file():
        return 0
    left = [process for pid in path.read_text().split() if (process := _ours(int(pid)))]
    for process in left:
        process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=10)
    for process in stubborn:
        process.kill()
    path.unlink(missing_ok=True)
    return len(left)


def _ours(pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        arguments = process.cmdline()
    except psutil.Error:
        return None
    return process if arguments[1:2] == ["-m"] and arguments[2] in _PARTS else None


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name == "dunwell.lock":
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _free_port() -> int:
    """The first port of ours whose block of twenty is free on loopback."""
    for port in _PORTS[::20]:
        if all(_is_free(candidate) for candidate in range(port, port + 20)):
            return port
    return 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
