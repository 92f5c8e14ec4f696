"""Reports of revenue: each one function that yields the same tables for page, API and files."""
