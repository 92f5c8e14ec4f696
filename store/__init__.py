"""PostgreSQL: rows and the questions asked of them. The only user of SQL."""
