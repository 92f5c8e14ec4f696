"""Tests mirror the source; outside systems are the sandbox's real servers."""

from __future__ import annotations

import gc

# Collecting imports a million objects that stay; looking through them less often saves a third.
gc.set_threshold(100_000, 50, 50)
