"""A bank's SFTP server: what lies in a folder, and its bytes. The server's key must be known.

The library is loaded when a server is asked: pages need the values only.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncssh

_SECONDS = 30
_MOST_NAMES = 10_000
_REGULAR = 0o100000
_TYPE = 0o170000
_HOST_KEY = re.compile(r"(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp[0-9]{3}) [A-Za-z0-9+/]{40,}")


class SftpUnavailable(ConnectionError):
    """The SFTP server cannot be reached, is not the one that is known, or refuses us."""


@dataclass(frozen=True, slots=True)
class SftpAccount:
    """Where files lie. `host_key` is the server's public key, "ssh-ed25519 AAAA...".

    `delete`: take files away once they are read.
    """

    host: str
    port: int
    username: str
    key_file: Path = field(repr=False)
    host_key: str
    folder: str = "."
    delete: bool = False


@dataclass(frozen=True, slots=True)
class Remote:
    """A file on the server as it lies there now; `modified` in seconds since 1970."""

    name: str
    size: int
    modified: int


class RemoteFolder(Protocol):
    """A folder on a server."""

    async def files(self) -> Sequence[Remote]: ...

    async def read(self, name: str, most: int) -> bytes: ...

    async def remove(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SftpFolder:
    """The account's folder over an open connection."""

    client: asyncssh.SFTPClient
    folder: str

    async def files(self) -> Sequence[Remote]:
        """Regular files, by name; no links, no hidden files."""
        found: list[Remote] = []
        async for entry in self.client.scandir(self.folder):
            name = str(entry.filename)
            mode = entry.attrs.permissions or 0
            if mode & _TYPE == _REGULAR and not name.startswith(".") and "/" not in name:
                found.append(Remote(name, entry.attrs.size or 0, int(entry.attrs.mtime or 0)))
            if len(found) > _MOST_NAMES:
                raise SftpUnavailable(f"the folder holds more than {_MOST_NAMES} files")
        return sorted(found, key=lambda one: one.name)

    async def read(self, name: str, most: int) -> bytes:
        """The file's bytes, at most one more than `most`."""
        async with self.client.open(f"{self.folder}/{name}", "rb") as file:
            content = await file.read(most + 1)
        return content if isinstance(content, bytes) else content.encode()

    async def remove(self, name: str) -> None:
        await self.client.remove(f"{self.folder}/{name}")


def is_host_key(text: str) -> bool:
    """Whether this is written like the public key of a server."""
    return _HOST_KEY.match(text) is not None


@asynccontextmanager
async def opened(account: SftpAccount) -> AsyncGenerator[RemoteFolder]:
    """The account's folder. Raises SftpUnavailable, also for what fails inside of the block."""
    import asyncssh

    try:
        trusted = asyncssh.import_public_key(account.host_key)
        async with (
            asyncssh.connect(
                account.host,
                account.port,
                username=account.username,
                client_keys=[str(account.key_file)],
                known_hosts=([trusted], [], []),
                agent_path=None,
                config=None,
                password=None,
                connect_timeout=_SECONDS,
                login_timeout=_SECONDS,
            ) as connection,
            connection.start_sftp_client() as client,
        ):
            yield SftpFolder(client, account.folder.rstrip("/") or "/")
    except (asyncssh.Error, OSError, TimeoutError, ValueError) as error:
        words = f"{type(error).__name__}: {error}"[:200]
        raise SftpUnavailable(words) from error
