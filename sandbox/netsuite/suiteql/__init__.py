"""SuiteQL-shaped queries: parsed, checked against the schema, rewritten for SQLite, rendered."""
