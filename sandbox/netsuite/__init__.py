"""A NetSuite-shaped ERP built from public documentation."""
