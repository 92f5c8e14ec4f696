"""The house of the walks."""

from tests.walks.conftest import database, module_database, shared

__all__ = ["database", "module_database", "shared"]
