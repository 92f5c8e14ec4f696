"""Salesforce's REST API: the login, queries, descriptions, and its exact values."""
