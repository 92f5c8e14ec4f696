"""What is written to NetSuite: bodies of records, their outcomes, and how they read back."""
