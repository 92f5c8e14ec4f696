"""One thing the doctor found out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from security.redaction import redact


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and what came out. `fix` says what to do; empty when nothing is to do.

    `ok` with a `fix` is something not configured, or an advice: not a failure.
    """

    name: str
    ok: bool
    detail: str
    fix: str = ""

    def line(self) -> str:
        """One line for people, without secrets."""
        mark = "NO" if not self.ok else "--" if self.fix else "ok"
        words = f"{self.detail}: {self.fix}" if self.fix else self.detail
        return redact(f"{mark}  {self.name:<18} {' '.join(words.split())}")


@dataclass(frozen=True, slots=True)
class Probe:
    """A check to run; it may take `seconds` and then counts as failed with `fix` as the advice."""

    name: str
    run: Callable[[], Awaitable[Sequence[Finding]]]
    fix: str
    seconds: float


def fine(name: str, detail: str) -> Finding:
    return Finding(name, True, detail)


def unset(name: str, fix: str, detail: str = "not configured") -> Finding:
    return Finding(name, True, detail, fix)


def bad(name: str, detail: str, fix: str) -> Finding:
    return Finding(name, False, detail, fix)
