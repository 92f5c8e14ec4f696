"""Child processes of the demo: started in order, watched, stopped in reverse order."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx


class ChildFailed(Exception):
    """A part of the service ended by itself; its log says why."""


@dataclass(slots=True)
class Child:
    """A running part: its name, process and log file."""

    name: str
    process: asyncio.subprocess.Process
    log: Path


@dataclass(slots=True)
class Family:
    """All parts of one demo. Their output goes to one log file each."""

    log_folder: Path
    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)

    async def start(self, name: str, *arguments: str, **settings: str) -> Child:
        """Run `python -m ...` with the family's environment and `settings`."""
        self.log_folder.mkdir(parents=True, exist_ok=True)
        log = self.log_folder / f"{name}.log"
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *arguments,
                env={**self.environment, **settings},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        child = Child(name, process, log)
        self.children.append(child)
        return child

    async def watch(self) -> None:
        """Wait until a part ends by itself; raises ChildFailed with the end of its log."""
        waits = {asyncio.create_task(c.process.wait()): c for c in self.children}
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()
        child = waits[done.pop()]
        raise ChildFailed(f"{child.name} ended by itself.\n{tail(child.log)}")

    async def stop(self, patience: float = 15) -> None:
        """Ask every part to stop, newest first; insist after `patience` seconds each."""
        for child in reversed(self.children.copy()):
            await self.stop_one(child, patience)

    async def stop_one(self, child: Child, patience: float = 15) -> None:
        """Ask one part to stop; insist after `patience` seconds."""
        if child.process.returncode is None:
            child.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(child.process.wait(), patience)
            except TimeoutError:
                child.process.kill()
                await child.process.wait()
        self.children.remove(child)


async def until_healthy(child: Child, url: str, seconds: float = 60) -> None:
    """Wait until GET `url` answers 200. Raises ChildFailed if the part ends or time runs out."""
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        for _ in range(int(seconds * 20)):
            if child.process.returncode is not None:
                raise ChildFailed(f"{child.name} did not start.\n{tail(child.log)}")
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    raise ChildFailed(f"{child.name} did not answer within {seconds:.0f} s.\n{tail(child.log)}")


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
