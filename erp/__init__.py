"""The ERP port, its NetSuite adapter and the performers that post to it."""
