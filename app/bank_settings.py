"""How files of banks reach the service besides upload: a folder, an SFTP server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.option import Option
from sources.sftp import SftpAccount, is_host_key

FOLDER, HOST = "DUNWELL_BANK_FOLDER", "BANK_SFTP_HOST"
_NEEDED = ("USERNAME", "KEY_FILE", "HOST_KEY")

BANK_OPTIONS = (
    Option(FOLDER, "A folder that bank files are dropped into. Unset: none is looked at."),
    Option("DUNWELL_BANK_POLL_SECONDS", "How often the folder and the server are looked at.", "60"),
    Option(HOST, "An SFTP server where a bank leaves its files. Unset: none."),
    Option("BANK_SFTP_PORT", "Its port.", "22"),
    Option("BANK_SFTP_USERNAME", "Its user."),
    Option("BANK_SFTP_KEY_FILE", "The private key of that user, a file without a passphrase."),
    Option(
        "BANK_SFTP_HOST_KEY",
        "The server's public key, for example ssh-ed25519 AAAA...: ask the bank. Required.",
    ),
    Option("BANK_SFTP_FOLDER", "The folder on the server.", "."),
    Option("BANK_SFTP_DELETE", "on: delete a file on the server once it is read.", "off"),
)


@dataclass(frozen=True, slots=True)
class BankSettings:
    """Where bank files come from."""

    folder: Path | None
    sftp: SftpAccount | None
    poll_seconds: int


def read_bank(
    text: Callable[[str], str], number: Callable[[str, int, int], int]
) -> tuple[BankSettings, list[tuple[str, str]]]:
    """The settings, and what is wrong with them by name."""
    problems: list[tuple[str, str]] = []
    folder = Path(text(FOLDER)).absolute() if text(FOLDER) else None
    if folder is not None and not folder.is_dir():
        problems.append((FOLDER, f"there is no folder {folder}"))
    seconds = number("DUNWELL_BANK_POLL_SECONDS", 1, 86_400)
    sftp = _sftp(text, number("BANK_SFTP_PORT", 1, 65_535), problems) if text(HOST) else None
    if not text(HOST) and text("BANK_SFTP_USERNAME"):
        problems.append((HOST, "is missing: BANK_SFTP_USERNAME is set"))
    return BankSettings(folder, sftp, seconds), problems


def _sftp(text: Callable[[str], str], port: int, problems: list[tuple[str, str]]) -> SftpAccount:
    missing = [f"BANK_SFTP_{part}" for part in _NEEDED if not text(f"BANK_SFTP_{part}")]
    problems += [(name, f"is missing: {HOST} is set") for name in missing]
    key_file, host_key = Path(text("BANK_SFTP_KEY_FILE")), text("BANK_SFTP_HOST_KEY")
    if text("BANK_SFTP_KEY_FILE") and not key_file.is_file():
        problems.append(("BANK_SFTP_KEY_FILE", f"there is no file {key_file}"))
    if host_key and not is_host_key(host_key):
        problems.append(("BANK_SFTP_HOST_KEY", "must be a public key like ssh-ed25519 AAAA..."))
    if text("BANK_SFTP_DELETE") not in ("on", "off"):
        problems.append(("BANK_SFTP_DELETE", "must be on or off"))
    return SftpAccount(
        host=text(HOST),
        port=port,
        username=text("BANK_SFTP_USERNAME"),
        key_file=key_file,
        host_key=host_key,
        folder=text("BANK_SFTP_FOLDER"),
        delete=text("BANK_SFTP_DELETE") == "on",
    )
