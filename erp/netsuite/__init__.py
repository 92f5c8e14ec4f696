"""NetSuite over REST: authentication, records, SuiteQL."""
