"""Misbehaviour to order: refusals, cut connections, and killing the sender at a chosen moment."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass, fields

_SIGNALS = {"KILL": signal.SIGKILL, "TERM": signal.SIGTERM}
_WHERE = ("connect", "rcpt", "data")
_DO = ("550", "451", "452", "cut", "hang", "kill")
_MOMENTS = ("before", "after", "drop", "during")


class BadFault(ValueError):
    """The fault is not one the mail server knows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and when.

    `where`: on connect, at RCPT or when the message has arrived (data). It strikes on the
    `nth` such occasion from now, `times` times. `do`: an SMTP refusal, "cut" (message kept, no
    answer, connection closed), "hang" (message kept, no answer for `seconds`) or "kill".

    A kill signals `pid` at a `moment`: "before" (nothing kept), "after" (kept, no answer),
    "drop" (kept, connection closed) or "during" (signalled, then everything goes on).
    """

    where: str = "data"
    do: str = "kill"
    nth: int = 1
    times: int = 1
    pid: int = 0
    signal: str = "KILL"
    moment: str = "before"
    seconds: float = 60.0
    address: str = ""

    def __post_init__(self) -> None:
        known = (
            self.where in _WHERE
            and self.do in _DO
            and self.moment in _MOMENTS
            and self.signal in _SIGNALS
        )
        if not known or self.nth < 1 or self.times < 1:
            raise BadFault(repr(self))
        if self.where == "connect" and self.do not in ("cut", "kill"):
            raise BadFault(f"on connect only cut and kill are possible, not {self.do}")

    @classmethod
    def from_mapping(cls, raw: Mapping[str, object]) -> Fault:
        """Raises BadFault for unknown fields and values of the wrong type."""
        unknown = set(raw) - {field.name for field in fields(cls)}
        if unknown:
            raise BadFault(f"unknown: {', '.join(sorted(unknown))}")
        return cls(
            where=_text(raw, "where", "data"),
            do=_text(raw, "do", "kill"),
            nth=_number(raw, "nth", 1),
            times=_number(raw, "times", 1),
            pid=_number(raw, "pid", 0),
            signal=_text(raw, "signal", "KILL"),
            moment=_text(raw, "moment", "before"),
            seconds=_seconds(raw, "seconds", 60.0),
            address=_text(raw, "address", ""),
        )

    def strike(self) -> None:
        """Send the signal, if there is a process to send it to; one already gone is fine."""
        if self.do != "kill" or self.pid <= 0:
            return
        try:
            os.kill(self.pid, _SIGNALS[self.signal])
        except ProcessLookupError:
            return


def _text(raw: Mapping[str, object], name: str, default: str) -> str:
    value = raw.get(name, default)
    if not isinstance(value, str):
        raise BadFault(f"{name} must be text")
    return value


def _number(raw: Mapping[str, object], name: str, default: int) -> int:
    value = raw.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadFault(f"{name} must be a whole number")
    return value


def _seconds(raw: Mapping[str, object], name: str, default: float) -> float:
    value = raw.get(name, default)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadFault(f"{name} must be a number")
    return float(value)


@dataclass(slots=True)
class _Armed:
    fault: Fault
    seen: int = 0


class FaultPlan:
    """The faults that are armed, each with its own count of occasions."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []

    def arm(self, fault: Fault) -> None:
        self._armed.append(_Armed(fault))

    def clear(self) -> None:
        self._armed.clear()

    def armed(self) -> tuple[Fault, ...]:
        return tuple(entry.fault for entry in self._armed)

    def take(self, where: str, address: str = "") -> Fault | None:
        """Count one occasion for every armed fault and return the first that strikes now."""
        striking: Fault | None = None
        for entry in self._armed:
            fault = entry.fault
            if fault.where != where or fault.address not in address:
                continue
            entry.seen += 1
            if striking is None and fault.nth <= entry.seen < fault.nth + fault.times:
                striking = fault
        self._armed = [e for e in self._armed if e.seen < e.fault.nth + e.fault.times - 1]
        return striking
