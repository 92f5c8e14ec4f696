"""Salesforce: logins, changes, opportunities."""
