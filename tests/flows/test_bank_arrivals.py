"""Files by folder and by SFTP: never half read, taken once, put aside with the reason."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import asyncssh
import pytest
from sqlmodel import select

from flows.bank.fetching import Fetcher
from flows.bank.folder import Folder
from sources.sftp import SftpAccount, SftpUnavailable, opened
from store.bank import BankFileRow
from store.engine import Database
from store.receivables import PaymentRow
from tests.flows.scene import NOW, desk
from tests.sources.bank.files import bai2

GOOD = bai2("16,165,5000,,BR1,,DBNM: ACME", as_of="260310")
OTHER = bai2("16,165,700,,BR2,,DBNM: ACME", as_of="260310")
BAD = bai2("16,165,5000,,BR1,,x", total=1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def payments(db: Database) -> list[int]:
    async with db.read() as session:
        rows = (await session.exec(select(PaymentRow).order_by("id"))).all()
    return [row.amount_minor for row in rows]


async def test_a_folder_is_emptied_of_what_lies_still(db: Database, tmp_path: Path) -> None:
    folder = Folder(db, desk(), tmp_path)
    growing = tmp_path / "good.bai"
    growing.write_bytes(GOOD[:-20])
    (tmp_path / "bad.bai").write_bytes(BAD)
    (tmp_path / "later.bai.part").write_bytes(OTHER)
    (tmp_path / "link.bai").symlink_to("/etc/hostname")
    assert await folder.poll(NOW) == 0
    growing.write_bytes(GOOD)
    assert await folder.poll(NOW) == 1
    assert (tmp_path / "refused/bad.bai").read_bytes() == BAD
    words = (tmp_path / "refused/bad.bai.txt").read_text()
    assert words.startswith("bad.bai was refused: line 5: the account adds up to")
    assert await folder.poll(NOW) == 1
    assert (tmp_path / "done/good.bai").read_bytes() == GOOD
    assert await payments(db) == [5000]
    growing.write_bytes(OTHER)
    os.utime(growing, (1, 1))
    await folder.poll(NOW)
    assert await folder.poll(NOW) == 1
    assert len(names(tmp_path / "done")) == 2
    assert await payments(db) == [5000, 700]
    assert names(tmp_path) == ["done", "later.bai.part", "link.bai", "refused"]


@pytest.fixture
async def account(tmp_path: Path) -> AsyncIterator[SftpAccount]:
    """A loopback SFTP server over a folder, with one user's key."""
    ours, theirs = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    key_file, allowed, root = tmp_path / "key", tmp_path / "allowed", tmp_path / "remote"
    ours.write_private_key(key_file)
    ours.write_public_key(allowed)
    (root / "out").mkdir(parents=True)
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[theirs],
        authorized_client_keys=str(allowed),
        sftp_factory=partial(asyncssh.SFTPServer, chroot=os.fsencode(root)),
    )
    host_key = theirs.export_public_key().decode().strip()
    yield SftpAccount("127.0.0.1", server.get_port(), "dunwell", key_file, host_key, "out")
    server.close()
    await server.wait_closed()


async def test_a_server_is_asked_for_each_file_once(
    db: Database, account: SftpAccount, tmp_path: Path
) -> None:
    out = tmp_path / "remote/out"
    (out / "a.bai").write_bytes(GOOD[:-20])
    (out / "b.tmp").write_bytes(OTHER)
    (out / ".hidden").write_bytes(OTHER)
    fetcher = Fetcher(db, desk(), partial(opened, account))
    assert await fetcher.poll(NOW) == 0
    (out / "a.bai").write_bytes(GOOD)
    assert await fetcher.poll(NOW) == 0
    assert await fetcher.poll(NOW) == 1
    assert await fetcher.poll(NOW) == 0
    assert await payments(db) == [5000]
    assert (out / "a.bai").exists()
    (out / "c.bai").write_bytes(OTHER)
    (out / "d.bai").write_bytes(BAD)
    tidy = Fetcher(db, desk(), partial(opened, account), delete=True)
    await tidy.poll(NOW)
    assert await tidy.poll(NOW) == 2
    assert names(out) == [".hidden", "a.bai", "b.tmp", "d.bai"]
    async with db.read() as session:
        rows = (await session.exec(select(BankFileRow).order_by("id"))).all()
    assert [(row.filename, row.origin, row.state) for row in rows] == [
        ("a.bai", "sftp", "read"),
        ("c.bai", "sftp", "read"),
        ("d.bai", "sftp", "refused"),
    ]


async def test_a_server_with_another_key_is_not_talked_to(
    db: Database, account: SftpAccount
) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    fetcher = Fetcher(db, desk(), partial(opened, replace(account, host_key=other)))
    with pytest.raises(SftpUnavailable, match="HostKey"):
        await fetcher.poll(NOW)
    assert await payments(db) == []
