"""A real mail server for tests: Postfix takes SMTP, Dovecot keeps and shows the mailboxes.

Everything lives in one folder and on free ports of the loopback interface. Postfix hands all mail
to Dovecot and files a copy of what it accepted in the mailbox of `ARCHIVE`, as providers file
sent mail; a mailbox nobody has gives a genuine delivery report.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SELLER, BUYER, ARCHIVE = "ar@seller.example", "dana@buyer.example", "archive@seller.example"
PASSWORD = "secret"
PROGRAMS = ("dovecot", "postfix")
PACKAGES = "dovecot-imapd dovecot-lmtpd postfix"
HOW_TO = (
    f"install them with: DEBIAN_FRONTEND=noninteractive apt-get install -y {PACKAGES} "
    "(answer 'No configuration' for Postfix)"
)


class MailServerMissing(RuntimeError):
    """The mail server of the tests cannot run here."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the running server listens. Every mailbox has the same password."""

    smtp_port: int
    imap_port: int
    folder: Path

    def log(self) -> str:
        """What both programs wrote, for a failing test."""
        files = (self.folder / "dovecot.log", self.folder / "postfix.log")
        return "\n".join(file.read_text(errors="replace") for file in files if file.exists())


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    """Start both programs; raises MailServerMissing with the way out if that cannot be."""
    check(os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")), os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="dw-mail-"))
    folder.chmod(0o755)
    smtp, imap, lmtp = _free_ports(3)
    server = MailServer(smtp, imap, folder)
    configured = _write_postfix(folder, smtp, lmtp)
    dovecot = subprocess.Popen(["dovecot", "-F", "-c", str(_write_dovecot(folder, imap, lmtp))])
    try:
        subprocess.run(["postfix", "-c", str(configured), "start"], check=True, capture_output=True)
        for port in (imap, lmtp, smtp):
            _wait_for(port, server)
        yield server
    finally:
        subprocess.run(
            ["postfix", "-c", str(configured), "abort"], check=False, capture_output=True
        )
        dovecot.terminate()
        dovecot.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def check(path: str, uid: int) -> None:
    """Raise MailServerMissing unless both programs are on `path` and `uid` may start them."""
    missing = [program for program in PROGRAMS if shutil.which(program, path=path) is None]
    if missing:
        raise MailServerMissing(f"{' and '.join(missing)} not found: {HOW_TO}")
    if uid != 0:
        raise MailServerMissing(
            "Postfix only starts as root: run these tests as root (sudo), or leave them out "
            "with -m 'not mailserver'"
        )


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _wait_for(port: int, server: MailServer) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise MailServerMissing(f"nothing listens on port {port}:\n{server.log()}")


def _write_dovecot(folder: Path, imap: int, lmtp: int) -> Path:
    mail = folder / "mail"
    mail.mkdir()
    shutil.chown(mail, "dovecot", "dovecot")
    users = "".join(f"{user}:{{PLAIN}}{PASSWORD}::::::\n" for user in (SELLER, BUYER, ARCHIVE))
    (folder / "users").write_text(users)
    path = folder / "dovecot.conf"
    path.write_text(DOVECOT.format(folder=folder, imap=imap, lmtp=lmtp))
    return path


def _write_postfix(folder: Path, smtp: int, lmtp: int) -> Path:
    etc = folder / "postfix"
    for name in ("postfix", "spool", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (etc / "main.cf").write_text(POSTFIX.format(folder=folder, lmtp=lmtp, archive=ARCHIVE))
    services = Path("/usr/share/postfix/master.cf.dist").read_text()
    listening = re.sub(
        r"^smtp +inet +n +- +y", f"127.0.0.1:{smtp} inet n - n", services, flags=re.M
    )
    unrooted = re.sub(r"^(\w+ +unix +[-ny] +[-ny] +)y", r"\1n", listening, flags=re.M)
    (etc / "master.cf").write_text(unrooted)
    return etc


DOVECOT = """
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
mail_location = maildir:{folder}/mail/%u
recipient_delimiter = +
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@seller.example
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""

POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mx.seller.example
mydestination =
alias_maps =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
always_bcc = {archive}
default_transport = lmtp:inet:127.0.0.1:{lmtp}
relay_transport = lmtp:inet:127.0.0.1:{lmtp}
"""
