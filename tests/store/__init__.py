"""Rows and questions on a real database."""
