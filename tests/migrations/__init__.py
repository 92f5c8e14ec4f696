"""Migrations on a real database."""
