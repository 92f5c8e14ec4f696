"""This machine: the data folder, the secret key, policies, and the address of the page."""

from __future__ import annotations

import ipaddress
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from app.clock import clock_for, system_clock
from app.policies import DEFAULTS, load_review
from app.probes.finding import Finding, bad, fine, unset
from app.settings import Settings
from sources.matching_policy import load_matching
from sources.policy_file import PolicyFileError, load_approval, load_dunning

_LEAST_SPACE = 500 * 1024 * 1024


async def machine(settings: Settings) -> Sequence[Finding]:
    """Everything that needs no network."""
    return [
        _folder(settings.data_dir),
        _secret_key(settings),
        _policy("approval policy", settings.policy_dir, "approval.yaml", load_approval),
        _policy("dunning policy", settings.policy_dir, "dunning.yaml", load_dunning),
        _optional("review policy", settings.policy_dir, "review.yaml", load_review),
        _optional("matching policy", settings.policy_dir, "matching.yaml", load_matching),
        _public_url(settings.public_url),
        *_clock(settings),
    ]


def _folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        fix = "let this user write there, or set DUNWELL_DATA_DIR to another folder"
        return bad("data folder", f"{folder}: {error.strerror}", fix)
    if free < _LEAST_SPACE:
        return bad("data folder", f"{folder}: {free // 1024**2} MB are left", "free some space")
    return fine("data folder", f"{folder}, {free // 1024**3} GB free")


def _secret_key(settings: Settings) -> Finding:
    kept = settings.data_dir / "secret.key"
    if settings.secret_key:
        return fine("secret key", "from DUNWELL_SECRET_KEY")
    if not kept.exists():
        return fine("secret key", "made at the first start and kept in the data folder")
    if kept.stat().st_mode & 0o077:
        return bad("secret key", f"others may read {kept}", f"chmod 600 {kept}")
    return fine("secret key", "kept in the data folder")


def _optional(name: str, folder: Path | None, file: str, load: Callable[[Path], object]) -> Finding:
    """A policy that the folder may go without."""
    return _policy(name, folder if folder and (folder / file).is_file() else None, file, load)


def _policy(name: str, folder: Path | None, file: str, load: Callable[[Path], object]) -> Finding:
    path = (folder or DEFAULTS) / file
    try:
        load(path)
    except PolicyFileError as error:
        return bad(name, str(error), f"correct {path.name}")
    except OSError as error:
        fix = f"set DUNWELL_POLICY_DIR to a folder with {file}; copy that of app/defaults"
        return bad(name, f"{path}: {error.strerror}", fix)
    return fine(name, str(path) if folder else f"the {file} that came with Dunwell")


def _public_url(url: str) -> Finding:
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        fix = "put a proxy with TLS in front and set DUNWELL_PUBLIC_URL to its https address"
        return bad("public address", f"{url} sends sessions unencrypted", fix)
    return fine("public address", url)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _clock(settings: Settings) -> Sequence[Finding]:
    if settings.clock_file is None:
        return []
    try:
        moved = clock_for(settings.clock_file)() - system_clock()
    except (OSError, ValueError) as error:
        words = f"{settings.clock_file}: {error}"
        return [bad("clock", words, "it must hold a whole number of seconds")]
    if settings.sandbox is None:
        fix = "unset DUNWELL_CLOCK_FILE unless this is a trial"
        return [unset("clock", fix, f"moved by {round(moved.total_seconds())} s")]
    return [fine("clock", f"the demo's, moved by {round(moved.total_seconds())} s")]
