"""The secrets of one sandbox, and the settings file that lets the service use it."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Secrets:
    """Generated once for a data folder."""

    mail_password: str
    mail_inbound_secret: str
    stripe_api_key: str
    stripe_webhook_secret: str
    control_token: str
    slack_bot_token: str
    slack_app_token: str
    slack_signing_secret: str
    hubspot_token: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What the world was built from, so that a second start builds the same."""

    seed: int
    today: str
    customers: int
    invoices: int


def new_secrets() -> Secrets:
    return Secrets(
        mail_password=secrets.token_urlsafe(18),
        mail_inbound_secret=secrets.token_urlsafe(24),
        stripe_api_key=f"sk_test_{secrets.token_hex(16)}",
        stripe_webhook_secret=f"whsec_{secrets.token_hex(16)}",
        control_token=secrets.token_urlsafe(18),
        slack_bot_token=f"xoxb-{secrets.token_hex(16)}",
        slack_app_token=f"xapp-{secrets.token_hex(16)}",
        slack_signing_secret=secrets.token_hex(16),
        hubspot_token=f"pat-{secrets.token_hex(16)}",
    )


def kept_secrets(path: Path) -> Secrets:
    """Those of the last start, with new ones where it had none."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = replace(new_secrets(), **kept)
    write_private(path, json.dumps(asdict(made)))
    return made


def kept_identity(path: Path, wanted: Identity) -> Identity:
    """That of the first start in this folder; `wanted` when this is the first."""
    if path.exists():
        return Identity(**json.loads(path.read_text(encoding="utf-8")))
    write_private(path, json.dumps(asdict(wanted)))
    return wanted


def write_env(path: Path, settings: dict[str, str]) -> None:
    """KEY=VALUE lines, readable by the owner only. Raises ValueError for a line break."""
    if any("\n" in value for value in settings.values()):
        raise ValueError("a setting cannot hold a line break")
    write_private(path, "".join(f"{key}={value}\n" for key, value in settings.items()))


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by the owner only."""
    draft = path.with_name(f".{path.name}.new")
    draft.touch(mode=0o600)
    draft.chmod(0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
