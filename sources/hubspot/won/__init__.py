"""What was read of a won deal, as the values that invoices are planned from."""
