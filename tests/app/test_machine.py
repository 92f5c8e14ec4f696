"""The embedded database, the lock on the data folder, kept secrets, leftovers, the clock."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from app.clock import OffsetClock, clock_for, system_clock
from app.database import DataFolderInUse, embedded, kept_secret, own, stop_embedded
from app.demo import stop_leftovers, until_office_hours
from sandbox.clock import SandboxClock
from store.address import plain_url
from store.migrations import current, newest, upgrade


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the embedded server's own user may enter, with a short path."""
    with tempfile.TemporaryDirectory(prefix="dw-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name) / "data"


def test_a_second_start_on_a_folder_is_refused_and_says_who_holds_it(tmp_path: Path) -> None:
    with own(tmp_path):
        with pytest.raises(DataFolderInUse) as caught, own(tmp_path):
            pass
        assert f"process {os.getpid()}" in str(caught.value)
        assert "DUNWELL_DATA_DIR" in str(caught.value)
    with own(tmp_path):
        pass


def test_a_dead_holder_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys\nfrom app.database import own\n"
        "with own(pathlib.Path(sys.argv[1])):\n    os._exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=15)
    assert ended.returncode == 9
    with own(tmp_path):
        pass


def test_a_kept_secret_is_made_once_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    secret = kept_secret(folder, "secret.key")
    assert len(secret) >= 32
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    assert kept_secret(folder, "secret.key") == secret
    assert kept_secret(folder, "other.key") != secret


def test_the_embedded_database_keeps_its_data_and_stops(open_folder: Path) -> None:
    with embedded(open_folder) as url:
        upgrade(url)
        with psycopg.connect(plain_url(url)) as connection:
            connection.execute("CREATE TABLE kept (n int)")
    assert not stop_embedded(open_folder)
    with embedded(open_folder) as url:
        assert current(url) == newest()
        with psycopg.connect(plain_url(url)) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        assert stop_embedded(open_folder)


def test_leftovers_are_ours_only(tmp_path: Path) -> None:
    sleep = "import time; time.sleep(60)"
    (tmp_path / "sandbox.py").write_text(sleep)
    ours = subprocess.Popen([sys.executable, "-m", "sandbox"], cwd=tmp_path)
    strange = subprocess.Popen([sys.executable, "-c", sleep])
    try:
        (tmp_path / "pids").write_text(f"{ours.pid}\n{strange.pid}\n999999999")
        assert stop_leftovers(tmp_path) == 1
        ours.wait(10)
        assert strange.poll() is None
        assert stop_leftovers(tmp_path) == 0
    finally:
        for process in (ours, strange):
            process.kill()
            process.wait(10)


def test_the_clock_follows_the_file_of_the_world(tmp_path: Path) -> None:
    world = SandboxClock(tmp_path / "clock")
    clock = OffsetClock(tmp_path / "clock")
    assert abs(clock() - system_clock()) < timedelta(seconds=5)
    world.advance(days=3)
    assert abs(clock() - system_clock() - timedelta(days=3)) < timedelta(seconds=5)
    assert clock().tzinfo is UTC
    assert clock_for(None) is system_clock


@pytest.mark.parametrize(
    ("now", "hours"),
    [("2026-03-10T15:00", 0), ("2026-03-10T16:00", 22), ("2026-03-13T17:00", 69)],
)
def test_the_demo_starts_in_office_hours(now: str, hours: int) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert until_office_hours(at) == timedelta(hours=hours)
