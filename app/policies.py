"""The two policy files: the ones that came with Dunwell, or those in DUNWELL_POLICY_DIR."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings, SettingsError
from domain.dunning.ladder import DunningPolicy
from effects.policy import ApprovalPolicy
from sources.policy_file import load_approval, load_dunning

DEFAULTS = Path(__file__).resolve().parent / "defaults"


@dataclass(frozen=True, slots=True)
class Policies:
    """Who approves what, and when customers are written to."""

    approval: ApprovalPolicy
    dunning: DunningPolicy


def load_policies(settings: Settings) -> Policies:
    """Read both files. Raises PolicyFileError with line and column, or SettingsError."""
    folder = settings.policy_dir or DEFAULTS
    paths = [folder / "approval.yaml", folder / "dunning.yaml"]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        words = f"{folder} has no {' and no '.join(missing)}"
        raise SettingsError([f"DUNWELL_POLICY_DIR: {words}; copy those in app/defaults there"])
    return Policies(approval=load_approval(paths[0]), dunning=load_dunning(paths[1]))
