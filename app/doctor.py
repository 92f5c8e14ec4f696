"""`dunwell doctor`: really connects to everything, and says what works and what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from app.probes import events, hubspot, mail, salesforce, slack, systems
from app.probes.finding import Finding, Probe, bad
from app.probes.machine import machine
from app.probes.stored import stored
from app.settings import Settings

Say = Callable[[str], None]
_START_OF_DATABASE = 60
_QUESTIONS_TO_ERP = 90


class UnknownArea(ValueError):
    """There is nothing of that name to look at."""


async def examine(
    settings: Settings, say: Say, *, seconds: float = 10, area: str = ""
) -> list[Finding]:
    """Run all checks at once, or those of one area, tell each in order, and return them.

    `seconds` bounds one outside system; NetSuite, which is asked some seventy times, and the start
    of an embedded database have longer. Nothing is sent or changed anywhere.
    """
    probes = _probes(settings, seconds)
    names = [probe.name for probe in probes]
    if area and area not in names:
        raise UnknownArea(f"the doctor looks at {', '.join(names)}; not at {area}")
    chosen = [probe for probe in probes if area in ("", probe.name)]
    running = [(probe, asyncio.create_task(_run(probe))) for probe in chosen]
    found: list[Finding] = []
    for probe, task in running:
        await asyncio.wait([task])
        for finding in _outcome(probe, task):
            say(finding.line())
            found.append(finding)
    return found


def _probes(settings: Settings, seconds: float) -> Sequence[Probe]:
    limit = seconds * 0.8
    start = seconds if settings.database_url else _START_OF_DATABASE
    erp_time = min(_QUESTIONS_TO_ERP, seconds * 9)
    return (
        Probe("machine", partial(machine, settings), "is the disk well?", seconds),
        Probe("database", partial(stored, settings), "check DATABASE_URL", start),
        Probe("netsuite", partial(systems.erp, settings), "check the network", erp_time),
        Probe("smtp", partial(mail.sending, settings.mail, limit), "check SMTP_HOST", seconds),
        Probe("imap", partial(mail.receiving, settings.mail, limit), "check IMAP_HOST", seconds),
        Probe("stripe", partial(systems.payments, settings.stripe, limit), "try again", seconds),
        Probe("slack", partial(slack.workspace, settings.slack, limit), "try again", seconds),
        Probe("hubspot", partial(hubspot.account, settings.hubspot, limit), "try again", seconds),
        Probe(
            "salesforce", partial(salesforce.organisation, settings, limit), "try again", seconds
        ),
        Probe("model", partial(systems.mind, settings.model, limit), "try again", seconds),
        Probe(
            "webhooks", partial(events.endpoints, settings.webhooks, limit), "try again", seconds
        ),
        Probe("demo world", partial(systems.world, settings.sandbox, limit), "restart it", seconds),
    )


async def _run(probe: Probe) -> Sequence[Finding]:
    async with asyncio.timeout(probe.seconds):
        return await probe.run()


def _outcome(probe: Probe, task: asyncio.Task[Sequence[Finding]]) -> Sequence[Finding]:
    """What a check found; a check that broke is a finding too, and the others still count."""
    error = task.exception()
    if isinstance(error, TimeoutError):
        return [bad(probe.name, f"no answer within {probe.seconds:g} s", probe.fix)]
    if error is not None:
        words = f"{type(error).__name__} {error}"[:300]
        return [bad(probe.name, words, "this is an error of the doctor; please report it")]
    return task.result()
