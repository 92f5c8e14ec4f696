"""The sandbox clock moves forward for everybody who reads its file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.clock import SandboxClock


def test_starts_at_real_time(tmp_path: Path) -> None:
    clock = SandboxClock(tmp_path / "clock")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.offset() == 0


def test_advance_is_seen_by_every_reader_and_adds_up(tmp_path: Path) -> None:
    clock, other = SandboxClock(tmp_path / "c" / "clock"), SandboxClock(tmp_path / "c" / "clock")
    assert clock.advance(days=3) == 259_200
    assert clock.advance(seconds=5) == 259_205
    assert other.offset() == 259_205
    assert (tmp_path / "c" / "clock").read_text() == "259205\n"
    assert other() - datetime.now(UTC) > timedelta(days=2, hours=23)


def test_never_goes_back(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="forward"):
        SandboxClock(tmp_path / "clock").advance(seconds=-1)
