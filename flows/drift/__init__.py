"""Drift: what a pass over the ERP shows to have been changed behind our back."""

from flows.drift.nightly import after_nightly
from flows.drift.observing import observe
from flows.drift.rechecking import recheck

__all__ = ["after_nightly", "observe", "recheck"]
