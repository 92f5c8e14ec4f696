"""Faults to order: which request, at which moment, and what goes wrong."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Moment(StrEnum):
    """`before`: the request arrived, nothing recorded. `after`: recorded, nothing answered."""

    BEFORE = "before"
    AFTER = "after"


class What(StrEnum):
    """What goes wrong. A killed caller's connection is dropped too."""

    DROP = "drop"
    DELAY = "delay"
    ERROR = "error"
    BAD_GATEWAY = "bad_gateway"
    THROTTLE = "throttle"
    CONFLICT = "conflict"
    EXPIRE_TOKENS = "expire_tokens"
    KILL = "kill"


@dataclass(slots=True)
class Fault:
    """Strikes the `nth` matching request and `times - 1` after it; `pid` is who gets killed."""

    id: int
    what: What
    moment: Moment
    method: str
    path: str
    nth: int
    times: int
    seconds: float
    pid: int
    signal: signal.Signals
    seen: int = 0
    struck: int = 0

    def meets(self, method: str, path: str) -> bool:
        """Count a request; whether it is one to strike."""
        if self.method not in ("*", method) or not path.lower().startswith(self.path.lower()):
            return False
        self.seen += 1
        if self.seen < self.nth or self.struck >= self.times:
            return False
        self.struck += 1
        return True

    def strike_process(self) -> None:
        """Send the signal; a process that is gone already is fine."""
        try:
            os.kill(self.pid, self.signal)
        except ProcessLookupError:
            return


class BadFault(ValueError):
    """The fault cannot be set."""


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.active: list[Fault] = []

    def add(self, spec: Mapping[str, object]) -> Fault:
        """Set a fault from JSON: see ASSUMPTIONS.md for the keys. Raises BadFault."""
        try:
            fault = _read(next(self._ids), spec)
        except (ValueError, TypeError, KeyError) as error:
            raise BadFault(str(error)) from error
        if fault.what is What.KILL and fault.pid <= 1:
            raise BadFault("kill needs the pid of a process")
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Everything works again."""
        self.active.clear()

    def matching(self, method: str, path: str) -> list[Fault]:
        """The faults that strike this request."""
        return [fault for fault in self.active if fault.meets(method, path)]


def _read(number: int, spec: Mapping[str, object]) -> Fault:
    what, moment = str(spec.get("what", "")), str(spec.get("moment", "after"))
    if moment == "drop":
        what, moment = "drop", "after"
    name = str(spec.get("signal", "KILL")).upper().removeprefix("SIG")
    if name not in ("KILL", "TERM"):
        raise BadFault("signal is KILL or TERM")
    return Fault(
        id=number,
        what=What(what),
        moment=Moment(moment),
        method=str(spec.get("method", "*")).upper(),
        path=str(spec.get("path", "/services/rest")),
        nth=int(str(spec.get("nth", 1))),
        times=int(str(spec.get("times", 1))),
        seconds=float(str(spec.get("seconds", 0))),
        pid=int(str(spec.get("pid", 0))),
        signal=signal.SIGKILL if name == "KILL" else signal.SIGTERM,
    )
