"""The policy files: the ones that came with Dunwell, or those in DUNWELL_POLICY_DIR."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.settings import Settings, SettingsError
from domain.dunning.ladder import DunningPolicy
from domain.ledger.write_offs import SmallBalancePolicy
from domain.matching.policy import MatchingPolicy
from domain.revenue.settings import RevenueSettings
from effects.policy import ApprovalPolicy
from erp.review.policy import ReviewPolicy
from erp.review.policy_rules import review_policy_from
from sources.credit_policy import load_credits
from sources.matching_policy import load_matching
from sources.policy_file import load_approval, load_dunning, load_policy
from sources.revenue_policy import load_revenue

DEFAULTS = Path(__file__).resolve().parent / "defaults"


@dataclass(frozen=True, slots=True)
class Policies:
    """Who approves what, when customers are written to, what invoices are held against.

    And how payments find their invoices, and how revenue is recognized.
    """

    approval: ApprovalPolicy
    dunning: DunningPolicy
    review: ReviewPolicy
    matching: MatchingPolicy
    revenue: RevenueSettings
    dunning_text: str = ""
    small: SmallBalancePolicy = field(default_factory=SmallBalancePolicy)


_OPTIONAL = ("review.yaml", "matching.yaml", "revenue.yaml", "credits.yaml")


def load_policies(settings: Settings) -> Policies:
    """Read the files. Raises PolicyFileError with line and column, or SettingsError.

    A folder may go without those of `_OPTIONAL`: those that came with Dunwell hold then.
    """
    folder = settings.policy_dir or DEFAULTS
    paths = [folder / "approval.yaml", folder / "dunning.yaml"]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        words = f"{folder} has no {' and no '.join(missing)}"
        raise SettingsError([f"DUNWELL_POLICY_DIR: {words}; copy those in app/defaults there"])
    own = {name: folder / name for name in _OPTIONAL}
    own = {n: path if path.is_file() else DEFAULTS / n for n, path in own.items()}
    return Policies(
        approval=load_approval(paths[0]),
        dunning=load_dunning(paths[1]),
        review=load_review(own["review.yaml"]),
        matching=load_matching(own["matching.yaml"]),
        revenue=load_revenue(own["revenue.yaml"]),
        dunning_text=paths[1].read_text("utf-8"),
        small=load_credits(own["credits.yaml"]),
    )


def load_review(path: Path) -> ReviewPolicy:
    """Read `review.yaml`. Raises PolicyFileError or OSError."""
    return load_policy(path, review_policy_from)
