"""The small account of the sandbox's own tests."""

from __future__ import annotations

from tests.sandbox.netsuite.conftest import Erp, erp, keys, stage

__all__ = ["Erp", "erp", "keys", "stage"]
